//! What reaches the browser.

use std::process::Command;

/// Every package the module of `package` is made of, without what only builds it.
fn tree(package: &str) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--locked",
            "--package",
            package,
            "--edges",
            "normal",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(["--prefix", "none", "--format", "{p}"])
        // Tests run in their crate's folder; what stood here at compile time may be another checkout's.
        .current_dir("../..")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("package names are UTF-8");
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[track_caller]
fn check(package: &str, wanted: &[&str], banned: &[&str]) {
    let tree = tree(package);
    for name in wanted {
        assert!(tree.iter().any(|package| package == name), "`{package}` without `{name}`");
    }
    for name in banned {
        assert!(!tree.iter().any(|package| package == name), "`{package}` carries `{name}`");
    }
}

/// The rules run in the customer's browser; the heavy halves of form-engine, and leptos, stay on the server.
#[test]
fn the_public_module_is_form_engine_and_little_else() {
    let heavy =
        ["rhai", "jsonschema", "fancy-regex", "regex", "chrono-tz", "leptos", "flow-engine", "report-engine"];
    check("public-client", &["form-engine"], &heavy);
}

#[test]
fn the_studio_leaves_schemas_and_scripts_to_the_server() {
    check("studio", &["leptos", "api-types"], &["rhai", "jsonschema", "tokio", "sea-orm", "axum", "huiyin"]);
}
