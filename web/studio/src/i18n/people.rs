//! Coming in and going: invitations, links, the second step, members and what they hold, files of people.

messages! {
    // At the door
    JOIN: "加入团队", "Join a team";
    JOIN_TITLE: "加入「{team}」", "Join {team}";
    JOIN_AS: "你将以「{role}」的身份加入。", "You join as {role}.";
    JOIN_AS_IN: "你将以「{role}」的身份加入{department}。", "You join {department} as {role}.";
    JOIN_DO: "加入并登录", "Join and sign in";
    JOIN_SIGNED_IN: "你已登录为 {name}。", "You are signed in as {name}.";
    JOIN_WITH_ACCOUNT: "用这个账号加入", "Join with this account";
    JOIN_OTHER: "不是你？在下面设置新账号。", "Not you? Choose another account below.";
    HAVE_ACCOUNT: "已有账号？先登录，再打开这个链接。", "Have an account? Sign in first, then open this link again.";
    LINK_OVER: "这个链接已失效", "This link is over";
    LINK_OVER_HINT: "它可能已被使用、撤回或过期。请联系给你链接的人再发一个。", "It was used, taken back, or is too old. Ask whoever gave it to you for another one.";
    TO_SIGN_IN: "去登录", "Go to sign-in";
    YOUR_NAME: "姓名", "Name";
    LOGIN_HINT: "邮箱、手机号或用户名，以后用它登录", "E-mail, mobile number or user name to sign in with";
    PASSWORD: "密码", "Password";
    PASSWORD_HINT: "至少 10 个字符，不要用生日、电话或账号", "At least 10 characters; no birthdays, numbers or logins";
    PASSWORD_SHORT: "密码至少 10 个字符", "The password needs at least 10 characters";
    PASSWORD_COMMON: "这个密码太常见，容易被猜到", "This password is among the first to be tried";
    PASSWORD_PERSONAL: "密码不能只是账号或姓名", "A password must say more than a name or login";
    LOGIN_TAKEN: "这个账号已被使用", "This login is taken";
    FORGOT: "忘记密码？", "Forgot the password?";
    FORGOT_TITLE: "找回密码", "Set a new password";
    FORGOT_ABOUT: "填写登录账号。账号绑定了邮箱时，会收到一个设置新密码的链接。", "Enter the login. If the account has a mail address, a link to set a new password goes there.";
    FORGOT_SEND: "发送链接", "Send the link";
    FORGOT_SENT: "如果这个账号存在并绑定了邮箱，链接已经发出，一小时内有效。", "If there is such an account with a mail address, a link is on its way. It works within an hour.";
    FORGOT_ADMIN: "没有邮箱？请管理员在「设置 → 成员」里为你生成链接。", "No mail address? An admin can make a link for you in Settings → Members.";
    RESET_TITLE: "设置新密码", "Set a new password";
    RESET_FOR: "{name}（{login}）", "{name} ({login})";
    RESET_DO: "保存新密码", "Save the password";
    RESET_DONE: "密码已更新，请重新登录。", "The password is set. Please sign in.";
    CODE: "动态码", "Code";
    CODE_HINT: "身份验证器上的 6 位数字，或一个恢复码", "Six digits of the authenticator, or a recovery code";
    SETUP_TITLE: "开始使用回音", "Set up Huiyin";
    SETUP_ABOUT: "建立第一个团队和它的所有者。", "The first team, and who owns it.";
    SETUP_TEAM: "团队名称", "Name of the team";
    SETUP_TEAM_HINT: "客户会在页面和邮件里看到", "Customers read it on pages and in mails";
    SETUP_DO: "创建团队", "Make the team";

    // The second step
    STEP: "两步验证", "Two-step sign-in";
    STEP_OFF_ABOUT: "开启后，登录时除密码外还要输入身份验证器上的动态码。", "Once on, signing in takes a code of an authenticator beside the password.";
    STEP_ON: "已开启", "On";
    STEP_LEFT: "还剩 {n} 个恢复码", "{n} recovery codes left";
    STEP_BEGIN: "开启两步验证", "Switch on";
    STEP_PASSWORD: "当前密码", "Present password";
    STEP_SCAN: "用身份验证器扫描二维码，或手动输入密钥，然后填写它显示的 6 位数字。", "Scan the code with an authenticator, or type the secret in; then enter the six digits it shows.";
    STEP_SECRET: "密钥", "Secret";
    STEP_QR: "两步验证二维码", "QR code for the authenticator";
    STEP_CONFIRM: "确认开启", "Confirm";
    STEP_CODES: "请保存恢复码", "Keep the recovery codes";
    STEP_CODES_ABOUT: "手机丢失时，每个恢复码可代替动态码使用一次。关闭后无法再次查看。", "Each stands in once for a code when the telephone is lost. They cannot be shown again.";
    STEP_SAVED: "我已保存", "I have saved them";
    STEP_END: "关闭两步验证", "Switch off";
    STEP_ENDED: "两步验证已关闭", "Two-step sign-in is off";
    STEP_BEGUN: "两步验证已开启", "Two-step sign-in is on";

    STEP_TEAM: "所有者和管理员必须使用两步验证", "Owners and admins must use two-step sign-in";
    STEP_TEAM_HINT: "开启前请先为自己开启两步验证。未开启的管理员登录后只能先开启它。", "Switch your own on first. Admins without it can do nothing else until it is on.";

    // Members
    INVITE: "邀请成员", "Invite";
    INVITE_ABOUT: "生成一个 7 天内有效、只能使用一次的链接，发给对方即可。", "Makes a link that works once, within 7 days; give it to the person.";
    INVITE_NAME: "姓名（选填）", "Name (optional)";
    INVITE_MAIL: "邮箱（选填，同时发送邮件）", "E-mail (optional; the link goes there as well)";
    INVITE_DO: "生成链接", "Make the link";
    INVITE_READY: "链接已生成，请复制给对方：", "The link is ready; give it to the person:";
    LINK: "链接", "Link";
    COPY_LINK: "复制链接", "Copy link";
    DONE: "完成", "Done";
    INVITATIONS: "邀请", "Invitations";
    INVITED: "邀请对象", "For";
    INVITED_ANYONE: "任何拿到链接的人", "Whoever has the link";
    EXPIRES: "有效期至", "Until";
    STATE: "状态", "State";
    STATE_OPEN: "待接受", "Open";
    STATE_USED: "已加入", "Joined";
    STATE_REVOKED: "已撤回", "Taken back";
    STATE_OVER: "已失效", "Over";
    REVOKE: "撤回", "Take back";
    REVOKED: "邀请已撤回", "Invitation taken back";
    WAITING: "未激活", "Not signed in yet";
    DISABLED: "已停用", "No access";
    EDIT: "编辑", "Edit";
    EDIT_MEMBER: "编辑「{name}」", "Edit {name}";
    LOGIN: "登录账号", "Login";
    MOBILE: "手机号", "Mobile";
    MANAGER: "直属上级", "Answers to";
    MANAGER_NONE: "部门负责人", "Department head";
    DEPUTY: "休假时由谁代理", "Stands in while away";
    DEPUTY_NONE: "无", "Nobody";
    SKILLS: "技能（用逗号分隔）", "Skills (separated by commas)";
    ACCESS: "登录与权限", "Access";
    RESET_LINK: "生成重置密码链接", "Link for a new password";
    RESET_LINK_ABOUT: "一小时内有效，只能使用一次；使用后对方的所有登录都会退出。", "Works once, within an hour. Every session of theirs ends when it is used.";
    RESET_STEP: "关闭对方的两步验证", "Switch their two-step sign-in off";
    DISABLE: "停用", "Take access away";
    ENABLE: "恢复使用", "Give access back";
    LEAVE: "离职交接…", "Hand over…";
    REMOVE: "从名单移除", "Take off the list";
    REMOVED: "已移除", "Taken off the list";
    LEAVE_TITLE: "交接「{name}」的工作", "Hand over what {name} holds";
    LEAVE_ABOUT: "以下内容会全部转走，并立即停用该账号。", "All of this moves, and the account loses access at once.";
    HELD_TICKETS: "未完成工单", "Open tickets";
    HELD_TASKS: "未完成任务", "Open tasks";
    HELD_DEPARTMENTS: "负责的部门", "Departments headed";
    HELD_REPORTS: "直属下级", "People who answer to them";
    HELD_DEPUTY: "代理的同事", "People they stand in for";
    LEAVE_TO: "交给", "Goes to";
    LEAVE_RULES: "按部门规则重新分配", "Whom the departments' rules choose";
    LEAVE_DO: "交接并停用", "Hand over and take access away";
    LEFT: "交接完成，账号已停用", "Handed over; the account has no access";

    // Departments
    PARENT: "上级部门", "Below";
    PARENT_NONE: "无（顶级部门）", "None (at the top)";
    HEAD_NONE: "无", "Nobody";
    TITLE: "名称", "Name";
    EDIT_DEPARTMENT: "编辑部门", "Edit department";

    // Files
    FILE: "批量导入", "Import people";
    FILE_ABOUT: "用一张 Excel 或 CSV 表导入成员、部门和上下级关系；同一张表可以反复导入，只更新有变化的内容。", "Members, departments and managers from one Excel or CSV file; the same file can come again, and only what differs changes.";
    FILE_CHOOSE: "选择文件", "Choose a file";
    FILE_COLUMNS: "可识别的列：账号、姓名、部门编码、部门名称、上级部门、部门负责人、上级账号、角色、邮箱、手机号、技能、状态。必填：姓名，以及账号、邮箱、手机号之一。", "Columns: login, name, department key, department name, parent department, department head, manager, role, email, mobile, skills, status. Needed: name, and one of login, email, mobile.";
    FILE_TEMPLATE: "下载模板", "Download a template";
    FILE_MISSING: "停用不在表中的成员", "Take access away from members who are not in the file";
    FILE_NOTHING: "没有变化，团队与文件一致。", "Nothing changes: the team is as the file says.";
    FILE_PROBLEMS: "需要先解决的问题", "To be put right first";
    FILE_ROW: "行", "Row";
    FILE_COLUMN: "列", "Column";
    FILE_PROBLEM: "问题", "Problem";
    FILE_PEOPLE: "成员变化", "People";
    FILE_DEPARTMENTS: "部门变化", "Departments";
    FILE_SUMMARY: "共 {rows} 行：新增 {new}，更新 {changed}，停用 {gone}，不变 {same}", "{rows} rows: {new} new, {changed} changed, {gone} without access, {same} as they are";
    FILE_IGNORED: "未使用的列：{names}", "Columns not used: {names}";
    FILE_APPLY: "执行导入", "Do it";
    FILE_APPLIED: "导入完成", "Done";
    FILE_LINKS: "新成员的加入链接", "Links for new people";
    FILE_LINKS_ABOUT: "请把各自的链接发给本人，7 天内有效，只能使用一次。", "Give each person their own. A link works once, within 7 days.";
    FILE_LINKS_CSV: "下载链接（CSV）", "Download the links (CSV)";
    CHANGE_CREATE: "新增", "New";
    CHANGE_CHANGE: "更新", "Changes";
    CHANGE_DISABLE: "停用", "No access";
    WHAT_CHANGES: "变化内容", "What changes";
}
