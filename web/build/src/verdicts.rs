//! The engine's shared test set, asked in WebAssembly: built for node, run, compared.

use std::process::Command;

use crate::wasm::{Age, Module};
use crate::{Build, tool, wasm};

/// Builds the module and runs it over the test set.
///
/// # Errors
///
/// Something does not build, or a verdict is not the one the set expects.
pub fn ask(build: &Build) -> anyhow::Result<()> {
    let module = Module { package: "verdicts", artifact: "verdicts", age: Age::Node };
    let built = wasm::build(build, &module)?;
    let mut node = Command::new("node");
    node.arg(build.place.at("web/verdicts/run.cjs"));
    // Next to the script that wasm-bindgen wrote stands the module it loads.
    node.arg(&built.script).arg(build.place.at("form-engine/tests/data/shared-cases.json"));
    tool::run(node)
}
