//! Permissions against brute force: random roles, people and submissions; what every road shows is compared with rules written down
//! again here, slowly and from scratch.

use std::collections::{BTreeMap, BTreeSet};

use api_types::Role;
use axum::http::StatusCode;
use form_engine::Subject;
use huiyin::auth::recognise::SEE_AS;
use huiyin::ids::SubmissionId;
use huiyin::permission::{Reach, RoleDocument};
use huiyin::store;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())].clone()
    }

    fn some(&mut self, of: &[&'static str]) -> Vec<&'static str> {
        of.iter().copied().filter(|_| self.roll(2) == 0).collect()
    }
}

/// Key, parent.
const DEPARTMENTS: [(&str, Option<&str>); 4] =
    [("sales", None), ("north", Some("sales")), ("south", Some("sales")), ("ops", None)];
/// Name, place, department.
const PEOPLE: [(&str, Role, Option<&str>); 8] = [
    ("sales-a", Role::Agent, Some("sales")),
    ("north-a", Role::Agent, Some("north")),
    ("south-a", Role::Agent, Some("south")),
    ("ops-a", Role::Agent, Some("ops")),
    ("nowhere-a", Role::Agent, None),
    ("viewer-a", Role::Viewer, Some("north")),
    ("member-a", Role::Member, Some("sales")),
    ("designer-a", Role::Designer, None),
];
const FIELDS: [&str; 4] = ["/amount", "/region", "/secret", "/phone"];
const VERBS: [&str; 5] = ["add", "edit", "delete", "export", "print"];
const KEYS: [&str; 6] = ["agent", "viewer", "member", "designer", "extra", "other"];

#[derive(Debug, Clone)]
struct Grant {
    form: &'static str,
    rows: &'static str,
    only: Option<usize>,
    verbs: Vec<&'static str>,
    hide: Vec<&'static str>,
    read_only: Vec<&'static str>,
}

/// A submission as the test knows it.
#[derive(Debug, Clone)]
struct Deal {
    id: String,
    data: Value,
    assignee: Option<String>,
    created_by: Option<String>,
    department: Option<&'static str>,
}

/// A person's rights on a form, worked out from scratch.
struct Rights {
    grants: Vec<Grant>,
    everything: bool,
}

fn only(which: usize) -> Value {
    [
        json!({"field": "/amount", "op": "gt", "value": 50}),
        json!({"field": "/region", "op": "in", "value": ["north", "east"]}),
        json!({"not": {"field": "/phone", "op": "empty"}}),
        json!({"field": "assignee", "op": "eq", "value": {"caller": "id"}}),
    ][which]
        .clone()
}

fn meets(which: usize, deal: &Deal, me: &str) -> bool {
    match which {
        0 => deal.data["amount"].as_f64().is_some_and(|amount| amount > 50.0),
        1 => matches!(deal.data["region"].as_str(), Some("north" | "east")),
        2 => deal.data.get("phone").is_some(),
        _ => deal.assignee.as_deref() == Some(me),
    }
}

fn below(department: Option<&str>) -> Vec<&'static str> {
    match department {
        Some("sales") => vec!["sales", "north", "south"],
        Some("north") => vec!["north"],
        Some("south") => vec!["south"],
        Some("ops") => vec!["ops"],
        _ => vec![],
    }
}

impl Grant {
    fn covers(&self, deal: &Deal, me: &str, department: Option<&str>) -> bool {
        let own = deal.assignee.as_deref() == Some(me) || deal.created_by.as_deref() == Some(me);
        let rows = match self.rows {
            "own" => own,
            "department" => own || deal.department.is_some() && deal.department == department,
            "departments_below" => own || deal.department.is_some_and(|key| below(department).contains(&key)),
            _ => true,
        };
        rows && self.only.is_none_or(|only| meets(only, deal, me))
    }

    fn has(&self, verb: &str) -> bool {
        verb == "see" || self.verbs.contains(&verb)
    }
}

impl Rights {
    fn of(roles: &BTreeMap<&str, Vec<Grant>>, place: Role, given: &[&str]) -> Self {
        let word = place.word();
        let about = |grant: &&Grant| grant.form == "deal" || grant.form == "*";
        let governed = roles.values().flatten().any(|grant| about(&grant));
        let named = roles.get(word).is_some_and(|grants| grants.iter().any(|grant| about(&grant)));
        if !governed || place == Role::Designer && !named {
            let (rows, verbs): (_, &[_]) = match place {
                Role::Agent => ("all", &["add", "edit", "export", "print"]),
                Role::Viewer => ("all", &["add", "export", "print"]),
                Role::Member => ("own", &["add", "print"]),
                Role::Owner | Role::Admin | Role::Designer => ("all", &VERBS),
            };
            let verbs = verbs.to_vec();
            let free = Grant { form: "deal", rows, only: None, verbs, hide: vec![], read_only: vec![] };
            return Self { grants: vec![free], everything: false };
        }
        let held = roles.iter().filter(|(key, _)| **key == word || given.contains(key));
        let grants = held.flat_map(|(_, grants)| grants.iter().filter(about).cloned()).collect();
        Self { grants, everything: place <= Role::Admin }
    }

    fn on<'a>(&'a self, deal: &'a Deal, me: &'a str, department: Option<&'a str>) -> Vec<&'a Grant> {
        assert!(!self.everything);
        self.grants.iter().filter(|grant| grant.covers(deal, me, department)).collect()
    }

    /// In lists: what roles show.
    fn listed(&self, deal: &Deal, me: &str, department: Option<&str>, verb: &str) -> bool {
        self.on(deal, me, department).iter().any(|grant| grant.has(verb))
    }

    /// One by one: also what one has handed in oneself.
    fn hidden(&self, deal: &Deal, me: &str, department: Option<&str>) -> Option<Vec<&'static str>> {
        let covering = self.on(deal, me, department);
        let hidden = |field: &&str| {
            if covering.is_empty() {
                self.grants.iter().any(|grant| grant.hide.contains(field))
            } else {
                covering.iter().all(|grant| grant.hide.contains(field))
            }
        };
        let seen = !covering.is_empty() || deal.created_by.as_deref() == Some(me);
        seen.then(|| FIELDS.into_iter().filter(hidden).collect())
    }

    fn hidden_somewhere(&self) -> BTreeSet<&'static str> {
        self.grants.iter().flat_map(|grant| grant.hide.iter().copied()).collect()
    }

    fn edits(&self, deal: &Deal, me: &str, department: Option<&str>, field: &str) -> bool {
        let kept = |grant: &Grant| grant.hide.contains(&field) || grant.read_only.contains(&field);
        self.on(deal, me, department).iter().any(|grant| grant.has("edit") && !kept(grant))
    }
}

fn without(data: &Value, hidden: &[&str]) -> Value {
    let mut data = data.clone();
    for field in hidden {
        data.as_object_mut().expect("an object").shift_remove(field.trim_start_matches('/'));
    }
    data
}

fn document(roles: &BTreeMap<&str, Vec<Grant>>) -> String {
    let form = |key: &str, record: &str| {
        json!({"format": 1, "kind": "form", "key": key, "record": record, "title": key,
            "schema": {"type": "object", "properties": {"amount": {"type": "number"},
                "region": {"enum": ["north", "south", "east"]}, "secret": {"type": "string"}, "phone": {"type": "string"}}}})
    };
    let grant = |grant: &Grant| {
        let mut verbs = vec!["see"];
        verbs.extend(&grant.verbs);
        let mut value = json!({"form": grant.form, "rows": grant.rows, "verbs": verbs,
            "hide": grant.hide, "read_only": grant.read_only});
        if let Some(which) = grant.only {
            value["where"] = only(which);
        }
        value
    };
    let roles: Vec<Value> = roles
        .iter()
        .map(|(key, grants)| {
            let grants: Vec<Value> = grants.iter().map(grant).collect();
            json!({"format": 1, "kind": "role", "key": key, "title": key, "grants": grants})
        })
        .collect();
    json!({"format": 1, "kind": "app", "key": "sales", "title": "Sales", "roles": roles,
        "forms": [form("deal", "ticket"), form("note", "submission")]})
    .to_string()
}

async fn deals(house: &House, dice: &mut Dice) -> Vec<Deal> {
    let people: Vec<String> = PEOPLE.iter().map(|(name, ..)| house.person(name).user.to_string()).collect();
    let mut deals = Vec::new();
    for number in 0..16 {
        let mut data = json!({"amount": dice.roll(100), "secret": format!("secret-{number}-end")});
        if dice.roll(3) > 0 {
            data["region"] = json!(dice.one(&["north", "south", "east"]));
        }
        if dice.roll(2) > 0 {
            data["phone"] = json!(format!("1390000{number:04}"));
        }
        let receipt = house.answer("deal", data.clone()).await.expect("taken");
        let mut somebody = || (dice.roll(3) > 0).then(|| dice.one(&people));
        let (assignee, created_by) = (somebody(), somebody());
        let department = (dice.roll(4) > 0).then(|| dice.one(&DEPARTMENTS).0);
        let mut row = house.submission(receipt.id.parse().expect("an id")).await;
        row.assignee_id = assignee.as_ref().map(|id| id.parse().expect("an id"));
        row.created_by = created_by.as_ref().map(|id| id.parse().expect("an id"));
        row.department_key = department.map(str::to_owned);
        let stored = house.app.writer.run(Some(house.team), move |batch| {
            let row = row.clone();
            Box::pin(async move { Ok(store::submission::update(batch.write(), &row).await?) })
        });
        stored.await.expect("stored");
        deals.push(Deal { id: receipt.id, data, assignee, created_by, department });
    }
    deals
}

fn roles(dice: &mut Dice) -> BTreeMap<&'static str, Vec<Grant>> {
    let mut roles = BTreeMap::new();
    for key in KEYS {
        let mut grants = Vec::new();
        for _ in 0..dice.roll(4) {
            grants.push(Grant {
                form: dice.one(&["deal", "deal", "deal", "note", "*"]),
                rows: dice.one(&["own", "department", "departments_below", "all"]),
                only: (dice.roll(3) == 0).then(|| dice.roll(4)),
                verbs: dice.some(&VERBS),
                hide: if dice.roll(2) == 0 { dice.some(&FIELDS) } else { vec![] },
                read_only: if dice.roll(3) == 0 { dice.some(&FIELDS) } else { vec![] },
            });
        }
        // `*` with fields that only some forms have is refused at publishing nowhere: a field that is not there is hidden anyway.
        roles.insert(key, grants);
    }
    roles
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_road_shows_what_the_rules_say_and_nothing_else() {
    on_each_database(async |mut house| {
        let mut dice = Dice(20_261_126);
        for (key, parent) in DEPARTMENTS {
            let body = json!({"key": key, "title": key, "parent": parent});
            let made = house.ask("owner", "POST", "/api/v1/departments", Some(&body)).await;
            assert!(made.status.is_success(), "{}", made.text);
        }
        for (name, place, department) in PEOPLE {
            house.hire(house.team, name, place, department).await;
        }
        house.install(&document(&BTreeMap::new())).await;
        let deals = deals(&house, &mut dice).await;
        for round in 0..5 {
            // The first round has no roles at all: the places alone decide.
            let roles = if round == 0 { BTreeMap::new() } else { roles(&mut dice) };
            house.install(&document(&roles)).await;
            for (name, place, department) in PEOPLE {
                let given = if round == 0 { vec![] } else { dice.some(&["extra", "other"]) };
                let path = format!("/api/v1/members/{}/roles", house.person(name).user);
                let answer = house.ask("admin", "PUT", &path, Some(&json!({"roles": given}))).await;
                assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text);
                let rights = Rights::of(&roles, place, &given);
                compare(&house, name, department, &rights, &deals, place).await;
            }
            who_agrees(&house, &deals[round % deals.len()]).await;
        }
    })
    .await;
}

/// Everything one person can ask.
async fn compare(
    house: &House,
    name: &str,
    department: Option<&str>,
    rights: &Rights,
    deals: &[Deal],
    place: Role,
) {
    let me = house.person(name).user.to_string();
    let listed: Vec<&Deal> =
        deals.iter().filter(|deal| rights.listed(deal, &me, department, "see")).collect();
    let ids = |deals: &[&Deal]| deals.iter().map(|deal| deal.id.clone()).collect::<BTreeSet<_>>();
    let sees_form = !rights.grants.is_empty();

    // The list, whole and masked.
    let page = house.ask(name, "GET", "/api/v1/forms/deal/submissions?limit=200", None).await;
    if sees_form {
        assert_eq!(page.status, StatusCode::OK, "{name}: {}", page.text);
        let items = page.body["items"].as_array().expect("items");
        let found: BTreeSet<String> =
            items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect();
        assert_eq!(found, ids(&listed), "{name} lists");
        for item in items {
            let deal = deals.iter().find(|deal| deal.id == item["id"]).expect("known");
            let hidden = rights.hidden(deal, &me, department).expect("seen");
            assert_eq!(item["data"], without(&deal.data, &hidden), "{name} reads {}", deal.id);
        }
    } else {
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{name}: {}", page.text);
    }

    // One by one.
    for deal in deals {
        let detail = house.ask(name, "GET", &format!("/api/v1/submissions/{}", deal.id), None).await;
        match rights.hidden(deal, &me, department) {
            None => assert_eq!(detail.status, StatusCode::NOT_FOUND, "{name}: {}", detail.text),
            Some(hidden) => {
                assert_eq!(detail.status, StatusCode::OK, "{name}: {}", detail.text);
                assert_eq!(detail.body["data"], without(&deal.data, &hidden), "{name} opens {}", deal.id);
                let paths = detail.body["fields"].as_array().expect("fields").iter();
                let paths: Vec<&str> = paths.map(|field| field["path"].as_str().expect("a path")).collect();
                assert!(paths.iter().all(|path| !hidden.contains(path)), "{name}: {paths:?} {hidden:?}");
            }
        }
    }

    // Reports.
    let hidden = rights.hidden_somewhere();
    if place <= Role::Viewer {
        for (measure, field) in [(json!({"count": "*"}), ""), (json!({"sum": "/amount"}), "/amount")] {
            let query = json!({"dataset": "deal", "measures": [measure]});
            let answer = house.ask(name, "POST", "/api/v1/query", Some(&query)).await;
            if !sees_form || hidden.contains(field) {
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.text);
                continue;
            }
            assert_eq!(answer.status, StatusCode::OK, "{name}: {}", answer.text);
            let sum: f64 = listed.iter().filter_map(|deal| deal.data["amount"].as_f64()).sum();
            let wanted = match (field, listed.is_empty()) {
                ("", _) => json!(listed.len()),
                (_, true) => Value::Null,
                (_, false) => json!(sum),
            };
            assert_eq!(answer.body["rows"][0][0].as_f64(), wanted.as_f64(), "{name} asks {query}");
        }
        // What hangs on submissions is seen with them.
        let query = json!({"dataset": "$events", "measures": [{"count": "*"}], "filters": {"field": "form", "op": "eq", "value": "deal"}});
        let answer = house.ask(name, "POST", "/api/v1/query", Some(&query)).await;
        let mut events = 0;
        for deal in &listed {
            let id: SubmissionId = deal.id.parse().expect("an id");
            let of = store::event::of_submission(house.app.db.read(), house.team, id).await.expect("reads");
            events += of.len();
        }
        assert_eq!(answer.body["rows"][0][0], json!(events), "{name} counts events: {}", answer.text);

        // The inbox, and its search through words that may be hidden.
        let inbox = house.ask(name, "GET", "/api/v1/inbox?view=open&limit=200", None).await;
        let found = |answer: &Value| -> BTreeSet<String> {
            let items = answer["items"].as_array().expect("items").iter();
            let ours = items.filter(|item| item["form"] == "deal");
            ours.map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
        };
        assert_eq!(found(&inbox.body), ids(&listed), "{name} opens the inbox");
        let open = inbox.body["counts"].as_array().expect("counts").iter().find(|one| one["view"] == "open");
        assert_eq!(open.expect("a count")["tickets"], json!(listed.len()), "{name}");
        let search = house.ask(name, "GET", "/api/v1/inbox?view=open&search=secret-", None).await;
        let said = if hidden.is_empty() { ids(&listed) } else { BTreeSet::new() };
        assert_eq!(found(&search.body), said, "{name} searches");
    }

    // Files.
    let file = house.ask(name, "GET", "/api/v1/forms/deal/export.csv", None).await;
    let export = |deal: &&&Deal| rights.listed(deal, &me, department, "export");
    if rights.grants.iter().any(|grant| grant.has("export")) {
        assert_eq!(file.status, StatusCode::OK, "{name}: {}", file.text);
        let wanted = listed.iter().filter(export).count();
        assert_eq!(file.text.lines().count(), wanted + 1, "{name} exports");
        if hidden.contains("/secret") {
            assert!(!file.text.contains("secret-"), "{name} exports what is hidden");
        }
    } else {
        assert!(
            [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&file.status),
            "{name}: {}",
            file.text
        );
    }

    // Changes: as they are, so that nothing changes for whoever comes next.
    for (deal, field) in deals.iter().zip(FIELDS.iter().cycle()).take(8) {
        let key = field.trim_start_matches('/');
        let Some(value) = deal.data.get(key) else { continue };
        let body = json!({"data": {*field: value}});
        let path = format!("/api/v1/submissions/{}", deal.id);
        let answer = house.ask(name, "PATCH", &path, Some(&body)).await;
        let covering = rights.on(deal, &me, department);
        let seen = rights.hidden(deal, &me, department).is_some();
        let wanted = match (seen, covering.iter().any(|grant| grant.has("edit"))) {
            (false, _) => StatusCode::NOT_FOUND,
            (true, false) => StatusCode::FORBIDDEN,
            (true, true) if rights.edits(deal, &me, department, field) => StatusCode::OK,
            (true, true) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        assert_eq!(answer.status, wanted, "{name} changes {field} of {}: {}", deal.id, answer.text);
    }
    let noted = house
        .ask(name, "POST", "/api/v1/forms/deal/submissions", Some(&json!({"data": {"amount": "no number"}})))
        .await;
    let may_add = rights.grants.iter().any(|grant| grant.has("add"));
    assert_eq!(noted.status == StatusCode::UNPROCESSABLE_ENTITY, may_add, "{name} adds: {}", noted.text);
}

/// "Who can see this?" says of everybody what they would find themselves, and "see as" shows an admin just that.
async fn who_agrees(house: &House, deal: &Deal) {
    let path = format!("/api/v1/submissions/{}/access?field=/secret", deal.id);
    let told = house.ask("admin", "GET", &path, None).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text);
    let colleagues = format!("/api/v1/submissions/{}/colleagues", deal.id);
    for (name, ..) in PEOPLE {
        let id = house.person(name).user.to_string();
        let line = told.body.as_array().expect("people").iter().find(|line| line["user"] == id);
        let line = line.expect("everybody");
        let path = format!("/api/v1/submissions/{}", deal.id);
        let own = house.ask(name, "GET", &path, None).await;
        let sees = own.status == StatusCode::OK;
        assert_eq!(line["verbs"].as_array().expect("verbs").contains(&json!("see")), sees, "{name}: {line}");
        assert_eq!(sees, !line["because"].as_array().expect("reasons").is_empty(), "{name}: {line}");
        let reached = house.ask(name, "GET", &colleagues, None).await;
        assert_eq!(reached.status, own.status, "{name}: {}", reached.text);
        if sees {
            let all = told.body.as_array().expect("people").iter();
            let seeing = all.filter(|line| line["verbs"].as_array().expect("verbs").contains(&json!("see")));
            assert_eq!(reached.body, seeing.map(|line| line["user"].clone()).collect::<Value>(), "{name}");
            assert_eq!(line["field"] == "hidden", own.body["data"].get("secret").is_none(), "{name}: {line}");
        }
        let seen_as = house.send("admin", "GET", &path, &[(SEE_AS, &id)], Vec::new()).await;
        assert_eq!(seen_as.status, own.status, "{name}: {}", seen_as.text);
        assert_eq!(seen_as.body["data"], own.body["data"], "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seeing_as_a_colleague_is_for_admins_and_for_reading() {
    on_each_database(async |house| {
        let id = house.person("quality-1").user.to_string();
        let as_them = [(SEE_AS, id.as_str())];
        let session = house.send("admin", "GET", "/api/v1/session", &as_them, Vec::new()).await;
        assert_eq!(session.body["user"]["id"], json!(id), "{}", session.text);
        assert_eq!(session.body["seen_by"], json!("admin"), "{}", session.text);
        for (who, method, path) in [
            ("designer", "GET", "/api/v1/session"),
            ("admin", "PATCH", "/api/v1/session"),
            ("admin", "DELETE", "/api/v1/session"),
            ("admin", "GET", "/api/v1/account/sessions"),
            ("admin", "POST", "/api/v1/forms/nps/submissions"),
        ] {
            let refused = house.send(who, method, path, &as_them, b"{}".to_vec()).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{who} {method} {path}: {}", refused.text);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_draws_roles_gives_themselves_nothing() {
    on_each_database(async |house| {
        let role = json!({"format": 1, "kind": "role", "key": "designer", "title": "x",
            "grants": [{"form": "nps", "rows": "all", "verbs": ["see", "delete"]}]});
        let body = json!({"app": "care", "document": role});
        let made = house.ask("designer", "POST", "/api/v1/definitions", Some(&body)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let path = format!("/api/v1/definitions/{}/publish", made.body["id"].as_str().expect("an id"));
        let rev = json!({"rev": made.body["rev"]});
        let refused = house.ask("designer", "POST", &path, Some(&rev)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
        let published = house.ask("admin", "POST", &path, Some(&rev)).await;
        assert!(published.status.is_success(), "{}", published.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erased_submission_leaves_nothing_and_its_number_is_not_given_again() {
    on_each_database(async |house| {
        let data = json!({"score": 2, "about": "product", "contact": "weg@b.example"});
        let receipt = house.answer("nps", data.clone()).await.expect("taken");
        let ticket = house.ticket_of(&receipt).await;
        let path = format!("/api/v1/submissions/{}", ticket.id);
        let refused = house.ask("quality-1", "DELETE", &path, None).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);
        let erased = house.ask("owner", "DELETE", &path, None).await;
        assert_eq!(erased.status, StatusCode::NO_CONTENT, "{}", erased.text);
        let db = house.app.db.read();
        assert!(store::task::of_submission(db, house.team, ticket.id).await.expect("reads").is_empty());
        assert!(store::event::of_submission(db, house.team, ticket.id).await.expect("reads").is_empty());
        assert!(house.mails(ticket.id).await.is_empty());
        let holder = ticket.assignee_id.expect("somebody");
        let membership = store::membership::get(db, house.team, holder).await.expect("reads");
        assert_eq!(membership.expect("a member").open_tickets, 0);
        // Timers of its flow find nothing to do, and nothing fails.
        house.pass(200).await;
        let next = house.ticket_of(&house.answer("nps", data).await.expect("taken")).await;
        assert_eq!(next.number, ticket.number + 1);
    })
    .await;
}

#[test]
fn what_is_hidden_in_rows_is_hidden_in_a_list_that_was_written_down_whole() {
    let role = json!({"key": "agent", "grants": [{"form": "order", "rows": "all", "verbs": ["see", "edit"],
        "hide": ["/items/*/cost", "/secret"], "read_only": ["/note"]}]});
    let role = RoleDocument::parse(&role).expect("a role");
    let reach = Reach::new([&role].into_iter(), Role::Agent, "agent", &[]).form("order");
    let row = reach.on(&Subject::of(&json!({})));
    let written = json!({"/items": [{"name": "a", "cost": 1}, {"name": "b", "cost": 2}], "/secret": 3, "secret": 4, "/note": 5});
    let mut fields = written.as_object().expect("an object").clone();
    row.mask_fields(&mut fields);
    assert_eq!(json!(fields), json!({"/items": [{"name": "a"}, {"name": "b"}], "/note": 5}));
    // A list is not changed as a whole by whoever does not see all of it.
    assert!(
        !row.edits("/items")
            && row.edits("/items/0/name")
            && !row.edits("/items/0/cost")
            && !row.edits("/note")
    );
}
