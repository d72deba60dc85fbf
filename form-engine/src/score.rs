//! What a score says: the groups of the Net Promoter Score, and who counts as satisfied.
//!
//! One answer at a time; what many of them add up to is report-engine's.

use crate::field::FieldKind;

/// Where an answer to "would you recommend us" belongs (Reichheld 2003).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NpsGroup {
    /// 0 to 6.
    Detractor,
    /// 7 and 8.
    Passive,
    /// 9 and 10.
    Promoter,
}

impl NpsGroup {
    /// The group of a point; `None` outside 0 to 10.
    pub fn of(point: i64) -> Option<Self> {
        match point {
            0..=6 => Some(Self::Detractor),
            7 | 8 => Some(Self::Passive),
            9 | 10 => Some(Self::Promoter),
            _ => None,
        }
    }
}

/// Whether a point of this kind is a good one: a promoter, one of the top two boxes of satisfaction (4 and 5),
/// an effort of 5 and above on the scale where 7 is easiest. `None` for kinds without a common reading.
pub fn is_favourable(kind: FieldKind, point: i64) -> Option<bool> {
    match kind {
        FieldKind::Nps => NpsGroup::of(point).map(|group| group == NpsGroup::Promoter),
        FieldKind::Csat => (1..=5).contains(&point).then_some(point >= 4),
        FieldKind::Ces => (1..=7).contains(&point).then_some(point >= 5),
        FieldKind::Rating
        | FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number
        | FieldKind::Single
        | FieldKind::Multiple
        | FieldKind::DropDown
        | FieldKind::Date
        | FieldKind::DateTime
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Contact
        | FieldKind::Consent
        | FieldKind::Hidden
        | FieldKind::Boolean
        | FieldKind::Toggle
        | FieldKind::Time
        | FieldKind::Slider
        | FieldKind::Ranking
        | FieldKind::Matrix
        | FieldKind::Cascade
        | FieldKind::IdNumber
        | FieldKind::File
        | FieldKind::Image
        | FieldKind::Signature
        | FieldKind::LinkedRecord
        | FieldKind::Member
        | FieldKind::Department
        | FieldKind::SerialNumber
        | FieldKind::Formula
        | FieldKind::Any => None,
    }
}
