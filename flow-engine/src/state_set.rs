//! A set of states, iterated in document order.

/// State indexes as bits; index order is document order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StateSet {
    words: Vec<u64>,
}

impl StateSet {
    /// Room for `count` states, none of them in it.
    pub fn empty(count: usize) -> Self {
        Self { words: vec![0; count.div_ceil(64)] }
    }

    pub fn insert(&mut self, state: usize) {
        self.words[state / 64] |= 1 << (state % 64);
    }

    pub fn remove(&mut self, state: usize) {
        self.words[state / 64] &= !(1 << (state % 64));
    }

    pub fn contains(&self, state: usize) -> bool {
        self.words.get(state / 64).is_some_and(|word| word >> (state % 64) & 1 == 1)
    }

    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub fn intersects(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    /// Document order.
    pub fn iter(&self) -> Ascending<'_> {
        Ascending { words: &self.words, at: 0, rest: self.words.first().copied().unwrap_or(0) }
    }

    /// Document order reversed: the order in which states are left (SCXML Appendix D, `exitOrder`).
    pub fn descending(&self) -> impl Iterator<Item = usize> + use<> {
        let mut states: Vec<usize> = self.iter().collect();
        states.reverse();
        states.into_iter()
    }
}

/// Walks the set bits from the lowest.
pub(crate) struct Ascending<'a> {
    words: &'a [u64],
    at: usize,
    rest: u64,
}

impl Iterator for Ascending<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.rest == 0 {
            self.at += 1;
            self.rest = *self.words.get(self.at)?;
        }
        let bit = self.rest.trailing_zeros() as usize;
        self.rest &= self.rest - 1;
        Some(self.at * 64 + bit)
    }
}
