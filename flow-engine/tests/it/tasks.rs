//! The approval set: who acts, when a task is finished, and every refusal of `features.md` §4.

use flow_engine::task::{
    Act, Acted, Batch, Desk, Facts, NoticeKind, Opening, Refusal, Side, Staffing, Then, Verdict, decide_all,
    hand_over_all,
};
use flow_engine::{Key, TaskSpec};
use proptest::prelude::*;
use serde_json::{Value, json};

fn spec(patch: Value) -> TaskSpec {
    let mut spec = json!({
        "key": "review", "title": "Review", "policy": "any",
        "events": [{"event": "approve", "label": "Approve"}, {"event": "reject", "label": "Reject"}],
        "allow": ["transfer", "delegate", "add_signer", "return", "withdraw", "urge", "cc"]
    });
    for (name, value) in patch.as_object().expect("members") {
        spec[name] = value.clone();
    }
    serde_json::from_value(spec).expect("a task")
}

fn staffing(people: &[&str]) -> Staffing {
    Staffing { candidates: people.iter().map(|user| (*user).to_owned()).collect(), ..Staffing::default() }
}

fn desk(policy: Value, people: &[&str]) -> Desk {
    match Desk::seat(spec(json!({ "policy": policy })), &staffing(people)) {
        Opening::Desk(desk) => desk,
        other => panic!("{other:?}"),
    }
}

fn facts() -> Facts {
    Facts {
        starter: Some("starter".to_owned()),
        state: Key::from("review"),
        running: vec![Key::from("review")],
        ..Facts::default()
    }
}

fn decide(event: &str) -> Act {
    Act::Decide { event: Key::from(event), comment: None, signed: false }
}

fn add(side: Side, users: &[&str]) -> Act {
    Act::AddSigners { side, users: users.iter().map(|user| (*user).to_owned()).collect() }
}

fn act(desk: &Desk, user: &str, act: &Act) -> Result<Acted, Refusal> {
    desk.act(user, act, &facts())
}

#[track_caller]
fn after(desk: &Desk, user: &str, what: &Act) -> Desk {
    let acted = act(desk, user, what).expect("it is allowed");
    assert_eq!(acted.verdict, Verdict::Open, "{user} {what:?}");
    acted.desk
}

/// The event a task ends with when these people decide these things in order; none while it is open.
#[track_caller]
fn ends(mut desk: Desk, decisions: &[(&str, &str)]) -> Option<String> {
    for (position, (user, event)) in decisions.iter().enumerate() {
        let acted =
            act(&desk, user, &decide(event)).unwrap_or_else(|refusal| panic!("{user} {event}: {refusal}"));
        desk = acted.desk;
        if let Verdict::Done(event) = acted.verdict {
            assert_eq!(position, decisions.len() - 1, "it ended early, at {user}");
            assert_eq!(desk.open().count(), 0, "nobody is left with an ended task");
            return Some(event.name.to_string());
        }
    }
    None
}

fn open(desk: &Desk) -> Vec<&str> {
    desk.open().collect()
}

#[test]
fn any_ends_with_the_first_to_act() {
    assert_eq!(ends(desk(json!("any"), &["a", "b"]), &[("b", "approve")]).as_deref(), Some("approve"));
    assert_eq!(ends(desk(json!("any"), &["a", "b"]), &[("a", "reject")]).as_deref(), Some("reject"));
}

#[test]
fn all_needs_everybody_and_one_dissent_ends_it() {
    let desk = desk(json!("all"), &["a", "b", "c"]);
    assert_eq!(ends(desk.clone(), &[("a", "approve"), ("c", "approve")]), None);
    assert_eq!(
        ends(desk.clone(), &[("a", "approve"), ("c", "approve"), ("b", "approve")]).as_deref(),
        Some("approve")
    );
    assert_eq!(ends(desk, &[("a", "approve"), ("b", "reject")]).as_deref(), Some("reject"));
}

#[test]
fn a_share_ends_when_it_is_reached_or_cannot_be_reached_any_more() {
    let desk = desk(json!({"share": 0.6}), &["a", "b", "c", "d", "e"]);
    assert_eq!(
        ends(desk.clone(), &[("a", "approve"), ("b", "reject"), ("c", "approve"), ("d", "approve")])
            .as_deref(),
        Some("approve")
    );
    assert_eq!(ends(desk.clone(), &[("a", "reject"), ("b", "reject")]), None);
    assert_eq!(
        ends(desk, &[("a", "reject"), ("b", "approve"), ("c", "reject"), ("d", "reject")]).as_deref(),
        Some("reject")
    );
}

#[test]
fn in_sequence_one_acts_after_the_other() {
    let desk = desk(json!("sequence"), &["a", "b"]);
    assert_eq!(open(&desk), ["a"]);
    assert_eq!(act(&desk, "b", &decide("approve")), Err(Refusal::NotTheirs { user: "b".to_owned() }));
    let acted = act(&desk, "a", &decide("approve")).expect("it is allowed");
    assert_eq!(open(&acted.desk), ["b"]);
    assert_eq!(acted.notices[0].kind, NoticeKind::Turn);
    assert_eq!(ends(acted.desk, &[("b", "approve")]).as_deref(), Some("approve"));
}

#[test]
fn the_event_says_who_decided_what() {
    let what =
        Act::Decide { event: Key::from("reject"), comment: Some(" too dear ".to_owned()), signed: false };
    let Verdict::Done(event) = act(&desk(json!("any"), &["a"]), "a", &what).expect("it is allowed").verdict
    else {
        panic!()
    };
    assert_eq!(
        event.data,
        json!({"task": "review", "decided": [{"user": "a", "event": "reject", "at": 0, "comment": "too dear"}]})
    );
}

#[test]
fn a_comment_or_a_signature_may_be_needed() {
    let events = json!([{"event": "approve", "label": "", "signature": true}, {"event": "reject", "label": "", "comment": true}]);
    let Opening::Desk(desk) = Desk::seat(spec(json!({ "events": events })), &staffing(&["a"])) else {
        panic!()
    };
    assert_eq!(
        act(&desk, "a", &decide("approve")),
        Err(Refusal::SignatureMissing { event: "approve".to_owned() })
    );
    let blank = Act::Decide { event: Key::from("reject"), comment: Some("  ".to_owned()), signed: true };
    assert_eq!(act(&desk, "a", &blank), Err(Refusal::CommentMissing { event: "reject".to_owned() }));
    let signed = Act::Decide { event: Key::from("approve"), comment: None, signed: true };
    assert!(matches!(act(&desk, "a", &signed).expect("it is allowed").verdict, Verdict::Done(_)));
    assert_eq!(act(&desk, "a", &decide("maybe")), Err(Refusal::EventUnknown { event: "maybe".to_owned() }));
}

#[test]
fn a_transfer_gives_the_seat_away_but_not_to_oneself_or_to_who_sits_there() {
    let desk = desk(json!("all"), &["a", "b"]);
    let transfer = |to: &str| Act::Transfer { to: to.to_owned() };
    assert_eq!(act(&desk, "a", &transfer("a")), Err(Refusal::Oneself { user: "a".to_owned() }));
    assert_eq!(act(&desk, "a", &transfer("b")), Err(Refusal::TakesPart { user: "b".to_owned() }));
    assert_eq!(act(&desk, "x", &transfer("c")), Err(Refusal::NotTheirs { user: "x".to_owned() }));
    let known = Facts { known: Some(vec!["c".to_owned()]), ..facts() };
    assert_eq!(
        desk.act("a", &transfer("ghost"), &known),
        Err(Refusal::UserUnknown { user: "ghost".to_owned() })
    );
    let moved = after(&desk, "a", &transfer("c"));
    assert_eq!(open(&moved), ["c", "b"]);
    assert_eq!(ends(moved, &[("b", "approve"), ("c", "approve")]).as_deref(), Some("approve"));
}

#[test]
fn a_delegates_answer_comes_back_to_who_asked() {
    let desk = desk(json!("any"), &["a"]);
    let asked = after(&desk, "a", &Act::Delegate { to: "d".to_owned() });
    assert_eq!(open(&asked), ["d"]);
    assert_eq!(act(&asked, "d", &Act::Delegate { to: "e".to_owned() }), Err(Refusal::Nested));
    let answered = after(&asked, "d", &decide("reject"));
    assert_eq!(open(&answered), ["a"], "a delegate's dissent is an opinion");
    assert_eq!(ends(answered, &[("a", "approve")]).as_deref(), Some("approve"));
}

#[test]
fn signers_added_before_act_first() {
    let desk = after(&desk(json!("any"), &["a"]), "a", &add(Side::Before, &["x", "y"]));
    assert_eq!(open(&desk), ["x", "y"]);
    let desk = after(&desk, "x", &decide("approve"));
    assert_eq!(open(&desk), ["y"]);
    let desk = after(&desk, "y", &decide("approve"));
    assert_eq!(open(&desk), ["a"]);
    assert_eq!(ends(desk, &[("a", "approve")]).as_deref(), Some("approve"));
}

#[test]
fn signers_added_after_must_agree_before_the_task_ends() {
    for policy in [json!("any"), json!("all"), json!("sequence"), json!({"share": 1.0})] {
        let desk = after(&desk(policy, &["a"]), "a", &add(Side::After, &["x"]));
        assert_eq!(open(&desk), ["a"]);
        let desk = after(&desk, "a", &decide("approve"));
        assert_eq!(open(&desk), ["x"]);
        assert_eq!(ends(desk.clone(), &[("x", "approve")]).as_deref(), Some("approve"));
        assert_eq!(ends(desk, &[("x", "reject")]).as_deref(), Some("reject"));
    }
}

#[test]
fn adding_signers_has_its_limits() {
    let desk = desk(json!("all"), &["a", "b"]);
    assert_eq!(act(&desk, "a", &add(Side::Before, &[])), Err(Refusal::Nobody));
    assert_eq!(act(&desk, "a", &add(Side::Before, &["a"])), Err(Refusal::Oneself { user: "a".to_owned() }));
    assert_eq!(act(&desk, "a", &add(Side::Before, &["b"])), Err(Refusal::TakesPart { user: "b".to_owned() }));
    assert_eq!(
        act(&desk, "a", &add(Side::After, &["x", "x"])),
        Err(Refusal::TakesPart { user: "x".to_owned() })
    );
    let desk = after(&desk, "a", &add(Side::After, &["x"]));
    assert_eq!(act(&desk, "a", &add(Side::After, &["y"])), Err(Refusal::Pending));
    let desk = after(&desk, "b", &add(Side::Before, &["z"]));
    assert_eq!(act(&desk, "z", &add(Side::Before, &["w"])), Err(Refusal::Nested));
}

#[test]
fn what_a_task_does_not_allow_is_refused() {
    let Opening::Desk(desk) = Desk::seat(spec(json!({"allow": []})), &staffing(&["a"])) else { panic!() };
    for (what, word) in [
        (Act::Transfer { to: "b".to_owned() }, "transfer"),
        (Act::Delegate { to: "b".to_owned() }, "delegate"),
        (add(Side::Before, &["b"]), "add_signer"),
        (Act::Return { to: Key::from("start"), then: Then::Rerun }, "return"),
        (Act::Withdraw, "withdraw"),
        (Act::Urge, "urge"),
        (Act::Copy { users: vec!["b".to_owned()] }, "cc"),
    ] {
        assert_eq!(act(&desk, "a", &what), Err(Refusal::NotAllowed { act: word }));
    }
}

#[test]
fn a_return_goes_to_an_earlier_state_that_is_not_running_and_has_somebody() {
    let desk = desk(json!("all"), &["a", "b"]);
    let back = |to: &str| Act::Return { to: Key::from(to), then: Then::Rerun };
    let facts = Facts {
        visited: vec![Key::from("draft"), Key::from("check"), Key::from("parallel")],
        running: vec![Key::from("review"), Key::from("parallel")],
        of_starter: vec![Key::from("draft")],
        ..facts()
    };
    let refused = |to: &str, facts: &Facts| desk.act("a", &back(to), facts).expect_err("it is refused");
    assert_eq!(refused("review", &facts), Refusal::StillRunning { state: "review".to_owned() });
    assert_eq!(refused("parallel", &facts), Refusal::StillRunning { state: "parallel".to_owned() });
    assert_eq!(refused("later", &facts), Refusal::NotPassed { state: "later".to_owned() });
    let gone = Facts { starter: None, ..facts.clone() };
    assert_eq!(refused("draft", &gone), Refusal::StarterGone { state: "draft".to_owned() });
    let acted = desk.act("a", &back("draft"), &facts).expect("it is allowed");
    assert_eq!(acted.verdict, Verdict::Back { to: Key::from("draft"), then: Then::Rerun });
    assert_eq!(acted.desk.open().count(), 0, "any single return ends the task for everybody");
}

#[test]
fn the_starter_withdraws_until_somebody_acted() {
    let desk = desk(json!("all"), &["a", "b"]);
    assert_eq!(act(&desk, "a", &Act::Withdraw), Err(Refusal::NotStarter));
    assert_eq!(act(&desk, "starter", &Act::Withdraw).expect("it is allowed").verdict, Verdict::Withdrawn);
    let handled = after(&desk, "a", &decide("approve"));
    assert_eq!(act(&handled, "starter", &Act::Withdraw), Err(Refusal::Handled));
}

#[test]
fn urging_reminds_whoever_has_not_acted_and_not_every_minute() {
    let desk = after(&desk(json!("all"), &["a", "b"]), "a", &decide("approve"));
    let acted = act(&desk, "starter", &Act::Urge).expect("it is allowed");
    assert_eq!(acted.notices[0].kind, NoticeKind::Urged);
    assert_eq!(acted.notices[0].users, ["b"]);
    assert_eq!(act(&acted.desk, "starter", &Act::Urge), Err(Refusal::UrgedLately));
    let later = Facts { now_ms: 10 * 60_000, ..facts() };
    assert!(acted.desk.act("starter", &Act::Urge, &later).is_ok());
    assert_eq!(act(&desk, "b", &Act::Urge), Err(Refusal::NotStarter));
}

#[test]
fn copies_tell_each_once_and_never_the_sender() {
    let desk = desk(json!("any"), &["a"]);
    let copy = |users: &[&str]| Act::Copy { users: users.iter().map(|user| (*user).to_owned()).collect() };
    let acted = act(&desk, "a", &copy(&["x", "a", "x", "y"])).expect("it is allowed");
    assert_eq!(acted.notices[0].users, ["x", "y"]);
    assert_eq!(act(&desk, "a", &copy(&["a"])), Err(Refusal::Nobody));
    assert_eq!(
        act(&desk, "stranger", &copy(&["x"])),
        Err(Refusal::NotTheirs { user: "stranger".to_owned() })
    );
}

#[test]
fn a_batch_has_a_result_for_each_and_takes_no_signers() {
    let (mine, theirs) = (desk(json!("any"), &["a"]), desk(json!("any"), &["b"]));
    let facts = facts();
    let batch = [Batch { desk: &mine, facts: &facts }, Batch { desk: &theirs, facts: &facts }];
    let results = decide_all("a", &decide("approve"), &batch);
    assert!(results[0].is_ok());
    assert_eq!(results[1], Err(Refusal::NotTheirs { user: "a".to_owned() }));
    let results = decide_all("a", &add(Side::Before, &["x"]), &batch);
    assert_eq!(results[0], Err(Refusal::NotInBatch { act: "add_signer" }));
}

#[test]
fn whoever_leaves_hands_everything_over() {
    let desk = desk(json!("all"), &["a", "b"]);
    let desk = after(&desk, "b", &add(Side::After, &["x"]));
    let moved = desk.clone().hand_over("b", "c");
    assert_eq!(open(&moved), ["a", "c"]);
    let moved = after(&moved, "c", &decide("approve"));
    assert_eq!(open(&moved), ["a", "x"], "who was to act after the leaver acts after the successor");
    // Somebody who sits there already does not sit there twice.
    assert_eq!(open(&desk.hand_over("b", "a")), ["a"]);
}

#[test]
fn nobody_found_is_settled_by_the_tasks_rule() {
    let seat = |rule: Value, administrator: Option<&str>| {
        let staffing = Staffing { administrator: administrator.map(str::to_owned), ..Staffing::default() };
        Desk::seat(spec(json!({"rules": {"nobody": rule}})), &staffing)
    };
    let Opening::Passed { event, reason } = seat(json!("pass"), None) else { panic!() };
    assert_eq!((event.name.as_str(), reason), ("approve", "nobody_found"));
    let Opening::Desk(desk) = seat(json!({"user": "u"}), None) else { panic!() };
    assert_eq!(open(&desk), ["u"]);
    let Opening::Desk(desk) = seat(json!("administrator"), Some("root")) else { panic!() };
    assert_eq!(open(&desk), ["root"]);
    assert_eq!(seat(json!("administrator"), None), Opening::Unstaffed);
}

#[test]
fn the_same_person_is_asked_as_often_as_the_rule_says() {
    let seat = |rule: &str, candidates: &[&str]| {
        let staffing = Staffing {
            agreed: vec!["early".to_owned(), "late".to_owned()],
            agreed_just_before: vec!["late".to_owned()],
            ..staffing(candidates)
        };
        Desk::seat(spec(json!({"policy": "all", "rules": {"same_person": rule}})), &staffing)
    };
    let seated = |rule: &str| match seat(rule, &["early", "late", "new", "new"]) {
        Opening::Desk(desk) => desk.open().map(str::to_owned).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(seated("each"), ["early", "late", "new"]);
    assert_eq!(seated("consecutive"), ["early", "new"]);
    assert_eq!(seated("first"), ["new"]);
    let Opening::Passed { reason, .. } = seat("first", &["early"]) else { panic!() };
    assert_eq!(reason, "agreed_already");
}

#[test]
fn the_starter_approves_is_left_out_or_gives_way_to_the_superior() {
    let seat = |rule: &str, superior: Option<&str>| {
        let staffing = Staffing {
            starter: Some("s".to_owned()),
            superior: superior.map(str::to_owned),
            administrator: Some("root".to_owned()),
            ..staffing(&["s"])
        };
        match Desk::seat(spec(json!({"rules": {"starter": rule}})), &staffing) {
            Opening::Desk(desk) => desk.open().collect::<Vec<_>>().join(" "),
            Opening::Passed { reason, .. } => reason.to_owned(),
            Opening::Unstaffed => "unstaffed".to_owned(),
        }
    };
    assert_eq!(seat("allow", None), "s");
    assert_eq!(seat("skip", None), "starter_skipped");
    assert_eq!(seat("superior", Some("boss")), "boss");
    assert_eq!(seat("superior", None), "root");
}

#[test]
fn a_desk_survives_serde() {
    let desk = after(&desk(json!({"share": 0.5}), &["a", "b", "c"]), "a", &add(Side::Before, &["x"]));
    let desk = after(&desk, "b", &decide("reject"));
    let text = serde_json::to_string(&desk).expect("plain data");
    assert_eq!(serde_json::from_str::<Desk>(&text).expect("what was written"), desk);
}

#[test]
fn a_return_to_a_state_without_work_for_people_is_refused() {
    let facts = Facts { visited: vec![Key::from("robot")], automatic: vec![Key::from("robot")], ..facts() };
    let back = Act::Return { to: Key::from("robot"), then: Then::Rerun };
    assert_eq!(
        desk(json!("any"), &["a"]).act("a", &back, &facts),
        Err(Refusal::NothingToDo { state: "robot".to_owned() })
    );
}

#[test]
fn everything_a_leaver_holds_is_handed_over_task_by_task() {
    let own = desk(json!("any"), &["leaver"]);
    let not_theirs = desk(json!("all"), &["a", "b"]);
    let waiting = desk(json!("sequence"), &["a", "leaver"]);
    let shared = desk(json!("all"), &["leaver", "heir"]);
    let acted = after(&desk(json!("all"), &["leaver", "b"]), "leaver", &decide("approve"));
    let orphan = desk(json!("any"), &["leaver"]);
    let desks = [own, not_theirs, waiting, shared, acted, orphan.clone()];
    let all = hand_over_all("leaver", &desks, |desk| {
        (*desk != desks[5] || desk.seats.len() > 1).then(|| "heir".to_owned())
    });
    assert_eq!(
        all.iter().map(|one| one.position).collect::<Vec<_>>(),
        [0, 2, 3, 5],
        "only where they still have a part"
    );
    let done = |at: usize| all[at].result.clone().expect("somebody was found");
    // The first and the last desk look alike here; what differs is whom the caller finds.
    assert_eq!(all[0].result, Err(Refusal::Nobody));
    let (waits, verdict, notices) = done(1);
    assert_eq!(
        (open(&waits), verdict, notices),
        (vec!["a"], Verdict::Open, vec![]),
        "their turn has not come"
    );
    assert_eq!(open(&after(&waits, "a", &decide("approve"))), ["heir"]);
    let (merged, ..) = done(2);
    assert_eq!(open(&merged), ["heir"]);
    assert_eq!(ends(merged, &[("heir", "approve")]).as_deref(), Some("approve"));
    let found = hand_over_all("leaver", [&orphan], |_| Some("heir".to_owned()));
    let (moved, verdict, notices) = found[0].result.clone().expect("somebody was found");
    assert_eq!(
        (open(&moved), verdict, notices[0].users.as_slice()),
        (vec!["heir"], Verdict::Open, ["heir".to_owned()].as_slice())
    );
    let oneself = hand_over_all("leaver", [&orphan], |_| Some("leaver".to_owned()));
    assert_eq!(oneself[0].result, Err(Refusal::Oneself { user: "leaver".to_owned() }));
}

#[test]
fn a_seat_that_goes_may_leave_enough_agreement() {
    // One of three has agreed and half would do: without the leaver's own seat it is one of two.
    let voted = after(&desk(json!({"share": 0.5}), &["a", "heir", "leaver"]), "a", &decide("approve"));
    let all = hand_over_all("leaver", [&voted], |_| Some("heir".to_owned()));
    let (settled, verdict, _) = all[0].result.clone().expect("somebody was found");
    let Verdict::Done(event) = verdict else { panic!("{verdict:?}") };
    assert_eq!(event.name, "approve");
    assert_eq!(settled.open().count(), 0);
}

#[test]
fn a_leaver_who_asked_a_delegate_is_answered_through_the_heir() {
    let asked =
        after(&desk(json!("all"), &["leaver", "heir"]), "leaver", &Act::Delegate { to: "d".to_owned() });
    let moved = asked.hand_over("leaver", "heir");
    assert_eq!(open(&moved), ["d", "heir"]);
    let answered = after(&moved, "d", &decide("approve"));
    let once = after(&answered, "heir", &decide("approve"));
    assert_eq!(
        ends(once, &[("heir", "approve")]).as_deref(),
        Some("approve"),
        "the asker's seat is waited for too"
    );
}

#[test]
fn transfer_and_added_signers_under_every_policy_end_with_consent() {
    for policy in [json!("any"), json!("all"), json!("sequence"), json!({"share": 0.6})] {
        let desk = desk(policy.clone(), &["a", "b"]);
        let desk = after(&desk, "a", &Act::Transfer { to: "c".to_owned() });
        let desk = after(&desk, "c", &add(Side::Before, &["x"]));
        let desk = after(&desk, "x", &Act::Transfer { to: "y".to_owned() });
        let desk = after(&desk, "y", &decide("approve"));
        assert!(open(&desk).contains(&"c"), "{policy}: {:?}", desk.seats);
        let desk = after(&desk, "c", &add(Side::After, &["z"]));
        let mut desk = after(&desk, "c", &decide("approve"));
        let mut ended = None;
        for _ in 0..4 {
            let Some(next) = desk.open().next().map(str::to_owned) else { break };
            let acted = act(&desk, &next, &decide("approve")).expect("their turn");
            desk = acted.desk;
            if let Verdict::Done(event) = acted.verdict {
                ended = Some(event.name.to_string());
            }
        }
        assert_eq!(ended.as_deref(), Some("approve"), "{policy}");
    }
}

/// What somebody may try, by a few numbers.
fn some_act(kind: u8, other: &str) -> Act {
    match kind % 9 {
        0 | 1 => decide("approve"),
        2 => decide("reject"),
        3 => Act::Transfer { to: other.to_owned() },
        4 => Act::Delegate { to: other.to_owned() },
        5 => add(Side::Before, &[other]),
        6 => add(Side::After, &[other]),
        7 => Act::Urge,
        _ => Act::Withdraw,
    }
}

proptest! {
    /// Whatever people do, somebody can go on until the task ends, and nothing happens after its end.
    #[test]
    fn a_task_never_gets_stuck(
        policy in 0_usize..4, people in 1_usize..4, moves in prop::collection::vec((0_u8..9, 0_usize..7, 0_usize..7), 0..30), leaves in any::<bool>(),
    ) {
        let names = ["a", "b", "c", "d", "e", "f", "starter"];
        let policies = [json!("any"), json!("all"), json!("sequence"), json!({"share": 0.5})];
        let mut desk = desk(policies[policy].clone(), &names[..people]);
        let mut ended = false;
        for (position, (kind, who, other)) in moves.into_iter().enumerate() {
            if let Ok(acted) = act(&desk, names[who], &some_act(kind, names[other])) {
                prop_assert!(!ended, "nobody acts at a task that has ended");
                desk = acted.desk;
                ended = acted.verdict != Verdict::Open;
            }
            if leaves && position == 7 && !ended {
                for over in hand_over_all("a", [&desk.clone()], |_| Some("f".to_owned())) {
                    let (left, verdict, _) = over.result.expect("somebody was found");
                    desk = left;
                    ended = verdict != Verdict::Open;
                }
            }
            prop_assert!(ended != desk.open().next().is_some(), "{:?}", desk.seats);
        }
        // From anywhere, everybody agreeing in turn ends it.
        for _ in 0..60 {
            let Some(next) = desk.open().next().map(str::to_owned) else { break };
            let acted = act(&desk, &next, &decide("approve")).expect("their turn");
            desk = acted.desk;
        }
        prop_assert_eq!(desk.open().count(), 0);
    }
}
