//! Published forms as staff see them: what is asked, how much came in, and where the public page is.

use std::sync::Arc;

use api_types::{FieldView, FormSummary, FormView, OptionView};
use form_engine::{Field, FieldKind, Form, Language, Record};

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::LiveForm;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::permission::{FormReach, Verb};
use crate::services::access::Access;
use crate::services::public_form;
use crate::store::{self, report};

/// Every published form with which the caller may do something, by key.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<FormSummary>, ApiError> {
    summaries(app, caller, &Access::of(app, caller).await?).await
}

async fn summaries(app: &App, caller: &Caller, access: &Access) -> Result<Vec<FormSummary>, ApiError> {
    let catalog = app.catalog(caller.team).await?;
    let apps = store::app::list(app.db.read(), caller.team).await?;
    let visible = access.visible(app, Verb::See).await?;
    let counts = report::counts(app.db.read(), caller.team, visible.as_ref()).await?;
    let reach = |live: &&Arc<LiveForm>| !access.form(live.form.key()).verbs().is_none();
    let summary = |live: &LiveForm| {
        let home = apps.iter().find(|row| row.id == live.app).map_or("", |row| row.key.as_str());
        let count = counts.iter().find(|count| count.form == live.form.key());
        FormSummary {
            key: live.form.key().to_owned(),
            app: home.to_owned(),
            definition: live.definition.to_string(),
            title: live.form.title().get(caller.language.as_str()).to_owned(),
            ticket: live.form.record() == Record::Ticket,
            url: public_url(app, &live.form),
            inside: inside(&access.form(live.form.key()), &live.form),
            version: u32::try_from(live.version).unwrap_or_default(),
            submissions: count.map_or(0, |count| count.submissions),
            last_at: count.map(|count| rfc3339(count.last_at)),
            verbs: access.form(live.form.key()).verbs().iter().map(|verb| verb.word().to_owned()).collect(),
        }
    };
    Ok(catalog.forms().into_iter().filter(reach).map(|live| summary(live)).collect())
}

/// The address customers use, for forms that have one.
pub fn public_url(app: &App, form: &Form) -> Option<String> {
    form.publish().slug.as_ref().map(|slug| app.config.base_url.join(&format!("/f/{slug}")))
}

/// Where a member fills it in. What everybody may answer outside is theirs to answer there, unless a role gives it to them.
fn inside(reach: &FormReach, form: &Form) -> Option<String> {
    let theirs = match form.publish().slug {
        Some(_) => reach.gives(Verb::Add),
        None => reach.may(Verb::Add),
    };
    theirs.then(|| public_form::inside(form.key()))
}

/// One published form with its fields.
///
/// # Errors
///
/// [`ApiError::NotFound`] where the team has none published under `key`.
pub async fn get(app: &App, caller: &Caller, key: &str) -> Result<FormView, ApiError> {
    let access = Access::of(app, caller).await?;
    let reach = access.form(key);
    if reach.verbs().is_none() {
        return Err(ApiError::not_found("form", key));
    }
    let catalog = app.catalog(caller.team).await?;
    let live = catalog.form(key)?;
    let found = summaries(app, caller, &access).await?.into_iter().find(|summary| summary.key == key);
    let summary = found.ok_or_else(|| ApiError::not_found("form", key))?;
    let mut fields = fields(&live.form, caller.language);
    fields.retain(|field| !reach.hides_somewhere(&field.path));
    Ok(FormView { summary, fields })
}

/// A form's fields as columns and labelled values, in the author's order.
pub fn fields(form: &Form, language: Language) -> Vec<FieldView> {
    form.fields()
        .iter()
        .filter(|field| !field.in_rows() && !field.path.is_empty())
        .map(|field| view(field, language))
        .collect()
}

/// One field.
pub fn view(field: &Field, language: Language) -> FieldView {
    let option = |choice: &form_engine::Choice| OptionView {
        value: choice.value.clone(),
        label: choice.label.get(language.as_str()).to_owned(),
    };
    FieldView {
        path: field.path.clone(),
        title: field.title.get(language.as_str()).to_owned(),
        control: field.kind.control().to_owned(),
        value_type: value_type(field).to_owned(),
        options: field.options.iter().map(option).collect(),
    }
}

fn value_type(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Nps | FieldKind::Csat | FieldKind::Ces | FieldKind::Rating => "integer",
        FieldKind::Number if field.is_integer() => "integer",
        FieldKind::Number => "number",
        FieldKind::Slider => {
            if field.is_integer() {
                "integer"
            } else {
                "number"
            }
        }
        FieldKind::Multiple | FieldKind::Ranking | FieldKind::Cascade => "list",
        FieldKind::Date => "date",
        FieldKind::DateTime => "datetime",
        FieldKind::Boolean | FieldKind::Toggle => "boolean",
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Single
        | FieldKind::DropDown
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Contact
        | FieldKind::Hidden
        | FieldKind::Consent
        | FieldKind::Time
        | FieldKind::Matrix
        | FieldKind::IdNumber
        | FieldKind::File
        | FieldKind::Image
        | FieldKind::Signature
        | FieldKind::LinkedRecord
        | FieldKind::Member
        | FieldKind::Department
        | FieldKind::SerialNumber
        | FieldKind::Formula
        | FieldKind::Any => field.types.only().unwrap_or("text"),
    }
}
