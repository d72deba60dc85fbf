//! Mails about somebody's own account: an invitation, a link for a new password.
//!
//! The link itself is never stored, neither here nor in the mailbox that colleagues read: the row holds a mark, and
//! whoever delivers the mail puts the link in its place ([`with_link`]).

use form_engine::Language;

use crate::app::App;
use crate::ids::TeamId;
use crate::ids::link::Purpose;
use crate::services::outbox::Mail;
use crate::store::outbox::Message;

const OPEN: &str = "{{link:";
const CLOSE: &str = "}}";

/// A mail with a link to `id`.
pub struct Letter<'a> {
    /// In whose mailbox it stands.
    pub team: TeamId,
    /// `join` or `reset`.
    pub kind: Kind,
    /// What the link opens.
    pub id: uuid::Uuid,
    /// Address.
    pub to: &'a str,
    /// One line.
    pub subject: String,
    /// Before the link.
    pub text: String,
    /// After it.
    pub end: String,
}

/// What a link in a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// To join a team.
    Join,
    /// To set a password.
    Reset,
}

impl Kind {
    fn stored(self) -> &'static str {
        match self {
            Self::Join => "mail.join",
            Self::Reset => "mail.reset",
        }
    }

    /// The address of the page that the link opens.
    pub fn url(self, app: &App, id: uuid::Uuid) -> String {
        let (path, purpose) = match self {
            Self::Join => ("join", Purpose::Join),
            Self::Reset => ("reset", Purpose::Reset),
        };
        app.config.base_url.join(&format!("/{path}/{}", app.links.token(purpose, id)))
    }
}

/// The row to put into the outbox.
pub fn message(app: &App, letter: Letter<'_>) -> Message {
    let text = format!("{}\n\n{OPEN}{}{CLOSE}\n\n{}\n", plain(&letter.text), letter.id, plain(&letter.end));
    let mail = Mail {
        team: letter.team,
        about: None,
        kind: letter.kind.stored(),
        to: letter.to,
        subject: &plain(&letter.subject),
        text,
        now_ms: app.clock.now_ms(),
    };
    mail.waiting(app)
}

/// Names are other people's words: none of them may look like the mark of a link.
fn plain(text: &str) -> String {
    text.replace("{{", "{ {").replace("}}", "} }")
}

/// The text as it is sent.
pub fn with_link(app: &App, message: &Message) -> String {
    let kind = [Kind::Join, Kind::Reset].into_iter().find(|kind| kind.stored() == message.kind);
    let marked = || {
        let (before, rest) = message.text.split_once(OPEN)?;
        let (id, after) = rest.split_once(CLOSE)?;
        Some(format!("{before}{}{after}", kind?.url(app, id.parse().ok()?)))
    };
    marked().unwrap_or_else(|| message.text.clone())
}

/// The text as colleagues see it in the mailbox: the link is for its reader alone.
pub fn without_link(text: &str) -> String {
    let marked = text.split_once(OPEN).and_then(|(before, rest)| Some((before, rest.split_once(CLOSE)?.1)));
    marked.map_or_else(|| text.to_owned(), |(before, after)| format!("{before}•••{after}"))
}

/// The reader's words.
pub fn say<'a>(language: &str, zh: &'a str, en: &'a str) -> &'a str {
    match Language::parse(language).unwrap_or(Language::Zh) {
        Language::Zh => zh,
        Language::En => en,
    }
}
