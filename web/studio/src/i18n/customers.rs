//! Customers.

messages! {
    TITLE: "客户", "Customers";
    ABOUT: "每一位留下联系方式的客户，以及他们说过的话。", "Everybody who left a contact, and what they said.";
    SEARCH: "搜索姓名、邮箱、手机号", "Search name, mail, phone";
    NONE: "还没有客户", "No customers yet";
    NONE_HINT: "客户在表单里留下邮箱或手机号后会自动建档，也可以从表格导入。", "A customer is made when somebody leaves a mail address or a number in a form; you can also import a sheet.";
    NO_MATCH: "没有匹配的客户", "No customer matches";
    IMPORT: "导入表格", "Import a sheet";
    NAME: "客户", "Customer";
    CONTACT: "联系方式", "Contact";
    SUBMISSIONS: "提交", "Submissions";
    OPEN: "未结工单", "Open tickets";
    SCORE: "最近评分", "Last score";
    SINCE: "首次出现", "First seen";
    TIMELINE: "往来", "Timeline";
    ALL_KINDS: "全部", "Everything";
    KIND_ANSWERS: "提交", "Submissions";
    KIND_TALK: "沟通", "Conversation";
    NO_EVENTS: "没有这类记录", "Nothing of this kind";
    TIER: "等级", "Tier";
    MAIL: "邮箱", "Mail";
    PHONE: "手机", "Phone";
    EXTERNAL: "外部编号", "External id";
}
