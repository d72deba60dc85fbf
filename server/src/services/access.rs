//! Access: what the caller may do with submissions, asked by everything that reads or changes them.
//!
//! Lists and reports get it as conditions that become part of their SQL; a single submission is judged in memory. Both are the same rule
//! (`crate::permission`), and a test holds them against each other. Beside roles, two reasons open a single submission: having handed it in (to
//! see it), and holding one of its open tasks (to see it and to work on it).

use std::collections::HashSet;
use std::sync::Arc;

use form_engine::{CallerFacts, Condition, FieldKind, FieldPath, Form, Operand, Operator, Subject};
use report_engine::sql::Within;
use report_engine::{PageRequest, ResolvedPage, Situation, resolve_page};
use serde_json::Value;

use crate::app::App;
use crate::auth::Caller;
use crate::catalog::Catalog;
use crate::clock::Clock;
use crate::error::ApiError;
use crate::ids::{SubmissionId, TeamId, UserId};
use crate::permission::{Allowed, By, FormReach, Reach, RowReach, Verb, Verbs};
use crate::services::query::{self, form};
use crate::store;
use crate::store::customer::Customer;
use crate::store::department::Department;
use crate::store::report::Visible;
use crate::store::submission::Submission;

/// What one person may do, looked up once per request.
pub struct Access {
    /// What conditions may know of them.
    pub facts: CallerFacts,
    team: TeamId,
    user: UserId,
    reach: Reach,
    catalog: Arc<Catalog>,
    clock: Clock,
}

/// What the access of everybody in a team is made of.
pub struct Company {
    catalog: Arc<Catalog>,
    departments: Vec<Department>,
}

impl Company {
    /// As it is now.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn load(app: &App, team: TeamId) -> Result<Self, ApiError> {
        let departments = store::department::list(app.db.read(), team).await?;
        Ok(Self { catalog: app.catalog(team).await?, departments })
    }

    /// The access of one person, who holds the roles `given` beside those of their place.
    pub fn access(&self, app: &App, caller: &Caller, given: &[String]) -> Access {
        let below = |key: &String| store::department::below_in(&self.departments, key);
        let facts = CallerFacts {
            id: caller.user.to_string(),
            department: caller.department.clone(),
            departments_below: caller.department.as_ref().map(below).unwrap_or_default(),
        };
        Access {
            facts,
            team: caller.team,
            user: caller.user,
            reach: Reach::new(self.catalog.roles(), caller.role, caller.role.word(), given),
            catalog: self.catalog.clone(),
            clock: app.clock.clone(),
        }
    }
}

/// A submission as one person may see it.
pub struct Judged {
    /// The document without what is hidden.
    pub data: Value,
    /// What may be done with it.
    pub reach: RowReach,
}

impl Access {
    /// The caller's.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn of(app: &App, caller: &Caller) -> Result<Self, ApiError> {
        let given = store::member_role::of_member(app.db.read(), caller.team, caller.user).await?;
        Ok(Company::load(app, caller.team).await?.access(app, caller, &given))
    }

    /// What may be done with a form.
    pub fn form(&self, key: &str) -> FormReach {
        self.reach.form(key)
    }

    /// Refuses what may not be done with any submission of the form. Whoever may do nothing at all with it does not
    /// learn that it is there.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`], [`ApiError::Forbidden`].
    pub fn require(&self, form: &str, verb: Verb) -> Result<FormReach, ApiError> {
        let reach = self.form(form);
        if reach.may(verb) {
            Ok(reach)
        } else if Verb::ALL.into_iter().any(|verb| reach.may(verb)) {
            Err(ApiError::Forbidden)
        } else {
            Err(ApiError::not_found("form", form))
        }
    }

    /// What may be done with one submission, and what of it is there.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn judge(&self, app: &App, row: &Submission) -> Result<Judged, ApiError> {
        let form = self.form(&row.form_key);
        let mut data: Value = serde_json::from_str(&row.data).unwrap_or_default();
        let customer = match row.customer_id.filter(|_| form.asks("customer.")) {
            Some(id) => store::customer::get(app.db.read(), self.team, id).await?,
            None => None,
        };
        let mut reach = form.on(&self.subject(&data, &|name| column(row, customer.as_ref(), name)));
        if !reach.may(Verb::Edit) && self.holds_task(app, row.id).await? {
            // Fields change by what the task asks for, not by hand.
            let verbs = Verbs::of(&[Verb::See, Verb::Edit, Verb::Print]);
            reach.add(reason(By::Task, verbs, form.hidden_anywhere()));
        }
        if !reach.may(Verb::See) && row.created_by == Some(self.user) {
            let verbs = Verbs::of(&[Verb::See, Verb::Print]);
            reach.add(reason(By::HandedIn, verbs, form.hidden_anywhere()));
        }
        reach.mask(&mut data);
        Ok(Judged { data, reach })
    }

    async fn holds_task(&self, app: &App, id: SubmissionId) -> Result<bool, ApiError> {
        if self.reach.is_everything() {
            return Ok(false);
        }
        let tasks = store::task::of_submission(app.db.read(), self.team, id).await?;
        Ok(tasks.iter().any(|task| task.status == "open" && task.assignee_id == Some(self.user)))
    }

    fn subject<'a>(&'a self, document: &'a Value, column: &'a dyn Fn(&str) -> Option<Value>) -> Subject<'a> {
        Subject { document, column, now_ms: self.clock.now_ms(), caller: Some(&self.facts) }
    }

    /// The submission, if the caller may do `verb` with it; what they may not see does not exist.
    ///
    /// # Errors
    ///
    /// [`ApiError::NotFound`], [`ApiError::Forbidden`].
    pub async fn find(
        &self,
        app: &App,
        id: SubmissionId,
        verb: Verb,
    ) -> Result<(Submission, Judged), ApiError> {
        let gone = || ApiError::not_found("submission", id);
        let row = store::submission::get(app.db.read(), self.team, id).await?.ok_or_else(gone)?;
        let judged = self.judge(app, &row).await?;
        match (judged.reach.may(Verb::See), judged.reach.may(verb)) {
            (false, _) => Err(gone()),
            (true, false) => Err(ApiError::Forbidden),
            (true, true) => Ok((row, judged)),
        }
    }

    /// Those of the submissions that may be seen, as they may be seen.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn seen(
        &self,
        app: &App,
        rows: Vec<Submission>,
    ) -> Result<Vec<(Submission, Judged)>, ApiError> {
        let mut seen = Vec::new();
        for row in rows {
            let judged = self.judge(app, &row).await?;
            if judged.reach.may(Verb::See) {
                seen.push((row, judged));
            }
        }
        Ok(seen)
    }

    /// Who asks and when, with the rows of `form` that `verb` may be done with and without the members that are hidden.
    pub fn situation(&self, form: Option<(&str, &report_engine::Dataset)>, verb: Verb) -> Situation {
        let zone = query::zone_of(&self.catalog.language);
        let mut situation = Situation::new(self.clock.now_ms(), zone);
        situation.caller = Some(self.facts.clone());
        if let Some((key, dataset)) = form {
            let reach = self.form(key);
            let rows = reach.rows(verb);
            situation.row_filter = (rows != Condition::All(Vec::new())).then_some(rows);
            situation.hidden = dataset
                .names()
                .filter(|name| reach.hides_somewhere(name))
                .map(str::to_owned)
                .collect::<HashSet<_>>();
            if self.hides_person(key) {
                situation.hidden.extend(["customer", "customer.name"].map(str::to_owned));
            }
        }
        situation
    }

    /// Every submission of the form, with every field?
    pub fn sees_all(&self, form: &str) -> bool {
        let reach = self.form(form);
        reach.rows(Verb::See) == Condition::All(Vec::new()) && reach.hidden_anywhere().is_empty()
    }

    /// Forms some fields of which are kept from the person.
    pub fn unread_forms(&self) -> Vec<String> {
        let keys = self.catalog.forms().into_iter().map(|live| live.form.key().to_owned());
        keys.filter(|key| !self.form(key).hidden_anywhere().is_empty()).collect()
    }

    /// Does a rule leave out how to reach the person, or their name? Then the customer's card is left out as well.
    pub fn hides_person(&self, form: &str) -> bool {
        let reach = self.form(form);
        if reach.hidden_anywhere().is_empty() {
            return false;
        }
        self.catalog
            .form(form)
            .is_ok_and(|live| tells_who(&live.form).any(|path| reach.hides_somewhere(path)))
    }

    /// Which submissions may be seen, whatever their form; `None`: all of the team.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn visible(&self, app: &App, verb: Verb) -> Result<Option<Visible>, ApiError> {
        if self.reach.is_everything() {
            return Ok(None);
        }
        let mut governed: Vec<String> = match self.reach.governed() {
            Some(forms) => forms.map(str::to_owned).collect(),
            None => self.catalog.forms().into_iter().map(|live| live.form.key().to_owned()).collect(),
        };
        governed.sort();
        let mut pages = Vec::new();
        for key in &governed {
            if !self.form(key).may(verb) {
                continue;
            }
            if let Some(asked) = form::find(app, self.team, key).await? {
                let situation = self.situation(Some((key, &asked.dataset)), verb);
                pages.extend(page(&asked.dataset, &situation, None).map(|page| (page, asked.relation)));
            }
        }
        if self.reach.governed().is_some() {
            // Every other form: what the place allows.
            let (dataset, relation) = form::any(self.team);
            let others = self.reach.form("");
            if others.may(verb) {
                let mut situation = self.situation(None, verb);
                let rows = others.rows(verb);
                situation.row_filter = (rows != Condition::All(Vec::new())).then_some(rows);
                let ungoverned = (!governed.is_empty()).then(|| Condition::Leaf {
                    field: FieldPath::parse("form"),
                    op: Operator::NotIn,
                    value: Operand::Literal(governed.into()),
                });
                pages.extend(page(&dataset, &situation, ungoverned.as_ref()).map(|page| (page, relation)));
            }
        }
        Ok(Some(pages))
    }

    /// Rows that hang on a submission by `column`, limited to those whose submission may be seen.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn within(&self, app: &App, column: &str) -> Result<Option<Within>, ApiError> {
        let visible = self.visible(app, Verb::See).await?;
        Ok(visible.map(|any| Within { column: column.to_owned(), key: "id".to_owned(), any, or_alone: true }))
    }
}

/// A rule that no longer fits the form's fields lets nothing through.
fn page(
    dataset: &report_engine::Dataset,
    situation: &Situation,
    filter: Option<&Condition>,
) -> Option<ResolvedPage> {
    let request = PageRequest { filter, order: &[], limit: u32::MAX };
    match resolve_page(&request, dataset, situation) {
        Ok(page) => Some(page),
        Err(problems) => {
            tracing::warn!(dataset = dataset.name, ?problems, "a role's rule does not fit its form");
            None
        }
    }
}

fn reason(by: By, verbs: Verbs, hide: Vec<String>) -> Allowed {
    // The empty pointer covers every field.
    let read_only = vec![String::new()];
    Allowed { rows: Condition::All(Vec::new()), verbs, hide, read_only, by }
}

/// The fields a customer is known by.
fn tells_who(form: &Form) -> impl Iterator<Item = &str> {
    let is_way = |kind| matches!(kind, FieldKind::Contact | FieldKind::Email | FieldKind::Phone);
    let fields = form.fields().iter().filter(move |field| is_way(field.kind) || field.path == "/name");
    fields.map(|field| field.path.as_str())
}

/// A system column of a submission, as conditions in memory read it; the same names as `services::query::form` gives to SQL.
fn column(row: &Submission, customer: Option<&Customer>, name: &str) -> Option<Value> {
    let text = |text: &Option<String>| text.clone().map(Value::from);
    Some(match name {
        "created_at" => row.created_at.into(),
        "updated_at" => row.updated_at.into(),
        "number" => row.number.into(),
        "version" => row.version_number.into(),
        "state" => text(&row.state)?,
        "open" => row.is_open.into(),
        "breached" => row.is_breached.into(),
        "assignee" => row.assignee_id?.to_string().into(),
        "created_by" => row.created_by?.to_string().into(),
        "department" => text(&row.department_key)?,
        "channel" => row.channel.clone().into(),
        "language" => row.language.clone().into(),
        "tags" => serde_json::from_str(&row.tags).ok()?,
        "customer" => row.customer_id?.to_string().into(),
        "customer.name" => customer?.name.clone().into(),
        "customer.tier" => text(&customer?.tier)?,
        _ => return None,
    })
}
