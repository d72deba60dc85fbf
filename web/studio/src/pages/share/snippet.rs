//! The code that brings a form into another page: pure.

/// How a form appears in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Where the code stands.
    Inline,
    /// Behind a button, over the page.
    Popup,
    /// Behind a tab at the side.
    Tab,
}

impl Mode {
    /// The word that `embed.js` knows.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Inline => "inline",
            Self::Popup => "popup",
            Self::Tab => "tab",
        }
    }

    /// The mode of a word; inline for any other.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "popup" => Self::Popup,
            "tab" => Self::Tab,
            _ => Self::Inline,
        }
    }
}

/// The script element. `label` is on the button of those modes that have one; `known` leaves room for a customer.
#[must_use]
pub fn snippet(home: &str, slug: &str, mode: Mode, label: &str, known: bool) -> String {
    let mut code = format!(
        "<script src=\"{}/embed.js\" data-form=\"{}\" data-mode=\"{}\"",
        escaped(home),
        escaped(slug),
        mode.word()
    );
    let label = label.trim();
    if mode != Mode::Inline && !label.is_empty() {
        code.push_str(&format!(" data-label=\"{}\"", escaped(label)));
    }
    if known {
        code.push_str(" data-customer=\"{{ customer }}\"");
    }
    code.push_str(" async></script>");
    code
}

/// What a server does that knows its customer, in Node.js.
#[must_use]
pub fn server_sample() -> &'static str {
    "import { createHmac } from \"node:crypto\";\n\nconst said = Buffer.from(JSON.stringify({\n  id: user.id, mail: user.email,\n  exp: Math.floor(Date.now() / 1000) + 3600,\n})).toString(\"base64url\");\nconst seal = createHmac(\"sha256\", process.env.HUIYIN_EMBED_SECRET)\n  .update(said).digest(\"hex\");\nconst customer = `${said}.${seal}`;"
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_holds_what_the_mode_needs_and_nothing_breaks_out_of_it() {
        let code = snippet("https://cx.example", "nps", Mode::Inline, "ignored", false);
        assert_eq!(
            code,
            "<script src=\"https://cx.example/embed.js\" data-form=\"nps\" data-mode=\"inline\" async></script>"
        );
        let code = snippet("https://cx.example", "nps", Mode::Tab, "\"><b>", true);
        assert!(code.contains(" data-label=\"&quot;>&lt;b>\" data-customer="), "{code}");
        for mode in [Mode::Inline, Mode::Popup, Mode::Tab] {
            assert_eq!(Mode::of(mode.word()), mode);
        }
    }
}
