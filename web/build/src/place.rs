//! Where things are: the workspace, the folder that is filled, the folder that remembers.

use std::env::var_os;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// The folders the build reads and writes.
pub struct Place {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// `web/dist`, which the server embeds.
    pub dist: PathBuf,
    /// What earlier builds made, by step.
    pub cache: PathBuf,
    /// Cargo's target directory for WebAssembly, apart from the native one so that neither waits for the other's lock.
    pub wasm_target: PathBuf,
}

impl Place {
    /// Finds the workspace from cargo's environment, or from the current directory upwards.
    pub fn find() -> anyhow::Result<Self> {
        let start = match var_os("CARGO_MANIFEST_DIR") {
            Some(folder) => PathBuf::from(folder),
            None => std::env::current_dir()?,
        };
        let root = start
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file() && folder.join("web/package.json").is_file())
            .context("expected to run inside the workspace")?
            .to_path_buf();
        let target = match var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        let wasm_target = match var_os("HUIYIN_WASM_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => target.join("web"),
        };
        Ok(Place { dist: root.join("web/dist"), cache: wasm_target.join("steps"), wasm_target, root })
    }

    /// A path inside the workspace.
    pub fn at(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }
}

/// Every file under `folder` whose name ends in one of `endings`, sorted. A folder that is not there has none.
pub fn files_under(folder: &Path, endings: &[&str]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        if !next.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&next).with_context(|| format!("reading {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_str().is_some_and(|name| endings.iter().any(|ending| name.ends_with(ending))) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The files directly in `folder` with this ending, each with its stem, sorted by name.
pub fn entries(folder: &Path, ending: &str) -> anyhow::Result<Vec<(String, PathBuf)>> {
    Ok(files_under(folder, &[ending])?
        .into_iter()
        .filter(|path| path.parent() == Some(folder))
        .filter_map(|path| Some((path.file_name()?.to_str()?.strip_suffix(ending)?.to_owned(), path)))
        .collect())
}
