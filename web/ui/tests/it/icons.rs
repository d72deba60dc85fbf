//! The sprite and the enum name the same icons.

use web_ui::Icon;

#[test]
fn sprite_holds_exactly_the_icons_of_the_enum() {
    let sprite = include_str!("../../assets/sprite.svg");
    let drawn: Vec<&str> = sprite.split("<symbol id=\"i-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let named: Vec<&str> = Icon::ALL.iter().map(|icon| icon.name()).collect();
    assert_eq!(drawn, named, "run sprite.mjs");
}

#[test]
fn sprite_carries_no_style_that_the_content_policy_would_refuse() {
    let sprite = include_str!("../../assets/sprite.svg");
    assert!(!sprite.contains("style=") && !sprite.contains("<script"));
}
