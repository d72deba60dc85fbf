//! What the studio decides, tested without a browser: words, times, filters, charts, what news does to a list.

mod audit;
mod board;
mod chart;
mod designer;
mod filters;
mod format;
mod history;
mod home;
mod inbox;
mod logic;
mod paste;
mod place;
mod roles;
mod ticket;
mod words;
