//! The sandbox: what scripts mean, what they may not say, and that they end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use form_engine::{Names, Script, ScriptScope};
use serde_json::{Value, json};

fn data() -> Value {
    json!({
        "score": 3, "price": 12.5, "quantity": 4, "name": "李雷", "empty": null, "any key": "found", "case": "reserved",
        "born": "1990-02-28", "tags": ["a", "b"], "items": [{"price": 2, "n": 1}, {"price": 3}, {"n": 5}], "nested": {"deep": {"x": 1}}
    })
}

fn names() -> Arc<Names> {
    Arc::new(Names::new(data().as_object().unwrap().keys(), ["i", "x"]))
}

fn run(source: &str) -> Result<Value, String> {
    let names = names();
    let script = Script::compile(source, &names).map_err(|error| format!("compile: {error}"))?;
    let mut scope = ScriptScope::new(&names);
    scope.set_data(&data());
    scope.set_customer(&json!({"tier": "vip"}));
    scope.set_context(json!({"i": 1, "x": null}).as_object().unwrap());
    scope.set_event(&json!({"name": "reply", "data": "Hello, world."}));
    scope.set_active(["a1", "b2"]);
    scope.set_tables(&Arc::new(
        json!({"departments": {"product": "quality", "3": "three", "*": "front-desk"}}),
    ));
    script.evaluate(&mut scope).map_err(|error| format!("run: {error}"))
}

#[track_caller]
fn check(cases: &[(&str, Value)]) {
    for (source, expected) in cases {
        assert_eq!(run(source).as_ref(), Ok(expected), "{source}");
    }
}

#[test]
fn numbers_are_floats() {
    check(&[
        ("7/2", json!(3.5)),
        ("quantity / 8", json!(0.5)),
        ("2 * 3", json!(6)),
        ("2 ** -1", json!(0.5)),
        ("1_000 + 0.5", json!(1000.5)),
        ("9223372036854775807 + 1", json!(9.223_372_036_854_776e18)),
        ("score == 3", json!(true)),
        ("score == 3.0", json!(true)),
        ("round(price / 3, 2)", json!(4.17)),
        ("price * quantity", json!(50)),
        ("switch score { 3 => \"low\", _ => \"high\" }", json!("low")),
    ]);
}

#[test]
fn fields_are_bare_names_or_members_of_data() {
    check(&[
        ("score", json!(3)),
        ("data.score", json!(3)),
        (r#"data["any key"]"#, json!("found")),
        ("data['any key']", json!("found")),
        ("data.case", json!("reserved")),
        ("customer.tier == 'vip'", json!(true)),
        ("i + 1", json!(2)),
        ("context.i", json!(1)),
        ("nested.deep.x", json!(1)),
        ("items[0].price", json!(2)),
        ("items[-1].n", json!(5)),
        ("at(items, i).price", json!(3)),
        ("name + '!'", json!("李雷!")),
    ]);
    assert_eq!(run("unknown"), Err("compile: unknown name `unknown`".into()));
    assert_eq!(run("case").unwrap_err(), "compile: `case` cannot be used here");
}

/// `formats.md` §3: a missing property is `()`; ordering with it is false; arithmetic with it is an error.
#[test]
fn what_is_missing_is_unit() {
    check(&[
        ("data.nothing", json!(null)),
        ("data.nothing.below[3].deeper", json!(null)),
        ("x", json!(null)),
        ("data.nothing < 5", json!(false)),
        ("data.nothing > 5", json!(false)),
        ("data.nothing <= 5", json!(false)),
        ("data.nothing <= data.nothing", json!(false)),
        ("data.nothing == ()", json!(true)),
        ("data.nothing != 5", json!(true)),
        ("data.nothing ?? 'else'", json!("else")),
        ("empty >= 'a'", json!(false)),
    ]);
    assert_eq!(run("data.nothing + 1"), Err("run: `+` cannot take a missing value and a number".into()));
    assert_eq!(run("-data.nothing"), Err("run: `-` cannot take a missing value".into()));
}

#[test]
fn events_states_and_tables() {
    check(&[
        ("_event.name == 'reply'", json!(true)),
        ("_event.data == \"Hello, world.\"", json!(true)),
        ("In(\"a1\") && !In(\"c2\")", json!(true)),
        ("In( 'b2' )", json!(true)),
        ("lookup('departments', 'product')", json!("quality")),
        ("lookup(\"departments\", score)", json!("three")),
        ("lookup('departments', data.nothing)", json!("front-desk")),
    ]);
    assert_eq!(run("lookup('nowhere', 'x')"), Err("run: unknown table `nowhere`".into()));
}

#[test]
fn the_library() {
    check(&[
        ("sum(items, 'price')", json!(5)),
        ("avg(items, 'n')", json!(3)),
        ("min(items, 'price') + max(items, 'price')", json!(5)),
        ("count(items)", json!(3)),
        ("count(items, 'n')", json!(2)),
        ("sum(data.nothing)", json!(0)),
        ("avg([])", json!(null)),
        ("'a' in tags", json!(true)),
        ("'c' in tags", json!(false)),
        ("any_of(tags, ['b', 'z'])", json!(true)),
        ("all_of(tags, ['b', 'z'])", json!(false)),
        ("join(tags, ', ')", json!("a, b")),
        ("split('a-b', '-')", json!(["a", "b"])),
        ("len(name)", json!(2)),
        ("upper(trim(' ab '))", json!("AB")),
        ("sub('回音平台', 1, 2)", json!("音平")),
        ("right('回音平台', 2)", json!("平台")),
        ("replace('a-b-c', '-', '+')", json!("a+b+c")),
        ("number('42') + 1", json!(43)),
        ("text(3) + text(0.5)", json!("30.5")),
        ("year(born)", json!(1990)),
        ("weekday('2026-11-23')", json!(1)),
        ("add_months('2026-01-31', 1)", json!("2026-02-28")),
        ("add_days(born, 1)", json!("1990-03-01")),
        ("add_hours('2026-01-01', 1)", json!("2026-01-01T01:00:00Z")),
        ("days_between('2026-01-01', '2026-03-01')", json!(59)),
        ("years_between(born, '2026-02-27')", json!(35)),
        ("if score <= 6 { 'low' } else { 'high' }", json!("low")),
    ]);
}

#[test]
fn what_is_no_expression_is_refused() {
    let nested = format!("{}1{}", "(".repeat(100), ")".repeat(100));
    let long = "1+".repeat(5_000) + "1";
    let wide = "1+".repeat(200) + "1";
    let refused = [
        "let x = 1",
        "x = 1",
        "x += 1",
        "i = 2; i",
        "while true {}",
        "loop {}",
        "for a in tags { a }",
        "do { 1 } while true",
        "|a| a + 1",
        "Fn(\"len\")",
        "eval(\"1\")",
        "call(1)",
        "sleep(3)",
        "print(1)",
        "debug(1)",
        "timestamp()()",
        "import \"x\"",
        "fn f() { 1 }",
        "throw 1",
        "return 1",
        "try { 1 } catch { 2 }",
        "if true { let y = 1; y } else { 2 }",
        "if true { x = 5 } else { 2 }",
        "`a ${score}`",
        "/* a */ 1",
        "1 // b",
        "{ 1 }",
        "\"a\".pad(1000000, \"b\")",
        "tags.map(|a| a)",
        "tags.push(1)",
        "tags.for_each(|a| a)",
        "_active_states",
        "_tables",
        "this",
        "switch score { 0..=6 => 1 }",
        "1 & 2",
        "1 << 2",
        "~1",
        "@",
        "",
        "score score",
        "'never closes",
        "0..5",
        "type_of(1)",
        "a::b",
        "\u{0}",
        "data.score = 4",
        "unknown_function(1)",
        "parse_json(\"1\")",
        "is_def_var(\"x\")",
        "blob(1000000)",
        "range(0, 10)",
        &nested,
        &long,
        &wide,
    ];
    for source in refused {
        let error = Script::compile(source, &names()).map(|script| script.source().to_owned());
        assert!(error.is_err(), "compiled: {source}");
    }
}

#[test]
fn nothing_grows_beyond_its_bound() {
    let names = Arc::new(Names::new(["big", "list"], Vec::<String>::new()));
    let mut scope = ScriptScope::new(&names);
    scope.set_data(&json!({"big": "a".repeat(60_000), "list": vec!["a".repeat(1_000); 1_000]}));
    let doubled = format!("{}big", "big + ".repeat(80));
    for source in
        ["replace(big, 'a', big)", "join(list, big)", "replace(big, 'a', 'aa')", "split(big, 'a')", &doubled]
    {
        let script = Script::compile(source, &names).expect(source);
        let began = Instant::now();
        let error = script.evaluate(&mut scope).expect_err(source);
        assert!(began.elapsed() < Duration::from_millis(500), "{source} took {:?}", began.elapsed());
        assert!(!error.message.is_empty());
    }
}

#[test]
fn the_deepest_script_fits_a_small_stack() {
    let names = names();
    let chain = format!("{}1", "1 + ".repeat(80));
    let chain_of_missing = format!("{}x == ()", "x == () && ".repeat(40));
    let nested = format!("{}1{}", "(".repeat(25), ")".repeat(25));
    let worker = std::thread::Builder::new().stack_size(1 << 20).spawn(move || {
        for source in [&chain, &chain_of_missing, &nested] {
            let script = Script::compile(source, &names).expect(source);
            script.evaluate(&mut ScriptScope::new(&names)).expect(source);
        }
    });
    worker.unwrap().join().unwrap();
}

#[test]
fn errors_point_into_the_source_as_written() {
    let at = |source: &str| Script::compile(source, &names()).unwrap_err().position;
    assert_eq!(at("1 + 2 + nope"), Some((1, 9)));
    assert_eq!(at("'a' + 'b' +\n  1 + nope"), Some((2, 7)));
    assert_eq!(at("1 + sleep(3)"), Some((1, 5)));
    let script = Script::compile("1 + 22 + data.nothing", &names()).unwrap();
    let error = script.evaluate(&mut ScriptScope::new(&names())).unwrap_err();
    assert_eq!(error.position, Some((1, 8)));
}

#[test]
fn guards_answer_true_or_false() {
    let names = names();
    let mut scope = ScriptScope::new(&names);
    let holds = |source: &str, scope: &mut ScriptScope| Script::compile(source, &names).unwrap().holds(scope);
    assert_eq!(holds("true", &mut scope), Ok(true));
    assert_eq!(holds("x", &mut scope).unwrap_err().message, "expected true or false, found a missing value");
    assert_eq!(holds("1", &mut scope).unwrap_err().message, "expected true or false, found a number");
}

#[test]
fn assigning_changes_the_name_and_the_context() {
    let names = names();
    let mut scope = ScriptScope::new(&names);
    scope.set_context(json!({"i": 1}).as_object().unwrap());
    scope.assign("i", &json!(7));
    scope.assign("x", &json!([1, 2]));
    let sum = Script::compile("i + context.i + sum(x)", &names).unwrap();
    assert_eq!(sum.evaluate(&mut scope), Ok(json!(17)));
}

#[test]
fn a_script_tells_what_it_reads() {
    let script =
        Script::compile("data.price * quantity + data['any key'] + len(name) + nested.deep.x", &names())
            .unwrap();
    assert_eq!(script.reads(), ["price", "quantity", "any key", "name", "nested"]);
}

#[test]
fn a_context_variable_shadows_a_field_and_data_still_has_it() {
    let names = Arc::new(Names::new(["x"], ["x"]));
    let mut scope = ScriptScope::new(&names);
    scope.set_data(&json!({"x": "field"}));
    scope.set_context(json!({"x": "variable"}).as_object().unwrap());
    let script = Script::compile("x + ' ' + data.x", &names).unwrap();
    assert_eq!(script.evaluate(&mut scope), Ok(json!("variable field")));
}
