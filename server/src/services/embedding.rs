//! Who a customer is, as the page says that frames a form: believed when the team's secret has sealed it.
//!
//! The team's own server writes `BASE64URL(JSON).HEX(HMAC-SHA256(secret, BASE64URL(JSON)))`; the page only passes it on.
//! The JSON holds `id` and may hold `mail`, `phone`, `name` and `exp`, the second it ends.

use api_types::EmbedSecretView;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use form_engine::{Identity, IdentityKind};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use crate::app::App;
use crate::auth::Caller;
use crate::auth::secret::Secret as Drawn;
use crate::error::ApiError;
use crate::ids::TeamId;
use crate::ids::link::same;
use crate::services::audit::Deed;
use crate::store;
use crate::store::secret::Secret;

/// Longest statement read.
const MOST: usize = 2_000;

fn name(team: TeamId) -> String {
    format!("embed:{team}")
}

/// The team's secret, made when first asked for, or anew.
///
/// # Errors
///
/// Those of the database.
pub async fn secret(app: &App, caller: &Caller, anew: bool) -> Result<EmbedSecretView, ApiError> {
    let team = caller.team;
    let row = Secret {
        name: name(team),
        value: Drawn::draw("embed_").expose().as_bytes().to_vec(),
        created_at: app.clock.now_ms(),
    };
    let line = Deed::new("renewed", "embed_secret", team, "").by(caller, app.clock.now_ms());
    let value = app
        .writer
        .run(Some(team), move |batch| {
            let (row, line) = (row.clone(), line.clone());
            Box::pin(async move {
                if anew {
                    batch.audit(line);
                    store::secret::delete(batch.write(), &row.name).await?;
                }
                store::secret::keep(batch.write(), row.clone()).await?;
                let kept = store::secret::get(batch.read(), &row.name).await?;
                Ok(kept.unwrap_or(row.value))
            })
        })
        .await?;
    Ok(EmbedSecretView { secret: String::from_utf8_lossy(&value).into_owned() })
}

/// Who `statement` says the customer is; nobody when it is not the team's word.
///
/// # Errors
///
/// When the database does not answer.
pub async fn customer(app: &App, team: TeamId, statement: &str) -> Result<Vec<Identity>, ApiError> {
    let Some(secret) = store::secret::get(app.db.read(), &name(team)).await? else { return Ok(Vec::new()) };
    Ok(read(&secret, statement, app.clock.now_ms()).unwrap_or_default())
}

fn read(secret: &[u8], statement: &str, now_ms: i64) -> Option<Vec<Identity>> {
    if statement.len() > MOST {
        return None;
    }
    let (said, seal) = statement.split_once('.')?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(said.as_bytes());
    if !same(&data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes()), &seal.to_ascii_lowercase()) {
        return None;
    }
    let said: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(said).ok()?).ok()?;
    if said.get("exp").is_some_and(|until| until.as_i64().is_none_or(|until| until * 1_000 <= now_ms)) {
        return None;
    }
    let kinds =
        [("id", IdentityKind::External), ("mail", IdentityKind::Mail), ("phone", IdentityKind::Phone)];
    let identity = |(name, kind): (&str, IdentityKind)| Identity::read(kind, said.get(name)?.as_str()?);
    said.get("id")?.as_str()?;
    Some(kinds.into_iter().filter_map(identity).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(secret: &[u8], said: &str) -> String {
        let said = URL_SAFE_NO_PAD.encode(said);
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
        mac.update(said.as_bytes());
        format!("{said}.{}", data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes()))
    }

    #[test]
    fn nobody_is_who_a_page_says_without_the_secret() {
        let said = r#"{"id": "c-7", "mail": "A@b.example", "exp": 100}"#;
        let fine = read(b"key", &stated(b"key", said), 99_000).unwrap();
        assert_eq!(fine.iter().map(|one| one.value.as_str()).collect::<Vec<_>>(), ["c-7", "a@b.example"]);
        assert_eq!(read(b"key", &stated(b"key", said), 100_000), None, "its time is over");
        assert_eq!(read(b"key", &stated(b"other", said), 0), None);
        assert_eq!(read(b"key", &stated(b"key", r#"{"mail": "a@b.example"}"#), 0), None, "no id");
        let (said, seal) =
            stated(b"key", said).split_once('.').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert_eq!(read(b"key", &format!("{said}x.{seal}"), 0), None);
        assert_eq!(read(b"key", &said, 0), None);
    }
}
