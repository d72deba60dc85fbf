//! API tokens: bearer secrets of programs, each with the rights of who made it.

use api_types::{CreatedToken, NewToken, TokenView};

use crate::app::App;
use crate::auth::Caller;
use crate::auth::secret::Secret;
use crate::clock::rfc3339;
use crate::error::ApiError;
use crate::ids::TokenId;
use crate::services::audit::Deed;
use crate::store;
use crate::store::token::Token;

/// Tells people and scanners of leaked secrets what it is.
const PREFIX: &str = "huiyin_";
/// Characters of the secret that stay visible.
const SHOWN: usize = 12;

/// The team's tokens, newest first.
///
/// # Errors
///
/// When the database does not answer.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<TokenView>, ApiError> {
    let tokens = store::token::list(app.db.read(), caller.team).await?;
    Ok(tokens.into_iter().map(view).collect())
}

/// Makes a token that acts as its maker does. The secret is shown this once.
///
/// # Errors
///
/// An empty name.
pub async fn create(app: &App, caller: &Caller, wanted: &NewToken) -> Result<CreatedToken, ApiError> {
    let name = wanted.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(ApiError::problem("token.name", "/name", "expected 1 to 100 characters"));
    }
    let secret = Secret::draw(PREFIX);
    let token = Token {
        id: app.ids.next(),
        team_id: caller.team,
        user_id: caller.user,
        name: name.to_owned(),
        prefix: secret.expose().chars().take(SHOWN).collect(),
        token_hash: secret.hash(),
        created_at: app.clock.now_ms(),
        last_used_at: None,
        revoked_at: None,
    };
    let line = Deed::new("created", "token", token.id, &token.name).by(caller, token.created_at);
    let created = CreatedToken { token: view(token.clone()), secret: secret.expose().to_owned() };
    app.writer
        .run(Some(caller.team), move |batch| {
            let (token, line) = (token.clone(), line.clone());
            Box::pin(async move {
                batch.audit(line);
                Ok(store::token::insert(batch.write(), token).await?)
            })
        })
        .await?;
    Ok(created)
}

/// Ends a token; from the next request on it opens nothing.
///
/// # Errors
///
/// [`ApiError::NotFound`] for another team's, too.
pub async fn revoke(app: &App, caller: &Caller, id: TokenId) -> Result<(), ApiError> {
    let (team, now_ms) = (caller.team, app.clock.now_ms());
    let line = Deed::new("revoked", "token", id, "").by(caller, now_ms);
    app.writer
        .run(Some(team), move |batch| {
            let line = line.clone();
            Box::pin(async move {
                let revoked = store::token::revoke(batch.write(), team, id, now_ms).await?;
                if !revoked {
                    return Err(ApiError::not_found("token", id));
                }
                batch.audit(line);
                Ok(())
            })
        })
        .await
}

/// Writes down that a token is in use, beside the request rather than in it.
pub fn note_use(app: &App, token: TokenId, now_ms: i64) {
    let app = app.clone();
    tokio::spawn(async move {
        let noted = app
            .writer
            .run(None, move |batch| {
                Box::pin(async move { Ok(store::token::note_use(batch.write(), token, now_ms).await?) })
            })
            .await;
        if let Err(error) = noted {
            tracing::debug!(%error, "the use of a token was not noted");
        }
    });
}

fn view(token: Token) -> TokenView {
    TokenView {
        id: token.id.to_string(),
        name: token.name,
        prefix: token.prefix,
        created_at: rfc3339(token.created_at),
        last_used_at: token.last_used_at.map(rfc3339),
    }
}
