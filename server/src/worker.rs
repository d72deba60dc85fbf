//! The worker: takes what is due and does it. Any number of workers may run; each thing is done by one.
//!
//! A row is claimed with a lease and a token; who died leaves it to be claimed again, and who comes back too late
//! is refused by the token.

mod backup;
mod mail;
mod timers;
mod upkeep;

use std::time::Duration;

use crate::app::App;

/// A claimed row is left to its worker for this long.
const LEASE_MS: i64 = 30_000;
/// What is due is looked for at least this often.
const PAUSE: Duration = Duration::from_millis(500);
/// Whether anything is to be tidied is looked at this often.
const UPKEEP_PAUSE: Duration = Duration::from_secs(600);
/// Rows taken at a time.
const AT_ONCE: u64 = 64;

/// Works until the server stops. Timers, mails and upkeep go their own pace: a slow mail server delays no promise.
pub async fn run(app: App) {
    let mailer = match mail::Mailer::new(&app.config.mail) {
        Ok(mailer) => mailer,
        Err(error) => {
            tracing::error!(%error, "the mail server's address cannot be used; mails stay in the mailbox");
            mail::Mailer::kept()
        }
    };
    tokio::join!(timing(&app), mailing(&app, &mailer), tidying(&app));
}

async fn timing(app: &App) {
    while !stopping(app, if fired(app).await > 0 { Duration::ZERO } else { PAUSE }).await {}
}

async fn mailing(app: &App, mailer: &Mailer) {
    while !stopping(app, if sent(app, mailer).await > 0 { Duration::ZERO } else { PAUSE }).await {}
}

async fn tidying(app: &App) {
    loop {
        upkeep::keep(app).await;
        if stopping(app, UPKEEP_PAUSE).await {
            return;
        }
    }
}

/// Waits; true as soon as the server stops.
async fn stopping(app: &App, pause: Duration) -> bool {
    tokio::select! {
        biased;
        () = app.stop.requested() => true,
        () = tokio::time::sleep(pause) => false,
    }
}

/// Tidies up once, as the worker does every ten minutes. Tests call it by hand.
pub async fn tidy(app: &App) {
    upkeep::keep(app).await;
}

/// Does once what is due now; true when there may be more. Tests call it by hand.
pub async fn drain(app: &App, mailer: &mail::Mailer) -> bool {
    fired(app).await + sent(app, mailer).await > 0
}

async fn fired(app: &App) -> usize {
    timers::fire(app).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "due timers could not be read; trying again");
        0
    })
}

async fn sent(app: &App, mailer: &mail::Mailer) -> usize {
    if let Err(error) = crate::services::recipients::remind(app, AT_ONCE).await {
        tracing::warn!(%error, "due reminders could not be read; trying again");
    }
    mail::send(app, mailer).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the outbox could not be read; trying again");
        0
    })
}

pub use mail::Mailer;
