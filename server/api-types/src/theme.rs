//! What a form's `theme` says, and the colours a page makes of it.
//!
//! One colour is the author's; the page's others follow from it, for light and for dark. How well words can be read
//! in it is WCAG's contrast ratio, computed here for the designer, which warns, and for the page alike.

use form_engine::{Problem, Text};
use serde_json::Value;

/// What text needs against its ground: WCAG 2.2, 1.4.3, level AA.
pub const AA: f64 = 4.5;

/// A colour of three bytes: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
/// Words on a light ground, and the ground itself when it is dark: tokens of the public pages.
const INK: Colour = Colour([0x17, 0x1b, 0x21]);

impl Colour {
    /// `#2458d3`, with or without its mark; letters of either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self([byte(0)?, byte(2)?, byte(4)?]))
    }

    /// `2458d3`
    pub fn digits(self) -> String {
        let [red, green, blue] = self.0;
        format!("{red:02x}{green:02x}{blue:02x}")
    }

    /// WCAG 2.2, relative luminance: 0 is black, 1 white.
    pub fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// WCAG 2.2, contrast ratio: 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// So much of `other`, 0 to 1, mixed in.
    fn mixed(self, other: Self, share: f64) -> Self {
        let mut bytes = self.0;
        for (byte, other) in bytes.iter_mut().zip(other.0) {
            let value = f64::from(*byte) * (1.0 - share) + f64::from(other) * share;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two bytes")]
            {
                *byte = value.round() as u8;
            }
        }
        Self(bytes)
    }

    /// What is read best on it.
    fn words_on(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(INK) { WHITE } else { INK }
    }

    /// Lightened until words in it can be read on a dark ground.
    fn for_dark(self) -> Self {
        let steps = (0..=20).map(|step| self.mixed(WHITE, f64::from(step) / 20.0));
        steps.into_iter().find(|colour| colour.contrast(INK) >= AA).unwrap_or(WHITE)
    }
}

/// A form's theme.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Theme {
    /// Buttons, links and what is chosen.
    pub accent: Option<Colour>,
    /// A picture of this server, above the form.
    pub logo: Option<String>,
    /// Who asks, in place of the team's name.
    pub brand: Option<Text>,
}

impl Theme {
    /// Reads what a definition says; what cannot be read is left out.
    pub fn read(theme: &Value) -> Self {
        let text = |name: &str| theme.get(name).and_then(Value::as_str);
        let brand = theme.get("brand").and_then(|brand| serde_json::from_value::<Text>(brand.clone()).ok());
        Self {
            accent: text("accent").and_then(Colour::parse),
            logo: text("logo").filter(|logo| is_own(logo)).map(str::to_owned),
            brand: brand.filter(|brand| !brand.is_empty()),
        }
    }

    /// What is wrong with a definition's `theme`.
    pub fn problems(theme: &Value) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(accent) =
            theme.get("accent").filter(|accent| accent.as_str().and_then(Colour::parse).is_none())
        {
            let message = format!("`{accent}` is no colour; expected one such as `#2458d3`");
            problems.push(Problem::new("form.theme_colour", "/theme/accent", message));
        }
        if let Some(logo) = theme.get("logo").filter(|logo| !logo.as_str().is_some_and(is_own)) {
            let message = format!("`{logo}` is no address of this server; expected one that begins with `/`");
            problems.push(Problem::new("form.theme_logo", "/theme/logo", message));
        }
        problems
    }
}

/// An address of this server: pages load nothing from others.
pub fn is_own(address: &str) -> bool {
    let fine = |sign: char| sign.is_ascii_graphic() && !matches!(sign, '"' | '\'' | '<' | '>' | '\\');
    address.starts_with('/') && !address.starts_with("//") && address.chars().all(fine)
}

/// How well words can be read in a colour: on it, and in it on white.
pub fn contrasts(accent: Colour) -> (f64, f64) {
    (accent.contrast(accent.words_on()), accent.contrast(WHITE))
}

/// The style of a page in a colour: its custom properties, light and dark.
pub fn stylesheet(accent: Colour) -> String {
    let properties = |accent: Colour, ground: Colour, soft: f64| {
        let of = [
            ("accent", accent),
            ("accent-hover", accent.mixed(if ground == WHITE { INK } else { WHITE }, 0.2)),
            ("on-accent", accent.words_on()),
            ("accent-soft", ground.mixed(accent, soft)),
        ];
        of.map(|(name, colour)| format!("--{name}:#{}", colour.digits())).join(";")
    };
    let (light, dark) = (properties(accent, WHITE, 0.1), properties(accent.for_dark(), INK, 0.2));
    format!(":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn contrast_is_wcags() {
        let rounded = |one: &str, two: &str| (colour(one).contrast(colour(two)) * 100.0).round() / 100.0;
        assert_eq!(rounded("#000000", "#ffffff"), 21.0);
        assert_eq!(rounded("#777777", "#FFFFFF"), 4.48);
        assert_eq!(rounded("767676", "#ffffff"), 4.54);
        assert_eq!(rounded("#ff0000", "#ffffff"), 4.0);
        for none in ["", "#fff", "#12345g", "blue", "#é1234"] {
            assert_eq!(Colour::parse(none), None, "{none}");
        }
    }

    #[test]
    fn every_colour_can_be_read_in_the_dark_and_carries_words() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let accent = Colour([red, green, blue]);
                    assert!(accent.for_dark().contrast(INK) >= AA, "{accent:?}");
                    assert!(contrasts(accent).0 >= 4.1, "{accent:?}");
                    let style = stylesheet(accent);
                    assert_eq!(style.matches("--accent:").count(), 2);
                    assert!(style.contains(&format!("--accent:#{};", accent.digits())));
                }
            }
        }
    }

    #[test]
    fn a_theme_is_read_and_what_is_wrong_with_it_told() {
        let fine = json!({"accent": "#0a7", "logo": "https://elsewhere.example/logo.png", "brand": {"zh": "回音", "en": "Huiyin"}});
        let codes: Vec<_> = Theme::problems(&fine)
            .into_iter()
            .map(|problem| (problem.code.to_string(), problem.path))
            .collect();
        assert_eq!(
            codes,
            [
                ("form.theme_colour".into(), "/theme/accent".into()),
                ("form.theme_logo".into(), "/theme/logo".to_owned())
            ]
        );
        let read = Theme::read(&fine);
        assert_eq!((read.accent, read.logo), (None, None));
        assert_eq!(read.brand.expect("written").get("en"), "Huiyin");
        assert_eq!(Theme::problems(&json!({"accent": "#00aa77", "logo": "/assets/logo.svg"})), []);
        assert!(!is_own("//elsewhere.example/x") && !is_own("/a\"b") && is_own("/assets/logo.svg?v=2"));
    }
}
