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
mod cascade;
mod ces;
mod choices;
mod consent;
mod contact;
mod csat;
mod date;
mod date_time;
mod department;
mod drop_down;
mod email;
mod file;
mod formula;
mod hidden;
mod id_number;
mod image;
mod line;
mod linked_record;
mod long_text;
mod matrix;
mod member;
mod multiple;
mod nps;
mod number;
mod phone;
mod ranking;
mod rating;
mod reference;
mod scale;
mod serial_number;
mod signature;
mod single;
mod slider;
mod text;
mod time;
mod toggle;
mod upload;

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
        match naming(self.question) {
            Naming::Own if self.question.kind == FieldKind::Hidden => input,
            Naming::Legend => view! {
                <fieldset
                    class=self.class()
                    id=self.id.clone()
                    data-path=self.question.path.clone()
                    data-kind=self.question.kind.control()
                    data-joined=self.joined.then_some("")
                    data-waits=self.waits()
                    data-standard=self.standard()
                    hidden=!self.question.shown
                    tabindex="-1"
                    role=self.role()
                    aria-required=self.role().and(self.needed())
                    aria-invalid=self.role().and(self.invalid())
                    aria-describedby=self.described_by()
                >
                    <legend class=self.title_class()>{self.title()}</legend>
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
                    data-waits=self.waits()
                    data-standard=self.standard()
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
        let boxes = matches!(self.question.kind, FieldKind::Multiple | FieldKind::Ranking);
        (!boxes && !self.question.more.several).then_some("radiogroup")
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
        let optional = || view! { <span class="optional">{self.words.form.optional}</span> };
        let more = &self.question.more;
        let free = !self.question.required && !more.demanded && self.is_answered();
        // In a matrix the row says little without the question that all rows answer.
        let matrix = more.matrix.clone();
        let matrix = matrix.map(|title| view! { <span class="unseen">{format!("{title} ")}</span> });
        let opens = if more.opens_section { "section opens" } else { "section" };
        let section = more.section.clone().map(|name| {
            let optional = more.section_optional.then(optional);
            view! { <small class=opens>{name}{optional}</small> }
        });
        let title = self.question.title.clone();
        view! { {section}{matrix}<span>{title}</span>{free.then(optional)} }.into_any()
    }

    /// The group or row whose first answer brings this one's default.
    fn waits(&self) -> Option<String> {
        self.question.more.waits.as_ref().map(|(group, _)| group.clone())
    }

    /// That default, as a list of what a form would post.
    fn standard(&self) -> Option<String> {
        let (_, standard) = self.question.more.waits.as_ref()?;
        let items = standard.as_array().map_or(std::slice::from_ref(standard), Vec::as_slice);
        Some(Value::from(items.iter().map(text_of).collect::<Vec<_>>()).to_string())
    }

    /// What the head of its row says already is for screen readers.
    fn title_class(&self) -> &'static str {
        if self.question.more.alone { "title unseen" } else { "title" }
    }

    /// False for what is only said.
    fn is_answered(&self) -> bool {
        !matches!(self.question.kind, FieldKind::Formula | FieldKind::SerialNumber)
    }

    fn label(&self) -> Option<AnyView> {
        match naming(self.question) {
            Naming::Label => {
                let input = format!("{}-input", self.id);
                Some(view! { <label class=self.title_class() for=input>{self.title()}</label> }.into_any())
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
            FieldKind::Toggle => toggle::view(self),
            FieldKind::Time => time::view(self),
            FieldKind::Slider => slider::view(self),
            FieldKind::Ranking => ranking::view(self),
            FieldKind::Matrix => matrix::view(self),
            FieldKind::Cascade => cascade::view(self),
            FieldKind::IdNumber => id_number::view(self),
            FieldKind::File => file::view(self),
            FieldKind::Image => image::view(self),
            FieldKind::Signature => signature::view(self),
            FieldKind::LinkedRecord => linked_record::view(self),
            FieldKind::Member => member::view(self),
            FieldKind::Department => department::view(self),
            FieldKind::SerialNumber => serial_number::view(self),
            FieldKind::Formula => formula::view(self),
            FieldKind::Any => any::view(self),
        }
    }
}

fn naming(question: &Question) -> Naming {
    match question.kind {
        FieldKind::Nps
        | FieldKind::Csat
        | FieldKind::Ces
        | FieldKind::Rating
        | FieldKind::Single
        | FieldKind::Multiple
        | FieldKind::Ranking
        | FieldKind::Matrix
        | FieldKind::Boolean => Naming::Legend,
        // Several of those offered are boxes to tick.
        FieldKind::LinkedRecord | FieldKind::Member | FieldKind::Department
            if question.more.several && !question.options.is_empty() =>
        {
            Naming::Legend
        }
        FieldKind::Text
        | FieldKind::LongText
        | FieldKind::Number
        | FieldKind::DropDown
        | FieldKind::Date
        | FieldKind::DateTime
        | FieldKind::Email
        | FieldKind::Phone
        | FieldKind::Contact
        | FieldKind::Time
        | FieldKind::Slider
        | FieldKind::Cascade
        | FieldKind::IdNumber
        | FieldKind::File
        | FieldKind::Image
        | FieldKind::Signature
        | FieldKind::LinkedRecord
        | FieldKind::Member
        | FieldKind::Department
        | FieldKind::SerialNumber
        | FieldKind::Formula
        | FieldKind::Any => Naming::Label,
        FieldKind::Consent | FieldKind::Toggle | FieldKind::Hidden => Naming::Own,
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
