//! Mails: sent by SMTP at least once with a stable `Message-ID`, or kept for the mailbox where no server is set.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::response::Response;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use serde_json::json;
use uuid::Uuid;

use super::{AT_ONCE, LEASE_MS};
use crate::app::App;
use crate::config::Mail;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::services::{letter, one_click};
use crate::store;
use crate::store::event::EventRow;
use crate::store::outbox::Message;

/// Seconds to wait after each failed try; after the last the message has failed. About 27 hours in all.
const AGAIN_AFTER_S: [i64; 7] = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];
const TIMEOUT: Duration = Duration::from_secs(20);

/// How mail leaves the building.
pub struct Mailer(Option<(AsyncSmtpTransport<Tokio1Executor>, Mailbox)>);

impl Mailer {
    /// As configured.
    ///
    /// # Errors
    ///
    /// When the URL or the sender cannot be read.
    pub fn new(mail: &Mail) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let Some(url) = &mail.smtp else { return Ok(Self::kept()) };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(TIMEOUT)).build();
        Ok(Self(Some((transport, mail.from.parse()?))))
    }

    /// Mails stay in the mailbox.
    pub fn kept() -> Self {
        Self(None)
    }

    async fn deliver(
        &self,
        app: &App,
        message: &Message,
    ) -> Result<Option<Response>, Box<dyn std::error::Error + Send + Sync>> {
        let Some((transport, from)) = &self.0 else { return Ok(None) };
        let mail = lettre::Message::builder()
            .from(from.clone())
            .to(message.recipient.parse()?)
            .subject(&message.subject)
            .message_id(Some(message.message_id.clone()));
        let text = letter::with_link(app, message);
        let mail = match one_click::page(&text, app.config.base_url.as_str()) {
            Some(html) => mail.multipart(MultiPart::alternative_plain_html(text, html))?,
            None => mail.header(ContentType::TEXT_PLAIN).body(text)?,
        };
        Ok(Some(transport.send(mail).await?))
    }
}

/// Tries every due mail once; how many there were.
pub async fn send(app: &App, mailer: &Mailer) -> Result<usize, ApiError> {
    let due = store::outbox::due_of_all_teams(app.db.read(), app.clock.now_ms(), AT_ONCE).await?;
    let mut tried = 0;
    for message in due {
        let token: Uuid = app.ids.next();
        // The lease counts from the claim: mails before this one may have been slow.
        let now_ms = app.clock.now_ms();
        let (id, until) = (message.id, now_ms + LEASE_MS);
        let claimed = app
            .writer
            .run(Some(message.team_id), move |batch| {
                Box::pin(
                    async move { Ok(store::outbox::claim(batch.write(), id, token, now_ms, until).await?) },
                )
            })
            .await?;
        if claimed {
            tried += 1;
            let outcome = mailer.deliver(app, &message).await;
            settle(app, message, token, outcome).await?;
        }
    }
    Ok(tried)
}

async fn settle(
    app: &App,
    mut message: Message,
    token: Uuid,
    outcome: Result<Option<Response>, Box<dyn std::error::Error + Send + Sync>>,
) -> Result<(), ApiError> {
    let now_ms = app.clock.now_ms();
    let mut proof = None;
    match outcome {
        Ok(Some(response)) => {
            message.status = "sent".into();
            message.attempts += 1;
            message.sent_at = Some(now_ms);
            message.error = None;
            proof = Some(response.message().collect::<Vec<_>>().join(" "));
        }
        Ok(None) => message.status = "kept".into(),
        Err(error) => {
            let wait = usize::try_from(message.attempts).ok().and_then(|tries| AGAIN_AFTER_S.get(tries));
            message.attempts += 1;
            message.error = Some(error.to_string());
            match wait {
                Some(seconds) => message.due_at = now_ms + seconds * 1_000,
                None => message.status = "failed".into(),
            }
        }
    }
    let told = message.submission_id.zip(proof).map(|(submission, proof)| EventRow {
        id: app.ids.next(),
        team_id: message.team_id,
        submission_id: Some(submission),
        customer_id: None,
        kind: "told".into(),
        actor_id: None,
        is_public: false,
        data:
            json!({"by": "mail", "to": message.recipient, "message_id": message.message_id, "proof": proof})
                .to_string(),
        created_at: now_ms,
    });
    app.writer
        .run(Some(message.team_id), move |batch| {
            let (message, told) = (message.clone(), told.clone());
            Box::pin(async move {
                if store::outbox::settle(batch.write(), &message, token).await? {
                    batch.changed(message.team_id, Entity::Outbox, message.id, None);
                    if let Some(told) = told {
                        batch.add(told);
                    }
                }
                Ok(())
            })
        })
        .await
}
