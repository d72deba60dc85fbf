//! Working time against an oracle that steps through every minute.

use chrono::{DateTime, Datelike, NaiveDate, Timelike};
use chrono_tz::Tz;
use flow_engine::Calendar;
use proptest::prelude::*;
use serde_json::{Value, json};

pub const MINUTE_MS: i64 = 60_000;
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Zones with clock changes forwards, backwards, by half an hour, at midnight, by a whole day.
const ZONES: [&str; 8] = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "Africa/Casablanca",
];
/// Days around which those zones change their clocks.
const DAYS: [&str; 12] = [
    "2026-03-29",
    "2026-10-25",
    "2026-03-08",
    "2026-11-01",
    "2026-04-05",
    "2026-10-04",
    "2018-11-04",
    "2018-02-18",
    "2011-12-30",
    "2026-02-15",
    "2026-03-22",
    "2026-10-01",
];

/// A calendar as data, from which both the document and the oracle are made.
#[derive(Debug, Clone)]
pub struct Plan {
    zone: &'static str,
    week: [Vec<(u32, u32)>; 7],
    holidays: Vec<NaiveDate>,
    workdays: Vec<NaiveDate>,
}

impl Plan {
    pub fn document(&self) -> Value {
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let spans = |day: &Vec<(u32, u32)>| {
            day.iter().map(|(from, to)| json!([clock(*from), clock(*to)])).collect::<Value>()
        };
        let week: serde_json::Map<String, Value> =
            WEEKDAYS.iter().zip(&self.week).map(|(name, day)| ((*name).to_owned(), spans(day))).collect();
        json!({"format": 1, "kind": "calendar", "key": "k", "time_zone": self.zone, "week": week,
            "holidays": self.holidays, "workdays": self.workdays})
    }

    /// Is the minute that begins at this instant worked?
    pub fn works(&self, at_ms: i64) -> bool {
        let zone: Tz = self.zone.parse().expect("a zone");
        let local = DateTime::from_timestamp_millis(at_ms).expect("in range").with_timezone(&zone);
        let (date, minute) = (local.date_naive(), local.hour() * 60 + local.minute());
        let inside = |day: &Vec<(u32, u32)>| day.iter().any(|(from, to)| *from <= minute && minute < *to);
        let own = &self.week[date.weekday().num_days_from_monday() as usize];
        if self.holidays.contains(&date) {
            false
        } else if self.workdays.contains(&date) && own.is_empty() {
            inside(self.usual())
        } else {
            inside(own)
        }
    }

    pub fn usual(&self) -> &Vec<(u32, u32)> {
        let length = |day: &Vec<(u32, u32)>| day.iter().map(|(from, to)| to - from).sum::<u32>();
        let same = |day: &Vec<(u32, u32)>| {
            self.week.iter().filter(|other| !other.is_empty() && length(other) == length(day)).count()
        };
        let working: Vec<&Vec<(u32, u32)>> = self.week.iter().filter(|day| !day.is_empty()).collect();
        let most = working.iter().map(|day| same(day)).max().expect("some day works");
        working.into_iter().find(|day| same(day) == most).expect("the most frequent is one of them")
    }
}

/// Up to three spans of a day, in order, that do not touch.
fn day() -> impl Strategy<Value = Vec<(u32, u32)>> {
    proptest::collection::btree_set(0_u32..=96, 0..=6).prop_map(|marks| {
        let marks: Vec<u32> = marks.into_iter().map(|mark| mark * 15).collect();
        marks.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}

pub fn plan() -> impl Strategy<Value = (Plan, i64)> {
    let week = proptest::array::uniform7(day());
    let near = (0..DAYS.len(), -3_i64..3);
    let dates = proptest::collection::btree_set(-3_i64..4, 0..4);
    (0..ZONES.len(), week, near, dates.clone(), dates, 0_i64..1_440).prop_map(
        |(zone, mut week, (day, shift), holidays, workdays, minute)| {
            if week.iter().all(Vec::is_empty) {
                week[0] = vec![(540, 1_020)];
            }
            let around = DAYS[day].parse::<NaiveDate>().expect("a date");
            let date = |days: &i64| around + chrono::Duration::days(*days);
            let holidays: Vec<NaiveDate> = holidays.iter().map(date).collect();
            let workdays = workdays.iter().map(date).filter(|date| !holidays.contains(date)).collect();
            let start = date(&shift).and_hms_opt(0, 0, 0).expect("midnight").and_utc().timestamp_millis()
                + minute * MINUTE_MS;
            (Plan { zone: ZONES[zone], week, holidays, workdays }, start)
        },
    )
}

/// What each minute from `start` on counts, stepped through one by one.
struct Stepped {
    start: i64,
    /// Worked minutes before each minute.
    before: Vec<u32>,
}

impl Stepped {
    fn through(plan: &Plan, start: i64, minutes: usize) -> Self {
        let mut before = vec![0];
        for minute in 0..minutes {
            let works = plan.works(start + minute as i64 * MINUTE_MS);
            before.push(before[minute] + u32::from(works));
        }
        Self { start, before }
    }

    /// Worked time up to an instant inside, also within a minute.
    fn until(&self, at_ms: i64) -> i64 {
        let (minute, rest) = ((at_ms - self.start) / MINUTE_MS, (at_ms - self.start) % MINUTE_MS);
        let minute = usize::try_from(minute).expect("inside");
        let works = self.before.get(minute + 1).is_some_and(|next| *next > self.before[minute]);
        i64::from(self.before[minute]) * MINUTE_MS + if works { rest } else { 0 }
    }

    fn end(&self) -> i64 {
        self.start + (self.before.len() as i64 - 1) * MINUTE_MS
    }

    /// The first instant at which `need` is worked since `from`, if that is inside.
    fn due(&self, from: i64, need: i64) -> Option<i64> {
        let target = self.until(from) + need;
        let minute =
            self.before.partition_point(|before| i64::from(*before) * MINUTE_MS < target).checked_sub(1)?;
        (minute + 1 < self.before.len()).then(|| {
            self.start + minute as i64 * MINUTE_MS + target - i64::from(self.before[minute]) * MINUTE_MS
        })
    }
}

/// Random numbers of a case, from its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: i64) -> i64 {
        // Knuth's multiplier; the high bits are the random ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

/// Calendars tried, and amounts of time measured on each: at least 100,000 in all.
/// `PROPTEST_CASES=5000 cargo test -p flow-engine --test it calendars` tries a million.
const CALENDARS: u32 = 512;
const PER_CALENDAR: usize = 200;
const MINUTES: usize = 4 * 1_440;

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(CALENDARS), ..ProptestConfig::default() })]

    #[test]
    fn working_time_is_what_stepping_through_the_minutes_counts((plan, start) in plan(), seed in any::<u64>()) {
        let calendar = Calendar::parse(&plan.document()).expect("the plan makes a valid calendar");
        let stepped = Stepped::through(&plan, start, MINUTES);
        let mut dice = Dice(seed);
        for case in 0..PER_CALENDAR {
            let whole = if case % 2 == 0 { MINUTE_MS } else { 1 };
            let at = dice.below((stepped.end() - start) / whole) * whole;
            let (from, to) = (start + at, start + at + dice.below((stepped.end() - start - at).max(whole) / whole) * whole);
            let worked = stepped.until(to) - stepped.until(from);
            prop_assert_eq!(calendar.worked_ms(from, to), worked, "{} to {}", from, to);
            let need = 1 + dice.below(1 + worked * 3 / 2);
            let due = calendar.due_ms(from, need).expect("some day of every week works");
            match stepped.due(from, need) {
                Some(expected) => prop_assert_eq!(due, expected, "{} after {}", need, from),
                None => prop_assert!(due > stepped.end(), "{} after {}: {}", need, from, due),
            }
        }
    }
}

proptest! {
    #[test]
    fn time_adds_up((plan, start) in plan(), first in 0_i64..400_000_000, second in 0_i64..400_000_000) {
        let calendar = Calendar::parse(&plan.document()).expect("the plan makes a valid calendar");
        let (middle, end) = (start + first, start + first + second);
        prop_assert_eq!(calendar.worked_ms(start, middle) + calendar.worked_ms(middle, end), calendar.worked_ms(start, end));
    }

    #[test]
    fn no_document_makes_parsing_panic(text in "\\PC{0,12}", number in any::<i64>()) {
        for value in [json!(text), json!(number), json!([text]), json!({ "x": text }), json!([[text, number]])] {
            for member in ["key", "time_zone", "week", "holidays", "workdays", "title"] {
                let mut document = json!({"kind": "calendar", "key": "k", "time_zone": "UTC", "week": {"mon": [["09:00", "10:00"]]}});
                document[member] = value.clone();
                if let Err(problems) = Calendar::parse(&document) {
                    prop_assert!(!problems.is_empty());
                }
            }
        }
    }
}

#[test]
fn extreme_instants_do_not_panic() {
    let calendar =
        Calendar::parse(&json!({"key": "k", "time_zone": "UTC", "week": {"mon": [["00:00", "24:00"]]}}))
            .expect("valid");
    for instant in [i64::MIN, i64::MIN + 1, -1, 0, i64::MAX - 1, i64::MAX] {
        let _worked = calendar.worked_ms(instant, instant.saturating_add(1));
        let _due = calendar.due_ms(instant, 1);
    }
    assert_eq!(calendar.due_ms(0, i64::MAX), None);
}

#[test]
fn faults_are_addressed() {
    let document = json!({"key": "", "time_zone": "Mars/Olympus", "week": {"mon": [["10:00", "09:00"]], "tue": [["09:00", "12:00"], ["11:00", "13:00"]], "noday": []},
        "holidays": ["2026-02-30"], "workdays": ["2026-01-04", "2026-01-04"], "extra": 1});
    let problems = Calendar::parse(&document).expect_err("all of it is wrong");
    let found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.code.as_ref(), problem.path.as_str())).collect();
    assert_eq!(
        found,
        [
            ("calendar.member_unknown", "/extra"),
            ("calendar.key_missing", "/key"),
            ("calendar.zone_unknown", "/time_zone"),
            ("calendar.span_invalid", "/week/mon/0"),
            ("calendar.span_overlaps", "/week/tue/1"),
            ("calendar.weekday_unknown", "/week/noday"),
            ("calendar.date_invalid", "/holidays/0"),
            ("calendar.date_twice", "/workdays/1"),
        ]
    );
    let never =
        Calendar::parse(&json!({"key": "k", "time_zone": "UTC", "week": {}})).expect_err("it never works");
    assert_eq!(never[0].code, "calendar.never_works");
}
