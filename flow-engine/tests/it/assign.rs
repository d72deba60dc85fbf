//! Who gets the work: every rule over given facts, and that there is always somebody.

use flow_engine::assign::{Choice, Facts, Member, Pool, Why, candidates, choose};
use flow_engine::{AssignRule, Calendar, Calendars, compile};
use proptest::prelude::*;
use serde_json::{Value, json};

type Id = &'static str;

/// A member of `care` with nothing to do.
fn member(id: Id) -> Member<'static, Id> {
    Member {
        id,
        role: "agent",
        department: Some("care"),
        manager: None,
        skills: &[],
        takes_work: true,
        away: false,
        deputy: None,
        calendar: None,
        open: 0,
        last_assigned: 0,
    }
}

fn skilled(words: &[&str]) -> &'static [String] {
    words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>().leak()
}

/// The team of most tests: `ann` `bob` `cat` of care, whose head is `dan`; `eve` runs the place, `fay` owns it.
fn team() -> Vec<Member<'static, Id>> {
    vec![
        Member { open: 2, last_assigned: 5, manager: Some("dan"), ..member("ann") },
        Member { open: 1, last_assigned: 9, manager: Some("dan"), ..member("bob") },
        Member { open: 1, last_assigned: 7, manager: Some("dan"), ..member("cat") },
        Member { role: "head", manager: Some("eve"), ..member("dan") },
        Member { role: "admin", department: None, manager: Some("fay"), takes_work: false, ..member("eve") },
        Member { role: "owner", department: None, takes_work: false, ..member("fay") },
    ]
}

struct Given {
    people: Vec<Member<'static, Id>>,
    starter: Option<Id>,
    assignee: Option<Id>,
    department: Option<&'static str>,
    data: Value,
    now_ms: i64,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            people: team(),
            starter: Some("ann"),
            assignee: None,
            department: None,
            data: Value::Null,
            now_ms: 0,
        }
    }
}

fn with<T>(given: &Given, decide: impl FnOnce(&Facts<'_, Id>) -> T) -> T {
    let calendars = Calendars::from_iter([Calendar::parse(&json!({"key": "early", "time_zone": "UTC",
        "week": {"thu": [["06:00", "14:00"]]}}))
    .expect("valid")]);
    let named = |id: &str| given.people.iter().map(|member| member.id).find(|own| *own == id);
    decide(&Facts {
        people: &given.people,
        heads: &[("care", "dan")],
        keepers: &["admin", "owner"],
        starter: given.starter,
        assignee: given.assignee,
        department: given.department,
        data: &given.data,
        named: &named,
        calendars: &calendars,
        now_ms: given.now_ms,
    })
}

fn rule(rule: Value) -> AssignRule {
    serde_json::from_value(rule).expect("a rule")
}

fn chosen(who: Value, given: &Given) -> Choice<Id> {
    with(given, |facts| choose(&rule(who), facts))
}

#[track_caller]
fn goes_to(who: Value, given: &Given, expected: Id) {
    assert_eq!(chosen(who, given).user, Some(expected));
}

fn away(mut given: Given, ids: &[Id]) -> Given {
    for member in &mut given.people {
        member.away |= ids.contains(&member.id);
    }
    given
}

#[test]
fn a_user_a_field_and_the_starter_are_who_they_are() {
    let given = Given {
        data: json!({"contact": "cat", "all": ["bob", "ann"], "none": null, "odd": 7}),
        ..Given::default()
    };
    goes_to(json!({"who": {"user": "bob"}}), &given, "bob");
    goes_to(json!({"who": {"field": "/contact"}}), &given, "cat");
    goes_to(json!({"who": "starter"}), &given, "ann");
    goes_to(json!({"who": {"field": "/all"}, "by": "first"}), &given, "bob");
    goes_to(json!({"who": {"field": "/all"}, "by": "round_robin"}), &given, "ann");
    for nothing in ["/none", "/odd", "/missing"] {
        let choice = chosen(json!({"who": {"field": nothing}}), &given);
        assert_eq!((choice.user, choice.found), (Some("eve"), Pool::Keepers), "{nothing}");
    }
}

#[test]
fn a_department_gives_to_its_members_by_load_in_turn_or_the_first() {
    let given = Given::default();
    goes_to(json!({"who": {"department": "care"}}), &given, "cat");
    goes_to(json!({"who": {"department": "care"}, "by": "round_robin"}), &given, "ann");
    goes_to(json!({"who": {"department": "care"}, "by": "first"}), &given, "ann");
    assert_eq!(chosen(json!({"who": {"department": "care"}}), &given).department.as_deref(), Some("care"));
    let given = away(given, &["cat", "ann"]);
    goes_to(json!({"who": {"department": "care"}}), &given, "bob");
}

#[test]
fn a_role_gives_to_whoever_has_it() {
    let given = Given::default();
    goes_to(json!({"who": {"role": "head"}}), &given, "dan");
    goes_to(json!({"who": {"role": "agent"}}), &given, "cat");
    goes_to(json!({"who": {"role": "juggler"}}), &given, "eve");
}

#[test]
fn the_chain_of_managers_is_followed_upwards() {
    let given = Given { assignee: Some("dan"), ..Given::default() };
    goes_to(json!({"who": {"manager": {"of": "starter", "level": 1}}}), &given, "dan");
    goes_to(json!({"who": {"manager": {"of": "starter", "level": 2}}}), &given, "eve");
    goes_to(json!({"who": {"manager": {"of": "assignee", "level": 2}}}), &given, "fay");
    goes_to(json!({"who": {"manager": {"of": {"user": "bob"}, "level": 3}}}), &given, "fay");
    let top = chosen(json!({"who": {"manager": {"of": "starter", "level": 9}}}), &given);
    assert_eq!((top.user, top.found), (Some("eve"), Pool::Keepers), "nobody stands that high");
    let all = |levels: u32| {
        with(&given, |facts| {
            candidates(&rule(json!({"who": {"managers": {"of": "starter", "levels": levels}}})), facts)
        })
    };
    assert_eq!(all(2), ["dan", "eve"]);
    assert_eq!(all(20), ["dan", "eve", "fay"]);
    let mut round = Given::default();
    round.people[5].manager = Some("dan");
    let chain = with(&round, |facts| {
        candidates(&rule(json!({"who": {"managers": {"of": "starter", "levels": 20}}})), facts)
    });
    assert_eq!(chain, ["dan", "eve", "fay"], "a circle is gone round once");
}

#[test]
fn work_stays_where_it_is_or_in_its_department() {
    let given = Given { assignee: Some("ann"), department: Some("care"), ..Given::default() };
    goes_to(json!({"who": "keep"}), &given, "ann");
    let given = Given { department: Some("care"), ..Given::default() };
    goes_to(json!({"who": "keep"}), &given, "cat");
    goes_to(json!({"who": "keep"}), &Given::default(), "eve");
}

#[test]
fn skills_narrow_the_choice_and_missing_skills_widen_it_again() {
    let mut given = Given::default();
    given.people[0].skills = skilled(&["english", "loans"]);
    given.people[1].skills = skilled(&["english"]);
    goes_to(json!({"who": {"department": "care"}, "skills": ["english", "loans"]}), &given, "ann");
    goes_to(json!({"who": {"department": "care"}, "skills": ["english"]}), &given, "bob");
    let choice = chosen(json!({"who": {"department": "care"}, "skills": ["french"]}), &given);
    assert_eq!((choice.user, choice.found), (Some("cat"), Pool::Unskilled));
    assert_eq!(choice.passed_over.len(), 1);
    assert_eq!((choice.passed_over[0].pool, choice.passed_over[0].why), (Pool::Rule, Why::SkillsMissing));
    assert_eq!(choice.passed_over[0].to_string(), "those the rule names: nobody has the skills");
}

#[test]
fn whoever_is_at_work_goes_first_and_others_get_it_when_nobody_is() {
    const HOUR: i64 = 3_600_000;
    let mut given = Given::default(); // 1970-01-01 was a Thursday.
    for member in &mut given.people[1..3] {
        member.calendar = Some("early");
    }
    let wanted = json!({"who": {"department": "care"}, "at_work": true});
    given.now_ms = 5 * HOUR;
    goes_to(wanted.clone(), &given, "ann");
    given.now_ms = 6 * HOUR;
    goes_to(wanted.clone(), &given, "cat");
    given.people[0].calendar = Some("early");
    given.now_ms = 14 * HOUR;
    let choice = chosen(wanted, &given);
    assert_eq!(
        (choice.user, choice.found, choice.passed_over[0].why),
        (Some("cat"), Pool::OffHours, Why::NobodyAtWork)
    );
}

#[test]
fn whoever_is_away_has_a_deputy_or_keeps_what_is_theirs_alone() {
    let mut given = away(Given::default(), &["bob", "cat"]);
    goes_to(json!({"who": {"user": "bob"}}), &given, "bob");
    given.people[1].deputy = Some("cat");
    goes_to(json!({"who": {"user": "bob"}}), &given, "bob");
    given.people[2].deputy = Some("ann");
    goes_to(json!({"who": {"user": "bob"}}), &given, "ann");
    given.people[2].deputy = Some("bob");
    goes_to(json!({"who": {"user": "bob"}}), &given, "bob");
    let given = Given { data: json!({"all": ["bob", "ann"]}), ..given };
    goes_to(json!({"who": {"field": "/all"}, "by": "first"}), &given, "ann");
    let seats = with(&given, |facts| candidates(&rule(json!({"who": {"department": "care"}})), facts));
    assert_eq!(seats, ["ann"], "who is away without a deputy who is there is left out of a task");
}

#[test]
fn never_nobody_step_by_step_and_each_step_says_why() {
    let of = |given: &Given| {
        let choice = chosen(json!({"who": {"department": "care"}, "skills": ["x"], "at_work": true}), given);
        let passed: Vec<(Pool, Why)> = choice.passed_over.iter().map(|over| (over.pool, over.why)).collect();
        (choice.user, choice.found, passed)
    };
    let gone = |ids: &[Id]| away(Given::default(), ids);
    let (rule, off, unskilled) = (Pool::Rule, Pool::OffHours, Pool::Unskilled);
    let all_away = |pools: &[Pool]| pools.iter().map(|pool| (*pool, Why::AllAway)).collect::<Vec<_>>();
    assert_eq!(
        of(&gone(&[])),
        (Some("cat"), unskilled, vec![(rule, Why::SkillsMissing), (off, Why::SkillsMissing)])
    );
    assert_eq!(
        of(&gone(&["ann", "bob", "cat"])),
        (Some("dan"), Pool::Head, all_away(&[rule, off, unskilled]))
    );
    assert_eq!(
        of(&gone(&["ann", "bob", "cat", "dan"])),
        (Some("eve"), Pool::Keepers, all_away(&[rule, off, unskilled, Pool::Head]))
    );
    assert_eq!(of(&gone(&["ann", "bob", "cat", "dan", "eve"])).0, Some("fay"));
    let mut nobody = gone(&["ann", "bob", "cat", "dan", "eve", "fay"]);
    assert_eq!(of(&nobody).1, Pool::Away);
    assert!(of(&nobody).0.is_some(), "everybody is away, and yet it is somebody's");
    nobody.people.clear();
    assert_eq!(of(&nobody).0, None, "a team of nobody");
}

#[test]
fn an_unknown_department_has_nobody_and_falls_to_who_looks_after_everything() {
    let choice = chosen(json!({"who": {"department": "ghosts"}}), &Given::default());
    assert_eq!((choice.user, choice.passed_over[0].why), (Some("eve"), Why::NobodyThere));
}

#[test]
fn candidates_are_everybody_once_with_deputies_for_the_absent() {
    let mut given = Given { data: json!({"all": ["ann", "bob", "ann", "cat"]}), ..Given::default() };
    let all = json!({"who": {"field": "/all"}});
    assert_eq!(with(&given, |facts| candidates(&rule(all.clone()), facts)), ["ann", "bob", "cat"]);
    given.people[1].away = true;
    given.people[1].deputy = Some("cat");
    assert_eq!(with(&given, |facts| candidates(&rule(all.clone()), facts)), ["ann", "cat"]);
    let given = away(given, &["ann", "cat"]);
    assert_eq!(with(&given, |facts| candidates(&rule(all), facts)), ["ann"], "never nobody");
}

#[test]
fn the_rules_are_written_in_flows() {
    let spec = |assignee: Value| {
        let flow = json!({"kind": "flow", "key": "k", "context": {"who": "\"bob\""}, "states": {"s": {"task": {"assignee": assignee, "events": [{"event": "e"}]}, "on": {"e": "z"}}, "z": {"type": "final"}}});
        let machine = compile(&flow)?;
        let calendars = Calendars::new();
        let inputs = flow_engine::Inputs {
            data: &Value::Null,
            customer: &Value::Null,
            calendars: &calendars,
            facts: &Value::Null,
        };
        let step = flow_engine::start(&machine, &inputs, 0).expect("it rests");
        let effects = serde_json::to_value(&step.effects).expect("plain data");
        Ok::<_, Vec<form_engine::Problem>>(effects[1]["task"]["assignee"].clone())
    };
    for (written, becomes) in [
        (
            json!({"manager": "starter"}),
            json!({"who": {"manager": {"of": "starter", "level": 1}}, "by": "least_loaded"}),
        ),
        (
            json!({"managers": {"of": {"user": {"script": "who"}}, "levels": 3}, "by": "first"}),
            json!({"who": {"managers": {"of": {"user": "bob"}, "levels": 3}}, "by": "first"}),
        ),
        (
            json!({"role": "agent", "skills": ["loans", {"script": "who"}], "at_work": true}),
            json!({"who": {"role": "agent"}, "by": "least_loaded", "skills": ["loans", "bob"], "at_work": true}),
        ),
    ] {
        assert_eq!(spec(written).expect("it compiles"), becomes);
    }
    for (wrong, path) in [
        (json!({"manager": "nobody"}), "/manager"),
        (json!({"managers": {"of": "starter", "levels": 0}}), "/managers/levels"),
        (json!({"managers": {"of": "starter", "level": 1}}), "/managers/level"),
        (json!({"role": "agent", "at_work": "yes"}), "/at_work"),
    ] {
        assert_eq!(spec(wrong).expect_err("it is wrong")[0].path, format!("/states/s/task/assignee{path}"));
    }
}

fn anybody() -> impl Strategy<Value = Member<'static, Id>> {
    let id = prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "g"]);
    let other = prop::option::of(id.clone());
    (
        id,
        other.clone(),
        other,
        any::<[bool; 3]>(),
        0_i64..4,
        0_i64..4,
        prop::sample::select(vec!["agent", "admin", "owner"]),
    )
        .prop_map(|(id, manager, deputy, [away, takes_work, has_skill], open, last_assigned, role)| {
            Member {
                role,
                manager,
                deputy,
                away,
                takes_work,
                skills: if has_skill { skilled(&["x"]) } else { &[] },
                open,
                last_assigned,
                ..member(id)
            }
        })
}

proptest! {
    #[test]
    fn whatever_the_team_somebody_is_chosen_and_the_same_one_again(
        people in prop::collection::vec(anybody(), 1..8), rule_at in 0_usize..9, assignee in prop::option::of(prop::sample::select(vec!["a", "b", "z"])),
    ) {
        let rules = [
            json!({"user": "a"}), json!({"role": "agent"}), json!({"department": "care"}), json!({"head": "care"}), json!({"field": "/f"}),
            json!("starter"), json!("keep"), json!({"manager": {"of": "starter", "level": 2}}), json!({"managers": {"of": "assignee", "levels": 5}}),
        ];
        let mut people = people;
        people.sort_by_key(|member| member.id);
        people.dedup_by_key(|member| member.id);
        let given = Given { people, assignee, data: json!({"f": ["c", "zz"]}), starter: Some("b"), department: Some("care"), ..Given::default() };
        for asks in [json!({}), json!({"skills": ["x"], "at_work": true})] {
            let mut wanted = json!({"who": rules[rule_at]});
            wanted.as_object_mut().expect("an object").extend(asks.as_object().expect("members").clone());
            let choice = chosen(wanted.clone(), &given);
            let user = choice.user.expect("there is somebody");
            prop_assert!(given.people.iter().any(|member| member.id == user));
            prop_assert_eq!(&choice, &chosen(wanted.clone(), &given));
            let all = with(&given, |facts| candidates(&rule(wanted.clone()), facts));
            prop_assert!(!all.is_empty());
            let mut once = all.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), all.len());
        }
    }
}
