//! `GET /p/{id}`: a form's draft, as customers would see it; for its authors, and never stored.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use web_public::{Known, ask, form_page, languages};

use super::page;
use crate::app::App;
use crate::auth::Designer;
use crate::error::ApiError;
use crate::http::body::{Path, Query};
use crate::http::layers;
use crate::ids::DefinitionId;
use crate::services::preview_form::{Preview, preview_form};
use crate::services::submit::staff_fields;

/// How to show it.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Shown {
    /// `zh` or `en`; the author's first when the form does not offer it.
    lang: Option<String>,
}

/// A form's draft as a page.
#[utoipa::path(get, path = "/p/{id}", tag = "definitions", params(("id" = String, Path), Shown), responses(
    (status = 200, description = "The draft", content_type = "text/html", body = String)))]
pub async fn get(
    State(app): State<App>,
    caller: Designer,
    Path(id): Path<DefinitionId>,
    Query(shown): Query<Shown>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Preview { form, team_name } = preview_form(&app, &caller, id).await?;
    let offered = languages(&form);
    let language = page::language(shown.lang.as_deref(), &headers, &offered);
    let frame = page::themed(page::frame(language, offered, Some(team_name)), &form);
    let known = Known { kept: staff_fields(&form), ..Known::default() };
    let mut response = page::html(StatusCode::OK, form_page(&ask(&form, "", frame, &known)));
    // The designer shows it in a frame, and it posts nowhere.
    let policy = HeaderValue::from_static(layers::PREVIEW_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
