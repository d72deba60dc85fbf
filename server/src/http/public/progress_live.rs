//! `GET /t/{token}/live`: tells an open progress page that there is something new to read.
//!
//! Never what: the page reads itself again, under the rules of the page.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::Event;
use tokio_stream::Stream;

use crate::app::App;
use crate::error::ApiError;
use crate::http::body::Path;
use crate::http::live;
use crate::services::progress;

/// Changes of one case, without their content.
#[utoipa::path(get, path = "/t/{token}/live", tag = "public", params(("token" = String, Path)), responses(
    (status = 200, description = "An event `change` whenever the case has changed",
     content_type = "text/event-stream", body = String)))]
pub async fn get(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let ticket = progress::find(&app, &token).await?;
    let case = ticket.id.0;
    Ok(live::stream(app, ticket.team_id, None, move |change| {
        // No number: how much happens in a team is none of a customer's business.
        let ours = (change.entity_id == case).then(|| Event::default().event("change").data("{}"));
        Box::pin(std::future::ready(ours))
    }))
}
