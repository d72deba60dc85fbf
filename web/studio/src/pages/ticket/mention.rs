//! Naming a colleague in a note: `@` and a few signs offer those who may be meant. Whom a note then names, the server reads
//! from its text.

use api_types::{MemberView, SubmissionDetail};
use leptos::{ev, html, prelude::*};
use web_ui::Avatar;

use super::Open;
use crate::{
    api, browser,
    i18n::{fill, inbox as m, t},
    load::load,
    session,
};

/// So many are offered at once.
const OFFERED: usize = 6;
/// No name is longer.
const LONGEST: usize = 40;

/// What is being named at the cursor: the byte at which its `@` stands, and what is written behind it.
///
/// The cursor is counted as the browser counts, in UTF-16 units. A mail address names nobody.
#[must_use]
pub fn asked(text: &str, cursor: u32) -> Option<(usize, String)> {
    let before = &text[..byte_at(text, cursor)];
    let at = before.rfind('@')?;
    let wanted = &before[at + 1..];
    let in_address =
        before[..at].ends_with(|sign: char| sign.is_ascii_alphanumeric() || "._-+".contains(sign));
    let is_name = wanted.chars().count() <= LONGEST && !wanted.contains('\n');
    (is_name && !in_address).then(|| (at, wanted.to_owned()))
}

/// Where in the text the browser's cursor stands.
fn byte_at(text: &str, cursor: u32) -> usize {
    let (mut units, cursor) = (0, cursor as usize);
    for (at, sign) in text.char_indices() {
        if units >= cursor {
            return at;
        }
        units += sign.len_utf16();
    }
    text.len()
}

/// Who may be meant: names that begin so, then those that hold it, or whose mail address begins so. Nobody names themselves.
#[must_use]
pub fn offered(members: &[MemberView], wanted: &str, own: Option<&str>) -> Vec<MemberView> {
    let wanted = wanted.to_lowercase();
    let rank = |member: &MemberView| {
        let name = member.name.to_lowercase();
        let by_mail = || member.email.as_ref().is_some_and(|mail| mail.to_lowercase().starts_with(&wanted));
        match name.find(&wanted) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None => by_mail().then_some(2),
        }
    };
    let here = members.iter().filter(|member| !member.disabled && own != Some(&*member.id));
    let mut found: Vec<(i32, &MemberView)> =
        here.filter_map(|member| rank(member).map(|rank| (rank, member))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    // A name that is written out needs no offer: Enter means a new line again.
    if let [(_, only)] = found[..]
        && only.name.to_lowercase() == wanted
    {
        return Vec::new();
    }
    found.into_iter().take(OFFERED).map(|(_, member)| member.clone()).collect()
}

/// The text with the colleague named, and where the cursor goes then, in UTF-16 units.
#[must_use]
pub fn named(text: &str, (at, wanted): &(usize, String), name: &str) -> (String, u32) {
    let rest = text.get(at + 1 + wanted.len()..).unwrap_or_default();
    let gap = if rest.starts_with(' ') { "" } else { " " };
    let head = format!("{}@{name}{gap}", text.get(..*at).unwrap_or_default());
    let cursor = head.encode_utf16().count() + usize::from(gap.is_empty());
    (format!("{head}{rest}"), u32::try_from(cursor).unwrap_or(u32::MAX))
}

/// Whom the composer offers now.
#[derive(Clone, Copy)]
pub struct Naming {
    field: NodeRef<html::Textarea>,
    text: RwSignal<String>,
    asked: RwSignal<Option<(usize, String)>>,
    /// Where an offer was declined with Escape.
    declined: RwSignal<Option<usize>>,
    people: Memo<Vec<MemberView>>,
    at: RwSignal<usize>,
}

impl Naming {
    /// Offers while `on`.
    pub fn new(open: Open, field: NodeRef<html::Textarea>, on: Signal<bool>) -> Self {
        let asked = RwSignal::new(None::<(usize, String)>);
        // Whoever may not see the ticket would not be told of the note either. That changes with who has it.
        let about = Memo::new(move |_| {
            let about = |detail: &SubmissionDetail| {
                let one = &detail.submission;
                (one.id.clone(), one.department.clone(), one.assignee.clone())
            };
            on.get().then(|| open.detail.with(about))
        });
        let seeing = load(
            move || about.get(),
            |about| async move {
                match about {
                    Some((id, ..)) => api::colleagues(&id).await,
                    None => Ok(Vec::new()),
                }
            },
        );
        let people = Memo::new(move |_| {
            let Some((_, wanted)) = asked.get().filter(|_| on.get()) else { return Vec::new() };
            let (own, seeing) = (session::user_id(), seeing.get().unwrap_or_default());
            let reached = |all: &Vec<MemberView>| -> Vec<MemberView> {
                all.iter().filter(|member| seeing.contains(&member.id)).cloned().collect()
            };
            offered(&open.colleagues.with(reached).unwrap_or_default(), &wanted, own.as_deref())
        });
        Self { field, text: open.text, asked, declined: RwSignal::new(None), people, at: RwSignal::new(0) }
    }

    /// Is somebody offered? Followed.
    pub fn is_open(self) -> bool {
        !self.people.with(Vec::is_empty)
    }

    /// The line that Enter takes, by its id. Followed.
    pub fn active(self) -> Option<String> {
        self.is_open().then(|| format!("colleague-{}", self.at.get()))
    }

    /// Reads what stands at the cursor.
    pub fn look(self) {
        let Some(field) = self.field.get_untracked() else { return };
        let cursor = field.selection_end().ok().flatten().unwrap_or_default();
        let found = asked(&field.value(), cursor);
        let declined = self.declined.get_untracked();
        if declined.is_some() && found.as_ref().map(|(at, _)| *at) != declined {
            self.declined.set(None);
        }
        let found = found.filter(|(at, _)| self.declined.get_untracked() != Some(*at));
        if self.asked.with_untracked(|before| *before != found) {
            self.at.set(0);
            self.asked.set(found);
        }
    }

    /// Offers nobody any more.
    pub fn close(self) {
        self.asked.set(None);
    }

    fn take(self, index: usize) {
        let (Some(asked), Some(field)) = (self.asked.get_untracked(), self.field.get_untracked()) else {
            return;
        };
        let Some(name) = self.people.with_untracked(|people| people.get(index).map(|one| one.name.clone()))
        else {
            return;
        };
        let (text, cursor) = named(&field.value(), &asked, &name);
        // The cursor is put where it belongs before the signal writes the same words again.
        field.set_value(&text);
        let _ = field.set_selection_range(cursor, cursor);
        self.text.set(text);
        self.close();
    }

    /// A key in the field; true when it was meant for the offer.
    pub fn key(self, event: &ev::KeyboardEvent) -> bool {
        let count = self.people.with_untracked(Vec::len);
        if count == 0 || event.is_composing() || event.ctrl_key() || event.meta_key() {
            return false;
        }
        let at = self.at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.at.set((at + 1) % count),
            "ArrowUp" => self.at.set((at + count - 1) % count),
            "Enter" | "Tab" if !event.shift_key() => self.take(at),
            "Escape" => {
                self.declined.set(self.asked.with_untracked(|asked| asked.as_ref().map(|(at, _)| *at)));
                self.close();
            }
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        browser::reveal(&format!("colleague-{}", self.at.get_untracked()));
        true
    }
}

/// The offer, above the field. The keyboard stays in the field, so the mouse must not take it away.
#[component]
pub fn Offer(naming: Naming) -> impl IntoView {
    let count = move || naming.people.with(Vec::len);
    view! {
        <Show when=move || naming.is_open()>
            <ul id="colleagues" role="listbox" aria-label=t(m::COLLEAGUES) class="cx-menu-list" on:mousedown=|event| event.prevent_default()>
                {move || naming.people.get().into_iter().enumerate().map(|(index, one)| view! {
                    <li
                        id=format!("colleague-{index}") role="option" class="cx-menu-item cursor-pointer" class:bg-selected=move || naming.at.get() == index
                        aria-selected=move || (naming.at.get() == index).to_string() on:click=move |_| naming.take(index)
                    >
                        <Avatar name=one.name.clone()/>
                        <span class="min-w-0 grow truncate">{one.name}</span>
                        <span class="max-w-36 truncate text-xs text-muted">{one.email}</span>
                    </li>
                }).collect_view()}
            </ul>
        </Show>
        <span class="sr-only" role="status">{move || naming.is_open().then(|| fill(m::COLLEAGUES_FOUND, &[("n", &count().to_string())]))}</span>
    }
}
