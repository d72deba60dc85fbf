//! Datasets of a team: its forms by key, and `$tasks $clocks $customers $events $visits`.

use std::collections::HashMap;

use api_types::OptionView;
use form_engine::Text;
use report_engine::sql::{Parameter, Relation};
use report_engine::{Dataset, Member, MemberType, Source};
use serde_json::Value;

use super::{form, label, system};
use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::permission::Verb;
use crate::services::access::Access;

/// A dataset, where it lies, and what its stored values are called.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What can be named.
    pub dataset: Dataset,
    /// Where the rows are.
    pub relation: Relation,
    /// Stored values and their labels, by member.
    pub labels: HashMap<String, Vec<(Value, Text)>>,
}

impl Asked {
    /// The form it is of, when it is of one.
    pub fn form(&self) -> Option<(&str, &Dataset)> {
        (!self.dataset.name.starts_with('$')).then_some((self.dataset.name.as_str(), &self.dataset))
    }

    /// The labels of a member's values in a language.
    pub fn options(&self, member: &str, language: &str) -> Vec<OptionView> {
        let labels = self.labels.get(member).into_iter().flatten();
        labels
            .map(|(value, label)| OptionView { value: value.clone(), label: label.get(language).to_owned() })
            .collect()
    }
}

/// The dataset of that name in the caller's team, without the rows that hang on submissions they may not see; `None` when there is none,
/// or a form of which they may see nothing.
///
/// # Errors
///
/// When the database does not answer.
pub async fn find(
    app: &App,
    caller: &Caller,
    access: &Access,
    name: &str,
) -> Result<Option<Asked>, ApiError> {
    let found = if name.starts_with('$') {
        system::find(name, caller.team)
    } else if access.form(name).may(Verb::See) {
        form::find(app, caller.team, name).await?
    } else {
        None
    };
    let Some(mut asked) = found else { return Ok(None) };
    if name.starts_with('$') && name != "$customers" {
        asked.relation.within = access.within(app, "submission_id").await?;
    }
    label::of_columns(app, caller.team, &mut asked).await?;
    Ok(Some(asked))
}

/// A member that lies in a column; `source` may name a joined table, `customer.tier`.
pub(super) fn column(name: &str, source: &str, kind: MemberType, zh: &str, en: &str) -> Member {
    member(name, Source::Column(source.to_owned()), kind, zh, en)
}

/// A member that lies in a column of UUIDs.
pub(super) fn id(name: &str, source: &str, zh: &str, en: &str) -> Member {
    member(name, Source::Id(source.to_owned()), MemberType::Text, zh, en)
}

/// A member every row has.
pub(super) fn always(member: Member) -> Member {
    Member { always_present: true, ..member }
}

/// The time between two columns.
pub(super) fn elapsed(name: &str, columns: [&str; 2], unit_ms: u32, zh: &str, en: &str) -> Member {
    let [from, to] = columns.map(str::to_owned);
    member(name, Source::Elapsed { from, to, unit_ms }, MemberType::Number, zh, en)
}

/// A list kept as JSON in a column.
pub(super) fn list(name: &str, source: &str, zh: &str, en: &str) -> Member {
    let source = Source::Json { column: source.to_owned(), pointer: String::new() };
    member(name, source, MemberType::TextList, zh, en)
}

fn member(name: &str, source: Source, kind: MemberType, zh: &str, en: &str) -> Member {
    Member { name: name.to_owned(), title: text(zh, en), kind, source, always_present: false }
}

/// Words of ours in both languages.
pub(super) fn text(zh: &str, en: &str) -> Text {
    Text::Localized(
        [("zh".to_owned(), zh.to_owned()), ("en".to_owned(), en.to_owned())].into_iter().collect(),
    )
}

/// An id as a parameter.
pub(super) fn parameter(id: uuid::Uuid) -> Parameter {
    Parameter::Id(id.into_bytes())
}
