#![doc = include_str!("../README.md")]

mod ask;
mod document;
mod escape;
mod field;
mod form;
mod gate;
mod group;
mod leave;
mod markdown;
mod moment;
mod notice;
mod own;
mod progress;
mod saved;
mod thanks;
mod view;
mod words;

pub use ask::{Known, ask, languages, text_of_file, thanks, thanks_for};
pub use form::form_page;
pub use form_engine::FieldKind;
pub use gate::gate_page;
pub use leave::leave_page;
pub use moment::Moment;
pub use notice::notice_page;
pub use own::own_page;
pub use progress::progress_page;
pub use saved::saved_page;
pub use thanks::thanks_page;
pub use view::{
    Assets, Captcha, Choice, FormPage, Frame, GatePage, Kept, LeavePage, Message, More, Notice, NoticePage,
    Outcome, OwnPage, OwnStep, Page, ProgressPage, ProgressStep, Promise, Question, QuizText, RowHead,
    SavedPage, Share, Standing, Thanks, ThanksPage,
};
pub use words::Words;
