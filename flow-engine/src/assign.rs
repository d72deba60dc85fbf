//! Who gets the work: an assignment rule decided over given facts.
//!
//! Pure: people, their load and what is known of the submission are arguments; the same facts give the same choice.
//! Never nobody while there is anybody: a rule that finds no one falls back, step by step, and says why at each
//! ([`Choice::passed_over`]). Counting who has how much, and noting who was chosen, is the caller's.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Calendars;
use crate::effect::{AssignRule, By, Person, Who};

/// Managers a chain is followed up, at most; a circle ends there too.
const HIGHEST: u32 = 20;

/// A member of the team, as the caller knows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'f, I> {
    /// Who.
    pub id: I,
    /// Their role.
    pub role: &'f str,
    /// Key of their department.
    pub department: Option<&'f str>,
    /// Whom they answer to.
    pub manager: Option<I>,
    /// What they can do, as the team words it.
    pub skills: &'f [String],
    /// Whether rules by role or department may choose them at all.
    pub takes_work: bool,
    /// Gets no new work for now.
    pub away: bool,
    /// Who stands in for them meanwhile.
    pub deputy: Option<I>,
    /// Key of the calendar they work by; without one they are always at work.
    pub calendar: Option<&'f str>,
    /// How much they have.
    pub open: i64,
    /// When they last got something; any rising number.
    pub last_assigned: i64,
}

/// All a choice depends on.
pub struct Facts<'f, I> {
    /// Everybody, in the order that `first` goes by.
    pub people: &'f [Member<'f, I>],
    /// Heads of departments.
    pub heads: &'f [(&'f str, I)],
    /// Roles that look after what nobody else can do, in the order they are asked.
    pub keepers: &'f [&'f str],
    /// Whoever made the submission.
    pub starter: Option<I>,
    /// Whoever has it now.
    pub assignee: Option<I>,
    /// Key of the department it belongs to now.
    pub department: Option<&'f str>,
    /// The submission's document.
    pub data: &'f Value,
    /// The user with this id, in the words of definitions and documents.
    pub named: &'f dyn Fn(&str) -> Option<I>,
    /// Whose working hours are kept.
    pub calendars: &'f Calendars,
    /// Unix milliseconds.
    pub now_ms: i64,
}

/// Whom a rule chose, and how it came to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<I> {
    /// Who; none only when the team has nobody at all.
    pub user: Option<I>,
    /// Key of the department the work counts for, when the rule names one.
    pub department: Option<String>,
    /// Where they were found.
    pub found: Pool,
    /// The pools before, in which nobody was found.
    pub passed_over: Vec<PassedOver>,
}

/// Where somebody was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pool {
    /// Among those the rule names, as it asks for them.
    Rule,
    /// Among those the rule names, whether or not they are at work now.
    OffHours,
    /// Among those the rule names, whatever they can do.
    Unskilled,
    /// The head of the department in question.
    Head,
    /// Those who look after everything.
    Keepers,
    /// Everybody who is there.
    Anybody,
    /// Everybody, also who is away.
    Away,
}

/// A pool in which nobody was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// Which.
    pub pool: Pool,
    /// Why.
    pub why: Why,
}

/// Why nobody of a pool could be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// There is nobody in it.
    NobodyThere,
    /// All of them are away.
    AllAway,
    /// Nobody has the skills.
    SkillsMissing,
    /// Nobody is at work now.
    NobodyAtWork,
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pool = match self.pool {
            Pool::Rule => "those the rule names",
            Pool::OffHours => "those the rule names, at any hour",
            Pool::Unskilled => "those the rule names, whatever their skills",
            Pool::Head => "the head of the department",
            Pool::Keepers => "those who look after everything",
            Pool::Anybody => "everybody who is there",
            Pool::Away => "everybody",
        };
        let why = match self.why {
            Why::NobodyThere => "there is nobody",
            Why::AllAway => "all are away",
            Why::SkillsMissing => "nobody has the skills",
            Why::NobodyAtWork => "nobody is at work",
        };
        write!(f, "{pool}: {why}")
    }
}

/// The one who gets the work.
pub fn choose<I: Copy + Ord>(rule: &AssignRule, facts: &Facts<'_, I>) -> Choice<I> {
    let named = facts.of_rule(&rule.who);
    let department = named.department.map(str::to_owned);
    let mut passed_over = Vec::new();
    for pool in pools(rule) {
        let candidates = facts.pool(pool, rule, &named);
        match facts.best(&candidates, pool, rule) {
            Ok(member) => return Choice { user: Some(member), department, found: pool, passed_over },
            Err(why) => passed_over.push(PassedOver { pool, why }),
        }
    }
    Choice { user: None, department, found: Pool::Away, passed_over }
}

/// Everybody a rule names, each once and in order, for a task that several people hold: who is away gives way to their
/// deputy, and without one is left out as long as somebody else is there. Falls back as [`choose`] does.
pub fn candidates<I: Copy + Ord>(rule: &AssignRule, facts: &Facts<'_, I>) -> Vec<I> {
    let named = facts.of_rule(&rule.who);
    let is_personal = named.is_personal;
    let pool: Vec<&Member<'_, I>> = facts.pool(Pool::Rule, rule, &named);
    let able = pool.into_iter().filter(|member| is_personal || has_skills(member, rule));
    let mut found: Vec<I> = Vec::new();
    for member in able {
        let sits = if member.away { facts.deputy(member).map(|deputy| deputy.id) } else { Some(member.id) };
        found.extend(sits.filter(|id| !found.contains(id)));
    }
    if found.is_empty() { choose(rule, facts).user.into_iter().collect() } else { found }
}

/// The pools of a rule in the order they are looked through.
fn pools(rule: &AssignRule) -> impl Iterator<Item = Pool> {
    let asks_more = [(Pool::OffHours, rule.at_work), (Pool::Unskilled, !rule.skills.is_empty())];
    let asked = asks_more.into_iter().filter(|(_, asks)| *asks).map(|(pool, _)| pool);
    let rest = [Pool::Head, Pool::Keepers, Pool::Anybody, Pool::Away];
    std::iter::once(Pool::Rule).chain(asked).chain(rest)
}

fn has_skills<I>(member: &Member<'_, I>, rule: &AssignRule) -> bool {
    rule.skills.iter().all(|skill| member.skills.contains(skill))
}

/// Whom a rule means, before anything is asked of them.
struct Named<'f, I> {
    people: Vec<&'f Member<'f, I>>,
    department: Option<&'f str>,
    /// Named themselves, rather than as one of a group: absence does not take it from them.
    is_personal: bool,
}

impl<'f, I: Copy + Ord> Facts<'f, I> {
    fn member(&self, id: I) -> Option<&'f Member<'f, I>> {
        self.people.iter().find(|member| member.id == id)
    }

    fn head(&self, department: &str) -> Option<I> {
        self.heads.iter().find(|(key, _)| *key == department).map(|(_, head)| *head)
    }

    fn of_rule<'r>(&self, who: &'r Who) -> Named<'r, I>
    where
        'f: 'r,
    {
        let personal = |ids: Vec<I>| Named {
            people: ids.into_iter().filter_map(|id| self.member(id)).collect(),
            department: None,
            is_personal: true,
        };
        match who {
            Who::User(id) => personal((self.named)(id).into_iter().collect()),
            Who::Field(path) => personal(self.of_field(path)),
            Who::Starter => personal(self.starter.into_iter().collect()),
            Who::Manager { of, level } => {
                personal(self.managers(of).nth(level.saturating_sub(1) as usize).into_iter().collect())
            }
            Who::Managers { of, levels } => personal(self.managers(of).take(*levels as usize).collect()),
            Who::Head(key) => {
                Named { department: Some(key), ..personal(self.head(key).into_iter().collect()) }
            }
            Who::Role(role) => Named {
                people: self.people.iter().filter(|member| member.role == role).collect(),
                department: None,
                is_personal: false,
            },
            Who::Department(key) => self.of_department(key),
            Who::Keep => match (self.assignee, self.department) {
                (Some(user), department) => Named { department, ..personal(vec![user]) },
                (None, Some(department)) => self.of_department(department),
                (None, None) => personal(Vec::new()),
            },
        }
    }

    /// Its members who take work; its head steps in when none of them can.
    fn of_department<'r>(&self, key: &'r str) -> Named<'r, I>
    where
        'f: 'r,
    {
        let head = self.head(key);
        let works = |member: &&Member<'_, I>| {
            member.department == Some(key) && Some(member.id) != head && member.takes_work
        };
        Named {
            people: self.people.iter().filter(works).collect(),
            department: Some(key),
            is_personal: false,
        }
    }

    /// The user, or the list of users, in a field.
    fn of_field(&self, path: &str) -> Vec<I> {
        let one = |value: &Value| value.as_str().and_then(|id| (self.named)(id));
        match form_engine::pointer::get(self.data, path) {
            Some(Value::Array(ids)) => ids.iter().filter_map(one).collect(),
            Some(id) => one(id).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Whom somebody answers to, and so on upwards; a circle is gone round once.
    fn managers(&self, of: &Person) -> impl Iterator<Item = I> + use<'_, 'f, I> {
        let first = match of {
            Person::Starter => self.starter,
            Person::Assignee => self.assignee,
            Person::User(id) => (self.named)(id),
        };
        let above = |id: &I| self.member(*id).and_then(|member| member.manager);
        let mut passed: Vec<I> = first.into_iter().collect();
        let chain = std::iter::successors(first.as_ref().and_then(above), move |id| above(id));
        chain.take(HIGHEST as usize).take_while(move |id| {
            let is_new = !passed.contains(id);
            passed.push(*id);
            is_new
        })
    }

    /// Whoever stands in, also when deputies are away themselves.
    fn deputy(&self, away: &Member<'f, I>) -> Option<&'f Member<'f, I>> {
        let mut passed = vec![away.id];
        let mut next = away.deputy;
        while let Some(id) = next.filter(|id| !passed.contains(id)) {
            let member = self.member(id)?;
            if !member.away {
                return Some(member);
            }
            passed.push(id);
            next = member.deputy;
        }
        None
    }

    fn pool<'r>(&self, pool: Pool, rule: &AssignRule, named: &Named<'r, I>) -> Vec<&'r Member<'r, I>>
    where
        'f: 'r,
    {
        let everybody = || self.people.iter().collect();
        match pool {
            Pool::Rule | Pool::OffHours | Pool::Unskilled => named.people.clone(),
            Pool::Head => {
                let department = named.department.or(self.department.filter(|_| rule.who.is_about_work()));
                let head = department.and_then(|key| self.head(key)).and_then(|id| self.member(id));
                head.into_iter().collect()
            }
            Pool::Keepers => {
                let of_role = |role: &&str| {
                    let members = self.people.iter().filter(|member| member.role == *role);
                    let there: Vec<&Member<'_, I>> = members.filter(|member| !member.away).collect();
                    (!there.is_empty()).then_some(there)
                };
                self.keepers.iter().find_map(of_role).unwrap_or_default()
            }
            Pool::Anybody => self.people.iter().filter(|member| member.takes_work).collect(),
            Pool::Away => everybody(),
        }
    }

    fn best(&self, pool: &[&Member<'_, I>], at: Pool, rule: &AssignRule) -> Result<I, Why> {
        let is_personal = rule.who.is_personal(self.assignee.is_some());
        let mut left: Vec<&Member<'_, I>> = pool.to_vec();
        if left.is_empty() {
            return Err(Why::NobodyThere);
        }
        let by = match at {
            Pool::Rule | Pool::OffHours | Pool::Unskilled => {
                if is_personal {
                    return Ok(self.personal(&left, rule));
                }
                rule.by
            }
            Pool::Head | Pool::Keepers | Pool::Anybody | Pool::Away => By::LeastLoaded,
        };
        let narrow = |left: &mut Vec<&Member<'_, I>>, why: Why, keep: &dyn Fn(&Member<'_, I>) -> bool| {
            left.retain(|member| keep(member));
            if left.is_empty() { Err(why) } else { Ok(()) }
        };
        if at != Pool::Away {
            narrow(&mut left, Why::AllAway, &|member| !member.away)?;
        }
        if matches!(at, Pool::Rule | Pool::OffHours) {
            narrow(&mut left, Why::SkillsMissing, &|member| has_skills(member, rule))?;
        }
        if at == Pool::Rule && rule.at_work {
            narrow(&mut left, Why::NobodyAtWork, &|member| self.is_at_work(member))?;
        }
        pick(&left, by).map(|member| member.id).ok_or(Why::NobodyThere)
    }

    /// Of people named themselves: one who is there, else whoever stands in for the first, else the first all the same.
    fn personal(&self, people: &[&Member<'_, I>], rule: &AssignRule) -> I {
        let there: Vec<&Member<'_, I>> = people.iter().copied().filter(|member| !member.away).collect();
        // Somebody named alone needs no skills; a list of them is a choice like any other.
        let able: Vec<&Member<'_, I>> =
            there.iter().copied().filter(|member| has_skills(member, rule)).collect();
        let at_work: Vec<&Member<'_, I>> =
            able.iter().copied().filter(|member| !rule.at_work || self.is_at_work(member)).collect();
        let best = [&at_work, &able, &there].into_iter().find_map(|left| pick(left, rule.by));
        best.map_or_else(
            || {
                self.member(people[0].id)
                    .and_then(|first| self.deputy(first))
                    .map_or(people[0].id, |deputy| deputy.id)
            },
            |member| member.id,
        )
    }

    fn is_at_work(&self, member: &Member<'_, I>) -> bool {
        let calendar = member.calendar.and_then(|key| self.calendars.get(key));
        calendar.is_none_or(|calendar| calendar.works_at(self.now_ms))
    }
}

fn pick<'m, 'f, I: Copy + Ord>(members: &[&'m Member<'f, I>], by: By) -> Option<&'m Member<'f, I>> {
    let members = members.iter().copied();
    match by {
        By::LeastLoaded => members.min_by_key(|member| (member.open, member.last_assigned, member.id)),
        By::RoundRobin => members.min_by_key(|member| (member.last_assigned, member.id)),
        By::First => members.into_iter().next(),
    }
}

impl Who {
    /// It names people rather than a group. `Keep` does while somebody has the work.
    fn is_personal(&self, has_assignee: bool) -> bool {
        match self {
            Self::User(_)
            | Self::Field(_)
            | Self::Starter
            | Self::Manager { .. }
            | Self::Managers { .. }
            | Self::Head(_) => true,
            Self::Role(_) | Self::Department(_) => false,
            Self::Keep => has_assignee,
        }
    }

    /// When it finds nobody, the head of the department that has the work now is next.
    fn is_about_work(&self) -> bool {
        match self {
            Self::Keep | Self::Field(_) => true,
            Self::User(_)
            | Self::Role(_)
            | Self::Starter
            | Self::Manager { .. }
            | Self::Managers { .. }
            | Self::Head(_)
            | Self::Department(_) => false,
        }
    }
}
