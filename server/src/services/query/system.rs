//! Datasets that are not forms: what the system keeps beside submissions.

use std::collections::HashMap;

use report_engine::sql::{Join, Relation};
use report_engine::{Dataset, Member, MemberType};

use super::dataset::{Asked, always, column, elapsed, id, list, parameter};
use crate::ids::TeamId;

const MINUTE_MS: u32 = 60_000;
const HOUR_MS: u32 = 3_600_000;

/// The dataset of that name, `$tasks` …
pub(super) fn find(name: &str, team: TeamId) -> Option<Asked> {
    let (table, members, of_submission) = match name {
        "$tasks" => ("task", tasks(), true),
        "$clocks" => ("clock", clocks(), true),
        "$visits" => ("visit", visits(), true),
        "$events" => ("event", events(), true),
        "$customers" => ("customer", customers(), false),
        _ => return None,
    };
    let joins = if of_submission {
        let on = ("submission_id".to_owned(), "id".to_owned());
        vec![Join { table: "submission".to_owned(), alias: "submission".to_owned(), on }]
    } else {
        Vec::new()
    };
    let fixed = vec![("team_id".to_owned(), parameter(team.0))];
    Some(Asked {
        dataset: Dataset { name: name.to_owned(), members },
        relation: Relation { table: table.to_owned(), joins, fixed, within: None },
        labels: HashMap::new(),
    })
}

fn tasks() -> Vec<Member> {
    use MemberType::{DateTime, Text};
    let span = ["created_at", "finished_at"];
    vec![
        always(column("created_at", "created_at", DateTime, "产生时间", "Opened")),
        column("finished_at", "finished_at", DateTime, "完成时间", "Finished"),
        always(column("status", "status", Text, "任务状态", "Status")),
        always(column("state", "state", Text, "流程节点", "State")),
        column("form", "form_key", Text, "表单", "Form"),
        id("assignee", "assignee_id", "负责人", "Assignee"),
        column("department", "department_key", Text, "部门", "Department"),
        id("finished_by", "finished_by", "完成人", "Finished by"),
        elapsed("minutes", span, MINUTE_MS, "用时（分钟）", "Minutes taken"),
        elapsed("hours", span, HOUR_MS, "用时（小时）", "Hours taken"),
    ]
}

fn clocks() -> Vec<Member> {
    use MemberType::{Boolean, DateTime, Text};
    let span = ["started_at", "stopped_at"];
    vec![
        always(column("name", "name", Text, "时限", "Promise")),
        always(column("state", "state", Text, "计时状态", "Clock state")),
        column("form", "form_key", Text, "表单", "Form"),
        always(column("started_at", "started_at", DateTime, "开始时间", "Started")),
        column("due_at", "due_at", DateTime, "截止时间", "Due"),
        column("stopped_at", "stopped_at", DateTime, "停止时间", "Stopped"),
        always(column("warned", "warned", Boolean, "已预警", "Warned")),
        always(column("breached", "breached", Boolean, "已超时", "Overdue")),
        id("assignee", "submission.assignee_id", "负责人", "Assignee"),
        column("department", "submission.department_key", Text, "部门", "Department"),
        elapsed("minutes", span, MINUTE_MS, "用时（分钟）", "Minutes taken"),
        elapsed("hours", span, HOUR_MS, "用时（小时）", "Hours taken"),
    ]
}

fn visits() -> Vec<Member> {
    use MemberType::{DateTime, Text};
    let span = ["entered_at", "left_at"];
    vec![
        always(column("state", "state", Text, "流程节点", "State")),
        always(column("flow", "flow_key", Text, "流程", "Flow")),
        column("form", "form_key", Text, "表单", "Form"),
        always(column("entered_at", "entered_at", DateTime, "进入时间", "Entered")),
        column("left_at", "left_at", DateTime, "离开时间", "Left"),
        id("assignee", "submission.assignee_id", "负责人", "Assignee"),
        column("department", "submission.department_key", Text, "部门", "Department"),
        elapsed("minutes", span, MINUTE_MS, "停留（分钟）", "Minutes spent"),
        elapsed("hours", span, HOUR_MS, "停留（小时）", "Hours spent"),
    ]
}

fn events() -> Vec<Member> {
    use MemberType::{Boolean, DateTime, Text};
    vec![
        always(column("kind", "kind", Text, "事件", "Event")),
        always(column("created_at", "created_at", DateTime, "发生时间", "Happened")),
        id("actor", "actor_id", "操作人", "By"),
        always(column("public", "is_public", Boolean, "客户可见", "Seen by the customer")),
        column("form", "submission.form_key", Text, "表单", "Form"),
        column("department", "submission.department_key", Text, "部门", "Department"),
    ]
}

fn customers() -> Vec<Member> {
    use MemberType::{DateTime, Text};
    vec![
        column("name", "name", Text, "姓名", "Name"),
        column("tier", "tier", Text, "等级", "Tier"),
        list("tags", "tags", "标签", "Tags"),
        always(column("created_at", "created_at", DateTime, "首次出现", "First seen")),
        always(column("updated_at", "updated_at", DateTime, "更新时间", "Updated")),
    ]
}
