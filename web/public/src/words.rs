//! Every sentence of the public pages, in Chinese and English.
//!
//! A struct with one field per sentence: a language that lacks one does not compile. What an
//! author wrote (titles, options, thanks) comes with the form and is not here.

use form_engine::Language;

mod en;
mod zh;

/// The sentences of one language.
#[derive(Debug)]
pub struct Words {
    /// For `<html lang>`.
    pub tag: &'static str,
    /// The language's own name, as its speakers look for it.
    pub own_name: &'static str,
    /// Label of the language switch, for screen readers.
    pub language: &'static str,
    /// What stands in the foot of each page.
    pub colophon: &'static str,
    /// Words of the form page.
    pub form: FormWords,
    /// Words of the thank-you page.
    pub thanks: ThanksWords,
    /// Words of the notice pages.
    pub notice: NoticeWords,
    /// Words of the progress page.
    pub progress: ProgressWords,
    /// Words of the page that ends mails.
    pub leave: LeaveWords,
    /// Words of the page that asks for a password.
    pub gate: GateWords,
    /// Words of the page about half an answer.
    pub saved: SavedWords,
    /// Words of the page about what somebody sent.
    pub own: OwnWords,
}

/// No more mails; `{address}`.
#[derive(Debug)]
pub struct LeaveWords {
    /// Is it wished?
    pub ask: Said,
    /// Button.
    pub button: &'static str,
    /// It is done.
    pub done: Said,
}

/// The form asks for a password.
#[derive(Debug)]
pub struct GateWords {
    /// Head.
    pub title: &'static str,
    /// Whom to ask.
    pub lead: &'static str,
    /// Label.
    pub password: &'static str,
    /// Button.
    pub open: &'static str,
    /// It was another.
    pub wrong: &'static str,
}

/// Half an answer is kept.
#[derive(Debug)]
pub struct SavedWords {
    /// Head.
    pub title: &'static str,
    /// For how long; `{when}`.
    pub text: &'static str,
    /// Label of the address.
    pub link: &'static str,
    /// Label of the code.
    pub code: &'static str,
    /// Where to type it; `{url}`.
    pub code_text: &'static str,
    /// Back into the form.
    pub go_on: &'static str,
}

/// What somebody sent.
#[derive(Debug)]
pub struct OwnWords {
    /// Head.
    pub title: &'static str,
    /// What the page is for.
    pub lead: &'static str,
    /// Label of the receipt or the code.
    pub code: &'static str,
    /// Label of the contact.
    pub contact: &'static str,
    /// Which contact.
    pub contact_help: &'static str,
    /// Button.
    pub look: &'static str,
    /// Nothing was found.
    pub unknown: &'static str,
    /// What to do then.
    pub unknown_text: &'static str,
    /// When it came in; `{when}`.
    pub received: &'static str,
    /// To the form, to correct it.
    pub edit: &'static str,
    /// Opens the question whether to erase it.
    pub erase: &'static str,
    /// What that means.
    pub erase_text: &'static str,
    /// Does it.
    pub erase_now: &'static str,
    /// It is gone.
    pub erased: &'static str,
    /// What that means.
    pub erased_text: &'static str,
}

/// The form page. `{n}`, `{m}`: numbers.
#[derive(Debug)]
pub struct FormWords {
    /// Beside the title of a question that may stay empty.
    pub optional: &'static str,
    /// Above a draft that its author looks at.
    pub preview: &'static str,
    /// Primary button, before the last step.
    pub next: &'static str,
    /// To the step before.
    pub back: &'static str,
    /// Primary button of the last step.
    pub send: &'static str,
    /// Keeps half an answer.
    pub save: &'static str,
    /// The same while it is on its way.
    pub sending: &'static str,
    /// Place among a few questions.
    pub step: &'static str,
    /// Label of the progress bar of a long form.
    pub how_far: &'static str,
    /// Head of the list of problems, one.
    pub one_problem: &'static str,
    /// Head of the list of problems, several.
    pub problems: &'static str,
    /// Questions have appeared because of an answer (only without script).
    pub more_questions: &'static str,
    /// First line of a drop-down.
    pub choose: &'static str,
    /// Beside an option that as many have chosen as may.
    pub full: &'static str,
    /// The same in a drop-down; `{label}`.
    pub full_option: &'static str,
    /// A file on its way.
    pub file_sending: &'static str,
    /// A file did not arrive.
    pub file_failed: &'static str,
    /// Asks for a sum; `{a}`, `{b}` in words.
    pub captcha: &'static str,
    /// Why.
    pub captcha_help: &'static str,
    /// Zero to nine.
    pub digits: [&'static str; 10],
    /// A colleague fills it in for somebody else; `{name}`.
    pub behalf: &'static str,
    /// `{when}` and `{code}`: it changes what was sent then.
    pub correcting: &'static str,
    /// One drop-down of a ranking.
    pub rank: &'static str,
    /// Under the line of a signature.
    pub sign: &'static str,
    /// In place of a value that is not computed yet.
    pub computed: &'static str,
    /// Head of a row of a list; `{title}`, `{n}`.
    pub row: &'static str,
    /// The same where the list has no name of its own; `{n}`.
    pub row_alone: &'static str,
    /// Takes a row of a list out; read with its name, `{row}`, by screen readers.
    pub drop: &'static str,
    /// The same for the eyes, beside the row's head.
    pub drop_here: &'static str,
    /// Asks for another row of a list; `{title}`.
    pub add: &'static str,
    /// The same where the list has no name of its own.
    pub add_alone: &'static str,
    /// Before questions of which one group only is answered; `{groups}`.
    pub only_one: &'static str,
    /// Before questions of which one group at least is answered; `{groups}`.
    pub at_least_one: &'static str,
    /// A yes-or-no question.
    pub yes: &'static str,
    /// A yes-or-no question.
    pub no: &'static str,
    /// Placeholder-free hint of a field that takes a mobile number or a mail address.
    pub contact: &'static str,
    /// An earlier visit left answers.
    pub draft: &'static str,
    /// What that means.
    pub draft_text: &'static str,
    /// Take them.
    pub draft_continue: &'static str,
    /// Drop them.
    pub draft_discard: &'static str,
    /// No connection at the moment of sending.
    pub offline: &'static str,
    /// The server could not take it yet.
    pub later: &'static str,
    /// Try at once.
    pub retry: &'static str,
    /// The server says no without naming a field.
    pub refused: &'static str,
}

/// The thank-you page.
#[derive(Debug)]
pub struct ThanksWords {
    /// Head, when the author wrote none.
    pub title: &'static str,
    /// Text, when the author wrote none and nothing was opened.
    pub text: &'static str,
    /// Text, when the author wrote none and a case was opened.
    pub text_opened: &'static str,
    /// Label of the receipt.
    pub receipt: &'static str,
    /// Button to the progress page.
    pub follow: &'static str,
    /// Under that button.
    pub keep: &'static str,
    /// To the next one's empty form.
    pub again: &'static str,
    /// For a member, after their own form.
    pub back: &'static str,
    /// To the form, to change the answer.
    pub edit: &'static str,
    /// To the page that looks it up.
    pub own: &'static str,
}

/// A head and a sentence.
#[derive(Debug)]
pub struct Said {
    /// Head of the page.
    pub title: &'static str,
    /// What the reader can do.
    pub text: &'static str,
}

/// The notice pages.
#[derive(Debug)]
pub struct NoticeWords {
    /// No such form or progress page.
    pub unknown: Said,
    /// Takes no answers any more.
    pub closed: Said,
    /// Takes none yet; `{when}`.
    pub not_open: Said,
    /// Answered by invitation only.
    pub invitation: Said,
    /// As many answers as wanted.
    pub quota: Said,
    /// This person has answered.
    pub answered: Said,
    /// The same page was sent before with other answers.
    pub sent_before: Said,
    /// Too much at once.
    pub too_large: Said,
    /// Too busy; nothing was stored.
    pub busy: Said,
    /// Our fault.
    pub error: Said,
    /// Link to a fresh form.
    pub again: &'static str,
}

/// The progress page. `{when}`: a moment in words.
#[derive(Debug)]
pub struct ProgressWords {
    /// Head of the list of steps.
    pub steps: &'static str,
    /// Head of the promises.
    pub promises: &'static str,
    /// A promise still to be kept.
    pub due: &'static str,
    /// A promise kept.
    pub met: &'static str,
    /// A promise broken, not yet made good.
    pub late: &'static str,
    /// A promise made good after its time.
    pub met_late: &'static str,
    /// A promise that waits for the customer.
    pub paused: &'static str,
    /// Head of replies and messages.
    pub conversation: &'static str,
    /// Signature of the customer's own messages.
    pub you: &'static str,
    /// A call that reached the customer.
    pub called: &'static str,
    /// What a call that reached the customer stands for.
    pub called_text: &'static str,
    /// The way: it has come in.
    pub step_received: &'static str,
    /// The way: somebody is on it.
    pub step_handling: &'static str,
    /// The way: it is solved.
    pub step_solved: &'static str,
    /// Before the first reply.
    pub no_reply_yet: &'static str,
    /// Fold with the first answers.
    pub answers: &'static str,
    /// Head over the message box.
    pub write: &'static str,
    /// Label of the message box.
    pub message: &'static str,
    /// Sends it.
    pub send: &'static str,
    /// After sending.
    pub sent: &'static str,
    /// Sent without words.
    pub empty: &'static str,
    /// Longer than allowed.
    pub too_long: &'static str,
    /// Is it settled?
    pub ask: &'static str,
    /// What the answer does.
    pub ask_text: &'static str,
    /// Yes.
    pub confirm: &'static str,
    /// No.
    pub reject: &'static str,
    /// After yes.
    pub confirmed: &'static str,
    /// After no.
    pub rejected: &'static str,
    /// Label of the box beside `reject`.
    pub reject_why: &'static str,
    /// Nothing in the present state takes it.
    pub too_late: &'static str,
    /// A survey waits.
    pub survey: &'static str,
    /// Button to it.
    pub survey_go: &'static str,
    /// When this was read; `{when}`.
    pub as_of: &'static str,
    /// Reloads.
    pub refresh: &'static str,
    /// Said of a step, for screen readers.
    pub step_done: &'static str,
    /// Said of a step, for screen readers.
    pub step_current: &'static str,
    /// Said of a step, for screen readers.
    pub step_ahead: &'static str,
}

impl Words {
    /// The sentences of `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &zh::WORDS,
            Language::En => &en::WORDS,
        }
    }
}

/// Puts numbers or moments where a sentence has `{name}`.
pub fn put(sentence: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
