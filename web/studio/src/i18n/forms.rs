//! Forms, their submissions, sharing.

messages! {
    TITLE: "表单", "Forms";
    ABOUT: "已发布的表单，以及收到的提交。", "Published forms and what came in.";
    NONE: "还没有已发布的表单", "No published form yet";
    NONE_HINT: "在“定义”里发布一个表单，或导入一份现有的数据。", "Publish a form under Definitions, or import a file you already have.";
    TO_DEFINITIONS: "去发布", "Publish one";
    TO_IMPORT: "导入数据", "Import a file";
    FORM: "表单", "Form";
    COUNT: "提交数", "Submissions";
    LAST: "最近一次", "Last one";
    VERSION: "版本", "Version";
    APP: "应用", "App";
    IS_TICKET: "工单", "Tickets";
    SHARE: "分享", "Share";
    SUBMISSIONS: "查看提交", "See submissions";

    OPEN_FORM: "打开表单", "Open the form";
    FILL_IN: "填写", "Fill in";

    LIST_OF: "{form}的提交", "Submissions: {form}";
    ROWS: "提交列表", "Submissions";
    FRESH: "有新的提交，点击刷新", "New submissions: refresh";
    NO_ROWS: "还没有提交", "No submissions yet";
    NO_ROWS_HINT: "把链接或二维码发给客户，第一份提交会出现在这里。", "Send the link or the QR code to customers; the first submission appears here.";
    NO_MATCH: "没有符合筛选条件的提交", "No submission matches the filter";
    CLEAR: "清除筛选", "Clear filter";
    FILTER: "筛选", "Filter";
    ADD_FILTER: "添加筛选", "Add filter";
    FILTER_FIELD: "字段", "Field";
    FILTER_OP: "条件", "Condition";
    FILTER_VALUE: "值", "Value";
    APPLY: "应用", "Apply";
    REMOVE_FILTER: "移除筛选：{name}", "Remove filter: {name}";
    OTHER_FILTER: "看板条件", "Filter of a board";
    COLUMNS: "列", "Columns";
    PAGE_OF: "第 {from}–{to} 条", "{from}–{to}";
    PREVIOUS: "上一页", "Previous";
    NEXT: "下一页", "Next";
    EXPORT: "导出本页 CSV", "Export this page (CSV)";
    OP_EQ: "等于", "is";
    OP_NE: "不等于", "is not";
    OP_LT: "小于", "below";
    OP_LTE: "不大于", "at most";
    OP_GT: "大于", "above";
    OP_GTE: "不小于", "at least";
    OP_CONTAINS: "包含", "contains";
    OP_STARTS: "开头是", "starts with";
    OP_EMPTY: "为空", "is empty";
    OP_NOT_EMPTY: "不为空", "is answered";
    LAST_DAYS: "近 {n} 天", "in the last {n} days";
    OP_IN: "属于", "is one of";
    OP_NOT_IN: "不属于", "is none of";
    OP_ANY_OF: "含任一", "has any of";
    OP_ALL_OF: "含全部", "has all of";
    OP_NONE_OF: "都不含", "has none of";
    OP_BETWEEN: "介于", "between";
    SUBMISSION: "提交", "Submission";
}
