//! What a file of people changes in a team, decided before anything is written. The same file again changes nothing.

use std::collections::{HashMap, HashSet};

use api_types::{Change, DepartmentChange, PersonChange, Role};

use super::columns::Column;
use super::lines::{Head, Line, Reader};
use super::places::Places;
use crate::auth::Caller;
use crate::auth::recognise::role;
use crate::error::ApiError;
use crate::ids::{Ids, UserId};
use crate::services::member::new_membership;
use crate::store::department::Department;
use crate::store::membership::Membership;
use crate::store::user::User;

/// What is there.
pub(super) struct There {
    pub departments: Vec<Department>,
    /// Also those who left.
    pub members: Vec<(Membership, User)>,
    /// Logins of the file that name people of other teams.
    pub foreign: HashSet<String>,
    /// Members whose name and logins are not the caller's to change: they work elsewhere, too.
    pub elsewhere: HashSet<UserId>,
}

/// What is to be written, and the same for people.
#[derive(Default)]
pub(super) struct Plan {
    pub new_departments: Vec<Department>,
    pub departments: Vec<Department>,
    pub new_users: Vec<User>,
    pub users: Vec<User>,
    pub new_members: Vec<Membership>,
    pub members: Vec<Membership>,
    pub people: Vec<PersonChange>,
    pub said: Vec<DepartmentChange>,
    pub unchanged: u32,
}

/// Who asks, and how.
pub(super) struct Wish<'a> {
    pub caller: &'a Caller,
    pub ids: &'a Ids,
    pub now_ms: i64,
    /// Members who are not in the file lose their access.
    pub disable_missing: bool,
}

struct Planner<'a, 'r> {
    wish: &'a Wish<'a>,
    there: &'a There,
    reader: &'a mut Reader<'r>,
    by_login: HashMap<&'a str, &'a (Membership, User)>,
    /// Everybody a row may name: members with access, and those in the file.
    named: HashMap<String, UserId>,
    plan: Plan,
}

/// Decides what `lines` change. Problems are added to the reader's; with any, the plan is not to be carried out.
///
/// # Errors
///
/// Rows that this server did not write.
pub(super) fn plan(
    lines: &[Line],
    reader: &mut Reader<'_>,
    there: &There,
    wish: &Wish<'_>,
) -> Result<Plan, ApiError> {
    let mut places = Places::of(there.departments.clone(), wish.caller.language);
    let keys = places.read(lines, reader, wish.caller.team, wish.ids, wish.now_ms);
    let by_login = there.members.iter().map(|pair| (pair.1.login.as_str(), pair)).collect();
    let named = there.members.iter().filter(|(row, _)| row.works_here());
    let named = named.map(|(row, user)| (user.login.clone(), row.user_id)).collect();
    let mut planner = Planner { wish, there, reader, by_login, named, plan: Plan::default() };
    planner.name_all(lines);
    planner.heads(lines, &keys, &mut places);
    for (line, key) in lines.iter().zip(keys) {
        planner.person(line, key)?;
    }
    planner.missing(lines)?;
    planner.circles(lines);
    let mut plan = planner.plan;
    (plan.new_departments, plan.departments, plan.said) = places.changes();
    Ok(plan)
}

impl Planner<'_, '_> {
    /// Gives everybody of the file an id, so that rows can name each other.
    fn name_all(&mut self, lines: &[Line]) {
        let mut seen: HashMap<&str, u32> = HashMap::new();
        for line in lines {
            if let Some(first) = seen.insert(&line.login, line.row) {
                let (zh, en) = (
                    format!("账号 `{}` 已在第 {first} 行出现", line.login),
                    format!("the login `{}` stands in row {first} already", line.login),
                );
                self.reader.problem(line.row, Some(Column::Login), "people.twice", zh, en);
                continue;
            }
            let id = match self.by_login.get(line.login.as_str()) {
                Some((row, _)) => row.user_id,
                None => self.wish.ids.next(),
            };
            if line.works_here != Some(false) {
                self.named.insert(line.login.clone(), id);
            }
            if self.there.foreign.contains(&line.login) {
                let (zh, en) = (
                    format!("账号 `{}` 属于其他团队的人，请用邀请链接请对方加入", line.login),
                    format!(
                        "the login `{}` is of somebody of another team; invite them by a link",
                        line.login
                    ),
                );
                self.reader.problem(line.row, Some(Column::Login), "people.foreign", zh, en);
            }
        }
    }

    fn heads(&mut self, lines: &[Line], keys: &[Option<String>], places: &mut Places) {
        let mut given: HashMap<&str, UserId> = HashMap::new();
        for (line, key) in lines.iter().zip(keys) {
            let Some(head) = &line.head else { continue };
            let login = match head {
                Head::Themselves => &line.login,
                Head::Login(login) => login,
            };
            let Some(key) = key else {
                let (zh, en) = ("没有部门，不能有部门负责人".into(), "a head needs a department".into());
                self.reader.problem(line.row, Some(Column::Head), "people.head", zh, en);
                continue;
            };
            let Some(id) = self.whom(line.row, Column::Head, login) else { continue };
            if given.insert(key, id).is_some_and(|other| other != id) {
                let (zh, en) = (
                    format!("部门 `{key}` 在别的行里有另一位负责人"),
                    format!("another row gives the department `{key}` another head"),
                );
                self.reader.problem(line.row, Some(Column::Head), "people.head", zh, en);
            } else if let Some(row) = places.rows.iter_mut().find(|row| row.key == *key) {
                row.head_id = Some(id);
            }
        }
    }

    fn whom(&mut self, row: u32, column: Column, login: &str) -> Option<UserId> {
        let found = self.named.get(login).copied();
        if found.is_none() {
            let (zh, en) = (
                format!("团队和文件里都没有账号 `{login}`"),
                format!("nobody in the team or the file has the login `{login}`"),
            );
            self.reader.problem(row, Some(column), "people.unknown", zh, en);
        }
        found
    }

    fn person(&mut self, line: &Line, department: Option<String>) -> Result<(), ApiError> {
        let manager = match line.manager.as_deref() {
            None => None,
            Some("") => Some(None),
            Some(login) => Some(self.whom(line.row, Column::Manager, login)),
        };
        let known = self.by_login.get(line.login.as_str()).copied();
        let own = self.wish.caller.role;
        let given = line.role.unwrap_or(Role::Member);
        let before = known.map(|(row, _)| role(&row.role)).transpose()?;
        let is_new_role = line.role.is_some() && before != line.role;
        if known.is_none() || is_new_role {
            let owns = given == Role::Owner || before == Some(Role::Owner);
            if owns || given < own || before.is_some_and(|before| before < own) {
                let (zh, en) = (
                    "不能通过文件授予或更改高于自己的角色，也不能授予或收回所有者".into(),
                    "a file gives and takes no role above the one who brings it, and no ownership".into(),
                );
                self.reader.problem(line.row, Some(Column::Role), "people.role", zh, en);
                return Ok(());
            }
        }
        match known {
            None => self.newcomer(line, given, department, manager.flatten()),
            Some((row, user)) => self.colleague(line, row, user, department, manager, before),
        }
        Ok(())
    }

    fn newcomer(&mut self, line: &Line, role: Role, department: Option<String>, manager: Option<UserId>) {
        if line.works_here == Some(false) {
            // Left before they came: nothing to do, also the next time.
            self.plan.unchanged += 1;
            return;
        }
        let (Some(id), now_ms) = (self.named.get(&line.login).copied(), self.wish.now_ms) else { return };
        let (email, mobile) = crate::services::login::contacts(&line.login);
        self.plan.new_users.push(User {
            id,
            name: line.name.clone(),
            login: line.login.clone(),
            email: line.email.clone().flatten().or(email),
            password_hash: String::new(),
            language: self.wish.caller.language.as_str().to_owned(),
            disabled_at: None,
            created_at: now_ms,
            mobile: line.mobile.clone().flatten().or(mobile),
        });
        self.plan.new_members.push(Membership {
            manager_id: manager,
            skills: line.skills.clone().flatten(),
            ..new_membership(self.wish.caller.team, id, role.word(), department, now_ms)
        });
        self.say(Some(line.row), &line.login, &line.name, Change::Create, Vec::new());
    }

    fn colleague(
        &mut self,
        line: &Line,
        row: &Membership,
        user: &User,
        department: Option<String>,
        manager: Option<Option<UserId>>,
        before: Option<Role>,
    ) {
        let mut wanted = row.clone();
        wanted.left_at = None;
        if let Some(role) = line.role {
            wanted.role = role.word().to_owned();
        }
        if line.says_department {
            wanted.department_key = department;
        }
        wanted.manager_id = manager.unwrap_or(row.manager_id);
        if let Some(skills) = &line.skills {
            wanted.skills.clone_from(skills);
        }
        let here = line.works_here.or(self.wish.disable_missing.then_some(true));
        match here {
            Some(true) => wanted.disabled_at = None,
            Some(false) if before.is_some_and(|role| self.may_disable(row.user_id, role)) => {
                wanted.disabled_at = row.disabled_at.or(Some(self.wish.now_ms));
                // Whoever is off the list stays off it.
                wanted.left_at = row.left_at;
            }
            Some(false) => {
                let (zh, en) = (
                    "不能停用自己、所有者或角色高于自己的人".into(),
                    "oneself, owners and who is stronger keep their access".into(),
                );
                self.reader.problem(line.row, Some(Column::Status), "people.status", zh, en);
            }
            None => {}
        }
        let mut person = user.clone();
        let is_ours = before.is_some_and(|role| role >= self.wish.caller.role)
            && !self.there.elsewhere.contains(&user.id);
        if is_ours {
            person.name.clone_from(&line.name);
            // An address that is the login itself stays, whatever the column says.
            let (by_login, number) = crate::services::login::contacts(&user.login);
            person.email = line.email.clone().map_or(person.email, |given| given.or(by_login));
            person.mobile = line.mobile.clone().map_or(person.mobile, |given| given.or(number));
        }
        let fields = [
            ("name", person.name != user.name),
            ("email", person.email != user.email),
            ("mobile", person.mobile != user.mobile),
            ("role", wanted.role != row.role),
            ("department", wanted.department_key != row.department_key),
            ("manager", wanted.manager_id != row.manager_id),
            ("skills", wanted.skills != row.skills),
            ("access", (wanted.disabled_at, wanted.left_at) != (row.disabled_at, row.left_at)),
        ];
        let fields: Vec<String> =
            fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned()).collect();
        if fields.is_empty() {
            self.plan.unchanged += 1;
            return;
        }
        let is_disabled = wanted.disabled_at.is_some() && row.disabled_at.is_none();
        let change = if is_disabled { Change::Disable } else { Change::Change };
        self.say(Some(line.row), &line.login, &line.name, change, fields);
        if person != *user {
            self.plan.users.push(person);
        }
        if wanted != *row {
            self.plan.members.push(wanted);
        }
    }

    fn may_disable(&self, user: UserId, role: Role) -> bool {
        user != self.wish.caller.user && role != Role::Owner && role >= self.wish.caller.role
    }

    /// Members who are not in the file, where the file is to be complete.
    fn missing(&mut self, lines: &[Line]) -> Result<(), ApiError> {
        if !self.wish.disable_missing {
            return Ok(());
        }
        let there = self.there;
        let listed: HashSet<&str> = lines.iter().map(|line| line.login.as_str()).collect();
        for (row, user) in &there.members {
            let stays = listed.contains(user.login.as_str()) || !row.works_here();
            if stays || !self.may_disable(row.user_id, role(&row.role)?) {
                continue;
            }
            self.plan.members.push(Membership { disabled_at: Some(self.wish.now_ms), ..row.clone() });
            self.say(None, &user.login, &user.name, Change::Disable, vec!["access".to_owned()]);
        }
        Ok(())
    }

    /// Nobody answers to themselves, whoever stands between.
    fn circles(&mut self, lines: &[Line]) {
        let mut above: HashMap<UserId, UserId> =
            self.there.members.iter().filter_map(|(row, _)| Some((row.user_id, row.manager_id?))).collect();
        for row in self.plan.new_members.iter().chain(&self.plan.members) {
            match row.manager_id {
                Some(manager) => above.insert(row.user_id, manager),
                None => above.remove(&row.user_id),
            };
        }
        for line in lines.iter().filter(|line| line.manager.as_deref().is_some_and(|login| !login.is_empty()))
        {
            let Some(own) = self.named.get(&line.login).copied() else { continue };
            let mut next = above.get(&own).copied();
            let mut steps = 0;
            while let Some(manager) = next.filter(|manager| *manager != own && steps <= above.len()) {
                next = above.get(&manager).copied();
                steps += 1;
            }
            if next == Some(own) {
                let (zh, en) = (
                    "上级不能是自己，也不能是自己的下属".into(),
                    "whom somebody answers to cannot be themselves, or answer to them".into(),
                );
                self.reader.problem(line.row, Some(Column::Manager), "people.manager", zh, en);
            }
        }
    }

    fn say(&mut self, row: Option<u32>, login: &str, name: &str, change: Change, fields: Vec<String>) {
        let (login, name) = (login.to_owned(), name.to_owned());
        self.plan.people.push(PersonChange { row, login, name, change, fields });
    }
}
