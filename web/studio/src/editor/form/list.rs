//! Pasted lines: options, or the questions of a numbered list. Pure.

use form_engine::FieldKind;

use super::NewQuestion;

/// The lines of a text, without bullets and numbers.
#[must_use]
pub fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| unmarked(line).to_owned()).filter(|line| !line.is_empty()).collect()
}

/// A line without its bullet or number: `1. `, `2) `, `3、`, `(4)`, `一、`, `- `, `• `.
fn unmarked(line: &str) -> &str {
    let line = line.trim();
    numbered(line).or_else(|| bulleted(line)).unwrap_or(line)
}

fn bulleted(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '*', '•', '·', '–', '○', '□', '☐'])?;
    // `-5` is a number.
    (rest.starts_with(char::is_whitespace) || !rest.starts_with(|sign: char| sign.is_ascii_digit()))
        .then(|| rest.trim())
}

fn numbered(line: &str) -> Option<&str> {
    let open = line.strip_prefix(['(', '（']);
    let inner = open.unwrap_or(line);
    let inner = inner.strip_prefix(['Q', 'q']).unwrap_or(inner);
    let counts = |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign);
    let number = inner.find(|sign: char| !counts(sign)).filter(|length| *length > 0)?;
    let rest = &inner[number..];
    let mark = rest.chars().next()?;
    if !matches!(mark, '.' | ')' | '、' | '）' | '．' | ':' | '：') {
        return None;
    }
    let rest = &rest[mark.len_utf8()..];
    // `3.5 stars` is no third item.
    (!(mark == '.' && rest.starts_with(|sign: char| sign.is_ascii_digit()))).then(|| rest.trim())
}

/// `A. red` below a question is an option.
fn lettered(line: &str) -> Option<&str> {
    let line = line.strip_prefix(['(', '（']).unwrap_or(line);
    let mut signs = line.chars();
    let letter = signs.next().filter(char::is_ascii_alphabetic)?;
    let mark = signs.next().filter(|mark| matches!(mark, '.' | ')' | '、' | '）' | '．'))?;
    Some(line[letter.len_utf8() + mark.len_utf8()..].trim())
}

/// The questions of a numbered list, if the text is one: at least two numbered lines. Lines with a letter or
/// a bullet below a question are its options.
#[must_use]
pub fn questions(text: &str) -> Option<Vec<NewQuestion>> {
    let mut found: Vec<NewQuestion> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(title) = numbered(line) {
            found.push(NewQuestion { title: Some(title.to_owned()), ..NewQuestion::of(FieldKind::Text) });
            continue;
        }
        let question = found.last_mut()?;
        let option = lettered(line).or_else(|| bulleted(line))?;
        question.options.push(option.to_owned());
        question.kind = FieldKind::Single;
    }
    if found.len() < 2 {
        return None;
    }
    for question in &mut found {
        if question.options.is_empty() {
            question.kind = guess(question.title.as_deref().unwrap_or_default());
        }
    }
    Some(found)
}

/// What a question without options asks for, by its words.
fn guess(title: &str) -> FieldKind {
    let title = title.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if says(&["推荐给", "recommend"]) {
        FieldKind::Nps
    } else if says(&["满意", "satisf"]) {
        FieldKind::Csat
    } else if says(&["邮箱", "e-mail", "email"]) {
        FieldKind::Email
    } else if says(&["手机", "电话", "phone", "mobile"]) {
        FieldKind::Phone
    } else if says(&["日期", "哪天", "date", "which day"]) {
        FieldKind::Date
    } else if says(&["多少", "几", "how many", "how much", "number of"]) {
        FieldKind::Number
    } else if says(&["为什么", "建议", "意见", "原因", "why", "suggest", "comment", "tell us", "describe"])
    {
        FieldKind::LongText
    } else {
        FieldKind::Text
    }
}
