//! One question before and after: kind, scale, types, limits, options, wording.

use serde_json::Value;

use super::{Severity, Teller, What};
use crate::field::{Bound, Field, FieldKind};
use crate::{Text, number};

pub(super) fn compare(old: &Field, new: &Field, teller: &mut Teller) {
    let mut tell = |severity: Severity, what: What| teller.tell(&new.path, &new.title, severity, what);
    if old.title != new.title {
        tell(Severity::Readable, What::Title { from: old.title.clone(), to: new.title.clone() });
    }
    kind(old, new, &mut tell);
    if old.types != new.types {
        let (from, to) = (old.types.named(), new.types.named());
        // An integer is a number, and no types at all are any.
        let takes = |name: &String| {
            to.is_empty() || to.contains(name) || (name == "integer" && to.iter().any(|to| to == "number"))
        };
        let all = if from.is_empty() { to.is_empty() } else { from.iter().all(takes) };
        tell(if all { Severity::Safe } else { Severity::Refuses }, What::Types { from, to });
    }
    limits(old, new, &mut tell);
    options(old, new, &mut tell);
    match (old.required, new.required) {
        (false, true) => tell(Severity::Refuses, What::RequiredNow),
        (true, false) => tell(Severity::Safe, What::OptionalNow),
        (true, true) | (false, false) => {}
    }
}

fn kind(old: &Field, new: &Field, tell: &mut impl FnMut(Severity, What)) {
    let (was, now) = (old.scale(), new.scale());
    if old.kind != new.kind {
        let (from, to) = (old.kind.control().to_owned(), new.kind.control().to_owned());
        let scored = was.is_some() || now.is_some();
        let (severity, what) = if scored {
            // What a control demands it demands of every answer.
            (Severity::NotComparable, What::Kind { from, to })
        } else if demands(new) {
            (Severity::Refuses, What::Control { from, to })
        } else {
            (Severity::Safe, What::Control { from, to })
        };
        tell(severity, what);
    } else if new.explicit && !old.explicit && demands(new) {
        let control = new.kind.control().to_owned();
        tell(Severity::Refuses, What::Control { from: control.clone(), to: control });
    }
    if was != now {
        tell(Severity::NotComparable, What::Scale { from: was, to: now });
        let fits = match (was.filter(|_| old.explicit), now.filter(|_| new.explicit)) {
            (_, None) => true,
            (Some(was), Some(now)) => now.0 <= was.0 && was.1 <= now.1,
            (None, Some(_)) => false,
        };
        if let (false, Some((low, high))) = (fits, now) {
            let limit = |limit: &str, from: Option<i64>, to: i64| What::Limit {
                limit: limit.to_owned(),
                from: from.into(),
                to: to.into(),
                narrower: true,
            };
            let (low_was, high_was) = (was.map(|was| was.0), was.map(|was| was.1));
            if low_was.is_none_or(|was| low > was) {
                tell(Severity::Refuses, limit("minimum", low_was, low));
            }
            if high_was.is_none_or(|was| high < was) {
                tell(Severity::Refuses, limit("maximum", high_was, high));
            }
        }
    }
}

/// True when the author's control may refuse what the schema takes.
fn demands(field: &Field) -> bool {
    let free = matches!(
        field.kind,
        FieldKind::Text
            | FieldKind::LongText
            | FieldKind::Number
            | FieldKind::Single
            | FieldKind::Multiple
            | FieldKind::DropDown
            | FieldKind::Hidden
            | FieldKind::Boolean
            | FieldKind::Any
    );
    field.explicit && !free
}

fn limits(old: &Field, new: &Field, tell: &mut impl FnMut(Severity, What)) {
    let mut limit = |name: &str, from: Value, to: Value, narrower: bool| {
        if from != to {
            let severity = if narrower { Severity::Refuses } else { Severity::Safe };
            tell(severity, What::Limit { limit: name.to_owned(), from, to, narrower });
        }
    };
    let bound =
        |bound: &Option<Bound>| bound.as_ref().map_or(Value::Null, |bound| bound.limit.clone().into());
    let least = tighter(&old.min, &new.min, std::cmp::Ordering::Greater);
    limit("minimum", bound(&old.min), bound(&new.min), least);
    let most = tighter(&old.max, &new.max, std::cmp::Ordering::Less);
    limit("maximum", bound(&old.max), bound(&new.max), most);
    let exclusive = |bound: &Option<Bound>| bound.as_ref().is_some_and(|bound| !bound.inclusive);
    for (name, was, now) in
        [("exclusive_minimum", &old.min, &new.min), ("exclusive_maximum", &old.max, &new.max)]
    {
        if bound(was) == bound(now) {
            limit(name, exclusive(was).into(), exclusive(now).into(), exclusive(now));
        }
    }
    for (name, was, now) in
        [("min_length", old.min_length, new.min_length), ("min_items", old.min_items, new.min_items)]
    {
        limit(name, was.into(), now.into(), now.unwrap_or(0) > was.unwrap_or(0));
    }
    for (name, was, now) in
        [("max_length", old.max_length, new.max_length), ("max_items", old.max_items, new.max_items)]
    {
        limit(name, was.into(), now.into(), now.is_some_and(|now| was.is_none_or(|was| now < was)));
    }
    // Two patterns, formats or steps cannot be compared: any that came may refuse.
    let step = |field: &Field| field.step.clone().map_or(Value::Null, Value::Number);
    for (name, was, now) in [
        ("step", step(old), step(new)),
        ("pattern", old.pattern.clone().into(), new.pattern.clone().into()),
        ("format", old.format.clone().into(), new.format.clone().into()),
    ] {
        let came = !now.is_null();
        limit(name, was, now, came);
    }
}

fn tighter(old: &Option<Bound>, new: &Option<Bound>, order: std::cmp::Ordering) -> bool {
    match (old, new) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => number::compare(&new.limit, &old.limit) == Some(order),
    }
}

fn options(old: &Field, new: &Field, tell: &mut impl FnMut(Severity, What)) {
    for option in &old.options {
        match new.options.iter().find(|now| number::same(&now.value, &option.value)) {
            None if new.options.is_empty() => {}
            None => {
                let what = What::OptionRemoved { option: option.value.clone(), label: option.label.clone() };
                tell(Severity::Refuses, what);
            }
            Some(now) if now.label != option.label => {
                let (from, to): (Text, Text) = (option.label.clone(), now.label.clone());
                tell(Severity::Readable, What::OptionRenamed { option: option.value.clone(), from, to });
            }
            Some(_) => {}
        }
    }
    for option in &new.options {
        if !old.options.iter().any(|was| number::same(&was.value, &option.value)) {
            // The first options of a free answer leave out everything else.
            let severity = if old.options.is_empty() { Severity::Refuses } else { Severity::Safe };
            tell(severity, What::OptionAdded { option: option.value.clone(), label: option.label.clone() });
        }
    }
}
