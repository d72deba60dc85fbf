//! The finished files: named by their content, compressed, listed in `manifest.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::place::files_under;
use crate::step::hex;

/// How many hexadecimal digits of the content's hash go into a name.
const HASH_LENGTH: usize = 10;

/// What will be in `web/dist`: file name -> content, and logical name -> file name.
#[derive(Default)]
pub struct Dist {
    files: BTreeMap<String, Vec<u8>>,
    manifest: BTreeMap<String, String>,
}

impl Dist {
    /// Adds a file under its logical name (`studio/studio.js`) and returns its URL on the server.
    pub fn add(&mut self, logical: &str, content: Vec<u8>) -> String {
        let (stem, ending) = logical.rsplit_once('.').expect("every logical name has an ending");
        let mut hash = hex(&Sha256::digest(&content));
        hash.truncate(HASH_LENGTH);
        let file = format!("{stem}-{hash}.{ending}");
        let url = format!("/assets/{file}");
        self.manifest.insert(logical.to_owned(), file.clone());
        self.files.insert(file, content);
        url
    }

    /// Adds the content of `path`, as [`Dist::add`].
    pub fn add_file(&mut self, logical: &str, path: &Path) -> anyhow::Result<String> {
        let content = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        Ok(self.add(logical, content))
    }

    /// Adds a file that keeps its name: a page, or a script whose name already follows its content.
    pub fn add_named(&mut self, name: &str, content: Vec<u8>) {
        self.files.insert(name.to_owned(), content);
    }

    /// The URL of a file added before.
    pub fn url(&self, logical: &str) -> Option<String> {
        self.manifest.get(logical).map(|file| format!("/assets/{file}"))
    }

    /// The compressed size of every file that has a logical name, by that name.
    pub fn weights(&self) -> anyhow::Result<Vec<(&str, usize)>> {
        self.manifest
            .iter()
            .map(|(logical, file)| Ok((logical.as_str(), gzip(&self.files[file])?.len())))
            .collect()
    }

    /// Writes what changed into `folder`, with a `.gz` beside every file. When the build is `whole`, everything else in the folder goes;
    /// otherwise what the other part made before stays.
    pub fn write(mut self, folder: &Path, whole: bool) -> anyhow::Result<()> {
        if !whole {
            self.keep_other_part(folder)?;
        }
        let manifest = serde_json::to_vec_pretty(&self.manifest)?;
        self.files.insert("manifest.json".to_owned(), manifest);
        for stale in files_under(folder, &[""])? {
            let name = stale.strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or_default();
            if !self.files.contains_key(name.strip_suffix(".gz").unwrap_or(name)) {
                fs::remove_file(&stale)?;
            }
        }
        for (name, content) in &self.files {
            write_if_new(&folder.join(name), content)?;
            write_if_new(&folder.join(format!("{name}.gz")), &gzip(content)?)?;
        }
        Ok(())
    }

    /// What the last build wrote into the folders that this build does not fill.
    fn keep_other_part(&mut self, folder: &Path) -> anyhow::Result<()> {
        let mine: BTreeSet<String> = self.files.keys().filter_map(|name| part(name)).collect();
        let kept = |name: &str| part(name).is_some_and(|part| !mine.contains(&part));
        if let Ok(text) = fs::read_to_string(folder.join("manifest.json")) {
            let before: BTreeMap<String, String> =
                serde_json::from_str(&text).context("reading manifest.json")?;
            self.manifest.extend(before.into_iter().filter(|(logical, _)| kept(logical)));
        }
        for path in files_under(folder, &[""])? {
            let name = path.strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or_default();
            if kept(name) && !name.ends_with(".gz") {
                self.files.insert(name.to_owned(), fs::read(&path)?);
            }
        }
        Ok(())
    }
}

/// The folder of a file: `studio` or `public`.
fn part(name: &str) -> Option<String> {
    name.split_once('/').map(|(part, _)| part.to_owned())
}

/// Untouched files keep their time, so that the server is not built again for nothing.
fn write_if_new(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().map_or_else(PathBuf::new, Path::to_path_buf))?;
    fs::write(path, content).with_context(|| format!("writing {}", path.display()))
}

/// The compressed twin. It holds no time, so the same content gives the same bytes.
fn gzip(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let files = files_under(folder, &[""]).unwrap();
        files.iter().map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn a_name_follows_the_content_and_stale_files_go() {
        let place = tempfile::tempdir().unwrap();
        let write = |content: &str| {
            let mut dist = Dist::default();
            let url = dist.add("public/loader.js", content.into());
            dist.write(place.path(), true).unwrap();
            url
        };
        let (first, again, second) = (write("one"), write("one"), write("two"));
        assert_eq!(first, again);
        assert_ne!(first, second);
        let file = second.strip_prefix("/assets/").unwrap();
        assert_eq!(names(place.path()), ["manifest.json", "manifest.json.gz", file, &format!("{file}.gz")]);
        let manifest = fs::read_to_string(place.path().join("manifest.json")).unwrap();
        assert!(manifest.contains(&format!("\"public/loader.js\": \"{file}\"")), "{manifest}");
    }

    #[test]
    fn building_one_part_keeps_the_other() {
        let place = tempfile::tempdir().unwrap();
        let mut both = Dist::default();
        both.add("studio/studio.js", "studio".into());
        both.add("public/loader.js", "old".into());
        both.add_named("studio/index.html", "page".into());
        both.write(place.path(), true).unwrap();
        let mut one = Dist::default();
        one.add("public/loader.js", "new".into());
        one.write(place.path(), false).unwrap();
        let kept = names(place.path());
        assert_eq!(kept.iter().filter(|name| name.starts_with("studio/")).count(), 4, "{kept:?}");
        assert_eq!(kept.iter().filter(|name| name.starts_with("public/")).count(), 2, "{kept:?}");
    }
}
