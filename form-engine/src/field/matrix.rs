//! A row of a matrix: several questions answered on one scale, in a table.
//!
//! The matrix is a group of the schema, its rows the members, so that rules, reports and permissions know each
//! row by its own pointer: `/service/speed`. The value is an object, row to column: `{"speed": "good"}`.
//!
//! ```json
//! {"field": "/service", "control": "matrix", "title": "How was our service?"}
//! ```

use serde_json::Value;

use super::{Bound, Field, Kind, check, read};
use crate::fault::Fault;

/// A table holds no more columns than people can tell apart.
const MOST: i64 = 11;

pub(super) struct Matrix;

impl Kind for Matrix {
    fn control(&self) -> &'static str {
        "matrix"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (field.options.is_empty() && self.scale(field).is_none())
            .then_some("options, or whole numbers from a minimum to a maximum, in each row")
    }

    fn fault(&self, field: &Field, value: &Value) -> Option<Fault> {
        check::scale(value, self.scale(field)?)
    }

    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        if !field.types.array {
            return read::scalar(field, texts.last()?);
        }
        let chosen: Vec<Value> = texts.iter().filter_map(|text| read::scalar(field, text)).collect();
        (!chosen.is_empty()).then_some(Value::Array(chosen))
    }

    fn scale(&self, field: &Field) -> Option<(i64, i64)> {
        let whole = |bound: &Option<Bound>| bound.as_ref()?.limit.as_i64();
        let (low, high) = (whole(&field.min)?, whole(&field.max)?);
        (field.options.is_empty() && low < high && high.checked_sub(low)? < MOST).then_some((low, high))
    }
}
