//! The official calendars that ship: what was decreed, and how a team uses it.

use chrono::{Datelike, NaiveDate, Weekday};
use flow_engine::{Calendar, Calendars, Scenario, compile_within, simulate};
use form_engine::moment;
use serde_json::{Value, json};

fn at(text: &str) -> i64 {
    moment::parse(text).expect("an instant")
}

/// Working hours of a local day in Shanghai.
fn hours(calendar: &Calendar, date: NaiveDate) -> i64 {
    let midnight = at(&format!("{date}T00:00:00+08:00"));
    calendar.worked_ms(midnight, midnight + 86_400_000) / 3_600_000
}

#[test]
fn every_day_of_a_decree_is_as_it_says_and_every_other_follows_its_weekday() {
    let calendar = Calendar::official("cn").expect("it ships");
    let decrees = Calendar::decrees("cn").expect("it ships");
    assert_eq!(decrees.iter().map(|decree| decree.year).collect::<Vec<_>>(), [2024, 2025, 2026]);
    for decree in decrees {
        let mut date = NaiveDate::from_ymd_opt(decree.year, 1, 1).expect("a date");
        let free = |date: &NaiveDate| decree.holidays.iter().any(|holiday| holiday.days.contains(date));
        while date.year() == decree.year {
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            let works = decree.workdays.contains(&date) || (!weekend && !free(&date));
            assert_eq!(hours(calendar, date), if works { 8 } else { 0 }, "{date}");
            date = date.succ_opt().expect("a date");
        }
    }
}

#[test]
fn a_decree_is_a_whole_one() {
    for decree in Calendar::decrees("cn").expect("it ships") {
        let days: Vec<&NaiveDate> = decree.holidays.iter().flat_map(|holiday| &holiday.days).collect();
        assert!(days.iter().all(|day| day.year() == decree.year));
        assert!(decree.workdays.iter().all(|day| day.year() == decree.year && !days.contains(&day)));
        // A make-up day is one of a weekend, and each makes up for one holiday on another day of the week.
        assert!(decree.workdays.iter().all(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun)));
        let official: usize = match decree.year {
            2024 => 11,
            _ => 13,
        };
        let weekdays =
            days.iter().filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).count();
        assert!(weekdays - decree.workdays.len() <= official, "{}: {weekdays}", decree.year);
        for holiday in &decree.holidays {
            let in_a_row = holiday.days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1]));
            assert!(in_a_row, "{} {}", decree.year, holiday.name);
        }
        assert!(decree.published < NaiveDate::from_ymd_opt(decree.year, 1, 1).expect("a date"));
        assert!(decree.title.contains(&decree.year.to_string()) && decree.number.starts_with("国办发明电"));
        assert!(decree.url.starts_with("https://www.gov.cn/"));
    }
}

#[test]
fn known_dates_of_each_year() {
    let calendar = Calendar::official("cn").expect("it ships");
    for (date, works) in [
        ("2024-02-09", true),
        ("2024-02-10", false),
        ("2024-02-18", true),
        ("2024-05-11", true),
        ("2024-10-12", true),
        ("2025-01-01", false),
        ("2025-01-26", true),
        ("2025-01-27", true),
        ("2025-02-04", false),
        ("2025-10-08", false),
        ("2025-10-11", true),
        ("2026-01-02", false),
        ("2026-01-04", true),
        ("2026-02-14", true),
        ("2026-02-23", false),
        ("2026-09-20", true),
        ("2026-10-10", true),
        ("2026-11-26", true),
        ("2026-11-28", false),
    ] {
        assert_eq!(hours(calendar, date.parse().expect("a date")) > 0, works, "{date}");
    }
}

#[test]
fn one_year_has_only_its_own_dates() {
    let year = Calendar::official("cn-2025").expect("it ships");
    assert_eq!(hours(year, "2025-10-08".parse().expect("a date")), 0);
    assert_eq!(
        hours(year, "2026-10-05".parse().expect("a date")),
        8,
        "another year's holiday is a plain Monday"
    );
    assert_eq!(Calendar::decrees("cn-2025").expect("it ships")[0].number, "国办发明电〔2024〕12号");
    assert!(Calendar::official("cn-2023").is_none() && Calendar::official("xx").is_none());
    assert!(Calendar::decrees("cn-1999").is_none());
    assert_eq!(Calendar::official_keys().collect::<Vec<_>>(), ["cn", "cn-2024", "cn-2025", "cn-2026"]);
}

#[test]
fn a_teams_calendar_takes_official_dates_over_and_its_own_go_first() {
    let calendar = |patch: Value| {
        let mut document = json!({"kind": "calendar", "key": "work", "time_zone": "Asia/Shanghai", "official": "cn",
            "week": {"mon": [["08:00", "12:00"]], "tue": [["08:00", "12:00"]], "wed": [["08:00", "12:00"]], "thu": [["08:00", "12:00"]], "fri": [["08:00", "10:00"]]}});
        document.as_object_mut().expect("an object").extend(patch.as_object().expect("members").clone());
        Calendar::parse(&document)
    };
    let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let plain = calendar(json!({})).expect("valid");
    assert_eq!(hours(&plain, date("2026-10-01")), 0);
    assert_eq!(hours(&plain, date("2026-10-10")), 4, "a make-up Saturday has the usual day's spans");
    let own = calendar(json!({"workdays": ["2026-10-01", {"date": "2026-10-10", "spans": [["10:00", "11:00"]]}], "holidays": ["2026-10-12"]}))
        .expect("valid");
    assert_eq!(hours(&own, date("2026-10-01")), 4);
    assert_eq!(hours(&own, date("2026-10-10")), 1);
    assert_eq!(hours(&own, date("2026-10-12")), 0);
    let listed = calendar(json!({"official": ["cn-2024", "cn-2026"]})).expect("valid");
    assert_eq!(hours(&listed, date("2025-10-06")), 4);
    assert_eq!(hours(&listed, date("2024-10-04")), 0);
    let problems = calendar(json!({"official": "cn-1066"})).expect_err("there is no such calendar");
    assert_eq!(
        (problems[0].code.as_ref(), problems[0].path.as_str()),
        ("calendar.official_unknown", "/official")
    );
}

#[test]
fn a_flow_may_name_an_official_calendar_without_anybody_giving_it() {
    let flow = json!({"clocks": [{"name": "answer", "within": "1wd", "calendar": "cn"}], "states": {"a": {"on": {"e": "b"}}, "b": {}}});
    // Wednesday before the National Day of 2026: half a day is left, the other half is the first working day's.
    let scenario = json!({"machine": flow, "start": "2026-09-30T14:00:00+08:00"});
    let scenario: Scenario = serde_json::from_value(scenario).expect("a scenario");
    let outcome = simulate(&scenario).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let effects = serde_json::to_value(&outcome.effects).expect("plain data");
    let clock = effects
        .as_array()
        .expect("a list")
        .iter()
        .find(|effect| effect["effect"] == "clock")
        .expect("a clock");
    assert_eq!(clock["due_ms"], at("2026-10-08T14:00:00+08:00"));
    let nobody = flow_engine::Surroundings { calendars: Some(Default::default()), ..Default::default() };
    assert!(compile_within(&flow, &nobody).is_ok());
    assert!(Calendars::new().get("cn").is_some());
    let mut own = Calendars::new();
    own.insert(
        Calendar::parse(&json!({"key": "cn", "time_zone": "UTC", "week": {"sun": [["00:00", "24:00"]]}}))
            .expect("valid"),
    );
    assert_eq!(own.get("cn").map(|calendar| calendar.zone().name()), Some("UTC"), "a team's own goes first");
}
