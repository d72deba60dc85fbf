//! Official calendars that ship with the engine: public holidays and make-up working days, year by year, each with
//! the document that decreed it.
//!
//! Data only (`official/cn.json`): a year is there once it was decreed, never foretold. To add a year, add it to the
//! file. A team's own calendar takes them over with `"official": "cn"` or, for one year, `"cn-2026"`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use form_engine::Text;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Calendar;

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let files = [include_str!("official/cn.json")];
    files.map(|file| serde_json::from_str(file).expect("a shipped file is tested")).into()
});

static CALENDARS: LazyLock<BTreeMap<String, Calendar>> = LazyLock::new(|| {
    let keys = REGIONS.iter().flat_map(|region| {
        let years = region.years.iter().map(|decree| decree.key(region));
        std::iter::once(region.region.clone()).chain(years).map(move |key| (key, region))
    });
    let parsed = |(key, region): (String, &Region)| {
        let document = json!({
            "key": key, "title": region.title, "time_zone": region.time_zone, "week": region.week, "official": key,
        });
        let calendar = Calendar::parse(&document).expect("a shipped file is tested");
        (key, calendar)
    };
    keys.map(parsed).collect()
});

#[derive(Deserialize)]
struct Region {
    region: String,
    title: Text,
    time_zone: String,
    /// What is worked where the calendar is used as it stands.
    week: Value,
    years: Vec<Decree>,
}

/// The document that decreed a year's holidays and make-up working days.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Decree {
    /// Which year.
    pub year: i32,
    /// What the document is called.
    pub title: String,
    /// Its official number.
    pub number: String,
    /// When it was published.
    pub published: NaiveDate,
    /// Where it stands.
    pub url: String,
    /// Holidays by name.
    pub holidays: Vec<Holiday>,
    /// Days of weekends that are worked.
    pub workdays: Vec<NaiveDate>,
}

/// A public holiday and the days off around it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Holiday {
    /// In the country's language.
    pub name: String,
    /// Days that are not worked, weekends among them included.
    pub days: Vec<NaiveDate>,
}

impl Decree {
    fn key(&self, region: &Region) -> String {
        format!("{}-{}", region.region, self.year)
    }
}

/// The shipped calendar of this key: `cn` for every year that was decreed, `cn-2026` for one.
pub(super) fn calendar(key: &str) -> Option<&'static Calendar> {
    CALENDARS.get(key)
}

/// Keys of the shipped calendars.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    CALENDARS.keys().map(String::as_str)
}

/// The decrees behind a key; none when there is no such key.
pub(super) fn decrees(key: &str) -> Option<Vec<&'static Decree>> {
    let found: Vec<&Decree> = REGIONS
        .iter()
        .flat_map(|region| region.years.iter().map(move |decree| (region, decree)))
        .filter(|(region, decree)| region.region == key || decree.key(region) == key)
        .map(|(_, decree)| decree)
        .collect();
    (!found.is_empty()).then_some(found)
}
