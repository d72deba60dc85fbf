//! Apps travel: out of one team, into another, and back without a difference.

use api_types::{ImportReport, Role};
use axum::http::StatusCode;
use huiyin::starter;
use serde_json::{Value, json};

use crate::support::house::{House, found, on_each_database};

const IMPORT: &str = "/api/v1/apps/import";

fn text(title: &str) -> Value {
    json!({"type": "string", "title": title})
}

/// A small app that names everything an app can name.
fn desk() -> Value {
    json!({"format": 1, "kind": "app", "key": "desk", "title": {"zh": "服务台", "en": "Desk"},
        "templates": [{"key": "ask", "subject": "How was it?", "text": "{{link}}"}, {"key": "new-request", "subject": "New", "text": "{{link}}"}],
        "flows": [{"format": 1, "kind": "flow", "key": "request-care", "start": {"form": "request"}, "calendar": "hours", "initial": "open",
            "tables": {"departments": {"heating": "boilers", "*": "house"}},
            "states": {
                "open": {"entry": [
                        {"assignee": {"department": {"script": "lookup(\"departments\", about)"}}},
                        {"notify": {"to": "assignee", "template": "new-request"}},
                        {"notify": {"to": {"address": "desk@there.example"}, "template": "new-request"}}],
                    "task": {"title": "Do it", "events": [{"event": "done"}]},
                    "after": [{"delay": "1wd", "actions": [{"assignee": {"head": {"script": "if data[\"about\"] == \"heating\" { \"boilers\" } else { \"house\" }"}}}]}],
                    "on": {"done": {"target": "asked"}}},
                "asked": {"entry": [{"survey": {"form": "ask", "to": "customer", "link": "request"}}],
                    "on": {"submission.ask": {"target": "closed"}}, "after": [{"delay": "10d", "target": "closed"}]},
                "closed": {"type": "final"}}}],
        "forms": [
            {"format": 1, "kind": "form", "key": "request", "record": "ticket", "title": {"zh": "请求", "en": "Request"},
             "schema": {"type": "object", "properties": {"about": {"type": "string", "title": "About", "enum": ["heating", "other"]}, "earlier": text("Earlier"), "where": text("Where")}},
             "layout": {"pages": [{"items": [{"field": "/about"}, {"field": "/earlier", "control": "linked_record", "record": {"form": "request"}}, {"field": "/where", "control": "department"}]}]},
             "publish": {"slug": "request"}},
            {"format": 1, "kind": "form", "key": "ask", "title": {"zh": "评价", "en": "How was it?"}, "schema": {"type": "object", "properties": {"score": {"type": "integer", "title": "Score"}}}, "publish": {"slug": "ask"}}],
        "dashboards": [{"format": 1, "kind": "dashboard", "key": "desk", "title": "Desk", "tiles": [
            {"key": "all", "title": "Requests", "chart": "number", "query": {"dataset": "request", "measures": [{"count": "*"}], "filters": {"field": "department", "op": "in", "value": ["boilers", "house"]}}, "at": [0, 0, 3, 2]}]}],
        "roles": [{"format": 1, "kind": "role", "key": "desk-agent", "title": "Agent", "grants": [{"form": "request", "rows": "department", "verbs": ["see"], "hide": [], "read_only": []}]}],
        "calendars": [{"format": 1, "kind": "calendar", "key": "hours", "time_zone": "Asia/Shanghai", "week": {"mon": [["09:00", "17:00"]]}}],
        "departments": [{"key": "boilers", "title": {"zh": "锅炉", "en": "Boilers"}}, {"key": "house", "title": "House"}],
        "samples": {"ask": [{"created_at": {"now": "-2d"}, "data": {"score": 5}}]}})
}

async fn import(house: &House, who: &str, body: &Value, dry_run: bool) -> (StatusCode, ImportReport) {
    let path = if dry_run { format!("{IMPORT}?dry_run=true") } else { IMPORT.to_owned() };
    let answer = house.ask(who, "POST", &path, Some(body)).await;
    let report = serde_json::from_value(answer.body);
    (answer.status, report.unwrap_or_else(|error| panic!("{error}: {}", answer.text)))
}

async fn installed(house: &House, who: &str, body: &Value) -> ImportReport {
    let (status, report) = import(house, who, body, false).await;
    assert_eq!(status, StatusCode::OK, "{report:#?}");
    report
}

async fn exported(house: &House, who: &str, key: &str) -> String {
    let answer = house.ask(who, "GET", &format!("/api/v1/apps/{key}/export"), None).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.text
}

/// A team with other departments, at the same server.
async fn elsewhere(house: &mut House) {
    let team = found(&house.app, "Elsewhere").await;
    house.hire(team, "stranger", Role::Owner, None).await;
    for key in ["front", "service"] {
        let made = house
            .ask("stranger", "POST", "/api/v1/departments", Some(&json!({"key": key, "title": key})))
            .await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn export_import_export_is_equal_byte_for_byte() {
    on_each_database(async |mut house| {
        elsewhere(&mut house).await;
        let mut apps: Vec<Value> =
            starter::ALL.iter().map(|app| serde_json::from_str(app.document).expect("JSON")).collect();
        apps.push(desk());
        for app in apps {
            let key = app["key"].as_str().expect("a key").to_owned();
            installed(&house, "owner", &app).await;
            let first = exported(&house, "owner", &key).await;
            let document: Value = serde_json::from_str(&first).expect("JSON");
            let report = installed(&house, "stranger", &document).await;
            assert!(report.change.is_empty() && !report.create.is_empty(), "{report:#?}");
            assert_eq!(exported(&house, "stranger", &key).await, first, "{key}");
            // And once more into the same team, which changes nothing.
            let (_, again) = import(&house, "stranger", &document, false).await;
            assert!(again.create.is_empty() && again.change.is_empty() && !again.about, "{again:#?}");
            assert_eq!(exported(&house, "stranger", &key).await, first, "{key}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dry_run_says_everything_and_does_nothing() {
    on_each_database(async |mut house| {
        elsewhere(&mut house).await;
        let (status, report) = import(&house, "stranger", &desk(), true).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(report.create.len(), 6, "{report:#?}");
        assert_eq!(report.missing, ["boilers", "house"]);
        assert!(report.problems.is_empty() && report.change.is_empty() && report.samples == 1);
        assert_eq!(house.ask("stranger", "GET", "/api/v1/apps", None).await.body, json!([]));
        let departments = house.ask("stranger", "GET", "/api/v1/departments", None).await.body;
        assert_eq!(departments.as_array().map(Vec::len), Some(2), "{departments}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_lead_nowhere_are_missing_each_with_its_place() {
    on_each_database(async |house| {
        let mut app = desk();
        app["forms"].as_array_mut().expect("forms").pop();
        app.as_object_mut().expect("members").shift_remove("calendars");
        app.as_object_mut().expect("members").shift_remove("samples");
        app["templates"] = json!([]);
        app["dashboards"][0]["tiles"][0]["query"]["dataset"] = json!("requests");
        app["roles"][0]["grants"][0]["form"] = json!("requests");
        let (status, report) = import(&house, "owner", &app, false).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(
            report.missing,
            ["boilers", "calendar:hours", "form:ask", "form:requests", "house", "template:new-request"]
        );
        let paths: Vec<&str> = report.problems.iter().map(|problem| problem.path.as_str()).collect();
        let expected = [
            "/roles/0/grants/0/form",
            "/flows/0/calendar",
            "/flows/0/states/open/entry/1/notify/template",
            "/flows/0/states/open/entry/2/notify/template",
            "/flows/0/states/asked/entry/0/survey/form",
            "/dashboards/0/tiles/0/query/dataset",
        ];
        assert_eq!(paths, expected);
        assert!(report.problems.iter().all(|problem| problem.code == "app.missing"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_addresses_departments_and_senders_are_mapped_and_every_reference_follows() {
    on_each_database(async |mut house| {
        elsewhere(&mut house).await;
        let map = json!({
            "keys": {"app:desk": "desk2", "form:request": "wish", "form:ask": "rating", "calendar:hours": "day", "template:new-request": "wish-new"},
            "slugs": {"request": "wishes"}, "departments": {"boilers": "service", "house": "front"}, "senders": {"desk@there.example": "desk@here.example"}});
        let report = installed(&house, "stranger", &json!({"document": desk(), "map": map})).await;
        assert_eq!(report.app, "desk2");
        assert!(report.missing.is_empty(), "{report:#?}");
        let told: Vec<String> = report.mapped.iter().map(|one| format!("{} {} {}", one.what, one.from, one.to)).collect();
        assert!(told.contains(&"department boilers service".to_owned()), "{told:?}");
        assert!(told.contains(&"slug request wishes".to_owned()), "{told:?}");
        let out = exported(&house, "stranger", "desk2").await;
        for gone in ["\"request\"", "\"form\": \"ask\"", "boilers", "\"hours\"", "\"new-request\"", "there.example", "submission.ask"] {
            let left = out.replace("\"link\": \"request\"", "");
            assert!(!left.contains(gone), "{gone} is left in {left}");
        }
        for there in ["\"form\": \"wish\"", "submission.rating", "\"heating\": \"service\"", "desk@here.example", "{ \\\"service\\\" }", "\"key\": \"rating\",\n      \"subject\""] {
            assert!(out.contains(there), "{there} is not in {out}");
        }
        // It works under its new names: the ticket goes to the department the map says.
        let public = house.send("", "POST", "/api/v1/public/forms/wishes/submissions", &[], br#"{"about": "heating"}"#.to_vec()).await;
        assert_eq!(public.status, StatusCode::CREATED, "{}", public.text);
        let id = public.body["id"].as_str().expect("an id");
        let ticket = house.ask("stranger", "GET", &format!("/api/v1/submissions/{id}"), None).await;
        assert_eq!(ticket.body["department"], "service", "{}", ticket.text);
        // The next version of the same file finds its way without being told again.
        let mut next = desk();
        next["forms"][0]["title"]["en"] = json!("Wish");
        let again = installed(&house, "stranger", &json!({"document": next, "map": {"keys": {"app:desk": "desk2"}}})).await;
        assert_eq!((again.create.len(), again.change.len()), (0, 1), "{again:#?}");
        assert_eq!(again.change[0].key, "wish");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_app_has_is_never_overwritten_unless_told() {
    on_each_database(async |house| {
        installed(&house, "owner", &desk()).await;
        let mut other = desk();
        other["key"] = json!("second");
        other["templates"][1]["subject"] = json!("Something else");
        let before = exported(&house, "owner", "desk").await;
        let report = installed(&house, "owner", &other).await;
        let forms: Vec<&str> = report.create.iter().map(|item| item.key.as_str()).collect();
        assert!(forms.contains(&"request-2") && forms.contains(&"ask-2"), "{forms:?}");
        assert_eq!(exported(&house, "owner", "desk").await, before, "the first app is as it was");
        let mut written: Value =
            serde_json::from_str(&exported(&house, "owner", "second").await).expect("JSON");
        assert_eq!(written["forms"], other["forms"], "names that were only found stay at home");
        written["key"] = other["key"].clone();
        assert_eq!(written, other);
        // Told to, it takes the other's form over, as a new version of it.
        let map = json!({"keys": {"form:request": "request"}});
        let mut third = other.clone();
        third["key"] = json!("third");
        third["forms"][0]["title"]["en"] = json!("Taken over");
        let (_, report) = import(&house, "owner", &json!({"document": third, "map": map}), true).await;
        assert!(report.change.iter().any(|item| item.key == "request"), "{report:#?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_stay_at_home() {
    on_each_database(async |house| {
        let id = house.person("admin").user.to_string();
        let mut app = desk();
        let flow = &mut app["flows"][0]["states"]["open"];
        flow["entry"][0]["assignee"] = json!({"user": id, "by": "first"});
        flow["entry"][1]["notify"]["to"] = json!({"user": id});
        flow["task"]["nobody"] = json!({"user": id});
        let hook =
            json!({"webhook": {"url": "https://me:word@hooks.example/services/T0/secret?token=secret"}});
        flow["entry"].as_array_mut().expect("actions").push(hook);
        let (status, report) = import(&house, "owner", &app, false).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let paths: Vec<&str> = report
            .problems
            .iter()
            .filter(|one| one.code == "app.person")
            .map(|one| one.path.as_str())
            .collect();
        let at = "/flows/0/states/open";
        assert_eq!(
            paths,
            [
                format!("{at}/entry/0/assignee/user"),
                format!("{at}/entry/1/notify/to/user"),
                format!("{at}/task/nobody/user")
            ]
        );
        // Drawn in the studio it works, and leaves the house as a rule.
        installed(&house, "owner", &desk()).await;
        let definition = house.definition("flow", "request-care").await;
        let address = format!("/api/v1/definitions/{}", definition["id"].as_str().expect("an id"));
        let draft = app["flows"][0].to_string();
        let saved = house
            .ask(
                "designer",
                "PUT",
                &format!("{address}/draft"),
                Some(&json!({"rev": definition["rev"], "draft": draft})),
            )
            .await;
        let published = house
            .ask("designer", "POST", &format!("{address}/publish"), Some(&json!({"rev": saved.body["rev"]})))
            .await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text);
        let out = exported(&house, "owner", "desk").await;
        assert!(
            !out.contains(&id) && !out.contains("secret") && out.contains("https://hooks.example/"),
            "{out}"
        );
        // Back where it came from, it takes nobody and no key away.
        let same: Value = serde_json::from_str(&out).expect("JSON");
        let report = installed(&house, "owner", &same).await;
        assert!(report.change.is_empty(), "{report:#?}");
        let mut document: Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(
            document["flows"][0]["states"]["open"]["entry"][0]["assignee"],
            json!({"by": "first", "role": "admin"})
        );
        assert_eq!(document["flows"][0]["states"]["open"]["task"]["nobody"], "administrator");
        document["key"] = json!("again");
        installed(&house, "owner", &document).await;
    })
    .await;
}

async fn edit(house: &House, kind: &str, key: &str, publish: bool, change: impl FnOnce(&mut Value)) {
    let definition = house.definition(kind, key).await;
    let mut draft: Value =
        serde_json::from_str(definition["draft"].as_str().expect("a draft")).expect("JSON");
    change(&mut draft);
    let address = format!("/api/v1/definitions/{}", definition["id"].as_str().expect("an id"));
    let body = json!({"rev": definition["rev"], "draft": draft.to_string()});
    let saved = house.ask("designer", "PUT", &format!("{address}/draft"), Some(&body)).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
    if publish {
        let body = json!({"rev": saved.body["rev"]});
        let done = house.ask("designer", "POST", &format!("{address}/publish"), Some(&body)).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_template_version_and_local_changes_come_together() {
    on_each_database(async |house| {
        installed(&house, "owner", &desk()).await;
        edit(&house, "form", "request", true, |form| {
            form["title"]["en"] = json!("Ask us");
            form["schema"]["properties"]["mine"] = text("Mine");
        })
        .await;
        // A draft that somebody is still at is not published by an import, and not lost by it.
        edit(&house, "form", "ask", false, |form| form["title"]["zh"] = json!("打分")).await;
        let mut next = desk();
        next["forms"][0]["title"]["zh"] = json!("新请求");
        next["forms"][0]["schema"]["properties"]["theirs"] = text("Theirs");
        next["forms"][1]["title"]["en"] = json!("And?");
        next["templates"][0]["subject"] = json!("Well?");
        let report = installed(&house, "owner", &next).await;
        assert!(report.conflicts.is_empty() && report.about, "{report:#?}");
        let changed: Vec<&str> = report.change.iter().map(|item| item.key.as_str()).collect();
        assert_eq!(changed, ["request", "ask"]);
        let out: Value = serde_json::from_str(&exported(&house, "owner", "desk").await).expect("JSON");
        assert_eq!(out["forms"][0]["title"], json!({"zh": "新请求", "en": "Ask us"}));
        let fields: Vec<&String> =
            out["forms"][0]["schema"]["properties"].as_object().expect("fields").keys().collect();
        assert_eq!(fields, ["about", "earlier", "where", "mine", "theirs"]);
        assert_eq!(
            out["forms"][1]["title"],
            json!({"zh": "评价", "en": "And?"}),
            "the draft is not published"
        );
        let draft = house.definition("form", "ask").await["draft"].as_str().expect("a draft").to_owned();
        let draft: Value = serde_json::from_str(&draft).expect("JSON");
        assert_eq!(
            draft["title"],
            json!({"zh": "打分", "en": "And?"}),
            "the draft goes on, on top of what came"
        );
        assert_eq!(out["templates"][0]["subject"], "Well?");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_true_conflict_waits_for_a_decision() {
    on_each_database(async |house| {
        installed(&house, "owner", &desk()).await;
        edit(&house, "form", "request", true, |form| form["title"]["en"] = json!("Ask us")).await;
        let mut next = desk();
        next["forms"][0]["title"]["en"] = json!("Your wish");
        let before = exported(&house, "owner", "desk").await;
        let (status, report) = import(&house, "owner", &next, false).await;
        assert_eq!(status, StatusCode::CONFLICT);
        let [conflict] = report.conflicts.as_slice() else { panic!("{report:#?}") };
        assert_eq!(conflict.path, "/forms/request/title/en");
        assert_eq!(
            (conflict.base.clone(), conflict.mine.clone(), conflict.theirs.clone()),
            (Some(json!("Request")), Some(json!("Ask us")), Some(json!("Your wish")))
        );
        assert_eq!(exported(&house, "owner", "desk").await, before, "nothing was installed");
        let decided = json!({"document": next, "resolve": {"/forms/request": "theirs"}});
        installed(&house, "owner", &decided).await;
        let out: Value = serde_json::from_str(&exported(&house, "owner", "desk").await).expect("JSON");
        assert_eq!(out["forms"][0]["title"]["en"], "Your wish");
        // Decided once, the same file is no conflict any more.
        let (status, again) = import(&house, "owner", &next, false).await;
        assert!(
            status == StatusCode::OK && again.conflicts.is_empty() && again.change.is_empty(),
            "{again:#?}"
        );
    })
    .await;
}
