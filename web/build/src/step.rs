//! A step is made again only when what it was made from changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

/// The memory of earlier builds: one folder of results and one key per step.
pub struct Steps {
    folder: PathBuf,
}

impl Steps {
    /// Remembers in `folder`, which need not be there yet.
    pub fn open(folder: PathBuf) -> Self {
        Steps { folder }
    }

    /// Runs `make` in an empty folder and returns the folder, or returns the folder of an earlier run that was
    /// given the same `settings` and files of the same content.
    pub fn run(
        &self,
        name: &str,
        inputs: &[PathBuf],
        settings: &str,
        make: impl FnOnce(&Path) -> anyhow::Result<()>,
    ) -> anyhow::Result<PathBuf> {
        let key = key(inputs, settings)?;
        let results = self.folder.join(name);
        let key_file = self.folder.join(format!("{name}.key"));
        if fs::read_to_string(&key_file).is_ok_and(|known| known == key) {
            return Ok(results);
        }
        println!("web: {name}");
        // The key goes first and comes last, so that a build that is stopped half-way is never taken for a whole one.
        remove(&key_file)?;
        if results.exists() {
            fs::remove_dir_all(&results)?;
        }
        fs::create_dir_all(&results)?;
        make(&results).with_context(|| format!("step `{name}`"))?;
        fs::write(&key_file, key)?;
        Ok(results)
    }
}

fn remove(file: &Path) -> anyhow::Result<()> {
    if file.exists() {
        fs::remove_file(file)?;
    }
    Ok(())
}

fn key(inputs: &[PathBuf], settings: &str) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(settings);
    for input in inputs {
        let content = fs::read(input).with_context(|| format!("reading {}", input.display()))?;
        hash.update(input.as_os_str().as_encoded_bytes());
        hash.update(content.len().to_le_bytes());
        hash.update(content);
    }
    Ok(hex(&hash.finalize()))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_step_runs_again_only_for_new_input() {
        let place = tempfile::tempdir().unwrap();
        let input = place.path().join("input");
        let steps = Steps::open(place.path().join("steps"));
        let runs = Cell::new(0);
        let run = |settings: &str| {
            let make = |out: &Path| {
                runs.set(runs.get() + 1);
                Ok(fs::copy(&input, out.join("copy")).map(|_| ())?)
            };
            fs::read_to_string(
                steps.run("copy", std::slice::from_ref(&input), settings, make).unwrap().join("copy"),
            )
            .unwrap()
        };
        fs::write(&input, "one").unwrap();
        assert_eq!((run(""), run(""), runs.get()), ("one".to_owned(), "one".to_owned(), 1));
        fs::write(&input, "two").unwrap();
        assert_eq!((run(""), runs.get()), ("two".to_owned(), 2));
        assert_eq!((run("other"), runs.get()), ("two".to_owned(), 3));
    }

    #[test]
    fn a_failed_step_is_not_remembered() {
        let place = tempfile::tempdir().unwrap();
        let steps = Steps::open(place.path().join("steps"));
        assert!(steps.run("fails", &[], "", |_| anyhow::bail!("no")).is_err());
        let mut ran = false;
        steps
            .run("fails", &[], "", |_| {
                ran = true;
                Ok(())
            })
            .unwrap();
        assert!(ran);
    }
}
