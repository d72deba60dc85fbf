//! temp
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Nps,
    Csat,
    Ces,
    Rating,
    Text,
    LongText,
    Number,
    Single,
    Multiple,
    DropDown,
    Date,
    DateTime,
    Email,
    Phone,
    Contact,
    Consent,
    Hidden,
    Boolean,
    Generic,
}
impl FieldKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Rating => "rating",
            Self::Text => "text",
            Self::LongText => "long_text",
            Self::Number => "number",
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::DropDown => "drop_down",
            Self::Date => "date",
            Self::DateTime => "date_time",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Contact => "contact",
            Self::Consent => "consent",
            Self::Hidden => "hidden",
            Self::Boolean => "boolean",
            Self::Generic => "generic",
        }
    }
}
