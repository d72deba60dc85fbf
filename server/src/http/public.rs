//! Customers' pages and the route their forms post to: no caller, no session, one use of each link.

pub mod answer;
pub mod files;
pub mod form;
pub mod limit;
pub mod one_click;
pub mod opened;
pub mod opt_out;
pub mod own;
pub mod page;
pub mod preview;
pub mod progress;
pub mod progress_act;
pub mod progress_file;
pub mod progress_live;
pub mod progress_view;
pub mod short;
pub mod submit;
