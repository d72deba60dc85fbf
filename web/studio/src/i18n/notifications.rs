//! What concerns me: the list, and what of it I want to hear.

messages! {
    TITLE: "通知", "Notifications";
    ABOUT: "分配给你、等你处理、与你有关的事，保留 90 天。", "What was given to you, waits for you or concerns you, kept for 90 days.";
    ALL_READ: "全部标为已读", "Mark all as read";
    CHOOSE: "通知设置", "Choose what to hear";
    NONE: "没有通知", "No notifications";
    NONE_HINT: "工单分配给你、客户回复、时限将到、审批等你处理时，会出现在这里。", "When a ticket is given to you, a customer writes, a promise runs out or an approval waits, it appears here.";
    UNREAD: "未读", "Unread";
    CHOICES: "通知我", "Tell me when";
    CHOICES_ABOUT: "关闭的事项不再出现在通知里。", "What is off no longer appears among your notifications.";
    ASSIGNED: "工单分配给我", "a ticket is assigned to me";
    TASK: "有审批或任务等我处理", "an approval or a task waits for me";
    CUSTOMER: "客户在我的工单上留言或确认", "a customer writes or confirms on my ticket";
    CLOCK_WARNED: "我的工单快要超时", "a promise on my ticket is running out";
    CLOCK_BROKEN: "我的工单已经超时", "a promise on my ticket was broken";
    DECIDED: "我提交的申请有了结果", "what I handed in was decided";
    MENTIONED: "同事在备注里用 @姓名 提到我", "a colleague writes @ and my name in a note";
    IMPORTED: "我发起的导入完成或中断", "an import of mine is done or has stopped";
}
