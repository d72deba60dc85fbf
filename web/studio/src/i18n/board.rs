//! Boards.

messages! {
    TITLE: "看板", "Boards";
    ABOUT: "数字随新的回答实时更新。", "Numbers move with every new answer.";
    NONE: "还没有看板", "No board yet";
    NONE_HINT: "发布一个看板定义，或安装带看板的应用。", "Publish a dashboard, or install an app that has one.";
    TO_DEFINITIONS: "去定义", "To definitions";
    FILTERS: "筛选", "Filters";
    PERIOD: "时间", "Period";
    PERIOD_ALL: "全部时间", "All time";
    PERIOD_7: "近 7 天", "Last 7 days";
    PERIOD_30: "近 30 天", "Last 30 days";
    PERIOD_90: "近 90 天", "Last 90 days";
    PERIOD_365: "近一年", "Last year";
    ANY: "全部", "All";
    CLEAR: "清除筛选", "Clear filters";
    AS_TABLE: "以表格查看", "View as table";
    AS_CHART: "以图表查看", "View as chart";
    NO_DATA: "所选范围内没有数据", "No data in this range";
    MISSING: "未填写", "No answer";
    SEE_ROWS: "查看明细", "See the submissions";
    DRILL_HINT: "点击图形查看对应的提交", "Click a mark to see its submissions";
    TOTAL: "合计", "Total";
    DOWNLOAD: "下载 CSV", "Download CSV";
    HOURS: "小时", "h";
}
