//! From the facts of a case to the page its customer reads.

use form_engine::{FieldKind, Form, Language, Text, pointer};
use serde_json::Value;
use web_public::{Kept, Message, Moment, ProgressPage, ProgressStep, Promise, Standing, Words};

use super::page;
use super::progress::LANGUAGES;
use crate::app::App;
use crate::services::department;
use crate::services::progress::{Progress, is_answer};
use crate::store::clock::ClockRow;
use crate::store::event::EventRow;

/// The page.
pub fn view(app: &App, progress: &Progress, token: &str, language: Language) -> ProgressPage {
    let teller = Teller { progress, language, now_ms: app.clock.now_ms() };
    let solved = progress.steps.len() > 1 && progress.current + 1 == progress.steps.len();
    ProgressPage {
        frame: page::frame(language, LANGUAGES.to_vec(), Some(progress.team_name.clone())),
        address: format!("/t/{token}"),
        title: progress.form.form.title().get(language.as_str()).to_owned(),
        number: progress.answered.receipt.clone(),
        received: teller.moment(progress.answered.created_at),
        steps: teller.steps(),
        promises: progress.clocks.iter().filter_map(|clock| teller.promise(clock)).collect(),
        messages: progress
            .events
            .iter()
            .filter(|event| event.is_public)
            .filter_map(|event| teller.message(event))
            .collect(),
        answers: teller.answers(),
        may_write: !progress.is_over,
        may_confirm: solved && !progress.is_over,
        may_reject: solved && !progress.is_over,
        survey: progress.survey.clone(),
        outcome: None,
        typed: String::new(),
        as_of: teller.moment(teller.now_ms),
    }
}

struct Teller<'a> {
    progress: &'a Progress,
    language: Language,
    now_ms: i64,
}

impl Teller<'_> {
    fn moment(&self, at_ms: i64) -> Moment {
        page::moment(at_ms, self.now_ms, self.progress.zone)
    }

    fn word(&self, text: &Text) -> String {
        text.get(self.language.as_str()).to_owned()
    }

    fn department(&self) -> Option<String> {
        self.progress.department.as_ref().map(|title| self.word(title))
    }

    fn steps(&self) -> Vec<ProgressStep> {
        let (current, last) = (self.progress.current, self.progress.steps.len().saturating_sub(1));
        let steps = self.progress.steps.iter().enumerate();
        steps
            .map(|(index, (step, reached))| {
                let standing = match index.cmp(&current) {
                    std::cmp::Ordering::Less => Standing::Done,
                    // The end of the way is no work in progress.
                    std::cmp::Ordering::Equal if index == last && last > 0 => Standing::Done,
                    std::cmp::Ordering::Equal => Standing::Current,
                    std::cmp::Ordering::Greater => Standing::Ahead,
                };
                let here = index == current;
                let words = self.progress.words.as_ref().filter(|_| here).map(|text| self.word(text));
                let title = self.step_title(&step.step).unwrap_or_else(|| self.word(&step.text));
                let department = self.department().filter(|_| here && index != last);
                let title = match department {
                    Some(department) => format!("{title} · {department}"),
                    None => title,
                };
                let ahead = standing == Standing::Ahead;
                let at = reached.filter(|_| !ahead).map(|at_ms| self.moment(at_ms));
                ProgressStep { title, detail: words, at, standing }
            })
            .collect()
    }

    fn step_title(&self, key: &str) -> Option<String> {
        let words = &Words::of(self.language).progress;
        match key {
            "received" => Some(words.step_received.to_owned()),
            "handling" => Some(words.step_handling.to_owned()),
            "solved" | "done" => Some(words.step_solved.to_owned()),
            _ => None,
        }
    }

    fn promise(&self, clock: &ClockRow) -> Option<Promise> {
        let stopped = clock.stopped_at.map(|at_ms| self.moment(at_ms));
        let kept = match (clock.state.as_str(), stopped) {
            ("met", Some(at)) => Kept::Met(at),
            ("breached", Some(at)) => Kept::MetLate(at),
            ("breached", None) => Kept::Late,
            ("paused", _) => Kept::Paused,
            ("running", _) => Kept::Due(self.moment(clock.due_at?)),
            _ => return None,
        };
        Some(Promise { title: self.word(&department::title(&clock.title)), kept })
    }

    fn message(&self, event: &EventRow) -> Option<Message> {
        let data: Value = serde_json::from_str(&event.data).ok()?;
        let text = |name: &str| data.get(name).and_then(Value::as_str).map(str::to_owned);
        let said = match event.kind.as_str() {
            "customer_message" | "customer_reject" => text("text"),
            "told" if text("by").as_deref() == Some("call") => {
                Some(Words::of(self.language).progress.called_text.to_owned())
            }
            "action" => told_fields(&data),
            _ if is_answer(event) => text("text"),
            _ => None,
        };
        let own = event.kind.starts_with("customer_");
        Some(Message {
            own,
            from: self.department().filter(|_| !own),
            call: event.kind == "told",
            text: said.filter(|said| !said.is_empty())?,
            at: self.moment(event.created_at),
        })
    }

    /// What the customer said at first.
    fn answers(&self) -> Vec<(String, String)> {
        let data: Value = serde_json::from_str(&self.progress.answered.data).unwrap_or(Value::Null);
        answers(&self.progress.form.form, &data, self.language)
    }
}

/// What was asked and answered, in words.
pub fn answers(form: &Form, data: &Value, language: Language) -> Vec<(String, String)> {
    let asked =
        form.pages().iter().flat_map(|page| &page.items).filter(|field| field.kind != FieldKind::Hidden);
    let mut answers = Vec::new();
    for field in asked {
        for (_, value) in pointer::resolve(data, &field.path) {
            let answer = field.label(value, language.as_str());
            if !answer.is_empty() {
                answers.push((field.title.get(language.as_str()).to_owned(), answer));
            }
        }
    }
    answers
}

/// The texts of an action that the customer is meant to read: the solution.
fn told_fields(data: &Value) -> Option<String> {
    let fields = data.get("fields")?.as_object()?;
    let texts: Vec<&str> = fields.values().filter_map(Value::as_str).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}
