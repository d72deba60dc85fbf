//! Why a cell or a file is refused, in both languages.

use form_engine::Language;

use crate::tabular::damage::Damage;
use crate::tabular::{MAX_COLUMNS, MAX_ROWS, ReadError};

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The spreadsheet has damaged a number.
    Damaged(Damage, String),
    /// The cell is no value of its column's kind.
    Kind { text: String, kind: String },
    /// A formula failed in the spreadsheet.
    Failed(String),
    /// Cells to the right of the last column.
    Surplus(usize),
}

impl Refusal {
    /// Stable, for programs.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Damaged(damage, _) => damage.code(),
            Self::Kind { .. } => "import.kind",
            Self::Failed(_) => "import.formula",
            Self::Surplus(_) => "import.surplus",
        }
    }

    /// For people.
    pub(super) fn message(&self, language: Language) -> String {
        match (self, language) {
            (Self::Damaged(Damage::Rounded, text), Language::Zh) => {
                format!("`{text}` 已被表格软件四舍五入，原来的数字丢失；请将该列设为文本格式后重新导出")
            }
            (Self::Damaged(Damage::Rounded, text), Language::En) => {
                format!(
                    "`{text}` was rounded by a spreadsheet and its digits are lost; format the column as text and export again"
                )
            }
            (Self::Damaged(Damage::Truncated, text), Language::Zh) => {
                format!("`{text}` 超过 15 位，末尾数字已被表格软件改成 0；请将该列设为文本格式后重新导出")
            }
            (Self::Damaged(Damage::Truncated, text), Language::En) => {
                format!(
                    "`{text}` has more than 15 digits and a spreadsheet has replaced the last ones by zeros; format the column as text and export again"
                )
            }
            (Self::Kind { text, kind }, Language::Zh) => format!("`{text}` 不是{}", name(kind, language)),
            (Self::Kind { text, kind }, Language::En) => format!("`{text}` is not {}", name(kind, language)),
            (Self::Failed(text), Language::Zh) => format!("该单元格的公式出错：`{text}`"),
            (Self::Failed(text), Language::En) => format!("the formula of this cell failed: `{text}`"),
            (Self::Surplus(count), Language::Zh) => format!("这一行比表头多出 {count} 个单元格"),
            (Self::Surplus(count), Language::En) => {
                format!("this row has {count} more cells than the header")
            }
        }
    }
}

fn name(kind: &str, language: Language) -> &'static str {
    let known = [
        ("integer", "整数", "a whole number"),
        ("number", "数字", "a number"),
        ("boolean", "是或否", "a yes or a no"),
        ("date", "日期", "a date"),
        ("datetime", "日期时间", "a date with a time"),
        ("single", "给出的选项", "one of the options"),
        ("multiple", "给出的选项", "among the options"),
        ("email", "邮箱地址", "a mail address"),
        ("phone", "电话号码", "a phone number"),
    ];
    let found = known.into_iter().find(|(word, _, _)| *word == kind);
    found.map_or("", |(_, zh, en)| match language {
        Language::Zh => zh,
        Language::En => en,
    })
}

/// Why a file was not read at all.
pub(super) fn unreadable(error: &ReadError, language: Language) -> String {
    if language == Language::En {
        return error.to_string();
    }
    match error {
        ReadError::NoHeader => "文件里没有表头行".to_owned(),
        ReadError::TooManyRows => format!("文件超过 {MAX_ROWS} 行"),
        ReadError::TooManyColumns => format!("文件超过 {MAX_COLUMNS} 列"),
        ReadError::TooLarge => "文件解压后过大".to_owned(),
        ReadError::Spreadsheet(cause) => format!("无法按表格读取该文件：{cause}"),
        ReadError::Delimited(cause) => format!("无法按 CSV 读取该文件：{cause}"),
    }
}
