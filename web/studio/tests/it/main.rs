//! What the studio decides, tested without a browser: words, times, filters, charts, what news does to a list.

mod board;
mod chart;
mod filters;
mod format;
mod home;
mod inbox;
mod place;
mod ticket;
mod words;
