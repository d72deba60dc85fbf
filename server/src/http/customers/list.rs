//! `GET /api/v1/customers`: the team's customers, newest first.

use api_types::CustomerPage;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::Query;
use crate::services::customers;

/// Which page.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Part of a name, a mail address or a number.
    #[serde(default)]
    search: String,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// The team's customers, newest first.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(Which), responses((status = 200, body = CustomerPage)))]
pub async fn list(
    State(app): State<App>,
    caller: Agent,
    Query(which): Query<Which>,
) -> Result<Json<CustomerPage>, ApiError> {
    Ok(Json(customers::list(&app, &caller, &which.search, which.cursor.as_deref()).await?))
}
