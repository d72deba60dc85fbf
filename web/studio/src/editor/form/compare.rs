//! What changed between two versions of a form, in plain words: for whoever is about to publish.

use form_engine::pointer;
use serde_json::Value;

use super::outline::{Item, Outline, outline};
use super::rules::{self, Effect};
use super::words::{Part, Words, read};
use super::{condition, kinds, layout, logic, publish::Setting};
use crate::i18n::{Language, Message, designer as m, fill_in};

/// Every difference a customer or an author would notice, in the order of the form; `at` tells an instant as its reader does.
#[must_use]
pub fn differences(live: &Value, draft: &Value, language: Language, at: fn(&str) -> String) -> Vec<String> {
    if live == draft {
        return Vec::new();
    }
    let mut found = Compare {
        live,
        draft,
        old: outline(live),
        new: outline(draft),
        language,
        when: at,
        said: Vec::new(),
    };
    found.form();
    found.questions();
    found.pages();
    found.publishing();
    if found.said.is_empty() {
        found.say(m::DIFF_OTHER, &[]);
    }
    found.said
}

/// The questions alone.
fn without_texts(outline: &Outline) -> Outline {
    let mut questions = outline.clone();
    for page in &mut questions.pages {
        page.retain(|item| item.text.is_none());
    }
    questions
}

struct Compare<'a> {
    live: &'a Value,
    draft: &'a Value,
    old: Outline,
    new: Outline,
    language: Language,
    when: fn(&str) -> String,
    said: Vec<String>,
}

impl Compare<'_> {
    fn say(&mut self, message: Message, values: &[(&str, &str)]) {
        self.said.push(fill_in(message, self.language, values));
    }

    fn title(&self, draft: &Value, item: &Item) -> String {
        let code = self.language.code();
        let own = read(draft, &Words::Field(item.path.clone(), Part::Title), code);
        if !own.is_empty() {
            return own;
        }
        let field = item.field.as_ref().map(|field| field.title.get(code).to_owned());
        field.unwrap_or_else(|| item.path.trim_start_matches('/').to_owned())
    }

    /// Every language counts: a text that changed only in the other one has changed.
    fn differs(&self, words: &Words) -> bool {
        ["zh", "en"].iter().any(|code| read(self.live, words, code) != read(self.draft, words, code))
    }

    fn form(&mut self) {
        if self.differs(&Words::Title) {
            let now = read(self.draft, &Words::Title, self.language.code());
            self.say(m::DIFF_TITLE, &[("now", &now)]);
        }
        if self.differs(&Words::Description) {
            self.say(m::DIFF_DESCRIPTION, &[]);
        }
    }

    fn questions(&mut self) {
        let (old, new) = (without_texts(&self.old), without_texts(&self.new));
        for item in old.pages.iter().flatten().filter(|item| new.item(&item.path).is_none()) {
            let title = self.title(self.live, item);
            self.say(m::DIFF_REMOVED, &[("title", &title)]);
        }
        for item in new.pages.iter().flatten() {
            match old.item(&item.path) {
                None => {
                    let title = self.title(self.draft, item);
                    let kind = item
                        .field
                        .as_ref()
                        .map_or("", |field| kinds::offer(field.kind).name.in_language(self.language));
                    self.say(m::DIFF_ADDED, &[("title", &title), ("kind", kind)]);
                }
                Some(before) => self.question(before, item),
            }
        }
        self.order(&old, &new);
        let texts = |outline: &Outline| -> Vec<Value> {
            outline.pages.iter().flatten().filter_map(|item| item.text.clone()).collect()
        };
        if texts(&self.old) != texts(&self.new) {
            self.say(m::DIFF_BLOCK, &[]);
        }
    }

    fn question(&mut self, before: &Item, now: &Item) {
        let title = self.title(self.draft, now);
        let named = [("title", title.as_str())];
        let field = |part| Words::Field(now.path.clone(), part);
        if self.differs(&field(Part::Title)) {
            let was = self.title(self.live, before);
            self.say(m::DIFF_RETITLED, &[("was", &was), ("title", &title)]);
        }
        if [Part::Help, Part::Placeholder, Part::Low, Part::High]
            .into_iter()
            .any(|part| self.differs(&field(part)))
        {
            self.say(m::DIFF_WORDS, &named);
        }
        if before.required != now.required {
            self.say(if now.required { m::DIFF_REQUIRED } else { m::DIFF_OPTIONAL }, &named);
        }
        if let (Some(old), Some(new)) = (&before.field, &now.field) {
            if old.kind != new.kind {
                let kind = kinds::offer(new.kind).name.in_language(self.language);
                self.say(m::DIFF_KIND, &[("title", &title), ("kind", kind)]);
            }
            let gone =
                old.options.iter().filter(|was| !new.options.iter().any(|is| is.value == was.value)).count();
            let come =
                new.options.iter().filter(|is| !old.options.iter().any(|was| was.value == is.value)).count();
            if gone + come > 0 {
                self.say(
                    m::DIFF_OPTIONS,
                    &[("title", &title), ("n", &come.to_string()), ("m", &gone.to_string())],
                );
            } else if old.options != new.options {
                self.say(m::DIFF_OPTION_WORDS, &named);
            }
            let limits = |field: &form_engine::Field| {
                (
                    field.min.clone(),
                    field.max.clone(),
                    field.min_length,
                    field.max_length,
                    field.min_items,
                    field.max_items,
                )
            };
            if old.kind == new.kind && limits(old) != limits(new) {
                self.say(m::DIFF_LIMITS, &named);
            }
        }
        self.inside(before, now, &title);
        for effect in Effect::ALL {
            self.rule(&now.path, &title, effect);
        }
        self.beyond(&now.path, &title);
    }

    /// Rows of a matrix and columns of a sub-form.
    fn inside(&mut self, before: &Item, now: &Item, title: &str) {
        let gone =
            before.members.iter().filter(|was| !now.members.iter().any(|is| is.path == was.path)).count();
        let come =
            now.members.iter().filter(|is| !before.members.iter().any(|was| was.path == is.path)).count();
        if gone + come > 0 {
            self.say(
                m::DIFF_MEMBERS,
                &[("title", title), ("n", &come.to_string()), ("m", &gone.to_string())],
            );
        } else if before.members != now.members {
            self.say(m::DIFF_MEMBER_WORDS, &[("title", title)]);
        }
    }

    /// What a question does besides showing, hiding and requiring, and what only its kind has.
    fn beyond(&mut self, path: &str, title: &str) {
        let per_field =
            |draft: &Value, place: &str| draft.pointer(place).and_then(|all| all.get(path)).cloned();
        let differs = |place: &str| per_field(self.live, place) != per_field(self.draft, place);
        let detail = |draft: &Value| {
            let item = layout::item(draft, path);
            let names = ["tree", "serial", "record", "files", "version"];
            names.map(|name| item.and_then(|item| item.get(name)).cloned())
        };
        let (live, draft) = (self.live, self.draft);
        let changes = [
            (detail(live) != detail(draft), m::DIFF_DETAIL),
            (rules::computed(live, path) != rules::computed(draft, path), m::DIFF_FORMULA),
            (logic::jumps(live, path) != logic::jumps(draft, path), m::DIFF_JUMPS),
            (logic::carried(live, path) != logic::carried(draft, path), m::DIFF_CARRIED),
            (logic::given(live, path) != logic::given(draft, path), m::DIFF_GIVEN),
            (differs("/defaults"), m::DIFF_FIRST),
            (differs("/publish/option_quotas"), m::DIFF_QUOTAS),
            (differs("/quiz/points"), m::DIFF_POINTS),
        ];
        for (_, message) in changes.into_iter().filter(|(changed, _)| *changed) {
            self.say(message, &[("title", title)]);
        }
    }

    fn rule(&mut self, path: &str, title: &str, effect: Effect) {
        let (was, is) = (rules::when(self.live, path, effect), rules::when(self.draft, path, effect));
        if was == is {
            return;
        }
        let (set, lifted) = match effect {
            Effect::Show => (m::DIFF_SHOW, m::DIFF_NO_SHOW),
            Effect::Hide => (m::DIFF_HIDE, m::DIFF_NO_HIDE),
            Effect::Require => (m::DIFF_NEED, m::DIFF_NO_NEED),
        };
        match is {
            Some(when) => {
                let when = condition::sentence(&when, &self.new.fields, self.language);
                self.say(set, &[("title", title), ("when", &when)]);
            }
            None => self.say(lifted, &[("title", title)]),
        }
    }

    /// Questions of both versions that stand in another order, or on another page.
    fn order(&mut self, old: &Outline, new: &Outline) {
        let order = |one: &Outline, other: &Outline| -> Vec<(usize, String)> {
            let shared = one.placed().filter(|(_, item)| other.item(&item.path).is_some());
            shared.map(|(place, item)| (place.page, item.path.clone())).collect()
        };
        let (was, is) = (order(old, new), order(new, old));
        let moved = was.iter().zip(&is).filter(|(was, is)| was != is).count();
        if moved > 0 {
            self.say(m::DIFF_ORDER, &[]);
        }
    }

    fn pages(&mut self) {
        let (was, is) = (self.old.pages.len(), self.new.pages.len());
        if was != is {
            self.say(m::DIFF_PAGES, &[("was", &was.to_string()), ("now", &is.to_string())]);
        }
        if (0..was.min(is)).any(|page| self.differs(&Words::Page(page))) {
            self.say(m::DIFF_PAGE_TITLE, &[]);
        }
    }

    fn publishing(&mut self) {
        let at = |draft: &Value, name: &str| draft.pointer(&pointer::join("/publish", name)).cloned();
        let names = [
            (Setting::Slug(None), m::DIFF_SLUG, m::DIFF_NO_SLUG),
            (Setting::Opens(None), m::DIFF_OPENS, m::DIFF_NO_OPENS),
            (Setting::Closes(None), m::DIFF_CLOSES, m::DIFF_NO_CLOSES),
            (Setting::Quota(None), m::DIFF_QUOTA, m::DIFF_NO_QUOTA),
            (Setting::OnePer(None), m::DIFF_ONE_PER, m::DIFF_NO_ONE_PER),
            (Setting::Languages(Vec::new()), m::DIFF_LANGUAGES, m::DIFF_ALL_LANGUAGES),
            (Setting::Flag("captcha", false), m::DIFF_CAPTCHA, m::DIFF_NO_CAPTCHA),
            (Setting::Flag("save", false), m::DIFF_SAVE, m::DIFF_NO_SAVE),
            (Setting::Flag("edit", false), m::DIFF_EDIT, m::DIFF_NO_EDIT),
            (Setting::Embed(Vec::new()), m::DIFF_EMBED, m::DIFF_NO_EMBED),
        ];
        for (setting, changed, lifted) in names {
            let (was, is) = (at(self.live, setting.name()), at(self.draft, setting.name()));
            if was != is {
                let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let now = is.as_ref().map(|value| match value.as_array() {
                    Some(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
                    None if matches!(setting, Setting::Opens(_) | Setting::Closes(_)) => {
                        (self.when)(&text(value))
                    }
                    None => text(value),
                });
                match now {
                    Some(now) => self.say(changed, &[("now", &now)]),
                    None => self.say(lifted, &[]),
                }
            }
        }
        if at(self.live, "thanks") != at(self.draft, "thanks") {
            self.say(m::DIFF_THANKS, &[]);
        }
        if at(self.live, "share") != at(self.draft, "share") {
            self.say(m::DIFF_SHARE, &[]);
        }
        if self.live.get("theme") != self.draft.get("theme") {
            self.say(m::DIFF_THEME, &[]);
        }
    }
}
