//! The public pages' parts: the small module, its loader and other scripts, the stylesheets.

use crate::dist::Dist;
use crate::place::{entries, files_under};
use crate::wasm::{Age, Module, define};
use crate::{Build, tool, wasm};

/// The oldest browsers the public pages are for.
const BROWSERS: &str = "chrome80,ios13";
/// Scripts say it by edition, since a browser's name would let through what its webviews lack.
const EDITION: &str = "es2018";
/// What the module's script defines on `window`.
const GLOBAL: &str = "huiyinClient";

/// Builds everything of the public pages into `dist`.
pub fn build(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let (script, wasm) = module(build, dist)?;
    scripts(build, dist, &script, &wasm)?;
    embed(build, dist)?;
    styles(build, dist)
}

/// Returns the URLs of the module's script and of the module.
fn module(build: &Build, dist: &mut Dist) -> anyhow::Result<(String, String)> {
    let module =
        Module { package: "public-client", artifact: "public_client", age: Age::First { global: GLOBAL } };
    let built = wasm::build(build, &module)?;
    let wasm = dist.add_file("public/client.wasm", &built.wasm)?;
    let inputs = [built.script.clone(), build.place.at("web/package-lock.json")];
    let made =
        build.steps.run("public-client-script", &inputs, if build.dev { "dev" } else { "" }, |out| {
            let mut esbuild = tool::npm(&build.place, "esbuild");
            esbuild.args(["--log-level=warning", "--charset=utf8", &format!("--target={EDITION}")]);
            if !build.dev {
                // Not bundled and no identifiers renamed at the top: the global must stay one.
                esbuild.args(["--minify-whitespace", "--minify-syntax"]);
            }
            esbuild.arg(&built.script).arg(format!("--outfile={}", out.join("client.js").display()));
            tool::run(esbuild)
        })?;
    Ok((dist.add_file("public/client.js", &made.join("client.js"))?, wasm))
}

fn scripts(build: &Build, dist: &mut Dist, script: &str, wasm: &str) -> anyhow::Result<()> {
    let folder = build.place.at("web/public/js");
    let mut inputs = files_under(&folder, &[".js"])?;
    inputs.push(build.place.at("web/package-lock.json"));
    let settings = format!("{script} {wasm} {}", build.dev);
    for (name, entry) in entries(&folder, ".js")? {
        let made = build.steps.run(&format!("public-{name}-script"), &inputs, &settings, |out| {
            let mut esbuild = tool::esbuild(&build.place, build.dev, EDITION);
            esbuild.arg("--format=iife").arg(define("CLIENT_JS", script)).arg(define("CLIENT_WASM", wasm));
            esbuild.arg(&entry).arg(format!("--outfile={}", out.join("bundle.js").display()));
            tool::run(esbuild)
        })?;
        dist.add_file(&format!("public/{name}.js"), &made.join("bundle.js"))?;
    }
    Ok(())
}

/// The script that other people's pages load.
fn embed(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let entry = build.place.at("web/public/embed/embed.js");
    let inputs = [entry.clone(), build.place.at("web/package-lock.json")];
    let made = build.steps.run("embed-script", &inputs, if build.dev { "dev" } else { "" }, |out| {
        let mut esbuild = tool::esbuild(&build.place, build.dev, EDITION);
        esbuild.arg("--format=iife").arg(&entry).arg(format!("--outfile={}", out.join("embed.js").display()));
        tool::run(esbuild)
    })?;
    dist.add_file("embed/embed.js", &made.join("embed.js"))?;
    Ok(())
}

fn styles(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let folder = build.place.at("web/public/styles");
    let mut inputs = files_under(&folder, &[".css"])?;
    inputs.extend(files_under(&build.place.at("web/ui"), &[".css"])?);
    inputs.push(build.place.at("web/package-lock.json"));
    for (name, entry) in entries(&folder, ".css")? {
        let made = build.steps.run(
            &format!("public-{name}-style"),
            &inputs,
            if build.dev { "dev" } else { "" },
            |out| {
                let mut esbuild = tool::esbuild(&build.place, build.dev, BROWSERS);
                esbuild.arg(&entry).arg(format!("--outfile={}", out.join("bundle.css").display()));
                tool::run(esbuild)
            },
        )?;
        dist.add_file(&format!("public/{name}.css"), &made.join("bundle.css"))?;
    }
    Ok(())
}
