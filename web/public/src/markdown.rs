//! An author's words between the questions: the few marks of Markdown that people know.
//!
//! Paragraphs, `- ` lists, `## ` heads, `**strong**`, `*stress*`, `[words](https://…)`. Everything else is text, HTML
//! too: nothing an author writes reaches the page unescaped.

use leptos::prelude::*;

/// The words as elements.
pub(crate) fn view(words: &str) -> Vec<AnyView> {
    let words = words.replace("\r\n", "\n");
    words.split("\n\n").filter(|block| !block.trim().is_empty()).map(block).collect()
}

fn block(text: &str) -> AnyView {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if let [head] = lines.as_slice()
        && let Some(head) = head.strip_prefix("## ")
    {
        return view! { <h3>{inline(head)}</h3> }.into_any();
    }
    // Words before a list are a paragraph of their own.
    let is_item = |line: &&&str| line.starts_with("- ") || line.starts_with("* ");
    let before: Vec<&str> = lines.iter().take_while(|line| !is_item(line)).copied().collect();
    let items: Vec<_> = lines[before.len()..]
        .iter()
        .map(|line| {
            let words = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
            view! { <li>{inline(words)}</li> }
        })
        .collect();
    let paragraph = (!before.is_empty()).then(|| view! { <p>{inline(&before.join(" "))}</p> });
    let list = (!items.is_empty()).then(|| view! { <ul>{items}</ul> });
    view! { {paragraph}{list} }.into_any()
}

fn inline(text: &str) -> Vec<AnyView> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((part, behind)) = marked(rest) {
            if !plain.is_empty() {
                parts.push(std::mem::take(&mut plain).into_any());
            }
            parts.push(part);
            rest = behind;
        } else {
            plain.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if !plain.is_empty() {
        parts.push(plain.into_any());
    }
    parts
}

/// A mark that `text` begins with, and what is behind it.
fn marked(text: &str) -> Option<(AnyView, &str)> {
    if let Some(rest) = text.strip_prefix("**") {
        let (inside, behind) = rest.split_once("**").filter(|(inside, _)| hugs(inside))?;
        return Some((view! { <strong>{inside.to_owned()}</strong> }.into_any(), behind));
    }
    if let Some(rest) = text.strip_prefix('*') {
        let (inside, behind) = rest.split_once('*').filter(|(inside, _)| hugs(inside))?;
        return Some((view! { <em>{inside.to_owned()}</em> }.into_any(), behind));
    }
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, behind) = rest.split_once(')')?;
    // Authors link to pages, never to script.
    let safe = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    let link = view! { <a href=address.to_owned() rel="noopener" target="_blank">{words.to_owned()}</a> };
    (safe && !words.contains('\n')).then(|| (link.into_any(), behind))
}

/// Marks stand at their words; a star between spaces is a star.
fn hugs(inside: &str) -> bool {
    !inside.is_empty() && inside.trim() == inside
}
