//! One question as HTML: title, help, input, problem, joined for every kind of reader.
//!
//! The frame is here, the inputs are one file per kind. A question that rules hide now is
//! written all the same, marked `hidden`: the browser module shows it without asking the
//! server, and what was typed into it survives every POST.

use form_engine::FieldKind;
use leptos::prelude::*;
use serde_json::Value;

use crate::{Question, Words};

mod any;
mod boolean;
mod ces;
mod choices;
mod consent;
mod contact;
mod csat;
mod date;
mod date_time;
mod drop_down;
mod email;
mod hidden;
mod line;
mod long_text;
mod multiple;
mod nps;
mod number;
mod phone;
mod rating;
mod scale;
mod single;
mod text;

/// A question and the names its parts are joined by.
pub(crate) struct Asked<'a> {
    /// The question.
    pub question: &'a Question,
    /// Unique on the page: `q3`.
    pub id: String,
    /// Sentences of the page's language.
    pub words: &'static Words,
    /// On the first screen of a stepping form.
    pub now: bool,
    /// Shares its screen with the question before it.
    pub joined: bool,
}

/// What holds the title: a group of inputs has a legend, a single input a label.
enum Naming {
    Legend,
    Label,
    /// The input names itself (a consent's own words).
    Own,
}

impl Asked<'_> {
    /// Ids of the help and the problem, for `aria-describedby`.
    pub fn described_by(&self) -> String {
        let help = self.question.help.as_ref().map(|_| format!("{}-help ", self.id)).unwrap_or_default();
        format!("{help}{}-problem", self.id)
    }

    /// For `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.question.problem.as_ref().map(|_| "true")
    }

    /// For `aria-required`; the native attribute would make browsers speak in their own words.
    pub fn needed(&self) -> Option<&'static str> {
        self.question.required.then_some("true")
    }

    /// The value as an input holds it.
    pub fn typed(&self) -> String {
        text_of(&self.question.value)
    }

    /// The question and its frame.
    pub fn view(&self) -> AnyView {
        let input = self.input();
        match naming(self.question.kind) {
            Naming::Own if self.question.kind == FieldKind::Hidden => input,
            Naming::Legend => view! {
                <fieldset
                    class=self.class()
                    id=self.id.clone()
                    data-path=self.question.path.clone()
                    data-kind=self.question.kind.control()
                    data-joined=self.joined.then_some("")
                    hidden=!self.question.shown
                    tabindex="-1"
                    role=self.role()
                    aria-required=self.role().and(self.needed())
                    aria-invalid=self.role().and(self.invalid())
                    aria-describedby=self.described_by()
                >
                    <legend class="title">{self.title()}</legend>
                    {self.help()}
                    <div class="input">{input}</div>
                    {self.problem()}
                </fieldset>
            }
            .into_any(),
            Naming::Label | Naming::Own => view! {
                <div
                    class=self.class()
                    id=self.id.clone()
                    data-path=self.question.path.clone()
                    data-kind=self.question.kind.control()
                    data-joined=self.joined.then_some("")
                    hidden=!self.question.shown
                    tabindex="-1"
                >
                    {self.label()}
                    {self.help()}
                    <div class="input">{input}</div>
                    {self.problem()}
                </div>
            }
            .into_any(),
        }
    }

    /// One choice among several is a radio group, and may be announced as required and wrong.
    fn role(&self) -> Option<&'static str> {
        (self.question.kind != FieldKind::Multiple).then_some("radiogroup")
    }

    fn class(&self) -> String {
        let mut class = String::from("question");
        if self.now {
            class.push_str(" now");
        }
        if self.question.problem.is_some() {
            class.push_str(" wrong");
        }
        class
    }

    fn title(&self) -> AnyView {
        let optional = (!self.question.required)
            .then(|| view! { <span class="optional">{self.words.form.optional}</span> });
        view! { <span>{self.question.title.clone()}</span>{optional} }.into_any()
    }

    fn label(&self) -> Option<AnyView> {
        match naming(self.question.kind) {
            Naming::Label => {
                let input = format!("{}-input", self.id);
                Some(view! { <label class="title" for=input>{self.title()}</label> }.into_any())
            }
            Naming::Legend | Naming::Own => None,
        }
    }

    fn help(&self) -> Option<AnyView> {
        let id = format!("{}-help", self.id);
        self.question.help.clone().map(|help| view! { <p class="help" id=id>{help}</p> }.into_any())
    }

    /// Always in the page, so that the browser module only has to fill it.
    fn problem(&self) -> AnyView {
        let id = format!("{}-problem", self.id);
        let text = self.question.problem.clone();
        let silent = text.is_none();
        view! { <p class="problem" id=id hidden=silent>{text}</p> }.into_any()
    }

    fn input(&self) -> AnyView {
        match self.question.kind {
            FieldKind::Nps => nps::view(self),
            FieldKind::Csat => csat::view(self),
            FieldKind::Ces => ces::view(self),
            FieldKind::Rating => rating::view(self),
            FieldKind::Text => text::view(self),
            FieldKind::LongText => long_text::view(self),
            FieldKind::Number => number::view(self),
            FieldKind::Single => single::view(self),
            FieldKind::Multiple => multiple::view(self),
            FieldKind::DropDown => drop_down::view(self),
            FieldKind::Date => date::view(self),
            FieldKind::DateTime => date_time::view(self),
            FieldKind::Email => email::view(self),
            FieldKind::Phone => phone::view(self),
            FieldKind::Contact => contact::view(self),
            FieldKind::Consent => consent::view(self),
            FieldKind::Hidden => hidden::view(self),
            FieldKind::Boolean => boolean::view(self),
            FieldKind::Any => any::view(self),
        }
    }
}

fn naming(kind: FieldKind) -> Naming {
    match kind {
        FieldKind::Nps
        | FieldKind::Csat
        | FieldKind::Ces
        | FieldKind::Rating
        | FieldKind::Single
        | FieldKind::Multiple
        | FieldKind::Boolean => Naming::Legend,
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number
        | FieldKind::DropDown
        | FieldKind::Date
        | FieldKind::DateTime
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Contact
        | FieldKind::Any => Naming::Label,
        FieldKind::Consent | FieldKind::Hidden => Naming::Own,
    }
}

/// A value as an input holds it; nothing for lists and objects.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}
