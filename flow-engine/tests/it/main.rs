//! The engine through its public API.

#![expect(clippy::wildcard_enum_match_arm, reason = "a test looks for one effect among many")]

mod assign;
mod back;
mod bombs;
mod bounds;
mod calendars;
mod care;
mod clocks;
mod conformance;
mod fuzz;
mod invoke;
mod migration;
mod official;
mod promises;
mod properties;
mod refusals;
mod rules;
mod scxml;
mod support;
mod tasks;
