//! How many submissions of a form chose each option that has a quota.
//!
//! Counted from the documents when first asked for, then kept beside the form and moved with every submission that
//! is made, changed or erased. What counts is what is stored, not what a version of the form says: a submission
//! made by an older version takes its place as well.

use std::collections::HashMap;

use form_engine::OptionQuota;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::Value;

use crate::ids::DefinitionId;
use crate::store;
use crate::store::counter::OPTION;

/// Documents read at a time.
const PAGE: u64 = 1_000;

/// The counts of one form in a batch.
#[derive(Default)]
pub struct Options(HashMap<String, Count>);

struct Count {
    option: OptionQuota,
    taken: i64,
    changed: bool,
}

/// What the counter of an option is called.
pub fn name(option: &OptionQuota) -> String {
    format!("{OPTION}{} {}{}", option.field.len(), option.field, option.option)
}

/// The option a counter is of. How many may choose it is not the counter's to know.
fn option(name: &str) -> Option<OptionQuota> {
    let (length, rest) = name.strip_prefix(OPTION)?.split_once(' ')?;
    let (field, option) = rest.split_at_checked(length.parse().ok()?)?;
    Some(OptionQuota { field: field.to_owned(), option: option.to_owned(), limit: 0 })
}

impl Options {
    /// Those that are kept of a form.
    pub(super) async fn load(db: &impl ConnectionTrait, form: DefinitionId) -> Result<Self, DbErr> {
        let kept = store::counter::options(db, form).await?.into_iter();
        let count = |(name, taken): (String, i64)| {
            Some((name.clone(), Count { option: option(&name)?, taken, changed: false }))
        };
        Ok(Self(kept.filter_map(count).collect()))
    }

    /// Quotas whose options were never counted.
    pub(super) fn unknown<'a>(&self, quotas: &'a [OptionQuota]) -> Vec<&'a OptionQuota> {
        quotas.iter().filter(|quota| !self.0.contains_key(&name(quota))).collect()
    }

    /// Takes the counts of options that were never counted.
    pub(super) fn learn(&mut self, counted: Vec<(OptionQuota, i64)>) {
        for (option, taken) in counted {
            self.0.insert(name(&option), Count { option, taken, changed: true });
        }
    }

    /// How many chose an option; none when it was never counted.
    pub fn taken(&self, quota: &OptionQuota) -> i64 {
        self.0.get(&name(quota)).map_or(0, |count| count.taken)
    }

    /// A document takes the place of another; none comes before the first, and after the last.
    pub fn moved(&mut self, before: Option<&Value>, after: Option<&Value>) {
        for count in self.0.values_mut() {
            let held =
                |data: Option<&Value>| i64::from(data.is_some_and(|data| count.option.is_held_by(data)));
            let change = held(after) - held(before);
            count.taken += change;
            count.changed |= change != 0;
        }
    }

    pub(super) async fn store(self, db: &impl ConnectionTrait, form: DefinitionId) -> Result<(), DbErr> {
        for (name, count) in self.0.into_iter().filter(|(_, count)| count.changed) {
            store::counter::put(db, form, &name, count.taken).await?;
        }
        Ok(())
    }
}

/// Counts options over every document of a form.
///
/// # Errors
///
/// Those of the database.
pub async fn count(
    db: &impl ConnectionTrait,
    form: DefinitionId,
    options: &[&OptionQuota],
) -> Result<Vec<(OptionQuota, i64)>, DbErr> {
    let mut counted: Vec<(OptionQuota, i64)> = options.iter().map(|option| ((*option).clone(), 0)).collect();
    let mut after = i64::MIN;
    loop {
        let page = store::submission::documents(db, form, after, PAGE).await?;
        let Some((last, _)) = page.last() else { return Ok(counted) };
        after = *last;
        for (_, document) in &page {
            let data: Value = serde_json::from_str(document).unwrap_or_default();
            for (option, taken) in &mut counted {
                *taken += i64::from(option.is_held_by(&data));
            }
        }
    }
}
