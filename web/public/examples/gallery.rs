//! Writes every public page to a folder, to be looked at without a server:
//! `cargo run -p web-public --example gallery -- OUT`, with the built stylesheet beside the pages.

#[path = "../tests/it/sample.rs"]
mod sample;

use std::{env, fs, io, path::PathBuf};

use form_engine::Language;
use web_public::{Notice, form_page, notice_page, progress_page, thanks_page};

fn main() -> io::Result<()> {
    let out = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "gallery".to_owned()));
    fs::create_dir_all(&out)?;
    for language in [Language::Zh, Language::En] {
        let pages = [
            ("nps", form_page(&sample::nps(language))),
            ("nps-low", form_page(&sample::nps_low(language))),
            ("kinds", form_page(&sample::kinds(language))),
            ("thanks", thanks_page(&sample::thanks(language))),
            ("progress", progress_page(&sample::progress(language))),
            ("solved", progress_page(&sample::progress_solved(language))),
            ("closed", notice_page(&sample::notice(language, Notice::Closed))),
            ("not-open", notice_page(&sample::notice(language, Notice::NotOpen(sample::moment(1, 9, 0))))),
        ];
        for (name, html) in pages {
            let html = html.replace("/assets/public/", "");
            fs::write(out.join(format!("{name}-{}.html", language.as_str())), html)?;
        }
    }
    Ok(())
}
