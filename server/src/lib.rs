//! The server: HTTP, services, store, worker and the command line, as a library
//! so that tests drive the same parts as the `huiyin` binary.

pub mod app;
pub mod auth;
pub mod catalog;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod error;
pub mod feed;
pub mod http;
pub mod ids;
pub mod router;
pub mod services;
pub mod starter;
pub mod stop;
pub mod store;
pub mod tabular;
pub mod worker;
pub mod writer;
