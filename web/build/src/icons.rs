//! The icons the studio uses, as one file of symbols.

use std::fs;
use std::path::Path;

use anyhow::Context;

/// The names in a list: one a line, `#` begins a remark.
pub fn names(list: &str) -> Vec<&str> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|name| !name.is_empty())
        .collect()
}

/// One SVG document with a `<symbol>` for every name, taken from `folder/NAME.svg`.
pub fn sprite(names: &[&str], folder: &Path) -> anyhow::Result<String> {
    let mut sprite = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
    for name in names {
        let path = folder.join(format!("{name}.svg"));
        let icon = fs::read_to_string(&path).with_context(|| format!("no icon is called `{name}`"))?;
        sprite.push_str(&symbol(name, &icon).with_context(|| format!("`{}` is no icon", path.display()))?);
    }
    sprite.push_str("</svg>\n");
    Ok(sprite)
}

/// The shapes of an icon. The stroke's look is repeated on the symbol, so that a page only needs `<use>`.
fn symbol(name: &str, icon: &str) -> Option<String> {
    let start = icon.find("<svg")?;
    let shapes_start = start + icon[start..].find('>')? + 1;
    let shapes_end = icon.rfind("</svg>")?;
    let shapes: String = icon[shapes_start..shapes_end].lines().map(str::trim).collect();
    Some(format!(
        "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
         stroke-linecap=\"round\" stroke-linejoin=\"round\">{shapes}</symbol>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_holds_the_shapes_and_nothing_else() {
        let icon = "<!-- licence -->\n<svg\n  width=\"24\"\n  class=\"x\"\n>\n  <path d=\"M1 2\" />\n  <circle r=\"1\" />\n</svg>\n";
        let symbol = symbol("inbox", icon).unwrap();
        assert!(symbol.starts_with("<symbol id=\"inbox\" "), "{symbol}");
        assert!(symbol.ends_with("><path d=\"M1 2\" /><circle r=\"1\" /></symbol>\n"), "{symbol}");
    }

    #[test]
    fn remarks_and_empty_lines_name_nothing() {
        assert_eq!(names("inbox\n\n# people\nuser # one person\n"), ["inbox", "user"]);
    }
}
