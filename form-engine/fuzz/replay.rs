//! Gives a target every saved input of its folder, and mutations of them, the same ones each time.

use std::fs;
use std::path::Path;

const MUTATIONS: u32 = 150;

/// Numbers that are the same each time (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound.max(1)
    }
}

/// Cuts, repeats or overwrites a few places.
fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    const WORDS: [&[u8]; 10] = [
        b"{",
        b"[",
        b"null",
        b"\"\"",
        b"-1e308",
        b"\"$ref\"",
        b"\"*\"",
        b"9999999999999999999",
        b"\\u0000",
        b"true",
    ];
    let mut mutated = bytes.to_vec();
    for _ in 0..=dice.below(4) {
        let (from, to) = (dice.below(mutated.len()), dice.below(mutated.len()));
        let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 40));
        match dice.below(3) {
            0 => drop(mutated.drain(from..to)),
            1 => mutated.splice(from..from, bytes.get(from..to).unwrap_or_default().to_vec()).for_each(drop),
            _ => mutated.splice(from..to, WORDS[dice.below(WORDS.len())].iter().copied()).for_each(drop),
        }
    }
    mutated
}

/// # Panics
///
/// When `target` does, or nothing is saved for it.
pub fn replay(folder: &Path, target: fn(&[u8])) {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    let mut dice = Dice(7);
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        target(&bytes);
        (0..MUTATIONS).for_each(|_| target(&mutate(&bytes, &mut dice)));
    }
}
