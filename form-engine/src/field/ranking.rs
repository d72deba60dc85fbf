//! Options put in order, the first one best: a list without repetitions.
//!
//! Where all of them must be ranked, the schema says so with `minItems`.
//!
//! ```json
//! {"field": "/order", "control": "ranking"}
//! ```

use serde_json::Value;

use super::{Field, Kind, multiple, read};
use crate::fault::Fault;
use crate::number;

pub(super) struct Ranking;

impl Kind for Ranking {
    fn control(&self) -> &'static str {
        "ranking"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        multiple::Multiple.misfit(field)
    }

    /// A schema without `uniqueItems` would let one option stand on two ranks.
    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let items = value.as_array()?;
        let twice = items
            .iter()
            .enumerate()
            .any(|(index, item)| items[..index].iter().any(|earlier| number::same(earlier, item)));
        twice.then_some(Fault::Repeated)
    }

    /// One text per rank; ranks left empty close up.
    fn read(&self, field: &Field, texts: &[&str]) -> Option<Value> {
        let ranked: Vec<Value> = texts.iter().filter_map(|text| read::scalar(field, text)).collect();
        (!ranked.is_empty()).then_some(Value::Array(ranked))
    }
}
