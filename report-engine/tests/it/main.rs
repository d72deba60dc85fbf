//! The report engine through its public API; its SQL is executed on SQLite and PostgreSQL.

mod compare;
mod conditions;
mod corpora;
mod dashboards;
mod definitions;
mod measures;
mod naive;
mod pages;
mod postgres;
mod queries;
mod samples;
mod support;
mod time;
