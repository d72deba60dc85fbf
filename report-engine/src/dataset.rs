//! Dataset: the members a query may name, their types, and where their values lie.
//!
//! Given by the caller, who knows forms and tables; this crate knows neither.

use form_engine::Text;

/// What can be asked about: one row per submission, task, customer …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dataset {
    /// A form's key, or a word that starts with `$`.
    pub name: String,
    /// In the order people see them.
    pub members: Vec<Member>,
}

/// A value every row has, or misses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// A JSON Pointer into the document (`/score`) or a bare word (`created_at`).
    pub name: String,
    /// For people.
    pub title: Text,
    /// What its values are; a stored value of another type counts as missing in measures.
    pub kind: MemberType,
    /// Where its values lie.
    pub source: Source,
    /// Every row has a value, as a column that cannot be NULL has.
    pub always_present: bool,
}

/// The types of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberType {
    /// Compared by code point.
    Text,
    /// A number without fraction.
    Integer,
    /// An IEEE 754 double.
    Number,
    /// True or false.
    Boolean,
    /// A local day, `2026-11-23`.
    Date,
    /// An instant: milliseconds since 1970 in a column, RFC 3339 in a document.
    DateTime,
    /// Several texts, as a multiple choice gives.
    TextList,
}

/// Where the values of a member lie. The names are the server's own, never an author's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A column, perhaps of a joined table: `state`, `customer.tier`.
    Column(String),
    /// A column of type UUID, shown as its 36 characters.
    Id(String),
    /// A place in the JSON document a text column holds.
    Json {
        /// The text column.
        column: String,
        /// RFC 6901; the whole document is the empty pointer.
        pointer: String,
    },
    /// The time between two columns of milliseconds, in units of `unit_ms`: a number.
    Elapsed {
        /// The earlier column.
        from: String,
        /// The later column.
        to: String,
        /// 60,000 for minutes, 3,600,000 for hours.
        unit_ms: u32,
    },
}

impl Dataset {
    /// The member of that name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    /// Names of all members, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|member| member.name.as_str())
    }
}

impl Member {
    /// True when values are milliseconds since 1970 as stored, not text of a document.
    pub(crate) fn is_stored_instant(&self) -> bool {
        self.kind == MemberType::DateTime && !matches!(self.source, Source::Json { .. })
    }
}

impl MemberType {
    /// The word of the format for the type of a value.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text | Self::TextList => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTime => "datetime",
        }
    }

    /// True for values that order by size: all but lists and truths.
    pub fn is_ordered(self) -> bool {
        !matches!(self, Self::Boolean | Self::TextList)
    }

    /// True for numbers with and without fraction.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }
}
