//! The patterns that most forms write, in words: nobody reads a regular expression.

use crate::Language;

/// A pattern about digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Digits {
    /// One must be there.
    Some,
    /// Nothing else may.
    Only,
    /// So many, and nothing else.
    Between(u32, u32),
}

impl Digits {
    /// What `pattern` says, if it is about digits alone: `^[0-9]{5}$`, `\d+`.
    pub(crate) fn read(pattern: &str) -> Option<Self> {
        let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
        let class = inner.unwrap_or(pattern);
        let times = class.strip_prefix(r"\d").or_else(|| class.strip_prefix("[0-9]"))?;
        match (inner, times) {
            (None, "" | "+") => Some(Self::Some),
            (Some(_), "+" | "*") => Some(Self::Only),
            (Some(_), "") => Some(Self::Between(1, 1)),
            (Some(_), times) => {
                let bounds = times.strip_prefix('{')?.strip_suffix('}')?;
                let (least, most) = bounds.split_once(',').unwrap_or((bounds, bounds));
                Some(Self::Between(least.parse().ok()?, most.parse().ok()?))
            }
            (None, _) => None,
        }
    }

    /// The problem of the field that people know as `title`.
    pub(crate) fn told(self, title: &str, language: Language) -> String {
        match (language, self) {
            (Language::En, Self::Some) => format!("“{title}” needs a digit in it"),
            (Language::En, Self::Only) => format!("“{title}” takes digits only"),
            (Language::En, Self::Between(1, 1)) => format!("“{title}” must be exactly 1 digit"),
            (Language::En, Self::Between(least, most)) if least == most => {
                format!("“{title}” must be exactly {least} digits")
            }
            (Language::En, Self::Between(least, most)) => {
                format!("“{title}” must be {least} to {most} digits")
            }
            (Language::Zh, Self::Some) => format!("“{title}”需要含有数字"),
            (Language::Zh, Self::Only) => format!("“{title}”只能填写数字"),
            (Language::Zh, Self::Between(least, most)) if least == most => {
                format!("“{title}”应为 {least} 位数字")
            }
            (Language::Zh, Self::Between(least, most)) => format!("“{title}”应为 {least} 到 {most} 位数字"),
        }
    }
}
