//! A control for one field of a form, by its kind.

use api_types::FieldView;
use leptos::prelude::*;
use web_ui::{Choice, SelectField, TextArea, TextField};

use super::model::option_key;
use crate::i18n::{common, say};

/// The control that fits `field`; what is typed stays text until it is sent.
#[component]
pub fn FieldInput(
    field: FieldView,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("field{}", field.path.replace('/', "-"));
    let title = field.title.clone();
    if !field.options.is_empty() {
        let mut choices = vec![Choice::new("", "")];
        choices.extend(
            field.options.iter().map(|option| Choice::new(option_key(&option.value), option.label.clone())),
        );
        return view! { <SelectField id=id label=title choices=Signal::stored(choices) value=value error=error/> }.into_any();
    }
    let kind = match (field.control.as_str(), field.value_type.as_str()) {
        (_, "integer" | "number") => "number",
        (_, "date") => "date",
        (_, "datetime") => "datetime-local",
        ("email", _) => "email",
        ("phone", _) => "tel",
        (_, "boolean") => {
            let choices = Signal::derive(|| {
                vec![
                    Choice::new("", ""),
                    Choice::new("true", say(common::YES)),
                    Choice::new("false", say(common::NO)),
                ]
            });
            return view! { <SelectField id=id label=title choices=choices value=value error=error/> }
                .into_any();
        }
        ("text", _) => "text",
        _ => {
            return view! { <TextArea id=id label=title value=value rows=5 error=error required=true/> }
                .into_any();
        }
    };
    view! { <TextField id=id label=title value=value kind=kind error=error required=true/> }.into_any()
}
