//! Every word of the studio, in Chinese and English.
//!
//! A message is a constant with both languages, so a missing translation does not compile.
//! `{name}` in a message is filled by [`fill`].

use leptos::prelude::*;

use crate::settings::language;

/// What a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// The two languages of the studio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Language {
    /// `zh` or `en`: for `lang`, `Accept-Language` and the session.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language a tag names; Chinese unless it is English.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("en") { Self::En } else { Self::Zh }
    }
}

impl Message {
    /// Its words in `language`.
    #[must_use]
    pub const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

/// The message in the language of the moment; follows it.
pub fn t(message: Message) -> Signal<String> {
    Signal::derive(move || message.in_language(language()).to_owned())
}

/// The same where a component takes an optional text.
pub fn hint(message: Message) -> Signal<Option<String>> {
    Signal::derive(move || Some(message.in_language(language()).to_owned()))
}

/// The message now: inside a reactive closure it is followed, in an event handler it is read once.
pub fn say(message: Message) -> &'static str {
    message.in_language(language())
}

/// [`say`] with its `{names}` filled.
pub fn fill(message: Message, values: &[(&str, &str)]) -> String {
    fill_in(message, language(), values)
}

/// [`fill`] in a given language.
#[must_use]
pub fn fill_in(message: Message, language: Language, values: &[(&str, &str)]) -> String {
    values.iter().fold(message.in_language(language).to_owned(), |text, (name, value)| {
        numbered(text, name, *value == "1").replace(&format!("{{{name}}}"), value)
    })
}

/// `{n} {n|change|changes}`: the first of the two for one.
fn numbered(mut text: String, name: &str, one: bool) -> String {
    let opens = format!("{{{name}|");
    while let Some(from) = text.find(&opens) {
        let Some(length) = text[from..].find('}') else { return text };
        let words = &text[from + opens.len()..from + length];
        let (single, many) = words.split_once('|').unwrap_or((words, words));
        let word = if one { single } else { many }.to_owned();
        text.replace_range(from..=from + length, &word);
    }
    text
}

macro_rules! messages {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        $(pub const $name: $crate::i18n::Message = $crate::i18n::Message { zh: $zh, en: $en };)*
        /// For the test of both languages.
        pub const ALL: &[(&str, $crate::i18n::Message)] = &[$((stringify!($name), $name)),*];
    };
}

pub mod access;
pub mod apps;
pub mod board;
pub mod common;
pub mod customers;
pub mod definitions;
pub mod designer;
pub mod forms;
pub mod home;
pub mod import;
pub mod inbox;
pub mod mailbox;
pub mod notifications;
pub mod people;
pub mod settings;
pub mod share;
pub mod shell;

/// Every message of every area, with its name: for tests.
#[must_use]
pub fn all() -> Vec<(&'static str, Message)> {
    [
        access::ALL,
        apps::ALL,
        board::ALL,
        common::ALL,
        customers::ALL,
        definitions::ALL,
        designer::ALL,
        forms::ALL,
        home::ALL,
        import::ALL,
        inbox::ALL,
        mailbox::ALL,
        notifications::ALL,
        people::ALL,
        settings::ALL,
        share::ALL,
        shell::ALL,
    ]
    .concat()
}
