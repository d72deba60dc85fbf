//! What a ticket's page decides, without a browser.

use api_types::{CallOutcome, CustomerView, EventView, FieldView, FileView, SubmissionDetail};
use serde_json::Value;

use crate::{
    format,
    i18n::{Language, Message, inbox as m},
};

/// What the head of a ticket says.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// `#102`
    pub number: String,
    /// Name or first identity; none when anonymous.
    pub customer: Option<String>,
    /// The score that led here.
    pub score: Option<f64>,
    /// Title of the state, and whether nothing can be done any more.
    pub state: Option<(String, bool)>,
    /// RFC 3339.
    pub created_at: String,
}

impl Head {
    /// The head of `detail`.
    #[must_use]
    pub fn of(detail: &SubmissionDetail) -> Self {
        let customer = detail.customer_card.as_ref();
        Self {
            number: format::case_number(detail.submission.number),
            customer: customer
                .map(|customer| customer.name.clone())
                .filter(|name| !name.is_empty())
                .or_else(|| detail.entered_by.clone()),
            score: detail
                .fields
                .iter()
                .filter(|field| field.control == "nps")
                .find_map(|field| detail.submission.data.pointer(&field.path)?.as_f64())
                .or_else(|| customer.and_then(|customer| customer.last_score)),
            state: detail.state_title.clone().map(|title| {
                (title, detail.actions.is_empty() && detail.tasks.iter().all(|task| task.status != "open"))
            }),
            created_at: detail.submission.created_at.clone(),
        }
    }
}

/// How a line of the timeline is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// From the customer.
    Customer,
    /// To the customer.
    Reply,
    /// Among colleagues.
    Note,
    /// A call that was made.
    Call,
    /// Something happened: one thin line.
    Fact,
}

/// The shape of an event's kind.
#[must_use]
pub fn shape(event: &EventView) -> Shape {
    match event.kind.as_str() {
        "reply" => Shape::Reply,
        "comment" => Shape::Note,
        "call" => Shape::Call,
        "customer_message" | "customer_reject" | "customer_confirm" => Shape::Customer,
        _ => Shape::Fact,
    }
}

/// What was written, rather than what is said about it.
#[must_use]
pub fn written(event: &EventView) -> &str {
    event.data.get("text").and_then(Value::as_str).filter(|text| !text.is_empty()).unwrap_or(&event.text)
}

/// How a reply went out.
#[must_use]
pub fn delivery(event: &EventView) -> Option<Message> {
    match event.data.get("delivery").and_then(Value::as_str)? {
        "mail" => Some(m::DELIVERED_MAIL),
        "page" => Some(m::DELIVERED_PAGE),
        "call" => Some(m::DELIVERED_CALL),
        _ => None,
    }
}

/// What came of a call.
#[must_use]
pub fn outcome(event: &EventView) -> Option<CallOutcome> {
    serde_json::from_value(event.data.get("outcome")?.clone()).ok()
}

/// As read.
#[must_use]
pub const fn outcome_name(outcome: CallOutcome) -> Message {
    match outcome {
        CallOutcome::Reached => m::REACHED,
        CallOutcome::NoAnswer => m::NO_ANSWER,
        CallOutcome::WrongNumber => m::WRONG_NUMBER,
    }
}

/// Where a reply goes, in words.
#[must_use]
pub fn reply_goes(customer: Option<&CustomerView>, language: Language) -> String {
    let address = |kind: &str| {
        customer
            .and_then(|customer| customer.identities.iter().find(|identity| identity.kind == kind))
            .map(|identity| identity.value.as_str())
    };
    let (message, address) = match (address("mail"), address("phone")) {
        (Some(mail), _) => (m::REPLY_WHERE_MAIL, mail),
        (None, Some(phone)) => (m::REPLY_WHERE_PHONE, phone),
        (None, None) => (m::REPLY_WHERE_PAGE, ""),
    };
    crate::i18n::fill_in(message, language, &[("address", address)])
}

/// The answered fields of a submission: title and value as read, in the author's order.
#[must_use]
pub fn answers(detail: &SubmissionDetail, language: Language) -> Vec<(FieldView, String)> {
    detail
        .fields
        .iter()
        .filter_map(|field| {
            let value = detail.submission.data.pointer(&field.path)?;
            let words = format::value(field, value, language);
            (!words.is_empty()).then(|| (field.clone(), words))
        })
        .collect()
}

/// The files of a field that the document still names, in the order they were sent.
#[must_use]
pub fn files(detail: &SubmissionDetail, path: &str) -> Vec<FileView> {
    let named = |file: &&FileView| {
        let value = detail.submission.data.pointer(path);
        value.is_some_and(|value| value.to_string().contains(&file.id))
    };
    detail.files.iter().filter(|file| file.field == path).filter(named).cloned().collect()
}

/// What was typed into a field, as the document stores it; `None` while empty or not of its type.
#[must_use]
pub fn typed(field: &FieldView, text: &str) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(option) = field.options.iter().find(|option| option_key(&option.value) == text) {
        return Some(if field.value_type == "list" {
            Value::Array(vec![option.value.clone()])
        } else {
            option.value.clone()
        });
    }
    match field.value_type.as_str() {
        "integer" => text.parse::<i64>().ok().map(Value::from),
        "number" => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
        "boolean" => match text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        "list" => Some(Value::Array(vec![Value::from(text)])),
        _ => Some(Value::from(text)),
    }
}

/// A choice's stored value as the value of an `option` element.
#[must_use]
pub fn option_key(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Puts `value` at a pointer of object keys: the data that goes with an event.
pub fn place(document: &mut Value, path: &str, value: Value) {
    let mut at = document;
    let keys: Vec<String> =
        path.split('/').skip(1).map(|key| key.replace("~1", "/").replace("~0", "~")).collect();
    for key in keys {
        if !at.is_object() {
            *at = Value::Object(serde_json::Map::new());
        }
        let Some(object) = at.as_object_mut() else { return };
        at = object.entry(key).or_insert(Value::Null);
    }
    *at = value;
}
