//! What stored values and nameless measures are called.

use form_engine::{Language, Text};
use serde_json::Value;

use super::dataset::{Asked, text};
use crate::app::App;
use crate::error::ApiError;
use crate::ids::TeamId;
use crate::store::report;

/// Adds the labels of system columns that hold keys and ids.
pub(super) async fn of_columns(app: &App, team: TeamId, asked: &mut Asked) -> Result<(), ApiError> {
    let names: Vec<String> = asked.dataset.names().map(str::to_owned).collect();
    let db = app.db.read();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    if has(&["state"]) && asked.dataset.name != "$clocks" {
        let mut states = Vec::new();
        for flow in report::live(db, team, "flow").await? {
            if let Ok(document) = serde_json::from_str::<Value>(&flow.document) {
                collect_states(&document, &mut states);
            }
        }
        asked.labels.insert("state".to_owned(), states);
    }
    if has(&["department"]) {
        let titled = |(key, title): (String, String)| {
            let title = serde_json::from_str(&title).unwrap_or(Text::Plain(title));
            (Value::from(key), title)
        };
        let departments = report::departments(db, team).await?.into_iter().map(titled).collect();
        asked.labels.insert("department".to_owned(), departments);
    }
    let person_members = ["assignee", "created_by", "actor", "finished_by"];
    if has(&person_members) {
        let people: Vec<(Value, Text)> = report::people(db, team)
            .await?
            .into_iter()
            .map(|(id, name)| (Value::from(id), Text::Plain(name)))
            .collect();
        for member in person_members.into_iter().filter(|member| has(&[member])) {
            asked.labels.insert(member.to_owned(), people.clone());
        }
    }
    if has(&["channel"]) {
        asked.labels.insert("channel".to_owned(), channels());
    }
    Ok(())
}

/// Titles of a flow's states, the nested ones too.
fn collect_states(document: &Value, states: &mut Vec<(Value, Text)>) {
    let Some(members) = document.get("states").and_then(Value::as_object) else { return };
    for (key, state) in members {
        let title = state.get("title").and_then(|title| serde_json::from_value(title.clone()).ok());
        if let Some(title) = title.filter(|_| !states.iter().any(|(known, _)| known == key)) {
            states.push((key.as_str().into(), title));
        }
        collect_states(state, states);
    }
}

fn channels() -> Vec<(Value, Text)> {
    [
        ("web", "网页", "Web page"),
        ("api", "接口", "API"),
        ("staff", "员工代填", "Entered by staff"),
        ("import", "文件导入", "Imported file"),
        ("flow", "流程", "Flow"),
        ("sample", "示例数据", "Sample data"),
    ]
    .into_iter()
    .map(|(key, zh, en)| (Value::from(key), text(zh, en)))
    .collect()
}

/// The name of a measure its author gave no title: its word, `avg` or `avg_2`, in the caller's language.
pub(super) fn measure(name: &str, language: Language) -> String {
    let word = name.strip_suffix("_previous").unwrap_or(name);
    let word = word.trim_end_matches(|end: char| end.is_ascii_digit()).trim_end_matches('_');
    let known = [
        ("count", "数量", "Count"),
        ("distinct", "去重数", "Distinct"),
        ("sum", "合计", "Sum"),
        ("avg", "平均值", "Average"),
        ("min", "最小值", "Minimum"),
        ("max", "最大值", "Maximum"),
        ("median", "中位数", "Median"),
        ("percentile", "百分位数", "Percentile"),
        ("share", "占比", "Share"),
        ("ratio", "比率", "Ratio"),
        ("nps", "净推荐值", "NPS"),
        ("csat", "满意率", "CSAT"),
        ("ces", "费力度", "CES"),
    ];
    let found = known.into_iter().find(|(key, _, _)| *key == word);
    let title = found.map(|(_, zh, en)| match language {
        Language::Zh => zh,
        Language::En => en,
    });
    let previous = match language {
        Language::Zh => "（上期）",
        Language::En => " (previous period)",
    };
    let title = title.map_or_else(|| name.to_owned(), str::to_owned);
    if name.ends_with("_previous") { format!("{title}{previous}") } else { title }
}
