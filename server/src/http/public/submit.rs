//! `POST /api/v1/public/forms/{slug}/submissions`: an answer as JSON, from the page's script or a program.

use api_types::Receipt;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value;

use super::form::{caller, device, is_busy, is_doubted};
use crate::app::App;
use crate::error::{ApiError, Conflict};
use crate::http::body::{IdempotencyKey, Json, Path, Query};
use crate::http::client::Client;
use crate::http::spoken::Spoken;
use crate::services::public_form::{self, Brought};
use crate::services::submit::{self, Submission};
use crate::services::{captcha, revise, saved};

/// What comes in the address.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The one-use link.
    i: Option<String>,
    /// Half an answer that is now whole.
    s: Option<String>,
    /// An answer sent before, to be replaced.
    e: Option<String>,
    /// Stands for the form's password.
    p: Option<String>,
    /// Who the customer is, sealed by the team.
    c: Option<String>,
    /// A colleague fills it in for somebody else.
    behalf: Option<String>,
}

/// Proof that no program sends this: `TOKEN NONCE`.
const CAPTCHA: &str = "captcha";

/// Stores an answer to a published form. The same `Idempotency-Key` and document get the same answer again.
#[utoipa::path(post, path = "/api/v1/public/forms/{slug}/submissions", tag = "public", request_body = Value,
    params(("slug" = String, Path), ("i" = Option<String>, Query, description = "The token of an invitation"),
        ("s" = Option<String>, Query, description = "The token of half an answer, which this completes"),
        ("e" = Option<String>, Query, description = "The token of an answer sent before, which this replaces"),
        ("p" = Option<String>, Query, description = "What stands for the form's password"),
        ("c" = Option<String>, Query, description = "Who the customer is, sealed by the team's server"),
        ("behalf" = Option<String>, Query, description = "Any value: a colleague who is signed in fills it in for somebody"),
        ("Captcha" = Option<String>, Header, description = "Token and nonce, where the page asks for a proof"),
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a retry harmless for 72 hours")),
    responses((status = 201, description = "Stored", body = Receipt)))]
pub async fn create(
    State(app): State<App>,
    (Path(slug), Query(asked)): (Path<String>, Query<Asked>),
    Extension(spoken): Extension<Spoken>,
    key: Option<IdempotencyKey>,
    client: Option<Extension<Client>>,
    headers: HeaderMap,
    Json(data): Json<Value>,
) -> Result<(StatusCode, axum::Json<Receipt>), ApiError> {
    let behalf = asked.behalf.is_some();
    let asks_who = behalf || public_form::is_inside(&slug);
    let brought = Brought {
        invitation: asked.i,
        saved: asked.s,
        edited: asked.e,
        pass: asked.p,
        customer: asked.c,
        kiosk: false,
        behalf,
        // JSON comes from our own pages: other sites would have to ask first, and are not allowed to.
        caller: if asks_who { caller(&app, &headers).await } else { None },
    };
    let published = public_form::find(&app, &slug, &brought).await?;
    if published.locked {
        return Err(Conflict::PasswordNeeded.into());
    }
    if let Some(edited) = &published.edited {
        public_form::takes_answers(&app, &published).await?;
        let receipt = revise::revise(&app, &published, edited.id, data, spoken.language()).await?;
        return Ok((StatusCode::CREATED, axum::Json(receipt)));
    }
    let once = match is_doubted(&published, is_busy(&app, client.map(|Extension(client)| client))) {
        true => {
            let proof = headers.get(CAPTCHA).and_then(|value| value.to_str().ok()).unwrap_or("");
            Some(captcha::check(&app, &published.live, proof, spoken.language())?)
        }
        false => None,
    };
    let sent = published.submission(data, spoken.language(), key.map(|key| key.0));
    let submission = Submission { device: device(&headers), once, ..sent };
    let receipt = submit::submit(&app, submission).await?;
    if let Some(saved) = &published.saved {
        saved::forget(&app, saved).await;
    }
    Ok((StatusCode::CREATED, axum::Json(receipt)))
}
