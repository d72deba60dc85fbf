//! `GET /api/v1/inbox`: tickets by how soon they need somebody.

use api_types::{InboxPage, InboxView};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Viewer;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::services::inbox;

/// Which page of which view.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Which tickets; the caller's own when absent.
    view: Option<InboxView>,
    /// Words of the ticket, the customer's name, or a number.
    #[serde(default)]
    search: String,
    /// How many, 200 at most.
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Tickets, most urgent first, with the count of every view.
#[utoipa::path(get, path = "/api/v1/inbox", tag = "tickets", params(Which), responses((status = 200, body = InboxPage)))]
pub async fn list(
    State(app): State<App>,
    caller: Viewer,
    Query(which): Query<Which>,
) -> Result<Json<InboxPage>, ApiError> {
    let view = which.view.unwrap_or(InboxView::Mine);
    let limit = which.limit.unwrap_or(50);
    Ok(Json(inbox::list(&app, &caller, view, &which.search, limit, which.cursor.as_deref()).await?))
}
