//! Which compiler makes WebAssembly on this machine.

use std::env::var_os;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::bail;

use crate::place::Place;
use crate::tool;

/// The target's name, the same for every compiler.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Flags for the first version of WebAssembly, which every browser that knows WebAssembly at all can run.
///
/// The rest is for size, a tenth of the module: no texts of panics nobody reads, small algorithms in the
/// standard library. All of it exists in both toolchains.
const FIRST_VERSION: &str = "-Ctarget-cpu=mvp\x1f-Ctarget-feature=+mutable-globals\x1f\
    -Zfmt-debug=none\x1f-Zlocation-detail=none\x1f-Zunstable-options\x1f-Cpanic=immediate-abort";
/// Views are erased to one type each instead of being compiled for every page that holds them: leptos
/// pages otherwise repeat themselves in the module, which weighs and builds slowly.
const ERASED: &str = "--cfg\x1ferase_components";

/// A compiler that can make WebAssembly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The same as for native code: it has the target's standard library.
    Rustup,
    /// Debian's `rustc-web`: it brings the sources of the standard library, and no built one.
    Debian,
}

impl Toolchain {
    /// The first that is installed, or the one the environment insists on.
    pub fn find(place: &Place) -> anyhow::Result<Self> {
        let wish = var_os("HUIYIN_WASM").unwrap_or_default();
        let rustup = || rustup_is_ready(place);
        let debian = || {
            Path::new("/usr/lib/rustlib/src/rust/library").is_dir() && Path::new("/usr/bin/cargo").is_file()
        };
        if wish != "debian" && rustup() {
            Ok(Toolchain::Rustup)
        } else if wish != "rustup" && debian() {
            Ok(Toolchain::Debian)
        } else {
            bail!("no compiler for WebAssembly is installed; `make setup` installs one");
        }
    }

    /// `cargo build` for WebAssembly. With `first_version`, the standard library is built anew for old browsers.
    pub fn build(self, place: &Place, first_version: bool) -> Command {
        let mut command = match self {
            Toolchain::Rustup => Command::new(cargo()),
            Toolchain::Debian => {
                let mut command = Command::new("/usr/bin/cargo");
                command
                    .env("RUSTC", "/usr/bin/rustc")
                    .env("RUSTDOC", "/usr/bin/rustdoc")
                    .env("PATH", path_of_debian());
                command
            }
        };
        forget_outer_cargo(&mut command);
        command
            .current_dir(&place.root)
            .arg("build")
            .args(["--target", TARGET, "--target-dir"])
            .arg(&place.wasm_target);
        command.env("CARGO_ENCODED_RUSTFLAGS", if first_version { FIRST_VERSION } else { ERASED });
        if first_version || self == Toolchain::Debian {
            command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
        }
        if first_version {
            command.arg("-Zbuild-std-features=optimize_for_size");
        }
        command
    }

    /// A word for the key of a step.
    pub fn name(self) -> &'static str {
        match self {
            Toolchain::Rustup => "rustup",
            Toolchain::Debian => "debian",
        }
    }
}

fn rustup_is_ready(place: &Place) -> bool {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&place.root).args(["--print", "sysroot"]);
    let Some(sysroot) = tool::ask(&mut rustc) else { return false };
    let library = Path::new(&sysroot).join("lib/rustlib");
    library.join(TARGET).join("lib").is_dir() && library.join("src/rust/library").is_dir()
}

fn cargo() -> OsString {
    var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Debian's own programs first: rustup's proxies would answer to the same names.
fn path_of_debian() -> OsString {
    let mut path = OsString::from("/usr/bin:/bin:");
    path.push(var_os("PATH").unwrap_or_default());
    path
}

/// `cargo run` leaves its own variables behind, which would tell the inner cargo about the wrong package and compiler.
fn forget_outer_cargo(command: &mut Command) {
    const OF_A_PACKAGE: [&str; 5] =
        ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"];
    const OF_A_BUILD: [&str; 5] =
        ["CARGO", "CARGO_MAKEFLAGS", "CARGO_TARGET_DIR", "LD_LIBRARY_PATH", "RUSTFLAGS"];
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        if OF_A_BUILD.contains(&text) || OF_A_PACKAGE.iter().any(|start| text.starts_with(start)) {
            command.env_remove(&name);
        }
    }
}
