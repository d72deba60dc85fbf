#![doc = include_str!("../README.md")]

mod ask;
mod document;
mod escape;
mod field;
mod form;
mod markdown;
mod moment;
mod notice;
mod progress;
mod thanks;
mod view;
mod words;

pub use ask::{Known, ask, languages, thanks, thanks_for};
pub use form::form_page;
pub use form_engine::FieldKind;
pub use moment::Moment;
pub use notice::notice_page;
pub use progress::progress_page;
pub use thanks::thanks_page;
pub use view::{
    Assets, Choice, FormPage, Frame, Kept, Message, More, Notice, NoticePage, Outcome, Page, ProgressPage,
    ProgressStep, Promise, Question, QuizText, Standing, Thanks, ThanksPage,
};
pub use words::Words;
