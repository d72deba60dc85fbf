//! What the pages show, ready to be written: texts in one language, values as typed.
//!
//! The server fills these from a compiled form or a ticket; the pages read nothing else. So a
//! page can be rendered, tested and looked at without a database.

use form_engine::{FieldKind, Language};
use serde_json::Value;

use crate::Moment;

/// What every page has around it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The page is written in it.
    pub language: Language,
    /// Those the author offers; the switch shows the others.
    pub languages: Vec<Language>,
    /// Who asks.
    pub team: Option<String>,
    /// A picture beside their name, of this server.
    pub logo: Option<String>,
    /// Addresses of the built files.
    pub assets: Assets,
    /// What messengers show of a link to the page.
    pub share: Option<Share>,
    /// Where a device that many people use begins again.
    pub again: Option<String>,
    /// Where a member goes on working afterwards.
    pub back: Option<String>,
}

/// The card of a link.
#[derive(Debug, Clone)]
pub struct Share {
    /// Head.
    pub title: String,
    /// Under the head.
    pub description: Option<String>,
    /// Absolute address of a picture.
    pub picture: Option<String>,
    /// Absolute address of the page.
    pub url: String,
}

/// Asks a sender to prove that they are no program.
#[derive(Debug, Clone)]
pub struct Captcha {
    /// Comes back with the proof.
    pub token: String,
    /// Leading zero bits of the hash the page's script finds.
    pub bits: u32,
    /// What the reader adds up, where no script runs.
    pub sum: (u8, u8),
}

/// An address wants no more mails.
#[derive(Debug, Clone)]
pub struct LeavePage {
    /// Around it.
    pub frame: Frame,
    /// Its ends.
    pub address: String,
    /// It is done.
    pub done: bool,
}

/// The form asks for a password first.
#[derive(Debug, Clone)]
pub struct GatePage {
    /// Around it.
    pub frame: Frame,
    /// Of the form.
    pub slug: String,
    /// The one typed was another.
    pub wrong: bool,
}

/// Addresses of the built files; a missing script leaves the page working without it.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The stylesheet.
    pub css: Option<String>,
    /// Decides how a form is shown before its first paint.
    pub loader: Option<String>,
    /// Brings the form to life.
    pub page: Option<String>,
    /// Keeps the progress page fresh.
    pub progress: Option<String>,
    /// The stylesheet of the form's own colour, after the other.
    pub theme: Option<String>,
}

/// The form page: `GET` and `POST /f/{slug}`.
#[derive(Debug, Clone)]
pub struct FormPage {
    /// Around it.
    pub frame: Frame,
    /// Its address; empty in a preview, which sends nothing.
    pub slug: String,
    /// Of the form.
    pub title: String,
    /// Under the title.
    pub intro: Option<String>,
    /// Makes sending the same page twice harmless: the idempotency key of its submission.
    pub nonce: String,
    /// The one-use link it was opened by, carried along.
    pub invitation: Option<String>,
    /// What else the address brought, carried along: name and value.
    pub carried: Vec<(String, String)>,
    /// Half an answer can be kept.
    pub save: bool,
    /// Asks for a proof that no program sends this.
    pub captcha: Option<Captcha>,
    /// The colleague who fills it in for somebody else.
    pub behalf: Option<String>,
    /// It changes what was sent before: the receipt of that, and when.
    pub correcting: Option<(String, Moment)>,
    /// In the author's order; never empty.
    pub pages: Vec<Page>,
    /// Index of the page a browser without script is on.
    pub current: usize,
    /// Questions have appeared since the reader last saw the page: asks for another look.
    pub more_questions: bool,
    /// Said above the form, when sending failed for a reason that is no field's.
    pub refusal: Option<String>,
    /// One per variant, in the author's order; the last always fits.
    pub thanks: Vec<Thanks>,
    /// What the browser module needs, as inert JSON.
    pub client: Value,
}

impl FormPage {
    /// Something shown needs another look.
    pub fn has_problems(&self) -> bool {
        self.pages.iter().flat_map(|page| &page.questions).any(|one| one.shown && one.problem.is_some())
    }
}

/// A page of the author's layout.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its head.
    pub title: Option<String>,
    /// Under the head.
    pub help: Option<String>,
    /// In order.
    pub questions: Vec<Question>,
    /// Words of the author in Markdown, and the place in `questions` each stands before.
    pub texts: Vec<(usize, String)>,
}

/// One field, asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// JSON Pointer: the name of its input.
    pub path: String,
    /// What it asks.
    pub title: String,
    /// Said under the title.
    pub help: Option<String>,
    /// Stands in the empty input; never the only label.
    pub placeholder: Option<String>,
    /// What kind of input.
    pub kind: FieldKind,
    /// Stored value and its label.
    pub options: Vec<Choice>,
    /// Places of the options that are not offered with the values known now.
    pub held_back: Vec<usize>,
    /// Lowest and highest point of a scale.
    pub scale: Option<(i64, i64)>,
    /// Words under the ends of a scale.
    pub ends: Option<(String, String)>,
    /// Characters.
    pub max_length: Option<u64>,
    /// An answer is needed while it shows.
    pub required: bool,
    /// By the form's rules, with the values known now.
    pub shown: bool,
    /// Shown for the first time: appeared because of an answer.
    pub fresh: bool,
    /// As typed.
    pub value: Value,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// What only some kinds need.
    pub more: More,
}

/// What only some kinds of question need.
#[derive(Debug, Clone, Default)]
pub struct More {
    /// Files that came before: value, name, size in words.
    pub files: Vec<(String, String, String)>,
    /// Places of the options that as many have chosen as may.
    pub full: Vec<usize>,
    /// Ways through a cascade, under their first step.
    pub groups: Vec<(String, Vec<Choice>)>,
    /// Name of the group it stands in.
    pub section: Option<String>,
    /// It is the first of that group.
    pub opens_section: bool,
    /// That group may be left out.
    pub section_optional: bool,
    /// It is one of those that the question before it says are not all answered.
    pub goes_on_choosing: bool,
    /// Its row holds nothing else, so the row's head says what it is.
    pub alone: bool,
    /// Which keyboard a phone shows, where the kind's own would not do.
    pub keyboard: Option<&'static str>,
    /// Title of the matrix it is a row of.
    pub matrix: Option<String>,
    /// It shares that matrix with the question before it.
    pub goes_on: bool,
    /// Lowest, highest and step of a slider.
    pub range: Option<(String, String, String)>,
    /// Takes several values.
    pub several: bool,
    /// At most so many of them.
    pub most: Option<usize>,
    /// Required wherever its group or row is, so not to be called optional.
    pub demanded: bool,
    /// Pointer of a group or row that is not there yet, and the default that waits for the first answer in it.
    pub waits: Option<(String, Value)>,
    /// Which text a consent agrees to.
    pub version: Option<String>,
    /// Which files are taken.
    pub accept: Vec<String>,
    /// Rows of lists that it opens, the outer one first.
    pub rows: Vec<RowHead>,
    /// In how many rows it stands, one in the other.
    pub depth: usize,
    /// Lists whose last row it closes, where another row may follow: in how many rows that one stands, itself counted,
    /// pointer and title of the list.
    pub add: Vec<(usize, String, String)>,
}

impl More {
    /// It goes on with the row of the question before it.
    pub(crate) fn in_row(&self) -> bool {
        self.depth > self.rows.len()
    }
}

/// The head of a row of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowHead {
    /// Which one it is.
    pub title: String,
    /// What is said of the list, at its first row.
    pub help: Option<String>,
    /// The list may be left out, and is.
    pub optional: bool,
    /// Pointer of the row, where it may be taken out again.
    pub drop: Option<String>,
    /// A list has just changed here.
    pub here: bool,
}

/// A value to choose, and what it is called.
#[derive(Debug, Clone)]
pub struct Choice {
    /// As stored.
    pub value: Value,
    /// As read.
    pub label: String,
}

/// A thank-you text.
#[derive(Debug, Clone, Default)]
pub struct Thanks {
    /// What was sent can be looked up later: the form asks how to reach its sender.
    pub own: bool,
    /// Head; a stock one when absent.
    pub title: Option<String>,
    /// Text; a stock one when absent.
    pub text: Option<String>,
    /// A link the author gives: its label and address.
    pub link: Option<(String, String)>,
    /// What a quiz tells: each result, and whether it is this one.
    pub results: Vec<(QuizText, bool)>,
}

/// What a quiz tells for some points.
#[derive(Debug, Clone, Default)]
pub struct QuizText {
    /// Head.
    pub title: Option<String>,
    /// Text.
    pub text: Option<String>,
}

/// The page after sending.
#[derive(Debug, Clone)]
pub struct ThanksPage {
    /// Around it.
    pub frame: Frame,
    /// The variant that fits the answers.
    pub thanks: Thanks,
    /// Short code to quote.
    pub receipt: String,
    /// Address of the progress page, when something was opened.
    pub progress: Option<String>,
    /// Address under which the answer can be changed.
    pub edit: Option<String>,
}

/// Half an answer is kept.
#[derive(Debug, Clone)]
pub struct SavedPage {
    /// Around it.
    pub frame: Frame,
    /// Where it goes on.
    pub url: String,
    /// To be typed on another device.
    pub code: String,
    /// It is kept until then.
    pub until: Moment,
    /// Where the code is typed.
    pub own: String,
}

/// What somebody sent: `/r`.
#[derive(Debug, Clone)]
pub struct OwnPage {
    /// Around it.
    pub frame: Frame,
    /// How far they are.
    pub step: OwnStep,
}

/// A step of looking something up.
#[derive(Debug, Clone)]
pub enum OwnStep {
    /// Which? The code is typed already where the thank-you led here.
    Ask {
        /// As typed.
        code: String,
        /// As typed.
        contact: String,
        /// Nothing is found under this.
        problem: Option<()>,
    },
    /// This.
    Shown {
        /// Of the form.
        title: String,
        /// Its code.
        receipt: String,
        /// When it came in.
        received: Moment,
        /// Question and answer.
        answers: Vec<(String, String)>,
        /// Where it can be changed.
        edit: Option<String>,
        /// Keeps it open.
        key: String,
    },
    /// It is gone.
    Erased,
}

/// A page that has one thing to say.
#[derive(Debug, Clone)]
pub struct NoticePage {
    /// Around it.
    pub frame: Frame,
    /// What.
    pub notice: Notice,
}

/// Why there is no form to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// No such form or progress page.
    Unknown,
    /// Takes no answers any more.
    Closed,
    /// Takes none before that moment.
    NotOpen(Moment),
    /// Answered by invitation only.
    Invitation,
    /// As many answers as wanted.
    QuotaFull,
    /// This person has answered.
    Answered,
    /// The same page was sent before, with other answers; the slug leads to a fresh one.
    SentBefore {
        /// Of the form.
        slug: String,
    },
    /// The body was over the limit.
    TooLarge,
    /// Nothing was stored; later it may work.
    Busy,
    /// Our fault.
    Fault,
}

/// The customer's page of one case: `GET /t/{token}`.
#[derive(Debug, Clone)]
pub struct ProgressPage {
    /// Around it.
    pub frame: Frame,
    /// Where forms post to.
    pub address: String,
    /// Of the form that was answered.
    pub title: String,
    /// The receipt.
    pub number: String,
    /// When it came in.
    pub received: Moment,
    /// In order, done ones first.
    pub steps: Vec<ProgressStep>,
    /// What was promised, in order of their time.
    pub promises: Vec<Promise>,
    /// Replies and messages, oldest first.
    pub messages: Vec<Message>,
    /// What the customer said at first: question and answer.
    pub answers: Vec<(String, String)>,
    /// The customer may write.
    pub may_write: bool,
    /// The customer may say that it is solved.
    pub may_confirm: bool,
    /// The customer may say that it is not.
    pub may_reject: bool,
    /// A survey about the handling.
    pub survey: Option<String>,
    /// What came of the last form sent.
    pub outcome: Option<Outcome>,
    /// What was typed and not taken.
    pub typed: String,
    /// When this was read.
    pub as_of: Moment,
}

/// One step of the way.
#[derive(Debug, Clone)]
pub struct ProgressStep {
    /// In plain words.
    pub title: String,
    /// More words: who has it.
    pub detail: Option<String>,
    /// When it was reached.
    pub at: Option<Moment>,
    /// Where it stands.
    pub standing: Standing,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Behind us.
    Done,
    /// Now.
    Current,
    /// To come.
    Ahead,
}

/// A promised time.
#[derive(Debug, Clone)]
pub struct Promise {
    /// What is promised.
    pub title: String,
    /// How it stands.
    pub kept: Kept,
}

/// How a promise stands.
#[derive(Debug, Clone)]
pub enum Kept {
    /// To be kept by then.
    Due(Moment),
    /// Waits for the customer.
    Paused,
    /// Kept, at that time.
    Met(Moment),
    /// Over its time.
    Late,
    /// Made good after its time.
    MetLate(Moment),
}

/// A reply or a message.
#[derive(Debug, Clone)]
pub struct Message {
    /// True when the customer wrote it.
    pub own: bool,
    /// Who signs: the department or the team.
    pub from: Option<String>,
    /// By phone, not written.
    pub call: bool,
    /// Plain text.
    pub text: String,
    /// When.
    pub at: Moment,
}

/// What came of a form sent from the progress page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The message stands.
    Sent,
    /// Confirmed as solved.
    Confirmed,
    /// Taken up again.
    Rejected,
    /// There were no words.
    Empty,
    /// There were too many.
    TooLong,
    /// Nothing in the present state takes it.
    TooLate,
}
