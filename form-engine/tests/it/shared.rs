//! The test set that also runs in WebAssembly: rules, conditions and checks of fields give the verdicts it expects.

use serde_json::Value;

#[path = "../../../web/verdicts/src/judge.rs"]
mod judge;

#[test]
fn the_shared_test_set_gives_the_verdicts_it_expects() {
    let expected: Value = serde_json::from_str(include_str!("../data/shared-cases.json")).unwrap();
    let found = judge::verdicts(&expected);
    let mut compared = 0;
    for kind in ["conditions", "forms"] {
        let (found, expected) = (found[kind].as_array().unwrap(), expected[kind].as_array().unwrap());
        for (found, expected) in found.iter().zip(expected) {
            assert_eq!(found, expected);
            compared += expected["cases"].as_array().map_or(1, Vec::len);
        }
    }
    assert!(compared > 600, "only {compared} verdicts were compared");
}
