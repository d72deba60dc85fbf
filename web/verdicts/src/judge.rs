//! What form-engine says about each case of a test set: the set again, with what was found in place of what is expected.
//!
//! Compiled into form-engine's native tests and into a module for WebAssembly, so that both are asked the same.

use form_engine::{
    CallerFacts, Condition, FormDefinition, Language, Outcome, Problem, Sheet, Subject, compile,
};
use serde_json::{Value, json};

/// `{"conditions": […], "forms": […]}`.
pub fn verdicts(set: &Value) -> Value {
    let list = |name: &str| set.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter();
    json!({
        "conditions": list("conditions").map(condition).collect::<Vec<_>>(),
        "forms": list("forms").map(form).collect::<Vec<_>>(),
    })
}

/// `{"when", "document", "columns"?, "now_ms"?, "caller"?, "holds"}`; for a condition that is none, the codes of `refused`.
fn condition(case: &Value) -> Value {
    let mut verdict = case.clone();
    match Condition::parse(&case["when"], "") {
        Err(problems) => verdict["refused"] = codes(&problems),
        Ok(when) => {
            let text = |name: &str| case["caller"][name].as_str().unwrap_or_default().to_owned();
            let caller = CallerFacts {
                id: text("id"),
                department: case["caller"]["department"].as_str().map(str::to_owned),
                departments_below: Vec::new(),
            };
            let subject = Subject {
                document: &case["document"],
                column: &|name| case["columns"].get(name).cloned(),
                now_ms: case["now_ms"].as_i64().unwrap_or(0),
                caller: case.get("caller").map(|_| &caller),
            };
            verdict["holds"] = when.evaluate(&subject).into();
            // Written and read again it says the same.
            let written = serde_json::to_value(&when).ok();
            let again = written.and_then(|written| Condition::parse(&written, "").ok());
            verdict["again"] =
                again.is_some_and(|again| again.evaluate(&subject) == when.evaluate(&subject)).into();
        }
    }
    verdict
}

/// `{"form": definition, "cases": […]}`, or the codes of `refused`.
fn form(entry: &Value) -> Value {
    let mut verdict = entry.clone();
    match FormDefinition::parse(&entry["form"]).and_then(|definition| compile(&definition)) {
        Err(problems) => verdict["refused"] = codes(&problems),
        Ok(form) => {
            let cases = entry["cases"].as_array().map_or(&[][..], Vec::as_slice).iter();
            let carried = Sheet::read(&form.to_value(Language::En));
            verdict["cases"] = cases.map(|case| typed(&form, carried.as_ref(), case)).collect();
        }
    }
    verdict
}

/// `{"typed": [[name, text], …]}` or `{"data": document}`, and everything a page wants to know.
fn typed(form: &Sheet, carried: Option<&Sheet>, case: &Value) -> Value {
    let mut verdict = case.clone();
    let pairs: Vec<(String, String)> = case["typed"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair.get(0)?.as_str()?.to_owned(), pair.get(1)?.as_str()?.to_owned())))
        .collect();
    let document = case.get("data").cloned().unwrap_or_else(|| form.coerce(&pairs));
    let told = |sheet: &Sheet| {
        let Outcome { hidden, offered, .. } = sheet.apply_rules(document.clone());
        let wrong: Vec<String> = sheet
            .fields()
            .iter()
            .filter_map(|field| sheet.check_at(&field.path, &document, Language::En))
            .map(|problem| format!("{} {}", problem.code, problem.path))
            .collect();
        json!({
            "hidden": hidden, "offered": offered, "required": sheet.required(&document), "wrong": wrong,
            "body": sheet.normalise(document.clone()), "points": sheet.quiz(&document).map(|quiz| quiz.total),
            "piped": sheet.pipe(case["pipe"].as_str().unwrap_or(""), "", &document, "en"),
        })
    };
    let found = told(form);
    // A page carries the form as JSON; it decides the same.
    verdict["carried"] = carried.is_some_and(|sheet| told(sheet) == found).into();
    verdict["told"] = found;
    verdict
}

fn codes(problems: &[Problem]) -> Value {
    problems.iter().map(|problem| Value::from(format!("{} {}", problem.code, problem.path))).collect()
}
