//! The demo's people: an owner, four departments, a head and three agents each.

use api_types::{ChangeMember, NewMember, Role};
use serde::Deserialize;

use super::{DemoError, console};
use crate::app::App;
use crate::auth::Caller;
use crate::auth::recognise::stored_role;
use crate::error::ApiError;
use crate::services::member;
use crate::store;
use crate::store::membership::Membership;
use crate::store::team::Team;
use crate::store::user::User;

const PEOPLE: &str = include_str!("people.json");
const DOMAIN: &str = "demo.example";

#[derive(Deserialize)]
struct People {
    team: String,
    owner: Person,
    departments: Vec<Department>,
}

#[derive(Deserialize)]
struct Person {
    name: String,
    login: String,
}

#[derive(Deserialize)]
struct Department {
    key: String,
    head: Person,
    agents: Vec<Person>,
}

impl Person {
    fn email(&self) -> String {
        format!("{}@{DOMAIN}", self.login)
    }
}

fn people() -> People {
    serde_json::from_str(PEOPLE).expect("the file is part of the binary and tested")
}

/// How the owner signs in.
pub fn owner_email() -> String {
    people().owner.email()
}

/// Makes the team and its owner.
pub async fn found(app: &App, password: &str) -> Result<Caller, DemoError> {
    let People { team: name, owner, .. } = people();
    let now_ms = app.clock.now_ms();
    let team =
        Team { id: app.ids.next(), name, language: "zh".to_owned(), definitions_rev: 0, created_at: now_ms };
    let user = User {
        id: app.ids.next(),
        name: owner.name.clone(),
        login: owner.email(),
        email: Some(owner.email()),
        password_hash: app.guard.passwords.hash(password).await?,
        language: "zh".to_owned(),
        disabled_at: None,
        created_at: now_ms,
    };
    let membership = Membership {
        team_id: team.id,
        user_id: user.id,
        role: stored_role(Role::Owner).to_owned(),
        department_key: None,
        away: false,
        open_tickets: 0,
        last_assigned_at: 0,
        created_at: now_ms,
    };
    let caller = console(team.id, user.id, &user.name, Role::Owner);
    app.writer
        .run(Some(team.id), move |batch| {
            let (team, user, membership) = (team.clone(), user.clone(), membership.clone());
            Box::pin(async move {
                store::team::insert(batch.write(), team).await?;
                store::user::insert(batch.write(), user).await?;
                Ok(store::membership::insert(batch.write(), membership).await?)
            })
        })
        .await?;
    Ok(caller)
}

/// Fills the departments that the app brought.
pub async fn hire(app: &App, owner: &Caller, password: &str) -> Result<(), DemoError> {
    for department in people().departments {
        let head = join(app, owner, &department.head, &department.key, password).await?;
        let at_the_head = ChangeMember { head: Some(true), ..ChangeMember::default() };
        member::change(app, owner, head, &at_the_head).await?;
        for agent in &department.agents {
            join(app, owner, agent, &department.key, password).await?;
        }
    }
    Ok(())
}

async fn join(
    app: &App,
    owner: &Caller,
    person: &Person,
    department: &str,
    password: &str,
) -> Result<crate::ids::UserId, ApiError> {
    let wanted = NewMember {
        name: person.name.clone(),
        email: person.email(),
        password: password.to_owned(),
        role: Role::Agent,
        department: Some(department.to_owned()),
    };
    member::add(app, owner, &wanted).await
}
