//! Navigation, sign-in, command palette.

messages! {
    PRODUCT: "回音", "Huiyin";
    NAVIGATION: "主导航", "Main navigation";
    SKIP: "跳到正文", "Skip to content";
    HOME: "首页", "Home";
    NOTIFICATIONS: "通知", "Notifications";
    INBOX: "收件箱", "Inbox";
    FORMS: "表单", "Forms";
    CUSTOMERS: "客户", "Customers";
    BOARDS: "看板", "Boards";
    MAILBOX: "发件记录", "Mailbox";
    APPS: "应用", "Apps";
    DEFINITIONS: "定义", "Definitions";
    IMPORT: "导入数据", "Import";
    SETTINGS: "设置", "Settings";
    GROUP_WORK: "工作", "Work";
    GROUP_DESIGN: "搭建", "Build";
    COLLAPSE: "收起导航", "Collapse navigation";
    EXPAND: "展开导航", "Expand navigation";
    ACCOUNT: "账号", "Account";
    SIGN_OUT: "退出登录", "Sign out";
    TEAM: "团队", "Team";
    LANGUAGE_OTHER: "English", "中文";
    LANGUAGE_SWITCH: "切换到英文", "Switch to Chinese";
    THEME_LIGHT: "浅色", "Light";
    THEME_DARK: "深色", "Dark";
    THEME_SYSTEM: "跟随系统", "System";
    THEME: "外观", "Appearance";
    OFFLINE: "连不上服务器，正在重连。看到的可能不是最新的，恢复后会自动更新。", "The server cannot be reached; reconnecting. What you see may be out of date and updates itself once it is back.";
    INSECURE: "当前通过未加密的 HTTP 访问，密码可能在网络上被看到。请为服务器配置 TLS。", "This server is reached over plain HTTP, so passwords can be read on the network. Please set up TLS.";
    OWES_SECOND_STEP: "团队要求所有者和管理员使用两步验证。请先在本页开启，然后继续。", "The team asks owners and admins for two-step sign-in. Switch it on below to go on.";
    PALETTE: "命令面板", "Command palette";
    PALETTE_HINT: "去哪里、做什么…", "Where to, what to do…";
    PALETTE_NONE: "没有匹配的命令", "No command matches";
    KEYS: "键盘快捷键", "Keyboard shortcuts";
    KEY_MOVE: "收件箱：下一条 / 上一条", "Inbox: next, previous";
    KEY_OPEN: "收件箱：打开", "Inbox: open";
    KEY_REPLY: "工单：回复客户", "Ticket: reply";
    KEY_NOTE: "工单：写备注", "Ticket: write a note";
    KEY_MINE: "工单：分配给我", "Ticket: assign to me";
    GO_TO: "前往", "Go to";
    NOT_A_PAGE: "没有这个页面", "There is no such page";
    NOT_A_PAGE_HINT: "链接可能已经过期，或地址输入有误。", "The link may be out of date, or the address mistyped.";
    NOT_FOR_YOU: "你没有权限查看", "This is not open to you";
    NOT_FOR_YOU_HINT: "需要的话，请联系管理员为你开通。", "If you need it, ask an administrator.";
    NOT_THERE: "没有找到", "Not found";
    NOT_THERE_HINT: "可能已被删除，或者不对你开放。", "It may have been deleted, or is not open to you.";
    TO_HOME: "回到首页", "Back to home";

    SIGN_IN: "登录", "Sign in";
    SIGN_IN_TITLE: "登录回音", "Sign in to Huiyin";
    SIGN_IN_ABOUT: "倾听客户，跟进到底，看见变化。", "Hear your customers, follow through, see what changes.";
    LOGIN: "邮箱、手机号或用户名", "E-mail, mobile number or user name";
    PASSWORD: "密码", "Password";
    SIGN_IN_WRONG: "账号或密码不正确", "The account or the password is not right";
    SIGN_IN_EMPTY: "请填写账号和密码", "Enter the account and the password";
    FIRST_USER: "首次使用？打开服务器启动时打印的 setup 链接，或用 --demo 启动演示团队。", "First time here? Open the setup link that the server prints when it starts, or start it with --demo.";

    ROLE_OWNER: "所有者", "Owner";
    ROLE_ADMIN: "管理员", "Admin";
    ROLE_DESIGNER: "设计者", "Designer";
    ROLE_AGENT: "客服", "Agent";
    ROLE_VIEWER: "查看者", "Viewer";
    ROLE_MEMBER: "成员", "Member";
}
