//! `GET /api/v1/customers/{id}`: one customer with everything that happened.

use api_types::CustomerDetail;
use axum::Json;
use axum::extract::State;

use crate::app::App;
use crate::auth::Agent;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::ids::CustomerId;
use crate::services::customers;

/// One customer with everything that happened, newest first.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", params(("id" = String, Path)), responses(
    (status = 200, body = CustomerDetail)))]
pub async fn get(
    State(app): State<App>,
    caller: Agent,
    Path(id): Path<CustomerId>,
) -> Result<Json<CustomerDetail>, ApiError> {
    Ok(Json(customers::get(&app, &caller, id).await?))
}
