//! A published form, found by its address, and whether it takes answers now.

use std::sync::Arc;

use form_engine::{Identity, Language, OnePer, Opening, Publish};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::LiveForm;
use crate::error::{ApiError, Conflict};
use crate::ids::link;
use crate::permission::Verb;
use crate::services::access::Access;
use crate::services::case::customer_facts;
use crate::services::submit::{self, Submission as Arriving};
use crate::services::{embedding, gate, revise};
use crate::store;
use crate::store::invitation::Invitation;
use crate::store::saved::Saved;
use crate::store::submission::Submission;

/// What the address of a member's own page begins with; no public address can.
const INSIDE: char = '@';

/// Where members fill in the form `key`, also one without a public page.
pub fn inside(key: &str) -> String {
    format!("/f/{INSIDE}{key}")
}

/// Is it the address of a member's own page?
pub fn is_inside(slug: &str) -> bool {
    slug.starts_with(INSIDE)
}

/// What an address brings along under names of its own: no answer.
const RESERVED: [&str; 8] = ["i", "s", "e", "p", "c", "kiosk", "behalf", "lang"];

/// Under which name a link answers the question at `path`.
pub fn parameter(path: &str) -> &str {
    let key = path.trim_start_matches('/');
    if key.contains(['/', '~']) || RESERVED.contains(&key) { path } else { key }
}

/// A form as a stranger finds it.
pub struct Published {
    /// In force now.
    pub live: Arc<LiveForm>,
    /// Who asks.
    pub team_name: String,
    /// The one-use link it was opened by.
    pub invitation: Option<Invitation>,
    /// What is known of the customer the link is for.
    pub customer: Option<Value>,
    /// Half an answer, to go on with.
    pub saved: Option<Saved>,
    /// An answer sent before, to change it. `live` is then the version it was made with.
    pub edited: Option<Submission>,
    /// Everything published now.
    pub publish: Publish,
    /// It asks for a password that was not typed.
    pub locked: bool,
    /// Who the customer is, on the word of the team's own server.
    pub known: Vec<Identity>,
    /// The colleague who fills it in for somebody else.
    pub behalf: Option<Caller>,
    /// The member whose own page it is.
    pub member: Option<Caller>,
    /// Fields that are neither asked nor taken.
    pub kept: Vec<String>,
}

impl Published {
    /// The colleague who fills it in, for whomever.
    pub fn by(&self) -> Option<&Caller> {
        self.behalf.as_ref().or(self.member.as_ref())
    }

    /// What is sent by it, under the key that makes a retry harmless.
    pub fn submission(&self, data: Value, language: Language, key: Option<String>) -> Arriving {
        Arriving {
            form: self.live.clone(),
            data,
            channel: if self.by().is_some() { store::submission::BY_STAFF } else { "web" }.into(),
            language,
            by: self.by().map(|caller| caller.user),
            kept: self.kept.clone(),
            key,
            invitation: self.invitation.clone(),
            device: None,
            once: None,
            known: self.known.clone(),
            past_ms: None,
        }
    }
}

/// What an address brings along besides answers.
#[derive(Debug, Clone, Default)]
pub struct Brought {
    /// `i`: a one-use link.
    pub invitation: Option<String>,
    /// `s`: half an answer.
    pub saved: Option<String>,
    /// `e`: an answer to change.
    pub edited: Option<String>,
    /// `p`: stands for the form's password.
    pub pass: Option<String>,
    /// `c`: who the customer is, sealed by the team.
    pub customer: Option<String>,
    /// `kiosk`: many people answer at this device.
    pub kiosk: bool,
    /// `behalf`: a colleague fills it in for somebody else.
    pub behalf: bool,
    /// Who is signed in, where that counts: only beside `behalf`, and on a member's own page.
    pub caller: Option<Caller>,
}

impl Brought {
    /// From what `word` says under each name.
    pub fn read(word: impl Fn(&str) -> Option<String>) -> Self {
        let word = |name: &str| word(name).filter(|word| !word.is_empty());
        Self {
            invitation: word("i"),
            saved: word("s"),
            edited: word("e"),
            pass: word("p"),
            customer: word("c"),
            kiosk: word("kiosk").is_some(),
            behalf: word("behalf").is_some(),
            caller: None,
        }
    }

    /// What the page carries along, under the names of the address; the invitation has a place of its own.
    pub fn carried(&self) -> Vec<(String, String)> {
        let flag = |on: bool| on.then(|| "1".to_owned());
        let words = [
            ("s", self.saved.clone()),
            ("e", self.edited.clone()),
            ("p", self.pass.clone()),
            ("c", self.customer.clone()),
            ("kiosk", flag(self.kiosk)),
            ("behalf", flag(self.behalf)),
        ];
        words.into_iter().filter_map(|(name, word)| Some((name.to_owned(), word?))).collect()
    }
}

/// The form of a member's own page.
async fn find_inside(app: &App, key: &str, caller: Option<&Caller>) -> Result<Published, ApiError> {
    let caller = caller.ok_or(ApiError::Unauthenticated)?;
    let reach = Access::of(app, caller).await?.require(key, Verb::Add)?;
    let catalog = app.catalog(caller.team).await?;
    let live = catalog.form(key)?.clone();
    // For themselves nobody fills what only staff fill.
    let mut kept = submit::staff_fields(&live.form);
    kept.extend(submit::hidden_fields(&live.form, &reach));
    Ok(Published {
        kept,
        publish: live.form.publish().clone(),
        live,
        team_name: catalog.team_name.clone(),
        invitation: None,
        customer: None,
        saved: None,
        edited: None,
        locked: false,
        known: Vec::new(),
        behalf: None,
        member: Some(caller.clone()),
    })
}

/// The form published at `slug`, or the one a member fills in at an address of their own.
///
/// # Errors
///
/// [`ApiError::NotFound`] for an address nobody has, a form that was never published, and a link to another form;
/// [`ApiError::Unauthenticated`] for a member's page without a member.
pub async fn find(app: &App, slug: &str, brought: &Brought) -> Result<Published, ApiError> {
    if let Some(key) = slug.strip_prefix(INSIDE) {
        return find_inside(app, key, brought.caller.as_ref()).await;
    }
    let unknown = || ApiError::not_found("form", slug);
    let db = app.db.read();
    let address = store::slug::get_of_any_team(db, slug).await?.ok_or_else(unknown)?;
    let catalog = app.catalog(address.team_id).await?;
    let mut live = catalog.form_of(address.definition_id).ok_or_else(unknown)?.clone();
    let key = live.form.key().to_owned();
    let publish = live.form.publish().clone();
    let invitation = match brought.invitation.as_deref() {
        Some(token) => {
            let found = store::invitation::by_token_of_any_team(db, &link::hash(token)).await?;
            let ours = |one: &Invitation| one.team_id == address.team_id && one.form_key == key;
            Some(found.filter(ours).ok_or_else(unknown)?)
        }
        None => None,
    };
    let customer = match invitation.as_ref().and_then(|invitation| invitation.customer_id) {
        Some(id) => store::customer::get(db, address.team_id, id).await?.as_ref().map(customer_facts),
        None => None,
    };
    let saved = match &brought.saved {
        Some(token) => {
            let found = store::saved::by_token_of_any_team(db, &link::hash(token)).await?;
            let fits = |saved: &Saved| {
                saved.form_id == address.definition_id && saved.expires_at > app.clock.now_ms()
            };
            Some(found.filter(fits).ok_or_else(unknown)?)
        }
        None => None,
    };
    let edited = match &brought.edited {
        Some(token) => {
            let id = revise::edited_by(app, token).filter(|_| publish.edit).ok_or_else(unknown)?;
            let found = store::submission::get(db, address.team_id, id).await?;
            Some(found.filter(|row| row.form_id == address.definition_id).ok_or_else(unknown)?)
        }
        None => None,
    };
    if let Some(edited) = &edited {
        live = app.form_version(address.team_id, address.definition_id, edited.version_number).await?;
    }
    let behalf = match (brought.behalf, &brought.caller) {
        (true, Some(caller)) if caller.team == address.team_id => {
            Some((caller.clone(), Access::of(app, caller).await?.require(&key, Verb::Add)?))
        }
        (true, Some(_)) => return Err(unknown()),
        (true, None) => return Err(ApiError::Unauthenticated),
        (false, _) => None,
    };
    // For somebody else a colleague also fills what only staff fill.
    let kept = match &behalf {
        Some((_, reach)) => submit::hidden_fields(&live.form, reach),
        None => submit::staff_fields(&live.form),
    };
    let behalf = behalf.map(|(caller, _)| caller);
    let known = match &brought.customer {
        Some(statement) => embedding::customer(app, address.team_id, statement).await?,
        None => Vec::new(),
    };
    let password = catalog.password(address.definition_id).filter(|_| behalf.is_none());
    let locked = password.is_some_and(|password| !gate::opens(app, password, brought.pass.as_deref()));
    let team_name = catalog.team_name.clone();
    let member = None;
    Ok(Published {
        live,
        team_name,
        invitation,
        customer,
        saved,
        edited,
        publish,
        locked,
        known,
        behalf,
        member,
        kept,
    })
}

/// Whether the form takes an answer now; sending asks again, in its transaction.
///
/// # Errors
///
/// [`ApiError::Conflict`] says why not.
pub async fn takes_answers(app: &App, published: &Published) -> Result<(), ApiError> {
    if published.locked {
        return Err(Conflict::PasswordNeeded.into());
    }
    if published.behalf.is_some() {
        return Ok(());
    }
    let publish = &published.publish;
    match publish.at(app.clock.now_ms()) {
        Opening::Open => {}
        Opening::Early => return Err(Conflict::FormNotOpen.into()),
        Opening::Closed => return Err(Conflict::FormClosed.into()),
    }
    if published.edited.is_some() {
        // It has its place already.
        return Ok(());
    }
    match &published.invitation {
        Some(invitation) if invitation.used_at.is_some() => return Err(Conflict::AnsweredBefore.into()),
        None if publish.one_per == OnePer::Invitation => return Err(Conflict::InvitationNeeded.into()),
        Some(_) | None => {}
    }
    if let Some(quota) = publish.quota {
        let taken = store::submission::last_number(app.db.read(), published.live.definition).await?;
        if u64::try_from(taken).unwrap_or(0) >= quota {
            return Err(Conflict::QuotaReached.into());
        }
    }
    Ok(())
}
