#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod chart;
mod dataset;
mod definition;
mod query;
mod resolve;
pub mod sql;
mod table;
mod zone;

pub use chart::{Chart, best as best_chart};
pub use dataset::{Dataset, Member, MemberType, Source};
pub use definition::{
    Compare, Dashboard, DashboardFilter, Dimension, DimensionKind, Granularity, MAX_ROWS, Measure,
    MeasureKind, Order, Query, Tile, WeekStart,
};
pub use query::{Column, ResolvedPage, ResolvedQuery, Role};
pub use resolve::{PageRequest, Situation, resolve, resolve_page};
pub use table::{Table, finish};
