//! Random numbers that a seed repeats (splitmix64).

use std::hash::{BuildHasher, RandomState};

/// A sequence of numbers, the same for the same seed.
pub struct Dice {
    state: u64,
}

impl Dice {
    /// Begins the sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        Dice { state: seed }
    }

    /// A seed nobody chose.
    pub fn random_seed() -> u64 {
        RandomState::new().hash_one(0) % 1_000_000
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        low + (mixed ^ (mixed >> 31)) % (high - low + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_its_numbers_and_stays_in_bounds() {
        let throw = |seed| {
            let mut dice = Dice::new(seed);
            (0..100).map(|_| dice.between(3, 9)).collect::<Vec<_>>()
        };
        assert_eq!(throw(7), throw(7));
        assert_ne!(throw(7), throw(8));
        assert!(throw(7).iter().all(|number| (3..=9).contains(number)));
    }
}
