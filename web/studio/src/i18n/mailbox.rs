//! The mailbox.

messages! {
    TITLE: "发件记录", "Mailbox";
    ABOUT: "发给客户和同事的每一封邮件与回调。", "Every mail and callback that left, or would have.";
    NOT_DELIVERING: "还没有配置 SMTP，邮件只保存在这里，不会真正发出。", "No SMTP server is set: mails are kept here and not delivered.";
    NONE: "还没有发出任何消息", "Nothing was sent yet";
    NONE_HINT: "回复客户、分配工单或工单超时后，通知会出现在这里。", "Replies, assignments and missed promises appear here.";
    TO: "收件人", "To";
    PENDING: "待发送", "Pending";
    SENT: "已发送", "Sent";
    KEPT: "已保存", "Kept";
    FAILED: "发送失败", "Failed";
    ATTEMPTS: "尝试次数", "Tries";
    ERROR: "失败原因", "Last error";
    MESSAGE_ID: "消息编号", "Message id";
    SEE_SUBMISSION: "查看相关工单", "Open the ticket";
    PICK: "选择一封消息", "Choose a message";
    CREATED: "创建", "Created";
    SENT_AT: "发出", "Sent";
}
