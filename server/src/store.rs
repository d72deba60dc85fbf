//! The database's tables: one file each, holding its entity, which never leaves the file, and its queries.
//!
//! Rows leave as plain structs. Every query on a team's rows takes the team and says it in the statement;
//! the exceptions, which serve all teams at once (due timers, sessions by token), say so in their names.

pub mod app;
pub mod audit;
pub mod change;
pub mod clock;
pub mod counter;
pub mod customer;
pub mod definition;
pub mod department;
pub mod erase;
pub mod event;
pub mod field_rename;
pub mod form_password;
pub mod idempotency;
pub mod identity;
pub mod import_job;
pub mod inbox;
pub mod instance;
pub mod invitation;
pub mod member_invitation;
pub mod member_role;
pub mod membership;
pub mod milestone;
pub mod notification;
pub mod notification_mute;
pub mod opt_out;
pub mod outbox;
pub mod password_reset;
pub mod recipient;
pub mod recovery_code;
pub mod report;
pub mod sample;
pub mod saved;
pub mod second_step;
pub mod secret;
pub mod session;
pub mod short_link;
pub mod site_file;
pub mod slug;
pub mod start;
pub mod submission;
pub mod task;
pub mod team;
pub mod template;
pub mod timer;
pub mod token;
pub mod upload;
pub mod user;
pub mod version;
pub mod visit;

use sea_orm::{ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, Insert, IntoActiveModel, Iterable};

/// Parameters one statement may carry, a little under SQLite's 32,766.
const PARAMETERS: usize = 30_000;

/// Inserts `rows` with as few statements as the databases allow.
async fn insert_all<A>(
    db: &impl ConnectionTrait,
    rows: Vec<<A::Entity as EntityTrait>::Model>,
) -> Result<(), DbErr>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let at_once = PARAMETERS / <A::Entity as EntityTrait>::Column::iter().count().max(1);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        Insert::<A>::many(rows.by_ref().take(at_once)).exec_without_returning(db).await?;
    }
    Ok(())
}
