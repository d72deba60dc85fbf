//! How a form reaches people, on one page: what its author published, and what was set beside it.

use api_types::{ShareView, SourceView};
use form_engine::OnePer;

use crate::app::App;
use crate::auth::Caller;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::services::access::Access;
use crate::services::{forms, one_click, public_form, short_links};
use crate::store;

/// Everything the share page of a form shows.
///
/// # Errors
///
/// [`ApiError::NotFound`] where the team has none published under `key` that the caller may do something with.
pub async fn view(app: &App, caller: &Caller, key: &str) -> Result<ShareView, ApiError> {
    if Access::of(app, caller).await?.form(key).verbs().is_none() {
        return Err(ApiError::not_found("form", key));
    }
    let catalog = app.catalog(caller.team).await?;
    let live = catalog.form(key)?.clone();
    let (form, publish) = (&live.form, live.form.publish());
    let language = caller.language;
    let sources = form.fields().iter().filter(|field| short_links::is_source(field));
    let taken = store::submission::last_number(app.db.read(), live.definition).await?;
    Ok(ShareView {
        title: form.title().get(language.as_str()).to_owned(),
        definition: live.definition.to_string(),
        url: forms::public_url(app, form),
        inside: app.config.base_url.join(&public_form::inside(key)),
        home: app.config.base_url.join(""),
        links: short_links::list(app, &live).await?,
        sources: sources
            .map(|field| SourceView {
                path: field.path.clone(),
                title: form.title_at(&field.path, language).to_owned(),
            })
            .collect(),
        has_password: catalog.password(live.definition).is_some(),
        opens_at: publish.opens_ms.map(rfc3339),
        closes_at: publish.closes_ms.map(rfc3339),
        quota: publish.quota,
        taken: u64::try_from(taken).unwrap_or_default(),
        one_per: match publish.one_per {
            OnePer::Nobody => "nobody",
            OnePer::Device => "device",
            OnePer::Invitation => "invitation",
            OnePer::Customer => "customer",
        }
        .to_owned(),
        captcha: publish.captcha,
        embed: publish.embed.clone(),
        card_title: publish.share.title.clone().unwrap_or_else(|| form.title().clone()),
        card_text: publish.share.description.clone().or_else(|| form.description().cloned()),
        card_picture: publish.share.picture.clone(),
        first_scale: one_click::scale(form)
            .map(|scale| form.title_at(&scale.field.path, language).to_owned()),
    })
}
