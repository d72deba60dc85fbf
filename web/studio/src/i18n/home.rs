//! Home.

messages! {
    REQUESTS: "我的申请", "My requests";
    NO_REQUESTS: "还没有提交过申请", "You have handed in nothing yet";
    NO_REQUESTS_HINT: "从表单里选一张填写，处理进展会显示在这里。", "Fill in one of the forms; how it stands will show here.";
    FIRST: "你想先做什么？挑一个目标，几分钟就能上线 →", "What do you want first? Pick a goal and be live in minutes →";
    GO_ON: "上手清单：完成了 {n}/{all} 步，继续 →", "First steps: {n} of {all} done, go on →";
    MORNING: "早上好，{name}", "Good morning, {name}";
    AFTERNOON: "下午好，{name}", "Good afternoon, {name}";
    EVENING: "晚上好，{name}", "Good evening, {name}";
    ABOUT: "这是今天等你处理的事和客户的声音。", "What waits for you today, and what customers say.";
    ABOUT_OWN: "这是今天等你处理的事和你提交的申请。", "What waits for you today, and what you asked for.";
    NO_TASKS_HINT: "有新任务交给你时，会出现在这里。", "New tasks given to you appear here.";
    WAITING: "等我处理", "Waiting for me";
    ALL_TICKETS: "查看收件箱", "Open the inbox";
    NONE: "都处理完了", "All done";
    NONE_HINT: "有新工单分配给你时，会出现在这里。", "New tickets assigned to you appear here.";
    TODAY: "今天", "Today";
    WEEK: "近 7 天", "Last 7 days";
    ANSWERS: "{n} 份回答", "{n} {n|answer|answers}";
    NO_ANSWERS: "还没有回答", "No answers yet";
    SCORE: "NPS", "NPS";
    OPEN: "待处理工单", "Open tickets";
    OVERDUE: "已超时", "Overdue";
    UNASSIGNED: "待分配", "Unassigned";
    FORMS: "表单", "Forms";
    SHARE: "分享", "Share";
    BOARD: "打开看板", "Open the board";
    LATEST: "客户最近在说", "What customers say";
    ALL_ANSWERS: "查看全部回答", "All answers";
    NOTHING_SAID: "没有留言", "No words left";
    TASKS: "我的任务", "My tasks";
    FILL_IN: "可以填写的表单", "Forms to fill in";
}
