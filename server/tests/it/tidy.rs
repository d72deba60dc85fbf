//! The house's own rules, kept by machine: who may depend on whom, what opens a file, what a code map names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Our crates, and which of our crates each may name outside its tests.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("form-engine", &[]),
    ("flow-engine", &["form-engine"]),
    ("report-engine", &["form-engine"]),
    ("migrations", &[]),
    ("api-types", &["form-engine", "flow-engine", "report-engine"]),
    ("huiyin", &["api-types", "form-engine", "flow-engine", "report-engine", "migrations", "web-public"]),
    ("web-public", &["api-types", "form-engine", "flow-engine", "report-engine"]),
    ("public-client", &["api-types", "form-engine", "flow-engine", "report-engine"]),
    ("web-ui", &[]),
    ("studio", &["api-types", "form-engine", "flow-engine", "report-engine", "web-ui"]),
    ("catalogue", &["web-ui"]),
    ("verdicts", &["form-engine"]),
    ("web-build", &[]),
    ("ledger", &[]),
];

/// What an engine never sees: time, chance, IO, pages.
const NO_ENGINE: [&str; 8] = ["tokio", "axum", "sea-orm", "leptos", "rand", "tracing", "uuid", "reqwest"];

/// Libraries that one crate alone names, so that they can be exchanged there.
const ONE_HOME: [(&str, &str); 3] =
    [("jsonschema", "form-engine"), ("rhai", "form-engine"), ("arrow", "report-engine")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the server is in the workspace").to_owned()
}

struct Package {
    name: String,
    folder: PathBuf,
    /// Not those of tests.
    names: BTreeSet<String>,
}

fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let package = |package: &Value| {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let outside_tests = |one: &&Value| one["kind"] != "dev";
        let dependencies = package["dependencies"].as_array().expect("a list").iter();
        Package {
            name: text(&package["name"]),
            folder: Path::new(&text(&package["manifest_path"])).parent().expect("a folder").to_owned(),
            names: dependencies.filter(outside_tests).map(|one| text(&one["name"])).collect(),
        }
    };
    metadata["packages"].as_array().expect("a list").iter().map(package).collect()
}

#[test]
fn crates_depend_on_each_other_in_one_direction() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_NAME.iter().copied().collect();
    let packages = packages();
    let ours: BTreeSet<&str> = packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(ours, allowed.keys().copied().collect(), "a crate without a row");
    for package in &packages {
        let may = allowed[package.name.as_str()];
        for name in package.names.iter().filter(|name| ours.contains(name.as_str())) {
            assert!(may.contains(&name.as_str()), "{} may not name {name}", package.name);
        }
        for (library, home) in ONE_HOME {
            assert!(
                package.name == home || !package.names.contains(library),
                "{} names {library}",
                package.name
            );
        }
        if package.name.ends_with("-engine") {
            for library in NO_ENGINE {
                assert!(!package.names.contains(library), "{} names {library}", package.name);
            }
        }
    }
}

#[test]
fn the_layers_of_the_server_name_each_other_in_one_direction() {
    let source = root().join("server/src");
    for (layer, above) in
        [("store", ["services", "http", "worker"]), ("services", ["router", "worker", "cli"])]
    {
        for file in rust_files(&source.join(layer)) {
            let text = std::fs::read_to_string(&file).expect("reads");
            let code = text.split("#[cfg(test)]").next().expect("splits");
            for name in above {
                assert!(!code.contains(&format!("crate::{name}")), "{} names `{name}`", file.display());
            }
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_file_says_what_it_decides() {
    let mut read = 0;
    for package in packages() {
        let parts = ["src", "tests", "benches"].map(|part| package.folder.join(part));
        for file in parts.iter().filter(|part| part.is_dir()).flat_map(|part| rust_files(part)) {
            let text = std::fs::read_to_string(&file).expect("reads");
            let opens = text.starts_with("//! ") || text.starts_with("#![doc = include_str!(\"");
            assert!(opens, "{} does not open with `//!`", file.display());
            assert!(!file.ends_with("mod.rs"), "{}", file.display());
            read += 1;
        }
    }
    assert!(read > 200, "only {read} files were read");
}

/// What stands in backticks in the table of a README's code map, up to the first column's end.
fn mapped(readme: &str) -> BTreeSet<String> {
    let map = readme.split("## Code map").nth(1).unwrap_or_default();
    let map = map.split("\n## ").next().unwrap_or_default();
    let rows = map.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    rows.flat_map(|column| column.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

#[test]
fn every_code_map_names_what_is_there_and_nothing_else() {
    let house = std::fs::read_to_string(root().join("README.md")).expect("the README");
    for package in packages() {
        let place = package.folder.strip_prefix(root()).expect("inside").display().to_string();
        assert!(house.contains(&format!("{place}/")), "the README's map of the house lacks {place}/");
        let file = package.folder.join("README.md");
        let readme =
            std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mapped = mapped(&readme);
        for name in &mapped {
            let there = [package.folder.join("src").join(name), package.folder.join(name)];
            assert!(there.iter().any(|path| path.exists()), "{}: there is no `{name}`", file.display());
        }
        for entry in std::fs::read_dir(package.folder.join("src")).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                let named =
                    [format!("{name}/"), format!("src/{name}/")].iter().any(|one| mapped.contains(one));
                assert!(named, "{}: the code map lacks `{name}/`", file.display());
            }
        }
    }
}
