//! The figures of this machine: `cargo run --release -p form-engine --all-features --example figures`.
//!
//! Prints, asserts nothing. Rates are per CPU second of one thread.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use form_engine::{Condition, Form, FormDefinition, Language, Names, Script, ScriptScope, Subject, compile};
use serde_json::{Map, Value, json};

/// The server's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let form = twelve_fields();
    let valid = sample("valid").to_string();
    let invalid = sample("invalid").to_string();
    rate("validate 12 fields, valid, parse included", || judged(&form, &valid));
    rate("validate 12 fields, 5 problems told, parse included", || judged(&form, &invalid));
    rate("the same, valid, and made into values", || taken(&form, &valid));
    rate("read, normalise and validate 12 fields, as a post is", || posted(&form, &valid));
    rate("the same, 5 problems told", || posted(&form, &invalid));
    let wide = wide(142);
    each("compile a schema of 142 fields", || compile(&FormDefinition::from_schema(wide.clone())).is_ok());
    conditions();
    scripts();
}

fn judged(form: &Form, text: &str) -> bool {
    form.validate_json(text, Language::En).is_ok()
}

fn taken(form: &Form, text: &str) -> bool {
    form.validate_json(text, Language::En).is_ok_and(|accepted| accepted.into_value().is_object())
}

/// What people type is normalised before it is judged, so that it has to be values first.
fn posted(form: &Form, text: &str) -> bool {
    let data: Result<Value, _> = serde_json::from_str(text);
    data.is_ok_and(|data| form.validate(form.normalise(data), Language::En).is_ok())
}

fn conditions() {
    let rule = json!({"all": [{"field": "/score", "op": "lte", "value": 6}, {"field": "/plan", "op": "eq", "value": "pro"},
        {"field": "/tags", "op": "any_of", "value": ["b", "z"]}]});
    let condition = Condition::parse(&rule, "").expect("the condition is well formed");
    let document = json!({"score": 3, "plan": "pro", "tags": ["a", "b"]});
    each("evaluate a condition of three comparisons", || condition.evaluate(&Subject::of(&document)));
}

fn scripts() {
    let document = sample("valid");
    let fields = document.as_object().map(Map::keys).into_iter().flatten().cloned();
    let names = Arc::new(Names::new(fields, ["tries"]));
    let source = "data.score <= 6 && plan == 'pro' && context.tries < 3";
    let guard = Script::compile(source, &names).expect("the guard compiles");
    let context = json!({"tries": 1});
    let mut scope = ScriptScope::new(&names);
    scope.set_data(&document);
    context.as_object().into_iter().for_each(|context| scope.set_context(context));
    each("evaluate a guard of three terms", || guard.holds(&mut scope).unwrap_or(false));
    each("make the scope of a step", || {
        let mut scope = ScriptScope::new(&names);
        scope.set_data(&document);
        true
    });
    each("compile that guard", || Script::compile(source, &names).is_ok());
}

fn rate(what: &str, run: impl FnMut() -> bool) {
    println!("{what:<58} {:>12.0} /s", 1.0 / time(run).as_secs_f64());
}

fn each(what: &str, run: impl FnMut() -> bool) {
    println!("{what:<58} {:>12.3} µs", time(run).as_secs_f64() * 1e6);
}

/// Mean CPU time of a run, the best of five rounds.
fn time(mut run: impl FnMut() -> bool) -> Duration {
    const ROUND: Duration = Duration::from_millis(200);
    let mut round = || {
        let (began, used, mut runs) = (Instant::now(), cpu(), 0_u32);
        while began.elapsed() < ROUND {
            for _ in 0..64 {
                black_box(run());
            }
            runs += 64;
        }
        // Where the system does not count CPU time, the clock on the wall has to do.
        let spent = cpu().zip(used).map_or_else(|| began.elapsed(), |(now, used)| now.saturating_sub(used));
        spent / runs
    };
    (0..5).map(|_| round()).min().unwrap_or_default()
}

/// CPU time of this thread, as Linux counts it.
fn cpu() -> Option<Duration> {
    let counted = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    counted.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// A form and two documents, also measured with another validator by `tools/rivals`.
fn sample(member: &str) -> Value {
    let mut sample: Value = serde_json::from_str(include_str!("twelve-fields.json")).expect("a JSON file");
    sample[member].take()
}

fn twelve_fields() -> Form {
    let definition = FormDefinition { bare: false, ..FormDefinition::from_schema(sample("schema")) };
    compile(&definition).expect("the sample form compiles")
}

fn wide(fields: usize) -> Value {
    let kinds = [
        json!({"type": "string", "maxLength": 80}),
        json!({"type": "integer", "minimum": 0}),
        json!({"type": "string", "format": "date"}),
        json!({"enum": ["a", "b", "c"]}),
    ];
    let properties: Map<String, Value> =
        (0..fields).map(|at| (format!("field_{at}"), kinds[at % kinds.len()].clone())).collect();
    let required: Vec<&String> = properties.keys().step_by(3).collect();
    json!({"type": "object", "required": required, "properties": properties})
}
