//! Definitions and their editor.

messages! {
    TITLE: "定义", "Definitions";
    ABOUT: "表单、流程、看板和日历，都是可读的 JSON 文档。", "Forms, flows, boards and calendars: each a readable JSON document.";
    NONE: "还没有定义", "No definitions yet";
    NONE_HINT: "导入一个应用，或把表格导入成表单。", "Import an app, or turn a sheet into a form.";
    KIND_ALL: "全部", "All";
    KIND_FORM: "表单", "Forms";
    KIND_FLOW: "流程", "Flows";
    KIND_DASHBOARD: "看板", "Boards";
    KIND_CALENDAR: "日历", "Calendars";
    KIND_ROLE: "角色", "Roles";
    ONE_FORM: "表单", "Form";
    ONE_FLOW: "流程", "Flow";
    ONE_DASHBOARD: "看板", "Board";
    ONE_CALENDAR: "日历", "Calendar";
    ONE_ROLE: "角色", "Role";
    NAME: "名称", "Name";
    KIND: "类型", "Kind";
    LIVE: "线上 v{n}", "Live v{n}";
    NEVER: "未发布", "Never published";
    CHANGED: "有未发布的改动", "Changes not live";
    SEARCH: "搜索定义", "Search definitions";

    EDITOR: "定义内容（JSON）", "Definition (JSON)";
    SAVED: "草稿已保存", "Draft saved";
    SAVING: "正在保存…", "Saving…";
    UNSAVED: "尚未保存", "Not saved yet";
    NOT_JSON: "JSON 有误，修正后自动保存", "Not valid JSON; it is saved once it is";
    SAVE_FAILED: "保存失败，改动仍保留在页面上", "Saving failed; the changes are still on this page";
    PROBLEMS: "问题", "Problems";
    PROBLEMS_N: "{n} 个问题", "{n} {n|problem|problems}";
    NO_PROBLEMS: "没有问题，可以发布", "No problems: ready to publish";
    LINE: "第 {n} 行", "Line {n}";
    PUBLISH: "发布", "Publish";
    PUBLISH_TITLE: "发布“{name}”", "Publish “{name}”";
    PUBLISH_ABOUT: "发布后立即生效。已收到的提交保留它们填写时的版本，公开链接不变。", "It takes effect at once. Submissions keep the version they were made with, and the public link stays.";
    PUBLISH_BLOCKED: "还有 {n} 个问题，改好后才能发布。", "{n} {n|problem stands|problems stand} against publishing.";
    PUBLISHED: "已发布 v{n}", "Published v{n}";
    VERSIONS: "版本", "Versions";
    IN_FORCE: "线上", "Live";
    BY: "由 {name} 发布", "by {name}";
    NO_VERSIONS: "还没有发布过", "Never published";
    CONFLICT: "有人在别处改了这份草稿。", "Somebody changed this draft elsewhere.";
    TAKE_THEIRS: "载入最新的", "Load theirs";
    KEEP_MINE: "用我的覆盖", "Keep mine";
    FORMAT: "整理格式", "Tidy up";
    KEYS: "Ctrl+S 保存 · Ctrl+Enter 发布", "Ctrl+S saves · Ctrl+Enter publishes";
}
