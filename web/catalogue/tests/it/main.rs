//! No component of `web-ui` is missing from the catalogue.

use std::fs;
use std::path::Path;

#[test]
fn every_component_is_shown() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_to_string(root.join("src/entries.rs")).expect("the entries");
    let mut found = 0;
    for file in fs::read_dir(root.join("../ui/src")).expect("the components") {
        let code = fs::read_to_string(file.expect("a file").path()).expect("a text");
        for piece in code.split("#[component]\npub fn ").skip(1) {
            let name: String = piece.chars().take_while(char::is_ascii_alphanumeric).collect();
            let shown = entries.contains(&format!("<{name} ")) || entries.contains(&format!("<{name}>"));
            assert!(shown, "`{name}` is not in the catalogue");
            found += 1;
        }
    }
    assert!(found > 30, "only {found} components were found");
}
