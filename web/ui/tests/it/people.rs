//! Initials in two scripts.

use web_ui::initials;

#[test]
fn initials_follow_the_script() {
    for (name, expected) in [("Ada Lovelace", "AL"), ("ada", "A"), ("王小明", "小明"), ("李雷", "李雷"), ("quality head", "QH"), ("张 伟", "张伟"), ("", ""), ("a.b@c.d", "AD")] {
        assert_eq!(initials(name), expected, "{name}");
    }
}
