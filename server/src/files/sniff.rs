//! What a file is, by its bytes, and whether a question takes it.
//!
//! Names and declared types are claims of a stranger. What has a signature is what its signature says; what has none
//! is text when it reads as text.

/// Text without a signature.
const TEXT: &str = "text/plain";
/// Bytes nobody knows.
const UNKNOWN: &str = "application/octet-stream";
/// Endings of files that hold nothing but text.
const TEXTS: [&str; 8] = [".txt", ".csv", ".tsv", ".md", ".json", ".xml", ".log", ".ics"];
/// Endings of files that are an archive inside.
const ARCHIVES: [&str; 9] = [".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".zip", ".pages"];
/// Endings of office files from before they were archives.
const OLD_OFFICE: [&str; 4] = [".doc", ".xls", ".ppt", ".wps"];

/// The media type of a file that begins with `head`.
pub fn media_type(head: &[u8]) -> &'static str {
    match infer::get(head) {
        // What reads as text may still be a page with scripts: it is served as what it is only to be saved.
        Some(found) => found.mime_type(),
        None if is_text(head) => TEXT,
        None => UNKNOWN,
    }
}

/// Does a question that takes `accept` (`image/*`, `.pdf`; empty: anything) take this file?
pub fn is_accepted(accept: &[String], name: &str, head: &[u8]) -> bool {
    let media = media_type(head);
    let name = name.to_lowercase();
    accept.is_empty()
        || accept.iter().any(|word| {
            let word = word.to_ascii_lowercase();
            if word.starts_with('.') {
                return name.ends_with(&word) && has_ending(head, media, &word);
            }
            match word.strip_suffix("/*") {
                Some(family) => media.split('/').next() == Some(family),
                None => media == word || (word.starts_with("text/") && media == TEXT),
            }
        })
}

/// Are the bytes what the ending promises?
fn has_ending(head: &[u8], media: &str, ending: &str) -> bool {
    if TEXTS.contains(&ending) {
        return media.starts_with("text/") || media == "application/json";
    }
    let found = infer::get(head).map(|found| format!(".{}", found.extension()));
    match found.as_deref() {
        Some(found) if found == ending => true,
        Some(".jpg") => ending == ".jpeg",
        Some(".tif") => ending == ".tiff",
        Some(".heif") => ending == ".heic",
        // Which of them an archive is, its first bytes do not always say.
        Some(".zip" | ".docx" | ".xlsx" | ".pptx") => ARCHIVES.contains(&ending),
        Some(".msi" | ".doc" | ".xls" | ".ppt") => OLD_OFFICE.contains(&ending),
        Some(_) => false,
        // An ending nobody knows a signature of: the bytes cannot contradict it.
        None => media == UNKNOWN && !is_known(ending),
    }
}

/// Has a file of this ending a signature?
fn is_known(ending: &str) -> bool {
    let known = [
        ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".avif", ".pdf", ".mp3",
        ".mp4", ".mov", ".wav", ".ogg", ".avi", ".webm", ".gz", ".rar", ".7z",
    ];
    known.contains(&ending) || ARCHIVES.contains(&ending) || OLD_OFFICE.contains(&ending)
}

fn is_text(head: &[u8]) -> bool {
    !head.iter().any(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    fn accept(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_a_file_is_its_bytes_say_and_not_its_name() {
        for (words, name, head, taken) in [
            (&["image/*"][..], "cat.png", PNG, true),
            (&["image/*"], "cat.png", b"<script>alert(1)</script>", false),
            (&["image/*"], "cat.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", false),
            (&["image/jpeg"], "cat.jpg", PNG, false),
            (&[".pdf"], "bill.pdf", b"%PDF-1.7", true),
            (&[".pdf"], "bill.pdf", PNG, false),
            (&[".pdf"], "bill.exe", b"%PDF-1.7", false),
            (&[".csv"], "list.csv", "名称,数量\n".as_bytes(), true),
            (&[".csv"], "list.csv", b"a\0b", false),
            (&[".xlsx"], "list.xlsx", b"PK\x03\x04", true),
            (&[".png"], "cat.png", b"hello", false),
            (&[".step"], "part.step", b"\x01\x02", true),
            (&[], "anything.exe", b"MZ\x90\0", true),
            (&["text/csv"], "list.csv", b"a,b", true),
        ] {
            let found = is_accepted(&accept(words), name, head);
            assert_eq!(found, taken, "{words:?} {name} {}", media_type(head));
        }
    }
}
