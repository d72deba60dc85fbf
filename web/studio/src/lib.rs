#![doc = include_str!("../README.md")]
#![expect(
    clippy::must_use_candidate,
    reason = "components and small view functions: the compiler already notes unused views"
)]

pub mod api;
mod app;
pub mod browser;
pub mod chart;
pub mod designer;
pub mod editor;
pub mod format;
mod holding;
pub mod i18n;
pub mod live;
pub mod load;
pub mod manage;
pub mod notify;
pub mod pages;
pub mod session;
pub mod settings;
pub mod shell;

pub use app::start;
