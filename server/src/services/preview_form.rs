//! A form's draft as its author looks at it: compiled like a published one, never stored.

use api_types::DefinitionKind;
use form_engine::{Form, FormDefinition};

use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::ids::DefinitionId;
use crate::services::definition::{kind_word, parse};
use crate::store;

/// A draft, and who would ask it.
pub struct Preview {
    /// Compiled.
    pub form: Form,
    /// The team's name.
    pub team_name: String,
}

/// The draft of a form.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's and for other kinds of definitions; every problem of a draft that
/// could not be published.
pub async fn preview_form(app: &App, caller: &Caller, id: DefinitionId) -> Result<Preview, ApiError> {
    let found = store::definition::get(app.db.read(), caller.team, id).await?;
    let form = found.filter(|definition| definition.kind == kind_word(DefinitionKind::Form));
    let definition = form.ok_or_else(|| ApiError::not_found("form", id))?;
    let document = parse(&definition.draft)?;
    let form = FormDefinition::parse(&document)
        .and_then(|definition| form_engine::compile(&definition))
        .map_err(ApiError::Invalid)?;
    let team = store::team::get(app.db.read(), caller.team).await?;
    Ok(Preview { form, team_name: team.map(|team| team.name).unwrap_or_default() })
}
