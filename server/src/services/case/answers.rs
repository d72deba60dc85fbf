//! Other answers in the place of those that stood there: by staff, or by whoever sent them.

use flow_engine::Event;
use form_engine::{Field, FieldKind, Form, Language, pointer};
use serde_json::{Map, Value, json};

use super::{Case, Note};
use crate::error::ApiError;
use crate::services::{reference, submit};

/// What stood there and what stands there now, by pointer.
pub struct Changed {
    /// `null` where nothing stood.
    pub before: Map<String, Value>,
    /// `null` where nothing stands.
    pub after: Map<String, Value>,
}

/// Whose answers they are.
#[derive(Debug, Clone, Copy)]
pub enum By<'k> {
    /// Whoever sent them.
    Customer,
    /// Staff, who have no way to fill the fields `kept`.
    Staff {
        /// Their pointers.
        kept: &'k [String],
    },
}

impl Case<'_> {
    /// Judges `data` as a whole, puts it in the place of the answers, writes down what changed and tells the flows. None when nothing did.
    ///
    /// Numbers that were given stay, whoever changes the rest; what only staff fill stays when a customer does. What is newly
    /// referred to must be there, as when an answer comes in; what was referred to before may be gone since.
    ///
    /// # Errors
    ///
    /// [`ApiError::Invalid`] with every problem, an option that is full and a file that is not there among them.
    pub async fn replace_answers(
        &mut self,
        data: Value,
        language: Language,
        by: By<'_>,
    ) -> Result<Option<Changed>, ApiError> {
        let live = self.form.clone();
        let stood = self.data();
        let (staff, unasked) = match by {
            By::Customer => (false, submit::staff_fields(&live.form)),
            By::Staff { kept } => (true, kept.to_vec()),
        };
        let kept = |field: &Field| field.kind == FieldKind::SerialNumber || (!staff && field.read_only);
        let data = live.form.normalise(keeping(&live.form, &stood, data, kept));
        let data =
            reference::settle(self.app, live.team, &live.form, Some(&stood), data, language, staff).await?;
        let (data, files) = self.settle_files(data, language).await?;
        let data = submit::judge(&live.form, data, &unasked, language)?;
        let before = self.data();
        let mut changed = Changed { before: Map::new(), after: Map::new() };
        for field in live.form.fields() {
            // Rows of a list change as a whole.
            let path = field.path.split_once("/*").map_or(field.path.as_str(), |(list, _)| list);
            let (was, is) = (pointer::get(&before, path), pointer::get(&data, path));
            if was != is {
                changed.before.insert(path.to_owned(), was.cloned().unwrap_or(Value::Null));
                changed.after.insert(path.to_owned(), is.cloned().unwrap_or(Value::Null));
            }
        }
        if changed.after.is_empty() {
            return Ok(None);
        }
        self.leave_room(&data, language).await?;
        self.bind_files(&files).await?;
        self.set_data(&data);
        let mut note = json!({"before": changed.before, "after": changed.after});
        if !staff {
            note["by"] = "customer".into();
        }
        self.note(Note::internal("edited", note)).await?;
        self.raise(Event::new("edited", json!({"after": changed.after}))).await?;
        Ok(Some(changed))
    }
}

/// `data` with the fields that are `kept` as they stood before.
fn keeping(form: &Form, before: &Value, mut data: Value, kept: impl Fn(&Field) -> bool) -> Value {
    for field in form.fields().iter().filter(|field| kept(field)) {
        pointer::remove_all(&mut data, &field.path);
        for (place, value) in pointer::resolve(before, &field.path) {
            pointer::set(&mut data, &place, value.clone());
        }
    }
    data
}
