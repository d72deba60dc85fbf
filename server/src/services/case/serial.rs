//! Serial numbers: given inside the writer, so that no two submissions of a period get the same one.

use chrono::DateTime;
use form_engine::{Detail, Form, pointer};
use serde_json::Value;

use crate::error::ApiError;
use crate::ids::DefinitionId;
use crate::services::query::zone_of;
use crate::writer::Batch;

/// `data` with a number at each serial field that has none; an imported answer keeps its own. The day is the
/// team's, which keeps the time of its `language`.
pub(super) async fn give(
    batch: &mut Batch,
    definition: DefinitionId,
    form: &Form,
    mut data: Value,
    at_ms: i64,
    language: &str,
) -> Result<Value, ApiError> {
    for field in form.fields() {
        let Detail::Serial(serial) = &field.detail else { continue };
        let instant = DateTime::from_timestamp_millis(at_ms).unwrap_or(DateTime::UNIX_EPOCH);
        let day = instant.with_timezone(&zone_of(language)).format("%Y-%m-%d").to_string();
        let counter = format!("{} {}", field.path, serial.period(&day));
        for place in pointer::expand(&data, &field.path) {
            if pointer::get(&data, &place).is_none_or(Value::is_null) {
                let next = batch.serial(definition, &counter).await?;
                let number = serial.write(u64::try_from(next).unwrap_or_default(), &day);
                pointer::set(&mut data, &place, number.into());
            }
        }
    }
    Ok(data)
}
