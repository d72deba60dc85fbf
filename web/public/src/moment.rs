//! A moment as people say it: "today at 15:20", 今天 15:20.
//!
//! The caller knows the clock and the zone and hands over local calendar figures.

use form_engine::Language;

/// An instant on a local calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// RFC 3339 with offset, for `<time datetime>`.
    pub iso: String,
    /// Year.
    pub year: i32,
    /// 1–12.
    pub month: u32,
    /// 1–31.
    pub day: u32,
    /// 0–23.
    pub hour: u32,
    /// 0–59.
    pub minute: u32,
    /// Local days from the reader's today: 0 today, 1 tomorrow, −1 yesterday.
    pub days_away: i64,
    /// False when the year must be said.
    pub this_year: bool,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Moment {
    /// In words. Chinese sets no space before its date words, English no capital.
    pub fn words(&self, language: Language) -> String {
        let clock = format!("{:02}:{:02}", self.hour, self.minute);
        match language {
            Language::Zh => match self.days_away {
                0 => format!("今天 {clock}"),
                1 => format!("明天 {clock}"),
                -1 => format!("昨天 {clock}"),
                _ if self.this_year => format!("{} 月 {} 日 {clock}", self.month, self.day),
                _ => format!("{} 年 {} 月 {} 日 {clock}", self.year, self.month, self.day),
            },
            Language::En => match self.days_away {
                0 => format!("today at {clock}"),
                1 => format!("tomorrow at {clock}"),
                -1 => format!("yesterday at {clock}"),
                _ if self.this_year => format!("{} {} at {clock}", self.day, self.month_name()),
                _ => format!("{} {} {} at {clock}", self.day, self.month_name(), self.year),
            },
        }
    }

    fn month_name(&self) -> &'static str {
        MONTHS.get((self.month as usize).wrapping_sub(1)).copied().unwrap_or("")
    }
}
