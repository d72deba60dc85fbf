//! App documents, as pure functions: what they refer to, how keys are renamed, how two authors' changes come together.
//!
//! Knows the formats, not the team: what is there and what is missing is asked by the services.

pub mod fields;
pub mod keep;
pub mod merge;
pub mod private;
pub mod references;
pub mod rename;
pub mod shape;
pub mod strict;

use api_types::DefinitionKind;

/// Where an app document keeps its definitions, in the order they are installed.
pub const LISTS: [(&str, DefinitionKind); 5] = [
    ("calendars", DefinitionKind::Calendar),
    ("roles", DefinitionKind::Role),
    ("forms", DefinitionKind::Form),
    ("flows", DefinitionKind::Flow),
    ("dashboards", DefinitionKind::Dashboard),
];

/// The list in which an app document keeps definitions of a kind.
pub fn list_of(kind: DefinitionKind) -> &'static str {
    match kind {
        DefinitionKind::Calendar => "calendars",
        DefinitionKind::Role => "roles",
        DefinitionKind::Form => "forms",
        DefinitionKind::Flow => "flows",
        DefinitionKind::Dashboard => "dashboards",
    }
}
