//! The studio: its two programs with a script that starts each, what they load later, the stylesheets, the icons, the
//! pages.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::dist::Dist;
use crate::place::{entries, files_under};
use crate::wasm::{Age, Module};
use crate::{Build, icons, tool, wasm};

/// Browsers the studio is for; its staff can be asked to keep theirs current.
const BROWSERS: &str = "es2020";
/// The programs of the crate, each with a page of its own; web-build writes the scripts that start them.
const PROGRAMS: [Program; 3] = [
    Program { name: "studio", page: "index.html" },
    Program { name: "manage", page: "manage.html" },
    Program { name: "designer", page: "designer.html" },
];

/// Stylesheets: everybody's, and what only the designers add to it.
const STYLES: [&str; 2] = ["studio", "designer"];

/// A binary of the crate `studio` and the page it runs in.
struct Program {
    name: &'static str,
    page: &'static str,
}

/// Builds everything of the studio into `dist`.
pub fn build(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    for program in PROGRAMS {
        module(build, dist, "studio", program.name)?;
    }
    scripts(build, dist)?;
    STYLES.iter().try_for_each(|name| style(build, dist, name))?;
    sprite(build, dist)?;
    PROGRAMS.iter().try_for_each(|program| page(build, dist, &format!("web/studio/{}", program.page)))?;
    if build.catalogue { catalogue(build, dist) } else { Ok(()) }
}

/// The page that shows every component: a crate of its own, its frame and the script that shows states.
fn catalogue(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    module(build, dist, "catalogue", "catalogue")?;
    for file in ["catalogue.css", "states.js"] {
        dist.add_file(&format!("studio/{file}"), &build.place.at("web/catalogue").join(file))?;
    }
    page(build, dist, "web/catalogue/catalogue.html")
}

fn module(build: &Build, dist: &mut Dist, package: &'static str, name: &'static str) -> anyhow::Result<()> {
    let built = wasm::build(build, &Module { package, artifact: name, age: Age::Current })?;
    let url = dist.add_file(&format!("studio/{name}.wasm"), &built.wasm)?;
    let mut inputs = files_under(built.script.parent().context("a script lies in a folder")?, &[".js"])?;
    inputs.push(build.place.at("web/package-lock.json"));
    let settings = format!("{url} {}", build.dev);
    let made = build.steps.run(&format!("{name}-start"), &inputs, &settings, |out| {
        let start = format!("import start from {:?};\nstart({{ module_or_path: {url:?} }});\n", built.script);
        let entry = out.join("start.js");
        fs::write(&entry, start)?;
        bundle(build, &entry, &out.join("bundle.js"))
    })?;
    dist.add_file(&format!("studio/{name}.js"), &made.join("bundle.js"))?;
    Ok(())
}

/// A bundle for every script of the studio's own.
fn scripts(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let folder = build.place.at("web/studio/js");
    let mut inputs = files_under(&folder, &[".js"])?;
    inputs.push(build.place.at("web/package-lock.json"));
    for (name, entry) in entries(&folder, ".js")? {
        if PROGRAMS.iter().any(|program| program.name == name) {
            bail!("`web/studio/js/{name}.js` would stand in the way of the script that starts the module");
        }
        let settings = if build.dev { "dev" } else { "" };
        let step = format!("studio-{name}-script");
        let made =
            build.steps.run(&step, &inputs, settings, |out| bundle(build, &entry, &out.join("bundle.js")))?;
        dist.add_file(&format!("studio/{name}.js"), &made.join("bundle.js"))?;
    }
    Ok(())
}

fn bundle(build: &Build, entry: &Path, output: &Path) -> anyhow::Result<()> {
    let mut esbuild = tool::esbuild(&build.place, build.dev, BROWSERS);
    esbuild.arg("--format=esm").arg(entry).arg(format!("--outfile={}", output.display()));
    tool::run(esbuild)
}

fn sprite(build: &Build, dist: &mut Dist) -> anyhow::Result<()> {
    let list = build.place.at("web/ui/icons.txt");
    let list = fs::read_to_string(&list).with_context(|| format!("reading {}", list.display()))?;
    let sprite =
        icons::sprite(&icons::names(&list), &build.place.at("web/node_modules/lucide-static/icons"))?;
    dist.add("studio/sprite.svg", sprite.into_bytes());
    Ok(())
}

/// Tailwind looks for class names in the Rust sources and the scripts, so those are its input as well.
fn style(build: &Build, dist: &mut Dist, name: &str) -> anyhow::Result<()> {
    let place = &build.place;
    let source = place.at("web/studio/styles").join(format!("{name}.css"));
    let mut inputs = vec![place.at("web/package-lock.json")];
    inputs.extend(PROGRAMS.iter().map(|program| place.at("web/studio").join(program.page)));
    for folder in ["web/studio/styles", "web/studio/src", "web/studio/js", "web/ui"] {
        inputs.extend(files_under(&place.at(folder), &[".css", ".rs", ".js"])?);
    }
    let made =
        build.steps.run(&format!("{name}-style"), &inputs, if build.dev { "dev" } else { "" }, |out| {
            let mut tailwind = tool::npm(place, "tailwindcss");
            // Plugins named in a stylesheet are looked up from here.
            tailwind
                .current_dir(place.at("web"))
                .arg("--input")
                .arg(&source)
                .arg("--output")
                .arg(out.join("style.css"));
            if !build.dev {
                tailwind.arg("--minify");
            }
            tool::run(tailwind)
        })?;
    dist.add_file(&format!("studio/{name}.css"), &made.join("style.css"))?;
    Ok(())
}

fn page(build: &Build, dist: &mut Dist, template: &str) -> anyhow::Result<()> {
    let path = build.place.at(template);
    let name = path.file_name().and_then(|name| name.to_str()).context("a page has a name")?;
    let template = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let page = fill(&template, &|name| dist.url(&format!("studio/{name}")))?;
    dist.add_named(&format!("studio/{name}"), page.into_bytes());
    Ok(())
}

/// Replaces every `{{name}}` with the URL of that output.
fn fill(template: &str, url: &dyn Fn(&str) -> Option<String>) -> anyhow::Result<String> {
    let mut page = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, next)) = after.split_once("}}") else { bail!("a page: `{{{{` without `}}}}`") };
        page.push_str(before);
        page.push_str(&url(name.trim()).with_context(|| format!("a page: nothing is built as `{name}`"))?);
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
