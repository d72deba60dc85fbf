//! A crate becomes a WebAssembly module with its JavaScript: cargo, wasm-bindgen, wasm-opt.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::toolchain::TARGET;
use crate::{Build, tool};

/// A crate to build for the browser.
pub struct Module {
    /// The package's name.
    pub package: &'static str,
    /// The stem of cargo's `.wasm` file.
    pub artifact: &'static str,
    /// What browsers it is for.
    pub age: Age,
}

/// Which browsers must understand the module, and how they load it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Today's: an ES module, and what `rustc` uses by default.
    Current,
    /// Old phone webviews: a classic script that defines this global, and the first version of WebAssembly.
    First { global: &'static str },
    /// Node: a CommonJS module, for tests.
    Node,
}

/// A built module.
pub struct Built {
    /// The optimised module.
    pub wasm: PathBuf,
    /// What wasm-bindgen wrote, not yet bundled.
    pub script: PathBuf,
}

/// Builds `module` from its crate. Cargo itself decides whether there is something to compile.
pub fn build(build: &Build, module: &Module) -> anyhow::Result<Built> {
    let compiled = compile(build, module)?;
    let settings = format!("{:?} {}", module.age, build.dev);
    let bound = build.steps.run(
        &format!("{}-bind", module.artifact),
        std::slice::from_ref(&compiled),
        &settings,
        |out| bind(module, build.dev, &compiled, out),
    )?;
    let raw = bound.join("module_bg.wasm");
    let script = bound.join("module.js");
    if build.dev {
        return Ok(Built { wasm: raw, script });
    }
    let inputs = [raw.clone(), build.place.at("web/package-lock.json")];
    let optimised = build.steps.run(&format!("{}-opt", module.artifact), &inputs, &settings, |out| {
        optimise(build, module, &raw, out)
    })?;
    Ok(Built { wasm: optimised.join("module.wasm"), script })
}

fn compile(build: &Build, module: &Module) -> anyhow::Result<PathBuf> {
    let profile = if build.dev { "dev" } else { "wasm" };
    let mut cargo = build.toolchain.build(&build.place, matches!(module.age, Age::First { .. }));
    cargo.args(["--quiet", "--locked", "--package", module.package, "--profile", profile]);
    println!("web: compile {} ({})", module.package, build.toolchain.name());
    tool::run(cargo)?;
    let folder = if build.dev { "debug" } else { "wasm" };
    Ok(build.place.wasm_target.join(TARGET).join(folder).join(module.artifact).with_extension("wasm"))
}

fn bind(module: &Module, dev: bool, compiled: &Path, out: &Path) -> anyhow::Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name("module").typescript(false).debug(dev).keep_debug(dev);
    bindgen.omit_default_module_path(module.age != Age::Node);
    match module.age {
        Age::Current => bindgen.web(true)?,
        Age::First { global } => bindgen.no_modules(true)?.no_modules_global(global)?,
        Age::Node => bindgen.nodejs(true)?,
    };
    bindgen.generate(out)
}

/// The features are named one by one: asking for all of them makes wasm-opt emit types that browsers refuse.
fn optimise(build: &Build, module: &Module, raw: &Path, out: &Path) -> anyhow::Result<()> {
    let features: &[&str] = match module.age {
        Age::Current | Age::Node => &[
            "--enable-bulk-memory",
            "--enable-bulk-memory-opt",
            "--enable-call-indirect-overlong",
            "--enable-multivalue",
            "--enable-mutable-globals",
            "--enable-nontrapping-float-to-int",
            "--enable-reference-types",
            "--enable-sign-ext",
        ],
        Age::First { .. } => &["--mvp-features", "--enable-mutable-globals"],
    };
    let mut command = tool::npm(&build.place, "wasm-opt");
    command.args(features).args(["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"]);
    command.arg(raw).arg("-o").arg(out.join("module.wasm"));
    tool::run(command)
}

/// An esbuild option `--define:NAME="text"`.
pub fn define(name: &str, text: &str) -> OsString {
    format!("--define:{name}=\"{text}\"").into()
}
