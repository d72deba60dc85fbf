//! Just enough reading of HTML for these tests: start tags and their attributes.

/// A start tag.
#[derive(Debug, Clone)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// Where it begins in the document.
    pub at: usize,
}

impl Tag {
    /// The value of an attribute; an attribute without one has the empty value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags, in order. Text is escaped in what we write, so every `<` begins a tag,
/// except inside the one inert script.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = 0;
    while let Some(found) = html[rest..].find('<') {
        let at = rest + found;
        let end = tag_end(html, at);
        let inside = &html[at + 1..end];
        rest = end + 1;
        if !inside.starts_with(['/', '!']) {
            let tag = tag(inside, at);
            if tag.name == "script" {
                rest = html[rest..].find("</script>").map_or(html.len(), |close| rest + close);
            }
            tags.push(tag);
        }
    }
    tags
}

fn tag_end(html: &str, at: usize) -> usize {
    let mut quoted = false;
    for (offset, character) in html[at..].char_indices() {
        match character {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + offset,
            _ => {}
        }
    }
    panic!("a tag is not closed: {}", &html[at..(at + 80).min(html.len())]);
}

fn tag(inside: &str, at: usize) -> Tag {
    let name: String = inside.chars().take_while(|character| character.is_ascii_alphanumeric()).collect();
    let mut attributes = Vec::new();
    let mut rest = inside[name.len()..].trim_start();
    while !rest.is_empty() && rest != "/" {
        let key: String =
            rest.chars().take_while(|character| !matches!(character, '=' | ' ' | '/')).collect();
        rest = &rest[key.len()..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let close = quoted.find('"').expect("a value is closed");
            value = quoted[..close].to_owned();
            rest = &quoted[close + 1..];
        }
        attributes.push((key, value));
        rest = rest.trim_start();
    }
    Tag { name, attributes, at }
}
