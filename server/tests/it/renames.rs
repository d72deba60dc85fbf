//! A field gets another name: everything that uses it follows, and answers stay readable.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use form_engine::Renaming;
use huiyin::document::LISTS;
use huiyin::document::fields::{self, Around};
use huiyin::services::definition::check;
use huiyin::{starter, store};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::house::{House, on_each_database};

fn definitions(app: &Value) -> Vec<Value> {
    let lists = LISTS.iter().filter_map(|(list, _)| app.get(list)?.as_array());
    lists.flatten().cloned().collect()
}

/// Every field of every form: key of the form, pointer.
fn all_fields(definitions: &[Value]) -> Vec<(String, String)> {
    let forms = definitions.iter().filter(|definition| definition["kind"] == "form");
    let of = |form: &Value| {
        let form = form_engine::compile(&form_engine::FormDefinition::parse(form).expect("parses"))
            .expect("compiles");
        let paths: BTreeSet<String> = form.fields().iter().map(|field| field.path.clone()).collect();
        paths
            .into_iter()
            .filter(|path| !path.is_empty())
            .map(|path| (form.key().to_owned(), path))
            .collect::<Vec<_>>()
    };
    forms.flat_map(of).collect()
}

/// Nothing of the form's own reads the old name any more: neither as a pointer, nor in a hole, nor in a script.
fn silent_about(document: &Value, renaming: &Renaming) -> bool {
    let Value::Object(members) = document else { return true };
    let told: Value = members
        .iter()
        .filter(|(name, _)| *name != "renamed")
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let text = told.to_string();
    let key = renaming.from.rsplit('/').next().expect("a key");
    let pointers = [format!("\"{}\"", renaming.from), format!("\"{}/", renaming.from)];
    let words = [
        format!("{{{{{key}}}}}"),
        format!("{{{{{key}|"),
        format!("data.{key} "),
        format!("data[\\\"{key}\\\"]"),
    ];
    pointers.iter().chain(&words).all(|old| !text.contains(old.as_str()))
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z][a-z0-9_]{0,12}",
        "[a-z]{1,4}-[a-z]{1,4}",
        Just("满意度".to_owned()),
        Just("case".to_owned()),
        Just("data".to_owned())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_definition_still_compiles_and_nothing_says_the_old_name(app in 0..starter::ALL.len(), pick in any::<prop::sample::Index>(), key in any_key()) {
        let app: Value = serde_json::from_str(starter::ALL[app].document).expect("JSON");
        let before = definitions(&app);
        let around = Around::of(&before);
        let all = all_fields(&before);
        let (form, path) = pick.get(&all);
        let Some(renaming) = Renaming::new(path, &key) else { return Ok(()) };
        // A key that is taken is refused, and nothing changes.
        let own = before.iter().find(|one| one["kind"] == "form" && one["key"] == **form).expect("there");
        let mut renamed_form = own.clone();
        if !renaming.form(&mut renamed_form) {
            prop_assert_eq!(&renamed_form, own);
            return Ok(());
        }
        if before.iter().any(|one| fields::torn(one, form, &renaming, &around).is_some()) {
            return Ok(());
        }
        let after: Vec<Value> = before.iter().map(|one| fields::rename(one, form, &renaming, &around)).collect();
        for (one, was) in after.iter().zip(&before) {
            prop_assert_eq!(check(one), check(was), "{}: {} -> {}", one["key"], renaming.from, renaming.to);
        }
        let renamed = after.iter().find(|one| one["kind"] == "form" && one["key"] == **form).expect("there");
        prop_assert!(silent_about(renamed, &renaming), "{renamed}");
        for board in after.iter().filter(|one| one["kind"] == "dashboard" || one["kind"] == "role") {
            for tile in board["tiles"].as_array().into_iter().flatten().filter(|tile| tile["query"]["dataset"] == **form) {
                prop_assert!(silent_about(tile, &renaming), "{tile}");
            }
            for grant in board["grants"].as_array().into_iter().flatten().filter(|grant| grant["form"] == **form) {
                prop_assert!(silent_about(grant, &renaming), "{grant}");
            }
        }
        // And back again is where it began, but for columns that keep their name.
        let there = Around::of(&after);
        let back = fields::rename(renamed, form, &renaming.turned(), &there);
        prop_assert_eq!(check(&back), check(own));
        prop_assert_eq!(back["schema"].clone(), own["schema"].clone());
    }
}

/// Renames as the designer does: in the document, and saying so.
async fn rename(house: &House, form: &str, from: &str, key: &str) -> crate::support::house::Answer {
    let renaming = Renaming::new(from, key).expect("a key");
    let (path, rev) = house
        .change_draft("form", form, |document| {
            assert!(renaming.form(document), "{from}");
            let mut told = document.get("renamed").cloned().unwrap_or(json!([]));
            told.as_array_mut().expect("a list").push(json!({"from": renaming.from, "to": renaming.to}));
            document["renamed"] = told;
        })
        .await;
    house.ask("designer", "POST", &format!("{path}/publish"), Some(&json!({"rev": rev}))).await
}

async fn live(house: &House, kind: &str, key: &str) -> Value {
    let definition = house.definition(kind, key).await;
    serde_json::from_str(definition["draft"].as_str().expect("a draft")).expect("JSON")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renamed_field_takes_flows_boards_roles_and_answers_along() {
    on_each_database(async |mut house| {
        let before = house.answer("nps", json!({"score": 3, "region": "east"})).await.expect("taken");
        let path = format!("/api/v1/definitions/{}", house.definition("form", "nps").await["id"].as_str().expect("an id"));
        let uses = house.ask("designer", "GET", &format!("{path}/uses?field=/score"), None).await;
        assert_eq!(uses.status, StatusCode::OK, "{}", uses.text);
        let kinds: Vec<&str> = uses.body.as_array().expect("a list").iter().filter_map(|one| one["kind"].as_str()).collect();
        assert!(["form", "flow", "dashboard"].iter().all(|kind| kinds.contains(kind)), "{}", uses.text);

        let published = rename(&house, "nps", "/score", "rating").await;
        assert_eq!(published.status, StatusCode::OK, "{}", published.text);
        let flow = live(&house, "flow", "nps-loop").await;
        assert_eq!(flow.pointer("/states/received/always/0/guard/field"), Some(&json!("/rating")));
        let given = flow.pointer("/states/received/always/0/actions/0/create/data").expect("data");
        assert_eq!(given["score"], json!({"script": "rating"}), "the ticket's own field stays");
        let board = live(&house, "dashboard", "cx").await;
        assert_eq!(board["tiles"][0]["query"]["measures"][0]["nps"], json!("/rating"));

        // Old answers under the new name, also for a server that has compiled nothing yet.
        house.restart().await;
        let detail = house.detail("owner", before.id.parse().expect("an id")).await;
        assert_eq!((&detail["data"]["rating"], &detail["data"]["score"], &detail["version"]), (&json!(3), &json!(null), &json!(1)));
        let shown = detail["fields"].as_array().expect("fields");
        assert!(shown.iter().any(|field| field["path"] == "/rating"), "{detail}");
        let filter = "%7B%22field%22:%22/rating%22,%22op%22:%22lte%22,%22value%22:6%7D";
        let found = house.ask("owner", "GET", &format!("/api/v1/forms/nps/submissions?filter={filter}"), None).await;
        assert!(found.body["items"].as_array().is_some_and(|items| items.iter().any(|one| one["id"] == *before.id)), "{}", found.text);
        let query = json!({"dataset": "nps", "measures": [{"count": "*"}], "filters": {"field": "/rating", "op": "eq", "value": 3}});
        let counted = house.ask("owner", "POST", "/api/v1/query", Some(&query)).await;
        assert_eq!(counted.body["rows"][0][0], json!(1), "{}", counted.text);

        // What comes in goes the same ways, also from a page that was open with the old name.
        for data in [json!({"rating": 2}), json!({"score": 2})] {
            let receipt = house.answer("nps", data).await.expect("taken");
            let ticket = house.ticket_of(&receipt).await;
            assert!(ticket.data.contains("\"score\":2"), "{}", ticket.data);
            let stored = house.submission(receipt.id.parse().expect("an id")).await;
            assert_eq!(stored.data, r#"{"rating":2}"#);
        }
        let log = house.ask("owner", "GET", "/api/v1/audit", None).await;
        assert!(log.text.contains("renamed_field"), "{}", log.text);
        // The version that was published says what it said.
        let first = house.ask("designer", "GET", &format!("{path}/versions/1"), None).await;
        assert!(first.text.contains("score") && !first.text.contains("rating"));
        // Twice, and back again.
        assert_eq!(rename(&house, "nps", "/rating", "how-likely").await.status, StatusCode::OK);
        assert_eq!(rename(&house, "nps", "/how-likely", "score").await.status, StatusCode::OK);
        let detail = house.detail("owner", before.id.parse().expect("an id")).await;
        assert_eq!(detail["data"], json!({"score": 3, "region": "east"}));
        let receipt = house.answer("nps", json!({"score": 1})).await.expect("taken");
        house.ticket_of(&receipt).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_ticket_goes_on_under_the_new_name() {
    on_each_database(async |house| {
        let receipt =
            house.answer("ticket", json!({"about": "product", "text": "broken"})).await.expect("taken");
        let id = receipt.id.parse().expect("an id");
        // The flow demands `/solution` of tickets and complaints: renaming it in one of them would tear it.
        let torn = rename(&house, "ticket", "/solution", "remedy").await;
        assert_eq!(torn.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", torn.text);
        assert_eq!(torn.body["problems"][0]["code"], json!("form.rename_shared"));
        let (path, rev) = house
            .change_draft("form", "ticket", |document| {
                Renaming::new("/remedy", "solution").expect("a key").form(document);
                document.as_object_mut().expect("a form").shift_remove("renamed");
            })
            .await;
        let again =
            house.ask("designer", "POST", &format!("{path}/publish"), Some(&json!({"rev": rev}))).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text);
        // `/about` both forms have as well, but it is only read.
        let renamed = rename(&house, "ticket", "/about", "topic").await;
        assert_eq!(renamed.status, StatusCode::OK, "{}", renamed.text);
        let path = format!("/api/v1/submissions/{id}/events");
        let solve = json!({"event": "solve", "data": {"solution": "replaced"}});
        let solved = house.ask("owner", "POST", &path, Some(&solve)).await;
        assert_eq!(solved.status, StatusCode::OK, "{}", solved.text);
        assert!(house.submission(id).await.data.contains("\"topic\":\"product\""));
        for (form, data) in [
            ("ticket", json!({"topic": "delivery", "text": "late"})),
            ("complaint", json!({"about": "delivery", "text": "late"})),
        ] {
            let made = house.answer(form, data).await;
            let made = made.unwrap_or_else(|error| panic!("{form}: {error:?}"));
            let row = house.submission(made.id.parse().expect("an id")).await;
            assert_eq!(row.department_key.as_deref(), Some("logistics"), "{form}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleague_at_the_draft_is_named_until_they_leave_or_are_relieved() {
    on_each_database(async |house| {
        let path = format!(
            "/api/v1/definitions/{}",
            house.definition("form", "nps").await["id"].as_str().expect("an id")
        );
        let hold = async |who: &str, take: bool| {
            let answer = house.ask(who, "POST", &format!("{path}/hold"), Some(&json!({"take": take}))).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            answer.body
        };
        let designer = house.name_of(house.person("designer").user).to_owned();
        assert_eq!(hold("designer", false).await["by"], json!(null));
        assert_eq!(hold("admin", false).await["by"], json!(designer));
        house.change_draft("form", "nps", |document| document["title"] = json!("NPS")).await;
        let told = hold("admin", false).await;
        assert_eq!((&told["saved_by"], &told["own"]), (&json!(designer), &json!(false)));
        // Taken over; the other hears of it.
        assert_eq!(hold("admin", true).await["by"], json!(null));
        let admin = house.name_of(house.person("admin").user).to_owned();
        assert_eq!(hold("designer", false).await["by"], json!(admin));
        // Left, or silent for a while.
        assert_eq!(
            house.ask("admin", "DELETE", &format!("{path}/hold"), None).await.status,
            StatusCode::NO_CONTENT
        );
        assert_eq!(hold("designer", false).await["by"], json!(null));
        house.pass(1).await;
        assert_eq!(hold("admin", false).await["by"], json!(null));
        let row = store::definition::by_key(house.app.db.read(), house.team, "form", "nps")
            .await
            .expect("reads")
            .expect("there");
        assert_eq!(row.held_by, Some(house.person("admin").user));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_app_that_renames_a_field_takes_along_what_the_team_drew_itself() {
    on_each_database(async |house| {
        let form = |field: &str, renamed: Value| {
            let mut properties = json!({"note": {"type": "string"}});
            properties[field] = json!({"type": "integer"});
            json!({"format": 1, "kind": "form", "key": "visit", "title": "Visit",
                "schema": {"type": "object", "properties": properties}, "publish": {"slug": "visit"}, "renamed": renamed})
        };
        let app = |form: Value, field: &str| {
            json!({"format": 1, "kind": "app", "key": "visits", "title": "Visits", "forms": [form],
                "dashboards": [{"format": 1, "kind": "dashboard", "key": "theirs", "title": "Theirs", "tiles": [
                    {"key": "a", "title": "Points", "chart": "number", "at": [0, 0, 3, 2],
                     "query": {"dataset": "visit", "measures": [{"avg": format!("/{field}")}]}}]}]})
        };
        house.install(&app(form("score", json!([])), "score").to_string()).await;
        // A board beside the app, and a tile more on the app's own.
        let tile = |id: &str| json!({"key": id, "title": "Least", "chart": "number", "at": [3, 0, 3, 2],
            "query": {"dataset": "visit", "measures": [{"min": "/score"}]}});
        let own = json!({"format": 1, "kind": "dashboard", "key": "ours", "title": "Ours", "tiles": [tile("b")]});
        let made = house.ask("designer", "POST", "/api/v1/definitions", Some(&json!({"app": "care", "document": own}))).await;
        assert!(made.status.is_success(), "{}", made.text);
        let path = format!("/api/v1/definitions/{}/publish", made.body["id"].as_str().expect("an id"));
        assert!(house.ask("designer", "POST", &path, Some(&json!({"rev": made.body["rev"]}))).await.status.is_success());
        let (path, rev) = house.change_draft("dashboard", "theirs", |board| {
            board["tiles"].as_array_mut().expect("tiles").push(tile("c"));
        }).await;
        assert!(house.ask("designer", "POST", &format!("{path}/publish"), Some(&json!({"rev": rev}))).await.status.is_success());
        let before = house.answer("visit", json!({"score": 4})).await.expect("taken");

        let renamed = json!([{"from": "/score", "to": "/points"}]);
        house.install(&app(form("points", renamed), "points").to_string()).await;
        let ours = live(&house, "dashboard", "ours").await;
        assert_eq!(ours["tiles"][0]["query"]["measures"][0], json!({"min": "/points"}), "{ours}");
        let theirs = live(&house, "dashboard", "theirs").await;
        let measures: Vec<&Value> =
            theirs["tiles"].as_array().expect("tiles").iter().map(|tile| &tile["query"]["measures"][0]).collect();
        assert_eq!(measures, [&json!({"avg": "/points"}), &json!({"min": "/points"})], "{theirs}");
        let query = json!({"dataset": "visit", "measures": [{"min": "/points"}]});
        let counted = house.ask("owner", "POST", "/api/v1/query", Some(&query)).await;
        assert_eq!(counted.body["rows"][0][0], json!(4), "{}", counted.text);
        assert_eq!(house.detail("owner", before.id.parse().expect("an id")).await["data"], json!({"points": 4}));
        house.answer("visit", json!({"points": 2})).await.expect("taken");
        house.answer("visit", json!({"score": 1})).await.expect("an old page's answer is taken as well");
        assert_eq!(house.ask("owner", "POST", "/api/v1/query", Some(&query)).await.body["rows"][0][0], json!(1));
        let log = house.ask("owner", "GET", "/api/v1/audit", None).await;
        assert!(log.text.contains("renamed_field"), "{}", log.text);
        // And once more: nothing is left to rename.
        house.install(&app(form("points", json!([{"from": "/score", "to": "/points"}])), "points").to_string()).await;
        assert_eq!(live(&house, "dashboard", "ours").await, ours);
    })
    .await;
}
