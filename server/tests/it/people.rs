//! People and departments: how they come in, who stands below whom, who answers to whom, who is there.

mod departments;
mod file;
mod getting_in;
mod joining;
mod leaving;
mod setup;
