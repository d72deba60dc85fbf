//! Faults in English.

use super::{Fault, listed, shown};

pub(super) fn message(fault: &Fault, title: &str) -> String {
    let of = |rest: &str| format!("“{title}” {rest}");
    match fault {
        Fault::Required => of("is required"),
        Fault::Type(types) => of(&format!("must be {}", kinds(types))),
        Fault::Choice(labels) => of(&format!("must be one of: {}", listed(labels, "en", ", "))),
        Fault::Constant(value) => of(&format!("must be {}", shown(value))),
        Fault::Below { limit, inclusive: true } => of(&format!("must be at least {limit}")),
        Fault::Below { limit, inclusive: false } => of(&format!("must be more than {limit}")),
        Fault::Above { limit, inclusive: true } => of(&format!("must be at most {limit}")),
        Fault::Above { limit, inclusive: false } => of(&format!("must be less than {limit}")),
        Fault::MultipleOf(step) => of(&format!("must be a multiple of {step}")),
        Fault::TooShort(1) => of("must not be empty"),
        Fault::TooShort(length) => of(&format!("needs at least {length} characters")),
        Fault::TooLong(length) => of(&format!("takes at most {length} {}", plural(*length, "character"))),
        Fault::Pattern => of("is not in the expected form"),
        Fault::Format(format) => of(&format!("must be {}", format_name(format))),
        Fault::TooFewItems(count) => of(&format!("needs at least {count} {}", plural(*count, "entry"))),
        Fault::TooManyItems(count) => of(&format!("takes at most {count} {}", plural(*count, "entry"))),
        Fault::Repeated => of("holds the same entry twice"),
        Fault::Contains => of("lacks an entry of the expected kind"),
        Fault::UnknownMember => of("is not a field of this form"),
        Fault::MemberName => of("holds a name that is not allowed"),
        Fault::TooFewMembers(count) => of(&format!("needs at least {count} {}", plural(*count, "entry"))),
        Fault::TooManyMembers(count) => of(&format!("takes at most {count} {}", plural(*count, "entry"))),
        Fault::NoShape => of("matches none of the allowed forms"),
        Fault::SeveralShapes => of("matches more than one of the allowed forms"),
        Fault::Forbidden => of("is not allowed here"),
        #[cfg(feature = "schema")]
        Fault::Together(titles) if titles.is_empty() => of("does not take these answers together"),
        #[cfg(feature = "schema")]
        Fault::Together(titles) => of(&format!("does not take “{}” together", titles.join("” and “"))),
        Fault::Encoding(encoding) => of(&format!("must be {encoding} data")),
        Fault::Consent => of("needs agreement"),
        Fault::Incomplete => of("needs a choice down to the last step"),
        Fault::Nul => of("holds a character that cannot be stored"),
        Fault::Unmet => of("does not meet the form's rules"),
        Fault::TooComplex => of("is nested too deeply to be checked"),
    }
}

#[cfg(feature = "schema")]
pub(super) fn alternatives(known: &crate::Alternatives, filled: usize, title: &str) -> String {
    let how = match (known.only_one, filled) {
        (true, 0 | 1) => "needs one of these",
        (true, _) => "takes only one of these",
        (false, _) => "needs at least one of these",
    };
    format!("“{title}” {how}: {}", known.told(crate::Language::En))
}

fn kinds(types: &[&str]) -> String {
    let names: Vec<&str> = types.iter().map(|name| kind(name)).collect();
    if names.is_empty() { "empty".to_owned() } else { names.join(" or ") }
}

fn kind(name: &str) -> &'static str {
    match name {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "yes or no",
        "array" => "a list",
        "object" => "a group of fields",
        _ => "empty",
    }
}

fn format_name(format: &str) -> String {
    match format {
        "email" | "idn-email" => "a valid email address".to_owned(),
        "phone" => "a valid phone number".to_owned(),
        "contact" => "a valid email address or phone number".to_owned(),
        "date" => "a date such as 2026-03-01".to_owned(),
        "date-time" => "a date and time such as 2026-03-01T08:00:00Z".to_owned(),
        "time" => "a time such as 08:00:00Z".to_owned(),
        "time-of-day" => "a time such as 08:30".to_owned(),
        "id-number" => "a valid resident identity number of 18 characters".to_owned(),
        "signature" => "a signature: the full name, or a drawing".to_owned(),
        "upload" => "an uploaded file".to_owned(),
        "uri" | "iri" | "uri-reference" | "iri-reference" => "a web address".to_owned(),
        "hostname" | "idn-hostname" => "a host name".to_owned(),
        "ipv4" | "ipv6" => "an IP address".to_owned(),
        "uuid" => "a UUID".to_owned(),
        "duration" => "a duration such as P3D".to_owned(),
        other => format!("in the format {other}"),
    }
}

fn plural(count: u64, word: &str) -> String {
    match (count, word) {
        (1, word) => word.to_owned(),
        (_, "entry") => "entries".to_owned(),
        (_, word) => format!("{word}s"),
    }
}
