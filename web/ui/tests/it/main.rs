//! The design system, checked without a browser.

mod contrast;
mod icons;
mod pairs;
mod people;
