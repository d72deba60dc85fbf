//! What the jobs of a batch decide one after the other: numbers, customers, keys, and who gets the work.
//!
//! Read from the database once per batch, kept in memory between its jobs, and written back with it. No other
//! batch of the team runs meanwhile, on any node.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sea_orm::{ConnectionTrait, DbErr};

use super::options::Options;
use crate::ids::{CustomerId, DefinitionId, TeamId, UserId};
use crate::store;
use crate::store::customer::Customer;
use crate::store::idempotency::Idempotency;

/// What jobs will look up, said before the batch begins: it is read with one statement for all of them.
#[derive(Default)]
pub struct Lookups {
    keys: HashMap<DefinitionId, Vec<String>>,
    contacts: HashMap<(TeamId, &'static str), Vec<String>>,
}

impl Lookups {
    /// What was answered under a key of the form.
    pub fn key(&mut self, form: DefinitionId, key: &str) {
        self.keys.entry(form).or_default().push(key.to_owned());
    }

    /// Whose contact this is.
    pub fn contact(&mut self, team: TeamId, kind: &'static str, value: &str) {
        self.contacts.entry((team, kind)).or_default().push(value.to_owned());
    }
}

/// What the jobs of a batch found and decided; decisions are not rows yet.
#[derive(Default)]
pub struct Claims {
    numbers: HashMap<DefinitionId, i64>,
    /// Serial numbers by form and counter.
    serials: HashMap<(DefinitionId, String), i64>,
    options: HashMap<DefinitionId, Options>,
    staff: HashMap<TeamId, Staff>,
    customers: HashMap<(TeamId, &'static str, String), Option<Customer>>,
    keys: HashMap<(DefinitionId, String), Option<Idempotency>>,
}

impl Claims {
    /// Reads what the jobs of a batch will ask.
    pub(super) async fn look_up(&mut self, db: &impl ConnectionTrait, lookups: Lookups) -> Result<(), DbErr> {
        for (form, keys) in lookups.keys {
            let used = store::idempotency::of_keys(db, form, keys.clone()).await?;
            self.keys.extend(keys.into_iter().map(|key| ((form, key), None)));
            self.keys.extend(used.into_iter().map(|row| ((form, row.key.clone()), Some(row))));
        }
        for ((team, kind), values) in lookups.contacts {
            let identities = store::identity::of_values(db, team, kind, values.clone()).await?;
            let owners: Vec<_> = identities.iter().map(|identity| identity.customer_id).collect();
            let owners = match owners.is_empty() {
                true => Vec::new(),
                false => store::customer::by_ids(db, team, owners).await?,
            };
            self.customers.extend(values.into_iter().map(|value| ((team, kind, value), None)));
            self.customers.extend(identities.into_iter().map(|identity| {
                let owner = owners.iter().find(|owner| owner.id == identity.customer_id).cloned();
                ((team, kind, identity.value), owner)
            }));
        }
        Ok(())
    }

    /// What was answered under a key of the form, in this batch or before.
    pub async fn answered(
        &mut self,
        db: &impl ConnectionTrait,
        form: DefinitionId,
        key: &str,
    ) -> Result<Option<Idempotency>, DbErr> {
        let place = (form, key.to_owned());
        if !self.keys.contains_key(&place) {
            let mut lookups = Lookups::default();
            lookups.key(form, key);
            self.look_up(db, lookups).await?;
        }
        Ok(self.keys.get(&place).cloned().flatten())
    }

    /// A key is used from now on.
    pub fn answer(&mut self, row: Idempotency) {
        self.keys.insert((row.form_id, row.key.clone()), Some(row));
    }

    /// Whose contact this is, since this batch or before.
    pub async fn customer(
        &mut self,
        db: &impl ConnectionTrait,
        team: TeamId,
        kind: &'static str,
        value: &str,
    ) -> Result<Option<Customer>, DbErr> {
        let place = (team, kind, value.to_owned());
        if !self.customers.contains_key(&place) {
            let mut lookups = Lookups::default();
            lookups.contact(team, kind, value);
            self.look_up(db, lookups).await?;
        }
        Ok(self.customers.get(&place).cloned().flatten())
    }

    /// A customer is gone: their contacts are nobody's.
    pub fn forget(&mut self, customer: CustomerId) {
        for owner in self.customers.values_mut() {
            if owner.as_ref().is_some_and(|owner| owner.id == customer) {
                *owner = None;
            }
        }
    }

    /// A contact belongs to the customer from now on.
    pub fn belongs(&mut self, kind: &'static str, value: &str, customer: &Customer) {
        self.customers.insert((customer.team_id, kind, value.to_owned()), Some(customer.clone()));
    }

    /// The next number of a form.
    pub async fn number(&mut self, db: &impl ConnectionTrait, form: DefinitionId) -> Result<i64, DbErr> {
        let next = self.last_number(db, form).await? + 1;
        self.numbers.insert(form, next);
        Ok(next)
    }

    /// How many submissions a form has: every number given, less those whose submission was erased.
    pub async fn count(&mut self, db: &impl ConnectionTrait, form: DefinitionId) -> Result<i64, DbErr> {
        let erased = store::counter::last(db, form, store::counter::ERASED).await?;
        Ok(self.last_number(db, form).await? - erased)
    }

    /// The last number given, in this batch or before. Numbers are never given twice, also not those of erased submissions.
    pub async fn last_number(&mut self, db: &impl ConnectionTrait, form: DefinitionId) -> Result<i64, DbErr> {
        if let Some(last) = self.numbers.get(&form) {
            return Ok(*last);
        }
        let last = store::submission::last_number(db, form).await?;
        self.numbers.insert(form, last);
        Ok(last)
    }

    /// The next value of one of a form's counters.
    pub async fn serial(
        &mut self,
        db: &impl ConnectionTrait,
        form: DefinitionId,
        counter: &str,
    ) -> Result<i64, DbErr> {
        let place = (form, counter.to_owned());
        let last = match self.serials.get(&place) {
            Some(last) => *last,
            None => store::counter::last(db, form, counter).await?,
        };
        self.serials.insert(place, last + 1);
        Ok(last + 1)
    }

    /// How many chose the options of a form, as far as they are counted.
    pub async fn options(
        &mut self,
        db: &impl ConnectionTrait,
        form: DefinitionId,
    ) -> Result<&mut Options, DbErr> {
        match self.options.entry(form) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(Options::load(db, form).await?)),
        }
    }

    /// What was counted of a form's options is void.
    pub(super) fn forget_options(&mut self, form: DefinitionId) {
        self.options.remove(&form);
    }

    /// The people of a team.
    pub async fn staff(&mut self, db: &impl ConnectionTrait, team: TeamId) -> Result<&mut Staff, DbErr> {
        match self.staff.entry(team) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(Staff::load(db, team).await?)),
        }
    }

    pub(super) async fn store(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        for (team, staff) in self.staff {
            let changed = staff.people.into_iter().filter(|person| person.changed);
            let loads: Vec<_> = changed
                .map(|person| store::membership::Load {
                    user: person.id,
                    open_tickets: person.open_tickets,
                    last_assigned_at: person.last_assigned_at,
                })
                .collect();
            store::membership::set_loads(db, team, &loads).await?;
        }
        for ((form, counter), value) in self.serials {
            store::counter::put(db, form, &counter, value).await?;
        }
        for (form, options) in self.options {
            options.store(db, form).await?;
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
    /// Has access to the team; whoever has none is chosen for nothing.
    pub works_here: bool,
    /// Whom they answer to, where the team says so.
    pub manager: Option<UserId>,
    /// Who stands in while they are away.
    pub deputy: Option<UserId>,
    /// What they can do.
    pub skills: Vec<String>,
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
            works_here: member.works_here() && user.disabled_at.is_none(),
            skills: member.skills(),
            role: member.role,
            department: member.department_key,
            away: member.away,
            manager: member.manager_id,
            deputy: member.deputy_id,
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

    /// A member who has access.
    pub fn at_work(&self, id: UserId) -> Option<&Colleague> {
        self.person(id).filter(|person| person.works_here)
    }

    /// The head of a department.
    pub fn head(&self, department: &str) -> Option<UserId> {
        self.departments.iter().find(|row| row.key == department)?.head_id
    }

    /// Whom somebody answers to: as the team says, else the head of their department, else of the one above it.
    pub fn manager(&self, person: &Colleague) -> Option<UserId> {
        let is_other = |id: &UserId| *id != person.id && self.at_work(*id).is_some();
        if let Some(manager) = person.manager.filter(is_other) {
            return Some(manager);
        }
        let mut department = person.department.as_deref();
        // A circle of departments was refused when it was made; one that came in otherwise ends here.
        for _ in 0..self.departments.len() {
            let row = self.departments.iter().find(|row| Some(row.key.as_str()) == department)?;
            if let Some(head) = row.head_id.filter(is_other) {
                return Some(head);
            }
            department = row.parent_key.as_deref();
        }
        None
    }

    /// Somebody has no access from now on: nothing is given to them in the rest of this batch.
    pub fn leaves(&mut self, id: UserId) {
        if let Some(person) = self.people.iter_mut().find(|person| person.id == id) {
            person.works_here = false;
        }
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
