//! The first question of a form, asked in the mail itself: a point of its scale is a link.
//!
//! The link opens the form with the point chosen and stores nothing: programs that look at mails follow every link, and
//! none of them sends a form. A mail is written as plain text; who reads it as a page sees the same links as buttons.

use std::fmt::Write;

use form_engine::{Field, Form, Language};

use crate::app::App;
use crate::error::ApiError;
use crate::ids::link;
use crate::services::public_form;
use crate::store;

/// The scale that a mail asks.
pub struct Scale<'a> {
    /// Its question.
    pub field: &'a Field,
    low: i64,
    high: i64,
}

/// The first scale of a form, if there is one outside of lists.
pub fn scale(form: &Form) -> Option<Scale<'_>> {
    form.fields().iter().find_map(|field| {
        let (low, high) = field.scale().filter(|_| !field.in_rows())?;
        Some(Scale { field, low, high })
    })
}

/// The question and a line for each of its points; `otherwise`, a link to the form, where it asks no scale.
pub fn lines(app: &App, form: &Form, token: &str, language: Language, otherwise: &str) -> String {
    let Some(scale) = scale(form) else { return otherwise.to_owned() };
    let mut text = form.title_at(&scale.field.path, language).trim().to_owned();
    if let Some((low, high)) = &scale.field.ends {
        let (low, high) = (low.get(language.as_str()), high.get(language.as_str()));
        let _ = match language {
            Language::Zh => write!(text, "（{} {low}，{} {high}）", scale.low, scale.high),
            Language::En => write!(text, " ({} {low}, {} {high})", scale.low, scale.high),
        };
    }
    text.push_str("\n\n");
    for point in scale.low..=scale.high {
        let _ = writeln!(text, "{point}: {}", app.config.base_url.join(&format!("/e/{token}/{point}")));
    }
    text
}

/// Where the link of a point leads: the form, opened by the reader's own link, with the point chosen.
///
/// # Errors
///
/// [`ApiError::NotFound`] for a token nobody was given, and for a form that has no page any more.
pub async fn target(app: &App, token: &str, point: &str) -> Result<String, ApiError> {
    let unknown = || ApiError::not_found("invitation", "of this link");
    let found = store::invitation::by_token_of_any_team(app.db.read(), &link::hash(token)).await?;
    let invitation = found.ok_or_else(unknown)?;
    let catalog = app.catalog(invitation.team_id).await?;
    let live = catalog.form(&invitation.form_key).map_err(|_| unknown())?;
    let slug = live.form.publish().slug.as_ref().ok_or_else(unknown)?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("i", token);
    let chosen = scale(&live.form).zip(point.parse::<i64>().ok());
    if let Some((scale, point)) = chosen.filter(|(scale, point)| (scale.low..=scale.high).contains(point)) {
        query.append_pair(public_form::parameter(&scale.field.path), &point.to_string());
    }
    Ok(format!("/f/{slug}?{}", query.finish()))
}

/// The text as a page with its points as buttons; none for a mail that asks no question.
pub fn page(text: &str, home: &str) -> Option<String> {
    let mark = format!("{home}/e/");
    let point = |line: &str| {
        let (point, url) = line.split_once(": ")?;
        let is_point =
            point.parse::<i64>().is_ok() && url.starts_with(&mark) && !url.contains(char::is_whitespace);
        is_point.then(|| (point.to_owned(), url.to_owned()))
    };
    if !text.lines().any(|line| point(line).is_some()) {
        return None;
    }
    let mut body = String::new();
    let (mut buttons, mut said) = (Vec::new(), Vec::new());
    for line in text.lines().chain([""]) {
        match point(line) {
            Some(point) => {
                paragraph(&mut body, &mut said);
                buttons.push(point);
            }
            None => {
                row(&mut body, &mut buttons);
                if line.trim().is_empty() {
                    paragraph(&mut body, &mut said);
                } else {
                    said.push(line);
                }
            }
        }
    }
    Some(format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"></head>\n\
         <body style=\"margin:0;padding:24px;background:#ffffff;color:#171b21;font:16px/1.6 system-ui,-apple-system,'PingFang SC','Microsoft YaHei',sans-serif\">\n\
         <div style=\"max-width:600px;margin:0 auto\">\n{body}</div></body></html>\n"
    ))
}

fn paragraph(body: &mut String, said: &mut Vec<&str>) {
    if !said.is_empty() {
        let lines: Vec<String> = said.drain(..).map(linked).collect();
        let _ = writeln!(body, "<p style=\"margin:0 0 16px\">{}</p>", lines.join("<br>"));
    }
}

/// A row of buttons that breaks where the window is narrow; mail programs know inline blocks, and little else.
fn row(body: &mut String, buttons: &mut Vec<(String, String)>) {
    if buttons.is_empty() {
        return;
    }
    body.push_str("<p style=\"margin:0 0 16px\">");
    for (point, url) in buttons.drain(..) {
        let _ = write!(
            body,
            "<a href=\"{}\" style=\"display:inline-block;min-width:20px;margin:0 6px 8px 0;padding:10px 12px;border:1px solid #2458d3;border-radius:8px;color:#2458d3;text-align:center;text-decoration:none;font-weight:600\">{}</a>",
            escaped(&url),
            escaped(&point)
        );
    }
    body.push_str("</p>\n");
}

/// A line with its addresses as links.
fn linked(line: &str) -> String {
    let mut html = String::new();
    let mut rest = line;
    while let Some(start) = [rest.find("https://"), rest.find("http://")].into_iter().flatten().min() {
        let (before, address) = rest.split_at(start);
        let is_part = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"');
        let end = address.find(|c: char| !is_part(c)).unwrap_or(address.len());
        let (address, after) = address.split_at(end);
        html.push_str(&escaped(before));
        let address = escaped(address);
        let _ = write!(html, "<a href=\"{address}\" style=\"color:#2458d3\">{address}</a>");
        rest = after;
    }
    html.push_str(&escaped(rest));
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn points_become_buttons_and_nothing_anybody_wrote_becomes_html() {
        let text = "Hi <b>Li</b> & co\nhttps://x.example/t/1?a=1&b=2 \n\nHow likely?\n\n1: https://x.example/e/tok/1\n2: https://x.example/e/tok/2\n\n3: https://evil.example/e/tok/3\n";
        let html = page(text, "https://x.example").expect("it asks something");
        assert!(html.contains("Hi &lt;b&gt;Li&lt;/b&gt; &amp; co<br>"), "{html}");
        assert!(html.contains("<a href=\"https://x.example/t/1?a=1&amp;b=2\""), "{html}");
        assert_eq!(html.matches("inline-block").count(), 2, "only points of our own are buttons: {html}");
        assert!(html.contains("href=\"https://x.example/e/tok/2\"") && html.contains(">2</a>"), "{html}");
        assert_eq!(page("1: https://evil.example/e/tok/1\nplain", "https://x.example"), None);
    }
}
