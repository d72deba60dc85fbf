//! The starter app's flows: the closed loop as the engine sees it.

use std::collections::BTreeSet;

use flow_engine::{
    Calendar, Calendars, Effect, Event, Inputs, Machine, Recipient, Start, Step, Surroundings, Who,
    compile_within, start, transition,
};
use serde_json::{Value, json};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn app() -> Value {
    serde_json::from_str(include_str!("../../../server/src/starter/care.json")).expect("a JSON file")
}

fn keys(app: &Value, list: &str) -> BTreeSet<String> {
    let key = |item: &Value| item["key"].as_str().expect("a key").to_owned();
    app[list].as_array().expect("a list").iter().map(key).collect()
}

/// Compiled against everything else in the app, so that no reference dangles.
fn machine(key: &str) -> Machine {
    let app = app();
    let flow =
        app["flows"].as_array().expect("flows").iter().find(|flow| flow["key"] == key).expect("the flow");
    let forms = app["forms"].as_array().expect("forms");
    let started = flow["start"]["form"].clone();
    let fields = forms
        .iter()
        .filter(|form| {
            started == form["key"] || started.as_array().is_some_and(|keys| keys.contains(&form["key"]))
        })
        .flat_map(|form| form["schema"]["properties"].as_object().expect("fields").keys().cloned())
        .collect();
    let surroundings = Surroundings {
        invokes: None,
        fields: Some(fields),
        forms: Some(keys(&app, "forms")),
        flows: Some(keys(&app, "flows")),
        calendars: Some(keys(&app, "calendars")),
        templates: Some(keys(&app, "templates")),
        departments: Some(keys(&app, "departments")),
    };
    compile_within(flow, &surroundings).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// A ticket on its way; the only caller of the engine's API here.
struct Ticket {
    machine: Machine,
    data: Value,
    step: Step,
}

impl Ticket {
    fn open(data: Value) -> Self {
        let machine = machine("ticket-care");
        let step = start(&machine, &inputs(&data, &Calendars::new()), 0).expect("it comes to rest");
        Self { machine, data, step }
    }

    fn hear(&mut self, name: &str, data: Value, now_ms: i64) -> &Step {
        let event = Event::new(name, data);
        let calendars = Calendars::new();
        let step =
            transition(&self.machine, &self.step.snapshot, &event, &inputs(&self.data, &calendars), now_ms);
        self.step = step.expect("it comes to rest");
        &self.step
    }

    fn active(&self) -> Vec<&str> {
        self.step.snapshot.active().iter().map(|key| key.as_str()).collect()
    }

    fn notified(&self) -> Vec<(&Recipient, &str)> {
        let mut notified = Vec::new();
        for effect in &self.step.effects {
            if let Effect::Notify { to, template, .. } = effect {
                notified.push((to, template.as_str()));
            }
        }
        notified
    }

    fn clocks(&self) -> Vec<(String, String, Option<i64>, bool)> {
        let reading = |clock: flow_engine::ClockReading| {
            let status = serde_json::to_value(clock.status).expect("plain data");
            (
                clock.name.to_string(),
                status.as_str().expect("a word").to_owned(),
                clock.due_ms,
                clock.breached,
            )
        };
        self.machine.readings(&self.step.snapshot).into_iter().map(reading).collect()
    }
}

fn inputs<'a>(data: &'a Value, calendars: &'a Calendars) -> Inputs<'a> {
    Inputs { data, customer: &Value::Null, calendars, facts: &Value::Null }
}

fn clock(name: &str, status: &str, due_ms: i64, breached: bool) -> (String, String, Option<i64>, bool) {
    (name.to_owned(), status.to_owned(), Some(due_ms), breached)
}

#[test]
fn a_low_score_makes_a_ticket_of_what_was_answered_and_nothing_else() {
    let machine = machine("nps-loop");
    assert_eq!(machine.triggers(), &Start::Form(vec!["nps".to_owned()]));
    let data = json!({"score": 3, "reason": "坏了", "about": "product", "contact": "a@example.com"});
    let step = start(&machine, &inputs(&data, &Calendars::new()), 0).expect("it comes to rest");
    assert_eq!(step.snapshot.done(), Some("followed_up"));
    let created: Vec<Value> =
        step.effects[1..].iter().map(|effect| serde_json::to_value(effect).expect("plain data")).collect();
    let ticket = json!({"about": "product", "text": "坏了", "score": 3, "contact": "a@example.com"});
    assert_eq!(created, [json!({"effect": "create", "form": "ticket", "data": ticket, "link": "nps"})]);
}

#[test]
fn a_score_above_6_opens_nothing() {
    let step = start(&machine("nps-loop"), &inputs(&json!({"score": 7}), &Calendars::new()), 0)
        .expect("it comes to rest");
    assert_eq!(step.snapshot.done(), Some("thanked"));
    assert!(matches!(step.effects.as_slice(), [Effect::State { .. }]), "{:?}", step.effects);
}

#[test]
fn a_ticket_goes_to_the_department_of_its_topic_and_to_the_front_desk_without_one() {
    for (data, department) in [
        (json!({"about": "product"}), "quality"),
        (json!({"about": "service"}), "service"),
        (json!({"about": "delivery"}), "logistics"),
        (json!({"about": "price"}), "front-desk"),
        (json!({"text": "…"}), "front-desk"),
    ] {
        let ticket = Ticket::open(data);
        let assigned = ticket.step.effects.iter().find_map(|effect| match effect {
            Effect::Assign { rule } => Some(&rule.who),
            _ => None,
        });
        assert_eq!(assigned, Some(&Who::Department(department.to_owned())));
        assert_eq!(ticket.notified(), [(&Recipient::Assignee, "new-ticket")]);
        let expected =
            [clock("first_reply", "running", DAY_MS, false), clock("solution", "running", 3 * DAY_MS, false)];
        assert_eq!(ticket.clocks(), expected);
    }
}

#[test]
fn solving_needs_the_solution_and_sends_the_survey() {
    let mut ticket = Ticket::open(json!({"about": "product"}));
    let offers = ticket.machine.offers(&ticket.step.snapshot);
    let offers: Vec<(&str, Vec<String>)> =
        offers.iter().map(|offer| (offer.event.as_str(), offer.require.clone())).collect();
    assert_eq!(offers, [("solve", vec!["/solution".to_owned()])]);

    assert!(ticket.hear("reply", json!({"text": "在看了"}), HOUR_MS).taken);
    assert_eq!(ticket.active(), ["handling"]);
    assert_eq!(ticket.clocks()[0], clock("first_reply", "stopped", DAY_MS, false));

    assert!(ticket.hear("solve", Value::Null, 2 * HOUR_MS).taken);
    assert_eq!(ticket.active(), ["closed"]);
    assert_eq!(ticket.notified(), [(&Recipient::Customer, "solution")]);
    assert!(
        ticket
            .step
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Survey { form, .. } if form == "csat"))
    );
    assert!(ticket.step.effects.iter().any(|effect| matches!(effect, Effect::CloseTasks { .. })));
    assert_eq!(ticket.clocks()[1], clock("solution", "stopped", 3 * DAY_MS, false));
    let offers = ticket.machine.offers(&ticket.step.snapshot);
    assert_eq!(offers.iter().map(|offer| offer.event.as_str()).collect::<Vec<_>>(), ["reopen"]);
}

#[test]
fn an_unhappy_survey_reopens_and_restarts_the_clocks_and_a_happy_one_does_not() {
    let mut ticket = Ticket::open(json!({}));
    ticket.hear("solve", Value::Null, HOUR_MS);
    assert!(!ticket.hear("submission.csat", json!({"score": 3}), 2 * HOUR_MS).taken);
    assert!(ticket.hear("submission.csat", json!({"score": 2}), 3 * HOUR_MS).taken);
    assert_eq!(ticket.active(), ["received"]);
    assert_eq!(ticket.notified(), [(&Recipient::Assignee, "reopened")]);
    let expected = [
        clock("first_reply", "running", 27 * HOUR_MS, false),
        clock("solution", "running", 75 * HOUR_MS, false),
    ];
    assert_eq!(ticket.clocks(), expected);
}

#[test]
fn a_broken_promise_is_marked_and_told_to_the_head_even_when_the_timer_comes_late() {
    let mut ticket = Ticket::open(json!({}));
    // No timer was delivered; the reply itself comes after the promise ran out.
    ticket.hear("reply", json!({"text": "抱歉"}), 25 * HOUR_MS);
    assert_eq!(ticket.clocks()[0], clock("first_reply", "stopped", DAY_MS, true));
    assert_eq!(ticket.notified(), [(&Recipient::Assignee, "due-soon"), (&Recipient::Head, "breach")]);
    assert!(
        ticket
            .step
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Tag { add, .. } if add == &["breached"]))
    );
}

#[test]
fn what_is_left_alone_is_archived_after_thirty_days() {
    let mut ticket = Ticket::open(json!({}));
    ticket.hear("solve", Value::Null, 0);
    let timers: Vec<(Event, i64)> = ticket
        .step
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Schedule { event, due_ms, .. } => Some((event.clone(), *due_ms)),
            _ => None,
        })
        .collect();
    let [(event, due_ms)] = timers.as_slice() else { panic!("{timers:?}") };
    assert_eq!(*due_ms, 30 * DAY_MS);
    let step = transition(
        &ticket.machine,
        &ticket.step.snapshot,
        event,
        &inputs(&json!({}), &Calendars::new()),
        *due_ms,
    );
    assert_eq!(step.expect("it comes to rest").snapshot.done(), Some("archived"));
}

#[test]
fn the_customers_page_has_its_steps_in_order() {
    let machine = machine("ticket-care");
    let steps: Vec<&str> = machine.steps().iter().map(|step| step.step.as_str()).collect();
    assert_eq!(steps, ["received", "handling", "solved"]);
    assert_eq!(machine.public("archived").map(|step| step.step.as_str()), Some("solved"));
    assert_eq!(machine.state_title("received").map(|title| title.get("zh")), Some("待回复"));
}

#[test]
fn the_calendar_knows_the_official_holidays_and_make_up_days_of_2026() {
    let calendar = Calendar::parse(&app()["calendars"][0]).expect("a calendar");
    let at = |text: &str| form_engine::moment::parse(text).expect("an instant");
    for (instant, works) in [
        ("2026-09-30T17:59:00+08:00", true),
        ("2026-10-01T10:00:00+08:00", false),
        ("2026-10-10T10:00:00+08:00", true),
        ("2026-10-11T10:00:00+08:00", false),
        ("2026-10-12T12:30:00+08:00", false),
        ("2026-02-28T15:00:00+08:00", true),
    ] {
        assert_eq!(calendar.works_at(at(instant)), works, "{instant}");
    }
    // 8 October to 10 October 2026: Thursday, Friday and the make-up Saturday, 7.5 hours each.
    let worked = calendar.worked_ms(at("2026-10-01T00:00:00+08:00"), at("2026-10-12T00:00:00+08:00"));
    assert_eq!(worked, 3 * 15 * HOUR_MS / 2);
}
