// The words of the pages that the journeys look for, in both languages. Nothing else of the interface is repeated here.
import type { Language } from "./fixtures";

const zh = {
  continue: "继续",
  send: "提交",
  receipt: "回执编号",
  followProgress: "查看处理进度",
  rate: "评价一下",
  notSolved: "还没解决",
  writeMore: "补充说明",
  sendMessage: "发送",
  wasItSolved: "问题解决了吗？",
  signIn: "登录",
  login: "邮箱、手机号或用户名",
  password: "密码",
  ticketList: "工单列表",
  writeReply: "写下给客户的回复…",
  sendReply: "发送回复",
  replySent: "回复已发送",
  solve: "解决并告知客户",
  solution: "解决方案",
  waitingForReply: "待回复",
  inProgress: "处理中",
  solved: "已解决",
  low: "完全不可能",
};

const en: typeof zh = {
  continue: "Continue",
  send: "Send",
  receipt: "Receipt",
  followProgress: "Follow the progress",
  rate: "Rate it",
  notSolved: "Not yet",
  writeMore: "Add something",
  sendMessage: "Send",
  wasItSolved: "Is it solved?",
  signIn: "Sign in",
  login: "E-mail, mobile number or user name",
  password: "Password",
  ticketList: "Tickets",
  writeReply: "Write to the customer…",
  sendReply: "Send reply",
  replySent: "Reply sent",
  solve: "Solve and tell the customer",
  solution: "Solution",
  waitingForReply: "Waiting for a reply",
  inProgress: "In progress",
  solved: "Solved",
  low: "Not at all likely",
};

export const words: Record<Language, typeof zh> = { zh, en };
