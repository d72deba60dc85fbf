//! The list that the build draws from and the enum name the same icons.

use web_ui::Icon;

#[test]
fn list_holds_exactly_the_icons_of_the_enum() {
    let list: Vec<&str> =
        include_str!("../../icons.txt").lines().filter(|line| !line.starts_with('#')).collect();
    let named: Vec<&str> = Icon::ALL.iter().map(|icon| icon.name()).collect();
    assert_eq!(list, named);
}
