//! The studio: a script that starts the module, what it loads later, one stylesheet, its mark, the page.

use std::fs;

use anyhow::{Context, bail};

use crate::dist::Dist;
use crate::place::{entries, files_under};
use crate::wasm::{Age, Module};
use crate::{Build, tool, wasm};

/// Browsers the studio is for; its staff can be asked to keep theirs current.
const BROWSERS: &str = "es2020";
/// How `js/studio.js` names what wasm-bindgen writes.
const GLUE: &str = "studio-glue";

/// Builds everything of the studio into `dist`.
pub fn build(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let built = wasm::build(build, &Module { package: "studio", artifact: "studio", age: Age::Current })?;
    dist.add_file("studio/studio.wasm", &built.wasm)?;
    scripts(build, dist, &built)?;
    style(build, dist)?;
    for (name, picture) in entries(&build.place.at("web/studio/js"), ".svg")? {
        dist.add_file(&format!("studio/{name}.svg"), &picture)?;
    }
    page(build, dist)
}

/// One entry; what it imports dynamically becomes files of its own, named by their content.
fn scripts(build: &Build, dist: &mut Dist, built: &wasm::Built) -> anyhow::Result<()> {
    let place = &build.place;
    let glue = built.script.parent().context("a script lies in a folder")?;
    let mut inputs = files_under(&place.at("web/studio/js"), &[".js", ".svg"])?;
    inputs.extend(files_under(&place.at("web/ui/assets"), &[".svg"])?);
    inputs.extend(files_under(glue, &[".js"])?);
    inputs.push(place.at("web/package-lock.json"));
    let made = build.steps.run("studio-script", &inputs, if build.dev { "dev" } else { "" }, |out| {
        let mut esbuild = tool::esbuild(place, build.dev, BROWSERS);
        esbuild.args(["--splitting", "--format=esm", "--loader:.svg=text", "--chunk-names=[name]-[hash]"]);
        esbuild.arg(format!("--alias:{GLUE}={}", built.script.display()));
        esbuild.arg(place.at("web/studio/js/studio.js")).arg(format!("--outdir={}", out.display()));
        tool::run(esbuild)
    })?;
    for (name, script) in entries(&made, ".js")? {
        if name == "studio" {
            dist.add_file("studio/studio.js", &script)?;
        } else {
            dist.add_named(&format!("studio/{name}.js"), fs::read(&script)?);
        }
    }
    Ok(())
}

/// Tailwind looks for class names in the Rust sources and the scripts, so those are its input as well.
fn style(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let place = &build.place;
    let source = place.at("web/studio/styles/studio.css");
    let mut inputs = vec![place.at("web/package-lock.json"), place.at("web/studio/index.html")];
    for folder in ["web/studio/styles", "web/studio/src", "web/studio/js", "web/ui"] {
        inputs.extend(files_under(&place.at(folder), &[".css", ".rs", ".js"])?);
    }
    let made = build.steps.run("studio-style", &inputs, if build.dev { "dev" } else { "" }, |out| {
        let mut tailwind = tool::npm(place, "tailwindcss");
        // Plugins named in a stylesheet are looked up from here.
        tailwind
            .current_dir(place.at("web"))
            .arg("--input")
            .arg(&source)
            .arg("--output")
            .arg(out.join("studio.css"));
        if !build.dev {
            tailwind.arg("--minify");
        }
        tool::run(tailwind)
    })?;
    dist.add_file("studio/studio.css", &made.join("studio.css"))?;
    Ok(())
}

fn page(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let path = build.place.at("web/studio/index.html");
    let template = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let page = fill(&template, &|name| dist.url(&format!("studio/{name}")))?;
    dist.add_named("studio/index.html", page.into_bytes());
    Ok(())
}

/// Replaces every `{{name}}` with the URL of that output.
fn fill(template: &str, url: &dyn Fn(&str) -> Option<String>) -> anyhow::Result<String> {
    let mut page = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, next)) = after.split_once("}}") else { bail!("index.html: `{{{{` without `}}}}`") };
        page.push_str(before);
        page.push_str(
            &url(name.trim()).with_context(|| format!("index.html: nothing is built as `{name}`"))?,
        );
        rest = next;
    }
    page.push_str(rest);
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_become_urls_and_unknown_ones_are_refused() {
        let url = |name: &str| (name == "studio.js").then(|| "/assets/studio/studio-1.js".to_owned());
        assert_eq!(
            fill("<a src=\"{{ studio.js }}\">", &url).unwrap(),
            "<a src=\"/assets/studio/studio-1.js\">"
        );
        assert!(fill("{{nothing.js}}", &url).unwrap_err().to_string().contains("nothing.js"));
        assert!(fill("{{studio.js", &url).is_err());
    }
}
