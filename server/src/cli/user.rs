//! `huiyin user`: the first owner of a server, and a way back in for who forgot a password.
//!
//! There is no default password. One is read from standard input, or drawn and printed once.

use std::io::{IsTerminal, Read};

use anyhow::{Context, bail};
use form_engine::Language;

use super::{local, say};
use crate::auth::{password, secret::Secret};
use crate::config::StorageOptions;
use crate::services::login;
use crate::services::team::{self, NewTeam};
use crate::store;

/// Options of `huiyin user`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a team and the person who owns it
    Create {
        #[command(flatten)]
        storage: StorageOptions,
        /// Mail address the owner signs in with
        email: String,
        /// The owner's name; the address when absent
        #[arg(long)]
        name: Option<String>,
        /// Name of the team
        #[arg(long, default_value = "Huiyin")]
        team: String,
        /// zh or en
        #[arg(long, default_value = "zh")]
        language: String,
    },
    /// Set a new password
    Password {
        #[command(flatten)]
        storage: StorageOptions,
        /// Mail address the person signs in with
        email: String,
    },
}

/// Runs it. A piped password is taken from standard input; otherwise one is drawn and printed.
///
/// # Errors
///
/// When the database cannot be opened, the address is taken or unknown, or the password is too weak.
pub async fn run(options: Options) -> anyhow::Result<()> {
    let (password, drawn) = password()?;
    match options.command {
        Command::Create { storage, email, name, team, language } => {
            let app = local(&storage).await?;
            let language = Language::parse(&language).context("expected `zh` or `en` as language")?;
            let owner = name.unwrap_or_else(|| email.clone());
            let wanted =
                NewTeam { name: team, language, owner, login: email.clone(), password: password.clone() };
            team::found(&app, &wanted).await?;
            app.close().await;
        }
        Command::Password { storage, email } => {
            let app = local(&storage).await?;
            let user = store::user::by_login(app.db.read(), &login::normal(&email)).await?;
            let user = user.with_context(|| format!("nobody signs in with `{email}`"))?;
            let hash = app.guard.passwords.hash(&password).await?;
            app.writer
                .run(None, move |batch| {
                    let hash = hash.clone();
                    Box::pin(async move {
                        store::user::set_password(batch.write(), user.id, &hash).await?;
                        Ok(store::session::delete_of_user(batch.write(), user.id).await?)
                    })
                })
                .await?;
            app.close().await;
        }
    }
    if drawn {
        say(format!("password: {password}"));
    }
    Ok(())
}

fn password() -> anyhow::Result<(String, bool)> {
    let mut typed = String::new();
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        stdin.lock().read_to_string(&mut typed)?;
    }
    let typed = typed.trim_end_matches(['\r', '\n']).to_owned();
    if typed.is_empty() {
        return Ok((Secret::draw("").expose().chars().take(20).collect(), true));
    }
    match password::check_new(&typed, [], "/password").first() {
        Some(problem) => bail!("{}", problem.message),
        None => Ok((typed, false)),
    }
}
