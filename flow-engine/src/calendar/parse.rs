//! A calendar document -> [`Calendar`], or every problem in it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use form_engine::{Problem, Text};
use serde_json::{Map, Value};

use super::{Calendar, Span};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MEMBERS: [&str; 9] =
    ["format", "kind", "key", "title", "time_zone", "week", "official", "holidays", "workdays"];
/// A century of holidays; more is not a calendar.
const MOST_DATES: usize = 5_000;

pub(super) fn calendar(document: &Value) -> Result<Calendar, Vec<Problem>> {
    let mut reader = Reader { problems: Vec::new() };
    let Some(object) = document.as_object() else {
        return Err(vec![Problem::new("calendar.type", "", "expected an object")]);
    };
    reader.members(object);
    let key = reader.key(object);
    let title = match object.get("title").map(|title| serde_json::from_value::<Text>(title.clone())) {
        None => Text::from(key.as_str()),
        Some(Ok(title)) => title,
        Some(Err(_)) => {
            reader.refuse("calendar.type", "/title", "expected text, or one text per language".to_owned());
            Text::default()
        }
    };
    let zone = reader.zone(object);
    let week = reader.week(object);
    let usual = usual_day(&week);
    let mut special = BTreeMap::new();
    reader.dates(object, "holidays", |_, _| Some(Vec::new()), &mut special);
    reader.dates(
        object,
        "workdays",
        |date, reader_week| {
            let own = &reader_week[chrono::Datelike::weekday(&date).num_days_from_monday() as usize];
            if own.is_empty() { usual.map(<[Span]>::to_vec) } else { Some(own.clone()) }
        },
        &mut special,
    );
    reader.official(object, &week, usual, &mut special);
    let works = |spans: &Vec<Span>| !spans.is_empty();
    if reader.problems.is_empty() && !week.iter().any(works) && !special.values().any(works) {
        reader.refuse(
            "calendar.never_works",
            "/week",
            "expected working time on at least one day".to_owned(),
        );
    }
    let usual_day_ms = usual.or_else(|| special.values().find(|spans| works(spans)).map(Vec::as_slice));
    let usual_day_ms = usual_day_ms.map_or(0, length_ms);
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    let zone = zone.expect("a missing zone is a problem");
    Ok(Calendar { key, title, zone, week, special, usual_day_ms })
}

fn length_ms(spans: &[Span]) -> i64 {
    spans.iter().map(|span| span.length_ms()).sum()
}

/// The spans of the most frequent length; the earliest in the week on a tie.
fn usual_day(week: &[Vec<Span>; 7]) -> Option<&[Span]> {
    let working = || week.iter().filter(|spans| !spans.is_empty());
    let frequency = |day: &[Span]| working().filter(|spans| length_ms(spans) == length_ms(day)).count();
    let mut best: Option<&[Span]> = None;
    for day in working() {
        if best.is_none_or(|best| frequency(day) > frequency(best)) {
            best = Some(day);
        }
    }
    best
}

struct Reader {
    problems: Vec<Problem>,
}

type Week = [Vec<Span>; 7];

impl Reader {
    fn refuse(&mut self, code: &'static str, path: impl Into<String>, message: String) {
        self.problems.push(Problem::new(code, path, message));
    }

    fn members(&mut self, object: &Map<String, Value>) {
        for name in object.keys().filter(|name| !MEMBERS.contains(&name.as_str()) && !name.starts_with("x-"))
        {
            let path = format!("/{}", form_engine::pointer::escape(name));
            self.refuse("calendar.member_unknown", path, format!("unknown member `{name}`"));
        }
    }

    fn key(&mut self, object: &Map<String, Value>) -> String {
        match object.get("key").and_then(Value::as_str) {
            Some(key) if !key.is_empty() => key.to_owned(),
            _ => {
                self.refuse("calendar.key_missing", "/key", "expected a key".to_owned());
                String::new()
            }
        }
    }

    fn zone(&mut self, object: &Map<String, Value>) -> Option<Tz> {
        let name = object.get("time_zone").and_then(Value::as_str).unwrap_or_default();
        let zone = name.parse::<Tz>().ok();
        if zone.is_none() {
            let message = format!("expected a time zone such as `Asia/Shanghai`, found `{name}`");
            self.refuse("calendar.zone_unknown", "/time_zone", message);
        }
        zone
    }

    fn week(&mut self, object: &Map<String, Value>) -> Week {
        let mut week = Week::default();
        match object.get("week") {
            Some(Value::Object(days)) => {
                for (name, spans) in days {
                    let path = format!("/week/{}", form_engine::pointer::escape(name));
                    match WEEKDAYS.iter().position(|weekday| weekday == name) {
                        Some(index) => week[index] = self.spans(spans, &path),
                        None => {
                            let message =
                                format!("expected one of `{}`, found `{name}`", WEEKDAYS.join("`, `"));
                            self.refuse("calendar.weekday_unknown", path, message);
                        }
                    }
                }
            }
            Some(_) => self.refuse("calendar.type", "/week", "expected weekdays with their spans".to_owned()),
            None => {}
        }
        week
    }

    /// Spans in order that neither overlap nor touch twice.
    fn spans(&mut self, value: &Value, path: &str) -> Vec<Span> {
        let Some(list) = value.as_array() else {
            self.refuse("calendar.type", path, "expected a list of spans".to_owned());
            return Vec::new();
        };
        let mut spans: Vec<Span> = Vec::new();
        for (index, item) in list.iter().enumerate() {
            let path = format!("{path}/{index}");
            let Some(span) = span(item) else {
                let message = format!(
                    "expected a span such as `[\"09:00\", \"12:00\"]` that ends after it starts, found `{item}`"
                );
                self.refuse("calendar.span_invalid", path, message);
                continue;
            };
            match spans.last_mut() {
                Some(last) if span.start < last.end => {
                    self.refuse(
                        "calendar.span_overlaps",
                        path,
                        "expected spans in order, without overlap".to_owned(),
                    );
                }
                Some(last) if span.start == last.end => last.end = span.end,
                _ => spans.push(span),
            }
        }
        spans
    }

    /// Official holidays and make-up days, except where the document says otherwise for that date.
    fn official(
        &mut self,
        object: &Map<String, Value>,
        week: &Week,
        usual: Option<&[Span]>,
        special: &mut BTreeMap<NaiveDate, Vec<Span>>,
    ) {
        let keys: Vec<&Value> = match object.get("official") {
            None | Some(Value::Null) => return,
            Some(Value::Array(keys)) => keys.iter().collect(),
            Some(key) => vec![key],
        };
        for key in keys {
            let Some(decrees) = key.as_str().and_then(super::official::decrees) else {
                let known = super::Calendar::official_keys().collect::<Vec<_>>().join("`, `");
                let message = format!("expected one of `{known}`, found `{key}`");
                self.refuse("calendar.official_unknown", "/official", message);
                continue;
            };
            for decree in decrees {
                for date in decree.holidays.iter().flat_map(|holiday| &holiday.days) {
                    special.entry(*date).or_default();
                }
                for date in &decree.workdays {
                    let own = &week[chrono::Datelike::weekday(date).num_days_from_monday() as usize];
                    let spans = if own.is_empty() { usual.unwrap_or_default() } else { own };
                    special.entry(*date).or_insert_with(|| spans.to_vec());
                }
            }
        }
    }

    fn dates(
        &mut self,
        object: &Map<String, Value>,
        member: &str,
        usual: impl Fn(NaiveDate, &Week) -> Option<Vec<Span>>,
        special: &mut BTreeMap<NaiveDate, Vec<Span>>,
    ) {
        let week = match object.get("week") {
            Some(_) => Self { problems: Vec::new() }.week(object),
            None => Week::default(),
        };
        let list = match object.get(member) {
            None => return,
            Some(Value::Array(list)) if list.len() <= MOST_DATES => list,
            Some(_) => {
                let message = format!("expected a list of at most {MOST_DATES} dates");
                return self.refuse("calendar.type", format!("/{member}"), message);
            }
        };
        for (index, item) in list.iter().enumerate() {
            let path = format!("/{member}/{index}");
            let text = item.as_str().or_else(|| item.get("date").and_then(Value::as_str)).unwrap_or_default();
            let Ok(date) = text.parse::<NaiveDate>() else {
                let message = format!("expected a date such as `2026-10-01`, found `{item}`");
                self.refuse("calendar.date_invalid", path, message);
                continue;
            };
            let spans = match item.get("spans") {
                Some(spans) => Some(self.spans(spans, &format!("{path}/spans"))),
                None => usual(date, &week),
            };
            let Some(spans) = spans else {
                let message = format!("expected `spans` for `{date}`, as no weekday works");
                self.refuse("calendar.spans_missing", path, message);
                continue;
            };
            if special.insert(date, spans).is_some() {
                self.refuse("calendar.date_twice", path, format!("`{date}` stands here twice"));
            }
        }
    }
}

fn span(value: &Value) -> Option<Span> {
    let [start, end] = value.as_array()?.as_slice() else { return None };
    let (start, end) = (minutes(start.as_str()?)?, minutes(end.as_str()?)?);
    (start < end).then_some(Span { start, end })
}

/// Minutes after midnight of `09:00`; `24:00` ends a day.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !two_digits(hours) || !two_digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 1_440).then_some(hours * 60 + minutes)
}
