//! Replays the fuzzers' saved inputs, and mutations of them.

#[path = "../../fuzz/replay.rs"]
mod replay;
#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

#[test]
fn saved_inputs_and_their_mutations_hold() {
    for (name, target) in targets::TARGETS {
        replay::replay(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name), target);
    }
}
