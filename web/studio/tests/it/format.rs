//! Times, numbers and stored values in words.

use api_types::{FieldView, OptionView};
use serde_json::{Value, json};
use studio::{
    format::{self, Moment},
    i18n::Language::{En, Zh},
};

const HOUR: i64 = 3_600_000;

#[test]
fn instants_are_read_as_rfc_3339_writes_them() {
    for (text, ms) in [
        ("1970-01-01T00:00:00Z", Some(0)),
        ("2026-11-23T03:18:44Z", Some(1_795_403_924_000)),
        ("2026-11-23T11:18:44+08:00", Some(1_795_403_924_000)),
        ("2026-11-23T03:18:44.5Z", Some(1_795_403_924_500)),
        ("2026-11-23T03:18:44.123456789Z", Some(1_795_403_924_123)),
        ("2024-02-29T23:59:59-01:00", Some(1_709_254_799_000)),
        ("2026-11-23", None),
        ("yesterday", None),
        ("", None),
    ] {
        assert_eq!(format::parse_ms(text), ms, "{text}");
    }
}

#[test]
fn days_and_dates_are_each_others_reverse() {
    for days in (-200_000..200_000).step_by(37) {
        let (year, month, day) = format::civil_from_days(days);
        assert_eq!(format::days_from_civil(year, month, day), days);
    }
    assert_eq!(format::civil_from_days(19_782), (2024, 2, 29));
}

#[test]
fn a_moment_is_local() {
    let at = Moment::at(1_795_403_924_000, 8 * 60);
    assert_eq!(at.full(), "2026-11-23 11:18");
    assert_eq!(at.day_in(Zh, 2026), "11月23日");
    assert_eq!(at.day_in(En, 2026), "23 Nov");
    assert_eq!(at.day_in(En, 2027), "23 Nov 2026");
    assert_eq!(Moment::at(1_795_403_924_000, -4 * 60).full(), "2026-11-22 23:18");
}

#[test]
fn the_past_is_told_in_the_largest_unit() {
    let now = 1_795_403_924_000;
    for (passed, zh, en) in [
        (5_000, "刚刚", "just now"),
        (3 * 60_000, "3 分钟前", "3 min ago"),
        (5 * HOUR, "5 小时前", "5 h ago"),
        (50 * HOUR, "2 天前", "2 d ago"),
        (30 * 24 * HOUR, "10月24日", "24 Oct"),
    ] {
        assert_eq!(format::ago(now - passed, now, 0, Zh), zh);
        assert_eq!(format::ago(now - passed, now, 0, En), en);
    }
}

#[test]
fn a_countdown_turns_into_lateness() {
    let now = 1_000 * HOUR;
    for (span, zh, en) in [
        (20 * 60_000, "剩 20 分钟", "20 min left"),
        (3 * HOUR + 20 * 60_000, "剩 3 小时 20 分", "3 h 20 min left"),
        (50 * HOUR, "剩 2 天 2 小时", "2 d 2 h left"),
        (-(20 * 60_000), "超时 20 分钟", "20 min late"),
        (-(26 * HOUR), "超时 1 天 2 小时", "1 d 2 h late"),
    ] {
        assert_eq!(format::countdown(now + span, now, Zh), zh);
        assert_eq!(format::countdown(now + span, now, En), en);
    }
}

#[test]
fn numbers_are_grouped_and_end_without_zeros() {
    for (value, decimals, expected) in [
        (0.0, 2, "0"),
        (1234567.0, 0, "1,234,567"),
        (-1234.5, 2, "-1,234.5"),
        (0.126, 2, "0.13"),
        (-0.001, 2, "0"),
        (999.0, 0, "999"),
        (1e3, 1, "1,000"),
    ] {
        assert_eq!(format::number(value, decimals), expected, "{value}");
    }
    assert_eq!(format::percent(0.1234), "12.3%");
}

#[test]
fn stored_values_read_as_their_labels() {
    let field = FieldView {
        path: "/about".into(),
        title: "about".into(),
        control: "multiple".into(),
        value_type: "list".into(),
        options: vec![
            OptionView { value: json!("product"), label: "产品缺陷".into() },
            OptionView { value: json!(3), label: "三".into() },
        ],
    };
    for (stored, words) in [
        (json!("product"), "产品缺陷"),
        (json!(["product", "other"]), "产品缺陷、other"),
        (json!(3), "三"),
        (json!(1500.5), "1,500.5"),
        (json!(true), "是"),
        (Value::Null, ""),
    ] {
        assert_eq!(format::value(&field, &stored, Zh), words, "{stored}");
    }
}

#[test]
fn csv_quotes_what_needs_it() {
    let cells: Vec<String> = ["plain", "a,b", "say \"hi\"", "two\nlines"].map(str::to_owned).into();
    assert_eq!(format::csv_line(&cells), "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
}

#[test]
fn a_browser_is_called_by_its_own_name_and_not_by_those_it_claims() {
    let named = studio::format::browser_name;
    let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
    assert_eq!(named(chrome).as_deref(), Some("Chrome · Windows"));
    assert_eq!(named(&format!("{chrome} Edg/140.0")).as_deref(), Some("Edge · Windows"));
    let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1 MicroMessenger/8.0";
    assert_eq!(named(phone).as_deref(), Some("WeChat · iPhone"));
    assert_eq!(named("curl/8.5"), None);
}
