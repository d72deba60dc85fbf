//! The demo's people: an owner, four departments, a head and three agents each.

use api_types::{ChangeMember, NewMember, Role};
use form_engine::Language;
use serde::Deserialize;

use super::DemoError;
use crate::app::App;
use crate::auth::Caller;
use crate::error::ApiError;
use crate::services::member;
use crate::services::team::{self, NewTeam};

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
    let wanted = NewTeam {
        name,
        language: Language::Zh,
        owner: owner.name.clone(),
        login: owner.email(),
        password: password.to_owned(),
    };
    Ok(team::found(app, &wanted).await?)
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
