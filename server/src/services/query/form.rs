//! A form as a dataset: its fields, those of older versions too, and what the system knows of a submission.

use std::collections::HashMap;

use form_engine::{Field, FieldKind, Text};
use report_engine::sql::{Join, Parameter, Relation};
use report_engine::{Dataset, Member, MemberType, Source};
use serde_json::Value;

use super::dataset::{Asked, always, column, id, list, parameter};
use crate::app::App;
use crate::error::ApiError;
use crate::ids::TeamId;
use crate::store::report;

/// The dataset of the form with that key, if it has ever been published.
pub(in crate::services) async fn find(app: &App, team: TeamId, key: &str) -> Result<Option<Asked>, ApiError> {
    let versions = report::versions(app.db.read(), team, "form", key).await?;
    let Some(live) = versions.first() else { return Ok(None) };
    let mut members = columns();
    let mut labels = HashMap::new();
    // Submissions keep the version they were made with; a field that is gone can still be asked about.
    for version in &versions {
        let form = app.form_version(team, version.definition, version.number).await?;
        for field in form.form.fields().iter().filter(|field| !field.in_rows() && !field.path.is_empty()) {
            add_field(field, &mut members, &mut labels);
        }
    }
    let dataset = Dataset { name: key.to_owned(), members };
    let fixed = [("team_id", team.0), ("form_id", live.definition.0)];
    let relation = relation(fixed.map(|(column, id)| (column.to_owned(), parameter(id))).into());
    Ok(Some(Asked { dataset, relation, labels }))
}

fn add_field(field: &Field, members: &mut Vec<Member>, labels: &mut HashMap<String, Vec<(Value, Text)>>) {
    let choices = labels.entry(field.path.clone()).or_default();
    for choice in &field.options {
        if !choices.iter().any(|(value, _)| *value == choice.value) {
            choices.push((choice.value.clone(), choice.label.clone()));
        }
    }
    if members.iter().any(|member| member.name == field.path) {
        return;
    }
    members.push(Member {
        name: field.path.clone(),
        title: field.title.clone(),
        kind: member_type(field),
        source: Source::Json { column: "data".to_owned(), pointer: field.path.clone() },
        always_present: false,
    });
}

fn member_type(field: &Field) -> MemberType {
    match field.kind {
        FieldKind::Nps | FieldKind::Csat | FieldKind::Ces | FieldKind::Rating => MemberType::Integer,
        FieldKind::Number if field.is_integer() => MemberType::Integer,
        FieldKind::Number => MemberType::Number,
        FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Phone | FieldKind::Contact => {
            MemberType::Text
        }
        FieldKind::Slider if field.is_integer() => MemberType::Integer,
        FieldKind::Slider => MemberType::Number,
        FieldKind::Time | FieldKind::IdNumber | FieldKind::Signature | FieldKind::SerialNumber => {
            MemberType::Text
        }
        FieldKind::Multiple | FieldKind::Ranking | FieldKind::Cascade => MemberType::TextList,
        FieldKind::Date => MemberType::Date,
        FieldKind::DateTime => MemberType::DateTime,
        FieldKind::Boolean | FieldKind::Toggle => MemberType::Boolean,
        // An old agreement is `true`, a newer one names its text.
        FieldKind::Consent if field.types.only() == Some("text") => MemberType::Text,
        FieldKind::Consent => MemberType::Boolean,
        FieldKind::Single
        | FieldKind::DropDown
        | FieldKind::Hidden
        | FieldKind::Matrix
        | FieldKind::File
        | FieldKind::Image
        | FieldKind::LinkedRecord
        | FieldKind::Member
        | FieldKind::Department
        | FieldKind::Formula
        | FieldKind::Any => by_values(field),
    }
}

/// By the schema's type, else by what can be chosen.
fn by_values(field: &Field) -> MemberType {
    let all = |is: fn(&Value) -> bool| {
        !field.options.is_empty() && field.options.iter().all(|choice| is(&choice.value))
    };
    match field.types.only() {
        Some("integer") => MemberType::Integer,
        Some("number") => MemberType::Number,
        Some("boolean") => MemberType::Boolean,
        Some("list") => MemberType::TextList,
        Some(_) => MemberType::Text,
        None if all(Value::is_i64) => MemberType::Integer,
        None if all(Value::is_number) => MemberType::Number,
        None if all(Value::is_boolean) => MemberType::Boolean,
        None => MemberType::Text,
    }
}

fn columns() -> Vec<Member> {
    use MemberType::{Boolean, DateTime, Integer, Text};
    vec![
        always(column("created_at", "created_at", DateTime, "提交时间", "Submitted")),
        always(column("updated_at", "updated_at", DateTime, "更新时间", "Updated")),
        always(column("number", "number", Integer, "编号", "Number")),
        always(column("version", "version_number", Integer, "表单版本", "Form version")),
        column("state", "state", Text, "状态", "State"),
        always(column("open", "is_open", Boolean, "处理中", "Open")),
        always(column("breached", "is_breached", Boolean, "已超时", "Overdue")),
        id("assignee", "assignee_id", "负责人", "Assignee"),
        id("created_by", "created_by", "填写人", "Entered by"),
        column("department", "department_key", Text, "部门", "Department"),
        column("channel", "channel", Text, "渠道", "Channel"),
        column("language", "language", Text, "语言", "Language"),
        list("tags", "tags", "标签", "Tags"),
        id("customer", "customer_id", "客户编号", "Customer"),
        column("customer.name", "customer.name", Text, "客户", "Customer name"),
        column("customer.tier", "customer.tier", Text, "客户等级", "Customer tier"),
    ]
}

/// The submissions of every form, by what the system knows of them.
pub(in crate::services) fn any(team: TeamId) -> (Dataset, Relation) {
    let mut members = columns();
    members.push(always(column("form", "form_key", MemberType::Text, "表单", "Form")));
    let relation = relation(vec![("team_id".to_owned(), parameter(team.0))]);
    (Dataset { name: "*".to_owned(), members }, relation)
}

fn relation(fixed: Vec<(String, Parameter)>) -> Relation {
    Relation {
        table: "submission".to_owned(),
        joins: vec![Join {
            table: "customer".to_owned(),
            alias: "customer".to_owned(),
            on: ("customer_id".to_owned(), "id".to_owned()),
        }],
        fixed,
        within: None,
    }
}
