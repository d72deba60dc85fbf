//! What the jobs of a batch decide one after the other: numbers, customers, keys, and who gets the work.
//!
//! Read from the database once per batch, kept in memory between its jobs, and written back with it. No other
//! batch of the team runs meanwhile, on any node.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr};

use crate::ids::{DefinitionId, TeamId, UserId};
use crate::store;
use crate::store::customer::Customer;
use crate::store::idempotency::Idempotency;

/// Decisions of a batch that are not rows yet.
#[derive(Default)]
pub struct Claims {
    numbers: HashMap<DefinitionId, i64>,
    staff: HashMap<TeamId, Staff>,
    /// New customers by team, kind and value of their identities.
    pub customers: HashMap<(TeamId, &'static str, String), Customer>,
    /// Keys used in this batch.
    pub keys: HashMap<(DefinitionId, String), Idempotency>,
}

impl Claims {
    /// The next number of a form.
    pub async fn number(&mut self, db: &impl ConnectionTrait, form: DefinitionId) -> Result<i64, DbErr> {
        let next = self.count(db, form).await? + 1;
        self.numbers.insert(form, next);
        Ok(next)
    }

    /// How many submissions a form has: numbers run without gaps, and submissions stay.
    pub async fn count(&mut self, db: &impl ConnectionTrait, form: DefinitionId) -> Result<i64, DbErr> {
        if let Some(last) = self.numbers.get(&form) {
            return Ok(*last);
        }
        let last = store::submission::last_number(db, form).await?;
        self.numbers.insert(form, last);
        Ok(last)
    }

    /// The people of a team.
    pub async fn staff(&mut self, db: &impl ConnectionTrait, team: TeamId) -> Result<&mut Staff, DbErr> {
        if !self.staff.contains_key(&team) {
            let staff = Staff::load(db, team).await?;
            self.staff.insert(team, staff);
        }
        Ok(self.staff.get_mut(&team).expect("loaded above"))
    }

    pub(super) async fn store(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for (team, staff) in self.staff {
            for person in staff.people.into_iter().filter(|person| person.changed) {
                let (open, last) = (person.open_tickets, person.last_assigned_at);
                store::membership::set_load(db, team, person.id, open, last).await?;
            }
        }
        Ok(())
    }
}

/// The people of a team and its departments.
pub struct Staff {
    /// Every member.
    pub people: Vec<Colleague>,
    /// Every department.
    pub departments: Vec<store::department::Department>,
}

/// A member, with the work they have.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Who.
    pub id: UserId,
    /// As colleagues see them.
    pub name: String,
    /// Where mail reaches them.
    pub email: Option<String>,
    /// To write to them in.
    pub language: String,
    /// As stored.
    pub role: String,
    /// Key of their department.
    pub department: Option<String>,
    /// Gets no new work.
    pub away: bool,
    /// Open tickets they have.
    pub open_tickets: i64,
    /// When they last got one; strictly rising over assignments.
    pub last_assigned_at: i64,
    changed: bool,
}

impl Staff {
    async fn load(db: &impl ConnectionTrait, team: TeamId) -> Result<Self, DbErr> {
        let members = store::membership::with_users(db, team).await?;
        let people = members.into_iter().map(|(member, user)| Colleague {
            id: user.id,
            name: user.name,
            email: user.email,
            language: user.language,
            role: member.role,
            department: member.department_key,
            away: member.away || user.disabled_at.is_some(),
            open_tickets: member.open_tickets,
            last_assigned_at: member.last_assigned_at,
            changed: false,
        });
        Ok(Self { people: people.collect(), departments: store::department::list(db, team).await? })
    }

    /// A member.
    pub fn person(&self, id: UserId) -> Option<&Colleague> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The head of a department.
    pub fn head(&self, department: &str) -> Option<UserId> {
        self.departments.iter().find(|row| row.key == department)?.head_id
    }

    /// An open ticket more, or less, for somebody.
    pub fn count(&mut self, id: UserId, change: i64) {
        if let Some(person) = self.people.iter_mut().find(|person| person.id == id) {
            person.open_tickets = (person.open_tickets + change).max(0);
            person.changed = true;
        }
    }

    /// Notes that somebody was chosen, after everybody chosen before.
    pub fn chose(&mut self, id: UserId, now_ms: i64) {
        let latest = self.people.iter().map(|person| person.last_assigned_at).max().unwrap_or(0);
        if let Some(person) = self.people.iter_mut().find(|person| person.id == id) {
            person.last_assigned_at = now_ms.max(latest + 1);
            person.changed = true;
        }
    }
}
