//! People, departments and whom they answer to, from one file; again and again from the same list.
//!
//! The login is the key: who is there is changed, who is not comes in by a link of their own. A look ahead and the
//! doing of it are one computation, the second inside the writer and carried out; all of it, or nothing.

mod columns;
mod lines;
mod places;
mod plan;

use std::collections::HashSet;
use std::sync::Arc;

use api_types::{NewInvitation, PeopleColumn, PeopleReport, PersonLink};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::app::App;
use crate::auth::Caller;
use crate::auth::recognise::role;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::services::audit::Deed;
use crate::services::invite;
use crate::services::letter::Kind;
use crate::store;
use crate::store::member_invitation::MemberInvitation;
use crate::tabular::{self, Sheet};
use crate::writer::Batch;
use columns::Columns;
use lines::{Line, Reader};
use plan::{Plan, There, Wish};

/// Larger files are refused.
pub const MAX_FILE_BYTES: usize = 8 << 20;
/// More people come in several files.
const MAX_ROWS: usize = 20_000;

/// Looks at a file, or carries it out.
///
/// # Errors
///
/// A file that is no table. What is wrong with its rows is in the report.
pub async fn run(
    app: &App,
    caller: &Caller,
    bytes: Vec<u8>,
    apply: bool,
    disable_missing: bool,
) -> Result<PeopleReport, ApiError> {
    let sheet =
        tokio::task::spawn_blocking(move || tabular::read(&bytes)).await.map_err(ApiError::internal)?;
    let sheet = sheet.map_err(|error| ApiError::problem(error.code(), "/file", error.to_string()))?;
    if sheet.rows.len() > MAX_ROWS {
        let message = format!("expected at most {MAX_ROWS} rows, found {}", sheet.rows.len());
        return Err(ApiError::problem("people.too_many", "/file", message));
    }
    let sheet = Arc::new(sheet);
    if !apply {
        let (report, _) = look(app, app.db.read(), caller, &sheet, disable_missing).await?;
        return Ok(report);
    }
    let (app, caller, writer) = (app.clone(), caller.clone(), app.writer.clone());
    writer
        .run(Some(caller.team), move |batch| {
            let (app, caller, sheet) = (app.clone(), caller.clone(), sheet.clone());
            Box::pin(async move {
                let (mut report, plan) = look(&app, batch.read(), &caller, &sheet, disable_missing).await?;
                if report.problems.is_empty() {
                    let changed = json!({"people": report.people, "departments": report.departments});
                    report.links = carry_out(&app, batch, &caller, plan).await?;
                    let deed = Deed::new("imported", "people", "file", "").after(changed);
                    batch.audit(deed.by(&caller, app.clock.now_ms()));
                    report.applied = true;
                }
                Ok(report)
            })
        })
        .await
}

/// What the file would change now.
async fn look(
    app: &App,
    db: &impl ConnectionTrait,
    caller: &Caller,
    sheet: &Sheet,
    disable_missing: bool,
) -> Result<(PeopleReport, Plan), ApiError> {
    let mut reader =
        Reader { sheet, columns: Columns::of(sheet), language: caller.language, problems: Vec::new() };
    let lines = reader.lines();
    let there = there(db, caller, &lines).await?;
    let wish = Wish { caller, ids: &app.ids, now_ms: app.clock.now_ms(), disable_missing };
    let plan = plan::plan(&lines, &mut reader, &there, &wish)?;
    let columns = reader.columns.known.iter().map(|(column, at)| PeopleColumn {
        header: sheet.headers[*at].clone(),
        means: column.means().to_owned(),
    });
    let columns = columns.collect();
    let Reader { mut problems, columns: Columns { ignored, .. }, .. } = reader;
    problems.sort_by_key(|problem| problem.row);
    let report = PeopleReport {
        applied: false,
        rows: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        unchanged: plan.unchanged,
        columns,
        ignored,
        people: plan.people.clone(),
        departments: plan.said.clone(),
        problems,
        links: Vec::new(),
    };
    Ok((report, plan))
}

async fn there(db: &impl ConnectionTrait, caller: &Caller, lines: &[Line]) -> Result<There, ApiError> {
    let members = store::membership::with_users(db, caller.team).await?;
    let ours: HashSet<_> = members.iter().map(|(_, user)| user.id).collect();
    let logins: Vec<String> = lines.iter().map(|line| line.login.clone()).collect();
    let named = store::user::named_any(db, &logins).await?;
    let foreign = named.into_iter().filter(|user| !ours.contains(&user.id)).flat_map(|user| {
        [Some(user.login), user.email, user.mobile].into_iter().flatten().collect::<Vec<_>>()
    });
    Ok(There {
        departments: store::department::list(db, caller.team).await?,
        foreign: foreign.collect(),
        elsewhere: store::membership::elsewhere(db, caller.team).await?.into_iter().collect(),
        members,
    })
}

async fn carry_out(
    app: &App,
    batch: &mut Batch,
    caller: &Caller,
    plan: Plan,
) -> Result<Vec<PersonLink>, ApiError> {
    let team = caller.team;
    let mut links = Vec::with_capacity(plan.new_users.len());
    let mut invitations: Vec<MemberInvitation> = Vec::with_capacity(plan.new_users.len());
    for (user, row) in plan.new_users.iter().zip(&plan.new_members) {
        let wanted = NewInvitation {
            role: role(&row.role)?,
            department: row.department_key.clone(),
            name: Some(user.name.clone()),
            email: None,
        };
        let invitation = invite::row(app, caller, &wanted, Some(user.id));
        links.push(PersonLink {
            name: user.name.clone(),
            login: user.login.clone(),
            link: Kind::Join.url(app, invitation.id.into()),
        });
        invitations.push(invitation);
        batch.changed(team, Entity::Member, user.id, None);
    }
    let db = batch.write();
    store::user::insert_all(db, plan.new_users).await?;
    store::membership::insert_all(db, plan.new_members).await?;
    store::member_invitation::insert_all(db, invitations).await?;
    for row in plan.new_departments {
        store::department::insert(db, row).await?;
    }
    for row in &plan.departments {
        store::department::update(db, row).await?;
    }
    for user in &plan.users {
        store::user::update(db, user).await?;
    }
    let now_ms = app.clock.now_ms();
    for row in plan.members {
        let db = batch.write();
        store::membership::update(db, &row).await?;
        if row.disabled_at.is_some() {
            store::session::delete_of_member(db, team, row.user_id).await?;
            store::member_invitation::revoke_for(db, team, row.user_id, now_ms).await?;
            batch.staff(team).await?.leaves(row.user_id);
        }
        batch.changed(team, Entity::Member, row.user_id, None);
    }
    for user in plan.users {
        batch.changed(team, Entity::Member, user.id, None);
    }
    Ok(links)
}
