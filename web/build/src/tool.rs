//! Runs a program, and says which one failed.

use std::process::Command;

use anyhow::{Context, bail};

use crate::place::Place;

/// A command of one of npm's packages, in the folder of the workspace.
pub fn npm(place: &Place, name: &str) -> Command {
    let mut command = Command::new(place.at("web/node_modules/.bin").join(name));
    command.current_dir(&place.root);
    command
}

/// esbuild, bundling `entry` into `output` for a `target` such as `es2018`.
pub fn esbuild(place: &Place, dev: bool, target: &str) -> Command {
    let mut command = npm(place, "esbuild");
    command.args(["--bundle", "--log-level=warning", "--charset=utf8", "--legal-comments=none"]);
    command.arg(format!("--target={target}"));
    // Bundles made elsewhere (wasm-bindgen's) find npm's packages too.
    command.env("NODE_PATH", place.at("web/node_modules"));
    if !dev {
        command.arg("--minify");
    }
    command
}

/// Runs `command` to its end.
///
/// # Errors
///
/// The command cannot be started, or ends with a failure; what it wrote stands above.
pub fn run(mut command: Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("cannot start `{name}`; `make setup` installs what is missing"))?;
    if !status.success() {
        bail!("`{name}` failed: {status}");
    }
    Ok(())
}

/// What a command that must succeed writes to its standard output, trimmed; nothing if it fails or is not there.
pub fn ask(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
