//! The worker: takes what is due and does it. Any number of workers may run; each thing is done by one.
//!
//! A row is claimed with a lease and a token; who died leaves it to be claimed again, and who comes back too late
//! is refused by the token.

mod backup;
mod mail;
mod timers;

use std::time::Duration;

use crate::app::App;

/// A claimed row is left to its worker for this long.
const LEASE_MS: i64 = 30_000;
/// What is due is looked for at least this often.
const PAUSE: Duration = Duration::from_millis(500);
/// Rows taken at a time.
const AT_ONCE: u64 = 64;

/// Works until the server stops.
pub async fn run(app: App) {
    let mailer = match mail::Mailer::new(&app.config.mail) {
        Ok(mailer) => mailer,
        Err(error) => {
            tracing::error!(%error, "the mail server's address cannot be used; mails stay in the mailbox");
            mail::Mailer::kept()
        }
    };
    let mut backups = backup::Plan::default();
    loop {
        let busy = drain(&app, &mailer).await;
        backups.keep(&app).await;
        if !busy {
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = app.stop.requested() => return,
            }
        }
    }
}

/// Does once what is due now; true when there may be more. Tests call it by hand.
pub async fn drain(app: &App, mailer: &mail::Mailer) -> bool {
    let timers = timers::fire(app).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "due timers could not be read; trying again");
        0
    });
    let mails = mail::send(app, mailer).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "the outbox could not be read; trying again");
        0
    });
    timers > 0 || mails > 0
}

pub use mail::Mailer;
