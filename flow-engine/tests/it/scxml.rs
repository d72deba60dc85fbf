//! The rules of SCXML (W3C Recommendation), each test named by the section it holds the engine to.

use serde_json::{Value, json};

use crate::support::{passes, play, reaches};

/// `pass` and `fail` beside the given states.
fn with_ends(mut machine: Value) -> Value {
    machine["states"]["pass"] = json!({"type": "final"});
    machine["states"]["fail"] = json!({"type": "final"});
    machine
}

/// A machine of one state that does `entry` and then passes on `event`, failing on anything else.
fn on_entry(context: Value, entry: Value, event: Value) -> Value {
    with_ends(
        json!({"context": context, "states": {"s": {"entry": entry, "transitions": [event, {"event": "*", "target": "fail"}]}}}),
    )
}

#[test]
fn s3_3_the_first_child_in_document_order_is_the_default_initial_state() {
    reaches(json!({"states": {"a": {"states": {"a1": {}, "a2": {}}}, "b": {}}}), &[], json!([["a1"]]));
}

#[test]
fn s3_6_initial_targets_may_lie_deep_and_in_several_regions() {
    let machine = json!({
        "initial": ["p1b", "p2b"],
        "states": {"p": {"type": "parallel", "states": {
            "p1": {"states": {"p1a": {}, "p1b": {}}},
            "p2": {"states": {"p2a": {}, "p2b": {}}}}}}
    });
    reaches(machine, &[], json!([["p1b", "p2b"]]));
}

#[test]
fn s3_6_initial_content_runs_after_entry_of_the_parent_and_before_entry_of_the_child() {
    passes(with_ends(json!({
        "context": {"log": "\"\""},
        "states": {
            "s": {
                "entry": [{"assign": {"log": "log + \"1\""}}],
                "initial": {"target": ["s1"], "actions": [{"assign": {"log": "log + \"2\""}}]},
                "states": {"s1": {"entry": [{"assign": {"log": "log + \"3\""}}]}},
                "transitions": [{"guard": "log == \"123\"", "target": "pass"}, {"target": "fail"}]
            }
        }
    })));
}

#[test]
fn s3_7_a_final_child_raises_done_of_its_parent_with_its_data() {
    passes(with_ends(json!({"context": {"x": "2"}, "states": {"s": {
        "states": {"s1": {"always": {"target": "end"}}, "end": {"type": "final", "output": {"params": [["a", "x * 2"], ["b", "\"c\""]]}}},
        "transitions": [
            {"event": "done.state.s", "guard": "_event.data.a == 4 && _event.data.b == \"c\"", "target": "pass"},
            {"event": "*", "target": "fail"}]
    }}})));
}

#[test]
fn s5_5_done_data_may_be_one_value_and_a_failing_parameter_is_left_out() {
    passes(with_ends(json!({"states": {"s": {
        "states": {"end": {"type": "final", "output": {"content": "1 + 1"}}},
        "transitions": [{"event": "done.state.s", "guard": "_event.data == 2", "target": "pass"}, {"event": "*", "target": "fail"}]
    }}})));
    passes(with_ends(json!({"context": {"x": null, "failed": false}, "states": {"s": {
        "states": {"end": {"type": "final", "output": {"params": [["a", "x + 1"], ["b", "2"]]}}},
        "transitions": [
            {"event": "error.execution", "actions": [{"assign": {"failed": true}}]},
            {"event": "done.state.s", "guard": "failed && _event.data.a == () && _event.data.b == 2", "target": "pass"},
            {"event": "*", "target": "fail"}]
    }}})));
}

#[test]
fn s3_7_1_a_parallel_state_is_done_when_all_its_regions_are() {
    let machine = json!({"states": {
        "p": {"type": "parallel", "on": {"done.state.p": "end"}, "states": {
            "a": {"states": {"a1": {"on": {"a": "a2"}}, "a2": {"type": "final"}}},
            "b": {"states": {"b1": {"on": {"b": "b2"}}, "b2": {"type": "final"}}}}},
        "end": {"type": "final"}}});
    reaches(machine, &["a", "b"], json!([["a1", "b1"], ["a2", "b1"], ["end"]]));
}

#[test]
fn s3_8_each_entry_block_goes_on_after_another_failed() {
    passes(with_ends(json!({"context": {"x": "0", "n": null}, "states": {"s": {
        "entry": [[{"assign": {"x": "n + 1"}}, {"assign": {"x": "5"}}], [{"raise": "second"}]],
        "transitions": [
            {"event": "error.execution", "guard": "x == 0", "target": "t"},
            {"event": "*", "target": "fail"}]},
        "t": {"on": {"second": "pass", "*": "fail"}}}})));
}

#[test]
fn s3_9_exit_runs_children_before_parents_and_later_states_before_earlier() {
    passes(with_ends(json!({"context": {"log": "\"\""}, "states": {
        "p": {"type": "parallel", "exit": [{"assign": {"log": "log + \"p\""}}], "states": {
            "a": {"exit": [{"assign": {"log": "log + \"a\""}}]},
            "b": {"exit": [{"assign": {"log": "log + \"b\""}}]}},
            "transitions": [{"target": "t"}]},
        "t": {"transitions": [{"guard": "log == \"bap\"", "target": "pass"}, {"target": "fail"}]}}})));
}

#[test]
fn s3_10_shallow_history_remembers_children_and_deep_history_leaves() {
    let machine = |kind: &str| {
        json!({"states": {
            "s": {"on": {"out": "o"}, "states": {
                "h": {"type": "history", "history": kind, "default": {"target": "a"}},
                "a": {"states": {"a1": {"on": {"next": "a2"}}, "a2": {}}}}},
            "o": {"on": {"back": "h"}}}})
    };
    reaches(machine("shallow"), &["next", "out", "back"], json!([["a1"], ["a2"], ["o"], ["a1"]]));
    reaches(machine("deep"), &["next", "out", "back"], json!([["a1"], ["a2"], ["o"], ["a2"]]));
}

#[test]
fn s3_10_default_history_content_runs_between_entry_of_the_parent_and_the_child() {
    passes(with_ends(json!({"context": {"log": "\"\""}, "initial": "h", "states": {
        "s": {
            "entry": [{"assign": {"log": "log + \"1\""}}],
            "states": {
                "h": {"type": "history", "default": {"target": ["s1"], "actions": [{"assign": {"log": "log + \"2\""}}]}},
                "s1": {"entry": [{"assign": {"log": "log + \"3\""}}]}},
            "transitions": [{"guard": "log == \"123\"", "target": "pass"}, {"target": "fail"}]}}})));
}

#[test]
fn s3_12_1_descriptors_match_whole_tokens_and_several_may_stand_in_one() {
    let machine = json!({"states": {
        "a": {"transitions": [{"event": "x error.send", "target": "b"}]},
        "b": {"transitions": [{"event": "foo.bar.*", "target": "c"}, {"event": "foo", "target": "d"}]},
        "c": {}, "d": {}}});
    reaches(
        machine,
        &["errors", "error.send.failed", "foobar", "foo.barn"],
        json!([["a"], ["a"], ["b"], ["b"], ["d"]]),
    );
}

#[test]
fn s3_13_eventless_transitions_come_before_events_and_internal_events_before_external() {
    passes(with_ends(json!({"states": {
        "s": {
            "entry": [{"send": {"event": "external"}}, {"raise": "internal"}],
            "transitions": [{"target": "t"}, {"event": "*", "target": "fail"}]},
        "t": {"on": {"internal": "u", "*": "fail"}},
        "u": {"on": {"external": "pass", "*": "fail"}}}})));
}

#[test]
fn s3_13_a_descendants_transition_preempts_its_ancestors() {
    let machine = json!({"states": {
        "s": {"on": {"go": "wrong"}, "states": {"s1": {"on": {"go": "right"}}}}, "right": {}, "wrong": {}}});
    reaches(machine, &["go"], json!([["s1"], ["right"]]));
}

#[test]
fn s3_13_an_earlier_region_wins_a_conflict_and_targetless_transitions_never_conflict() {
    let machine = json!({"context": {"n": "0"}, "states": {
        "p": {"type": "parallel", "states": {
            "a": {"on": {"go": "x"}},
            "b": {"on": {"go": "y"}},
            "c": {"on": {"go": {"actions": [{"assign": {"n": "n + 1"}}]}}}}},
        "x": {"always": {"guard": "n == 1", "target": "z"}}, "y": {}, "z": {}}});
    reaches(machine, &["go"], json!([["a", "b", "c"], ["z"]]));
}

#[test]
fn s3_13_internal_transitions_of_compound_states_do_not_leave_them() {
    let machine = |internal: bool, kind: &str| {
        with_ends(json!({"context": {"left": "0"}, "states": {"s": {
            "type": kind,
            "exit": [{"assign": {"left": "left + 1"}}],
            "states": {"s1": {}, "s2": {}},
            "transitions": [
                {"event": "go", "internal": internal, "target": "s2"},
                {"event": "end", "guard": "left == 0", "target": "pass"},
                {"event": "end", "target": "fail"}]}}}))
    };
    let ends_in = |machine: Value| {
        let outcome = play(
            json!({"machine": machine, "events": [{"event": {"name": "go"}}, {"event": {"name": "end"}}]}),
        );
        outcome.ended_in.map(String::from)
    };
    assert_eq!(ends_in(machine(true, "compound")).as_deref(), Some("pass"));
    assert_eq!(ends_in(machine(false, "compound")).as_deref(), Some("fail"));
    // Of a parallel state an internal transition acts as an external one.
    assert_eq!(ends_in(machine(true, "parallel")).as_deref(), Some("fail"));
}

#[test]
fn s4_6_foreach_goes_over_a_copy_and_declares_its_variables() {
    passes(with_ends(json!({"context": {"list": "[1, 2, 3]", "sum": "0"}, "states": {"s": {
        "entry": [{"foreach": {"array": "list", "item": "one", "index": "at", "do": [
            {"assign": {"sum": "sum + one * at", "list": "[]"}}]}}],
        "transitions": [{"guard": "sum == 8 && one == 3 && at == 2", "target": "pass"}, {"target": "fail"}]}}})));
}

#[test]
fn s4_6_foreach_over_anything_but_a_list_fails_and_stops_at_a_failing_item() {
    passes(on_entry(
        json!({"x": "7"}),
        json!([{"foreach": {"array": "x", "item": "i", "do": []}}, {"raise": "never"}]),
        json!({"event": "error.execution", "target": "pass"}),
    ));
    passes(with_ends(json!({"context": {"n": "0", "none": null}, "states": {"s": {
        "entry": [{"foreach": {"array": "[1, 2, 3]", "item": "i", "do": [
            {"assign": {"n": "n + 1"}}, {"if": [{"cond": "i == 2", "then": [{"assign": {"none": "none + 1"}}]}]}]}}],
        "transitions": [{"event": "error.execution", "guard": "n == 2", "target": "pass"}, {"event": "*", "target": "fail"}]}}})));
}

#[test]
fn s4_9_a_failing_action_ends_its_block() {
    passes(on_entry(
        json!({"none": null}),
        json!([{"assign": {"none": "none * 2"}}, {"raise": "never"}]),
        json!({"event": "error.execution", "target": "pass"}),
    ));
}

#[test]
fn s5_3_3_early_binding_gives_values_before_any_entry_and_late_binding_on_first_entry() {
    let machine = |binding: &str| {
        json!({"binding": binding, "context": {"seen": null}, "states": {
            "a": {"entry": [{"assign": {"seen": "x"}}], "always": "b"},
            "b": {"context": {"x": "1"}, "always": [{"guard": "seen == 1 && x == 1", "target": "early"}, {"guard": "x == 1", "target": "late"}]},
            "early": {}, "late": {}}})
    };
    reaches(machine("early"), &[], json!([["early"]]));
    reaches(machine("late"), &[], json!([["late"]]));
}

#[test]
fn s5_3_3_late_binding_happens_once() {
    let machine = json!({"binding": "late", "states": {
        "a": {"on": {"go": "b"}},
        "b": {"context": {"x": "1"}, "on": {"add": {"actions": [{"assign": {"x": "x + 1"}}]}, "back": "a", "look": [{"guard": "x == 2", "target": "kept"}]}},
        "kept": {}}});
    reaches(
        machine,
        &["go", "add", "back", "go", "look"],
        json!([["a"], ["b"], ["b"], ["a"], ["b"], ["kept"]]),
    );
}

#[test]
fn s5_9_1_a_condition_that_fails_or_is_no_boolean_is_false_and_raises_an_error() {
    for guard in ["none + 1 == 2", "7", "\"true\""] {
        passes(with_ends(json!({"context": {"none": null}, "states": {"s": {
            "transitions": [{"guard": guard, "target": "fail"}, {"event": "error.execution", "target": "pass"}]}}})));
    }
}

#[test]
fn s5_9_2_in_tells_active_states_also_while_others_are_entered() {
    passes(with_ends(json!({"context": {"seen": "0"}, "states": {
        "p": {"type": "parallel", "states": {
            "a": {"entry": [{"if": [{"cond": "In(\"p\") && !In(\"b\")", "then": [{"assign": {"seen": "1"}}]}]}]},
            "b": {"entry": [{"if": [{"cond": "In(\"a\")", "then": [{"assign": {"seen": "seen + 1"}}]}]}]}},
            "transitions": [{"guard": "seen == 2", "target": "pass"}, {"target": "fail"}]}}})));
}

#[test]
fn s5_10_the_event_stays_bound_and_tells_its_kind() {
    passes(with_ends(json!({"states": {
        "s": {"entry": [{"raise": "inner"}], "transitions": [
            {"guard": "_event != ()", "target": "fail"},
            {"event": "inner", "guard": "_event.type == \"internal\" && _event.name == \"inner\"", "target": "t"}]},
        "t": {"entry": [{"send": {"event": "outer"}}], "transitions": [
            {"guard": "_event.name != \"inner\"", "target": "fail"},
            {"event": "outer", "guard": "_event.type == \"external\" && _event.sendid == ()", "target": "u"}]},
        "u": {"states": {"e": {"type": "final"}}, "transitions": [
            {"event": "done.state.u", "guard": "_event.type == \"platform\"", "target": "pass"}]}}})));
}

#[test]
fn s5_10_system_variables_are_there() {
    passes(with_ends(json!({"name": "machine", "states": {"s": {"transitions": [
        {"guard": "_name == \"machine\" && len(_sessionid) > 0 && _ioprocessors.scxml.location == \"#_scxml_\" + _sessionid", "target": "pass"},
        {"target": "fail"}]}}})));
}

#[test]
fn s6_2_send_takes_its_parts_from_expressions_and_carries_data() {
    passes(on_entry(
        json!({"name": "\"e\"", "foo": "1"}),
        json!([{"send": {"eventexpr": "name + \"1\"", "typeexpr": "\"scxml\"", "delayexpr": "\"10ms\"", "namelist": "foo", "params": [["bar", "foo + 1"]]}}]),
        json!({"event": "e1", "guard": "_event.data.foo == 1 && _event.data.bar == 2", "target": "pass"}),
    ));
}

#[test]
fn s6_2_3_a_type_or_target_nobody_knows_fails_with_the_id_of_the_send() {
    for part in [json!({"type": "carrier-pigeon"}), json!({"target": "baz"})] {
        let mut send = json!({"event": "never", "id": "mine"});
        send.as_object_mut().expect("an object").extend(part.as_object().expect("an object").clone());
        passes(on_entry(
            json!({}),
            json!([{"send": send}, {"raise": "never"}]),
            json!({"event": "error.execution", "guard": "_event.sendid == \"mine\"", "target": "pass"}),
        ));
    }
    passes(on_entry(
        json!({}),
        json!([{"send": {"event": "never", "target": "#_scxml_elsewhere"}}]),
        json!({"event": "error.communication", "target": "pass"}),
    ));
}

#[test]
fn s6_2_4_a_send_to_oneself_by_session_goes_to_the_external_queue() {
    passes(with_ends(json!({"states": {
        "s": {"entry": [{"send": {"event": "second", "targetexpr": "\"#_scxml_\" + _sessionid"}}, {"send": {"event": "first", "target": "#_internal"}}],
              "on": {"first": "t", "*": "fail"}},
        "t": {"on": {"second": "pass", "*": "fail"}}}})));
}

#[test]
fn s6_2_4_generated_ids_are_stored_and_differ() {
    passes(with_ends(json!({"context": {"a": null, "b": null}, "states": {"s": {
        "entry": [{"send": {"event": "x", "idlocation": "a", "delay": 1}}, {"send": {"event": "x", "idlocation": "b", "delay": 1}}],
        "transitions": [{"guard": "a != b && a != ()", "target": "pass"}, {"target": "fail"}]}}})));
}

#[test]
fn s6_2_a_failing_argument_sends_nothing() {
    passes(on_entry(
        json!({"none": null}),
        json!([{"send": {"event": "never", "params": [["a", "none + 1"]]}}]),
        json!({"event": "error.execution", "target": "pass"}),
    ));
}

#[test]
fn s6_2_delays_are_kept_in_order_of_time() {
    passes(with_ends(json!({"states": {
        "s": {"entry": [{"send": {"event": "late", "delay": "2s"}}, {"send": {"event": "early", "delayexpr": "1000"}}], "on": {"early": "t", "*": "fail"}},
        "t": {"on": {"late": "pass", "*": "fail"}}}})));
}

#[test]
fn s6_3_cancel_forgets_a_delayed_send_by_id_or_expression() {
    for cancel in [json!("foo"), json!({"id": "foo"}), json!({"idexpr": "\"f\" + \"oo\""})] {
        passes(on_entry(
            json!({}),
            json!([{"send": {"event": "never", "id": "foo", "delay": 1000}}, {"send": {"event": "after", "delay": 2000}}, {"cancel": cancel}]),
            json!({"event": "after", "target": "pass"}),
        ));
    }
}

#[test]
fn d_a_flow_that_has_ended_hears_nothing_and_keeps_its_final_state() {
    let machine = json!({"states": {"a": {"on": {"end": "z"}, "exit": [{"log": "left"}]}, "z": {"type": "final", "exit": [{"log": "ended"}]}}});
    let outcome =
        play(json!({"machine": machine, "events": [{"event": {"name": "end"}}, {"event": {"name": "end"}}]}));
    assert_eq!(json!(outcome.configurations), json!([["a"], ["z"], ["z"]]));
    let logs =
        outcome.effects.iter().filter(|effect| matches!(effect, flow_engine::Effect::Log { .. })).count();
    assert_eq!(logs, 2, "exit of the left state and of the final one, once each");
}

#[test]
fn d_a_flow_that_never_rests_is_stopped_with_a_reason() {
    let machine = json!({"states": {"a": {"always": "b"}, "b": {"always": "a"}}});
    assert_eq!(crate::support::refused(machine), [("flow.diverged".to_owned(), String::new())]);
    let machine = json!({"states": {"a": {"entry": [{"raise": "again"}], "on": {"again": "a"}}}});
    assert_eq!(crate::support::refused(machine), [("flow.diverged".to_owned(), String::new())]);
    let machine = json!({"states": {"a": {"entry": [{"send": {"event": "again"}}], "on": {"again": "a"}}}});
    assert_eq!(crate::support::refused(machine), [("flow.diverged".to_owned(), String::new())]);
}
