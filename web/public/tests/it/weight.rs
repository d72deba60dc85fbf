//! The first screen is light: HTML and stylesheet, compressed as they travel.

use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use web_public::form_page;

use crate::{LANGUAGES, sample};

/// `ui.md` §13: HTML and CSS of the first screen, gzipped.
const BUDGET_BYTES: usize = 15_000;

fn packed(text: &str) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn html_and_style_fit_the_budget() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("styles/public");
    // Not minified: the built file is smaller still.
    let css: String =
        fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    for language in LANGUAGES {
        let bytes = packed(&form_page(&sample::nps(language))) + packed(&css);
        assert!(bytes <= BUDGET_BYTES, "{bytes} bytes in {language:?}");
    }
}
