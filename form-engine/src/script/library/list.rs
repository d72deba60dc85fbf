//! Functions on lists: totals, members, elements.
//!
//! Missing values are skipped; a text that is no number is an error. The field of an element may
//! be named by the second argument.

use rhai::{Array, Dynamic, Engine, FLOAT, Map};

use super::Fails;

pub(super) fn register(engine: &mut Engine) {
    engine.register_fn("len", |items: &mut Array| items.len() as FLOAT);
    engine.register_fn("len", |members: &mut Map| members.len() as FLOAT);
    engine.register_fn("len", |_: ()| 0.0);
    total(engine, "sum", |numbers| Some(numbers.iter().sum()));
    total(engine, "avg", |numbers| {
        if numbers.is_empty() { None } else { Some(numbers.iter().sum::<FLOAT>() / numbers.len() as FLOAT) }
    });
    total(engine, "min", |numbers| numbers.iter().copied().reduce(FLOAT::min));
    total(engine, "max", |numbers| numbers.iter().copied().reduce(FLOAT::max));
    engine.register_fn("count", |items: &mut Array| present(items, None) as FLOAT);
    engine.register_fn("count", |items: &mut Array, field: &str| present(items, Some(field)) as FLOAT);
    engine.register_fn("count", |_: ()| 0.0);
    engine.register_fn("count", |_: (), _: &str| 0.0);
    engine.register_fn("at", |items: &mut Array, index: FLOAT| element(items, index));
    engine.register_fn("first", |items: &mut Array| items.first().cloned().unwrap_or(Dynamic::UNIT));
    engine.register_fn("last", |items: &mut Array| items.last().cloned().unwrap_or(Dynamic::UNIT));
    engine.register_fn("+", |mut items: Array, more: Array| -> Fails<Array> {
        if items.len() + more.len() > super::super::MAX_ITEMS {
            return Err("the list grew too large".into());
        }
        items.extend(more);
        Ok(items)
    });
    // `x in list` and `x in object` call these.
    engine.register_fn("contains", |items: &mut Array, wanted: Dynamic| holds(items, &wanted));
    engine.register_fn("contains", |members: &mut Map, key: &str| members.contains_key(key));
    engine.register_fn("contains", |_: (), _: Dynamic| false);
    engine
        .register_fn("any_of", |items: &mut Array, wanted: Array| wanted.iter().any(|one| holds(items, one)));
    engine.register_fn("any_of", |_: (), _: Array| false);
    engine
        .register_fn("all_of", |items: &mut Array, wanted: Array| wanted.iter().all(|one| holds(items, one)));
    engine.register_fn("all_of", |_: (), _: Array| false);
}

/// Registers `name(list)` and `name(list, "field")`; a total of nothing is what `of` says of no numbers.
fn total(engine: &mut Engine, name: &'static str, of: fn(&[FLOAT]) -> Option<FLOAT>) {
    let answer = move |numbers: Vec<FLOAT>| of(&numbers).map_or(Dynamic::UNIT, Dynamic::from_float);
    engine.register_fn(name, move |items: &mut Array| numbers(name, items, None).map(answer));
    engine.register_fn(name, move |items: &mut Array, field: &str| {
        numbers(name, items, Some(field)).map(answer)
    });
    engine.register_fn(name, move |_: ()| answer(Vec::new()));
    engine.register_fn(name, move |_: (), _: &str| answer(Vec::new()));
}

fn numbers(name: &str, items: &Array, field: Option<&str>) -> Fails<Vec<FLOAT>> {
    let mut numbers = Vec::with_capacity(items.len());
    for item in items {
        let Some(value) = pick(item, field).filter(|value| !value.is_unit()) else { continue };
        let number = value.as_float().map_err(|_| format!("`{name}` needs numbers"))?;
        numbers.push(number);
    }
    Ok(numbers)
}

fn present(items: &Array, field: Option<&str>) -> usize {
    let given = |value: &Dynamic| {
        !value.is_unit() && !value.as_immutable_string_ref().is_ok_and(|text| text.is_empty())
    };
    items.iter().filter(|item| pick(item, field).as_ref().is_some_and(given)).count()
}

fn pick(item: &Dynamic, field: Option<&str>) -> Option<Dynamic> {
    match field {
        None => Some(item.clone()),
        Some(field) => item.as_map_ref().ok()?.get(field).cloned(),
    }
}

fn element(items: &Array, index: FLOAT) -> Dynamic {
    let from_end = if index < 0.0 { items.len() as FLOAT + index } else { index };
    if from_end < 0.0 || from_end.fract() != 0.0 {
        return Dynamic::UNIT;
    }
    items.get(from_end as usize).cloned().unwrap_or(Dynamic::UNIT)
}

fn holds(items: &Array, wanted: &Dynamic) -> bool {
    items.iter().any(|item| equal(item, wanted))
}

fn equal(a: &Dynamic, b: &Dynamic) -> bool {
    if let (Ok(a), Ok(b)) = (a.as_float(), b.as_float()) {
        return a.total_cmp(&b).is_eq() || (a == 0.0 && b == 0.0);
    }
    if let (Ok(a), Ok(b)) = (a.as_immutable_string_ref(), b.as_immutable_string_ref()) {
        return a.as_str() == b.as_str();
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return a == b;
    }
    a.is_unit() && b.is_unit()
}
