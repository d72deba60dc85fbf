//! Pages before anybody is signed in: their frame, and what is wrong with what was typed.

mod forgot;
mod join;
mod reset;
mod setup;

use api_types::ProblemView;
use leptos::prelude::*;
use web_ui::{Button, Icon, LinkButton, Look, Size};

pub use forgot::Forgot;
pub use join::Join;
pub use reset::Reset;
pub use setup::Setup;

use crate::{
    api::Fault,
    i18n::{people as m, say, shell as words, t},
    notify, settings,
    shell::{Mark, other_language},
};

/// As the server counts them.
pub const LEAST_CHARS: usize = 10;

/// Mark, title and words above what is asked; the other language below.
#[component]
pub fn Door(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] about: Signal<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <main class="cx-login">
            <div class="w-full max-w-sm">
                <div class="mb-8 flex flex-col items-start gap-4">
                    <Mark/>
                    <div>
                        <h1 class="text-2xl">{title}</h1>
                        <p class="mt-1 text-muted">{about}</p>
                    </div>
                </div>
                {children()}
                <div class="mt-8">
                    <Button label=t(words::LANGUAGE_OTHER) icon=Icon::Languages look=Look::Quiet size=Size::Small on_press=move |_| settings::set_language(other_language())/>
                </div>
            </div>
        </main>
    }
}

/// A link that opens nothing any more.
#[component]
fn Over() -> impl IntoView {
    view! {
        <Door title=t(m::LINK_OVER) about=t(m::LINK_OVER_HINT)>
            <LinkButton label=t(m::TO_SIGN_IN) href="/login" look=Look::Primary/>
        </Door>
    }
}

/// Words for one problem.
fn in_words(problem: &ProblemView) -> String {
    match problem.code.as_str() {
        "password.short" => say(m::PASSWORD_SHORT).to_owned(),
        "password.common" => say(m::PASSWORD_COMMON).to_owned(),
        "password.personal" => say(m::PASSWORD_PERSONAL).to_owned(),
        _ => problem.message.clone(),
    }
}

/// What the server said of fields, by their path, until the next try.
#[derive(Clone, Copy)]
pub struct Said(RwSignal<Vec<(String, String)>>);

impl Said {
    pub fn nothing() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    pub fn clear(self) {
        self.0.set(Vec::new());
    }

    /// Of the field at `path`.
    pub fn of(self, path: &'static str) -> Signal<Option<String>> {
        let own = move |said: &Vec<(String, String)>| {
            said.iter().find(|(place, _)| place == path).map(|(_, words)| words.clone())
        };
        Signal::derive(move || self.0.with(own))
    }

    /// Something to say of a field without asking the server.
    pub fn add(self, path: &str, words: &str) {
        self.0.update(|said| said.push((path.to_owned(), words.to_owned())));
    }

    pub fn is_empty(self) -> bool {
        self.0.with_untracked(Vec::is_empty)
    }

    /// Says a refusal at its fields, or as a message where it is about none.
    pub fn refuse(self, fault: &Fault) {
        if !self.take(fault) {
            notify::fault(fault);
        }
    }

    /// Places a refusal; false where it is about no field.
    fn take(self, fault: &Fault) -> bool {
        for problem in &fault.problems {
            self.add(&problem.path, &in_words(problem));
        }
        if fault.code == "conflict.taken" {
            self.add("/login", say(m::LOGIN_TAKEN));
        }
        !self.is_empty()
    }
}
