//! Submissions as a file that spreadsheets open, written while they are read.

use api_types::{FieldView, SubmissionPage, SubmissionView};
use form_engine::{Language, pointer};
use serde_json::{Value, json};
use std::collections::HashMap;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::permission::Verb;
use crate::services::access::Access;
use crate::services::audit::{self, Deed};
use crate::services::forms;
use crate::services::submissions::{self, Wanted, people};

/// Rows read at a time.
const PAGE: u32 = 200;
/// Tells Excel that the file is UTF-8.
const MARK: &str = "\u{feff}";

/// The lines of the file, a page at a time.
pub type Lines = ReceiverStream<Result<String, std::io::Error>>;

/// Everything of the form that the caller may take away. The first page is read before this returns, so that what is wrong is said in
/// words; the rest follows while the file is sent.
///
/// # Errors
///
/// [`ApiError::Forbidden`]; problems of filter and order.
pub async fn csv(
    app: App,
    caller: Caller,
    form: String,
    filter: Option<String>,
    order: Option<String>,
) -> Result<Lines, ApiError> {
    Access::of(&app, &caller).await?.require(&form, Verb::Export)?;
    let fields = forms::get(&app, &caller, &form).await?.fields;
    let people = people(&app, &caller).await?;
    let first = page(&app, &caller, &form, filter.as_deref(), order.as_deref(), None).await?;
    let deed = Deed::new("exported", "form", &form, &form);
    audit::note(&app, &caller, deed.after(json!({"filter": filter, "format": "csv"}))).await?;
    let (sender, receiver) = mpsc::channel(2);
    tokio::spawn(async move {
        let mut next = Ok(first);
        let mut text = format!("{MARK}{}", line(&head(&fields, caller.language)));
        while let Ok(page) = next {
            for item in &page.items {
                text.push_str(&line(&row(item, &fields, &people)));
            }
            // A reader who went away needs no more.
            if sender.send(Ok(std::mem::take(&mut text))).await.is_err() {
                return;
            }
            let Some(cursor) = page.next else { return };
            next = self::page(&app, &caller, &form, filter.as_deref(), order.as_deref(), Some(&cursor)).await;
        }
        // The file is broken off, visibly: better than one that looks whole.
        sender.send(Err(std::io::Error::other("the submissions could not be read to the end"))).await.ok();
    });
    Ok(ReceiverStream::new(receiver))
}

async fn page(
    app: &App,
    caller: &Caller,
    form: &str,
    filter: Option<&str>,
    order: Option<&str>,
    cursor: Option<&str>,
) -> Result<SubmissionPage, ApiError> {
    submissions::list(
        app,
        caller,
        form,
        Wanted { verb: Verb::Export, filter, order, limit: Some(PAGE), cursor },
    )
    .await
}

fn head(fields: &[FieldView], language: Language) -> Vec<String> {
    let own = match language {
        Language::Zh => ["编号", "提交时间", "状态", "负责人", "部门", "渠道", "标签"],
        Language::En => ["Number", "Submitted", "State", "Assignee", "Department", "Channel", "Tags"],
    };
    own.into_iter().map(str::to_owned).chain(fields.iter().map(|field| field.title.clone())).collect()
}

fn row(item: &SubmissionView, fields: &[FieldView], people: &HashMap<String, String>) -> Vec<String> {
    let own = [
        item.number.to_string(),
        item.created_at.clone(),
        item.state.clone().unwrap_or_default(),
        item.assignee.as_ref().and_then(|id| people.get(id).cloned()).unwrap_or_default(),
        item.department.clone().unwrap_or_default(),
        item.channel.clone(),
        item.tags.join(", "),
    ];
    let answer = |field: &FieldView| pointer::get(&item.data, &field.path).map(|value| shown(value, field));
    own.into_iter().chain(fields.iter().map(|field| answer(field).unwrap_or_default())).collect()
}

/// A value as people read it: labels of options, several of them with commas between.
fn shown(value: &Value, field: &FieldView) -> String {
    let label = field.options.iter().find(|option| option.value == *value).map(|option| option.label.clone());
    label.unwrap_or_else(|| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(|item| shown(item, field)).collect::<Vec<_>>().join(", ")
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    })
}

/// One line of the file. A text that a spreadsheet would take for a formula is marked as text.
pub(super) fn line(cells: &[String]) -> String {
    let is_formula =
        |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let cell = |text: &String| if is_formula(text) { format!("'{text}") } else { text.clone() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells.iter().map(cell)).expect("a record can be written to memory");
    let written = writer.into_inner().expect("memory can be flushed");
    String::from_utf8(written).expect("texts stay texts")
}
