//! The HTTP surface: one file per endpoint saying who may call it, in what shape, and which service answers.

pub mod apps;
pub mod assets;
pub mod body;
pub mod client;
pub mod dashboards;
pub mod definitions;
pub mod departments;
pub mod health;
pub mod imports;
pub mod layers;
pub mod live;
pub mod members;
pub mod metrics;
pub mod openapi;
pub mod query;
pub mod request_id;
pub mod serve;
pub mod session;
pub mod spoken;
pub mod studio;
pub mod tls;
pub mod tokens;
