//! A set of states, iterated in document order.

/// State indexes as bits; index order is document order. Machines of up to 128 states need no heap.
#[derive(Debug, Clone)]
pub(crate) struct StateSet {
    few: [u64; 2],
    /// Words after the first two.
    more: Vec<u64>,
}

impl StateSet {
    /// Room for `count` states, none of them in it.
    pub fn empty(count: usize) -> Self {
        Self { few: [0; 2], more: vec![0; count.div_ceil(64).saturating_sub(2)] }
    }

    pub fn insert(&mut self, state: usize) {
        *self.word_mut(state / 64) |= 1 << (state % 64);
    }

    pub fn remove(&mut self, state: usize) {
        *self.word_mut(state / 64) &= !(1 << (state % 64));
    }

    pub fn contains(&self, state: usize) -> bool {
        self.word(state / 64).is_some_and(|word| word >> (state % 64) & 1 == 1)
    }

    /// How many are in it.
    pub fn len(&self) -> usize {
        self.words().map(|word| word.count_ones() as usize).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.words().all(|word| word == 0)
    }

    pub fn intersects(&self, other: &Self) -> bool {
        self.words().zip(other.words()).any(|(a, b)| a & b != 0)
    }

    /// The first in document order.
    pub fn first(&self) -> Option<usize> {
        self.iter().next()
    }

    /// The next in document order, for walks during which the set's owner may be changed.
    pub fn after(&self, state: usize) -> Option<usize> {
        let next = state + 1;
        let rest = self.word(next / 64)? & (u64::MAX << (next % 64));
        Ascending { set: self, at: next / 64, rest }.next()
    }

    /// Document order.
    pub fn iter(&self) -> Ascending<'_> {
        Ascending { set: self, at: 0, rest: self.few[0] }
    }

    /// Document order reversed: the order in which states are left (SCXML Appendix D, `exitOrder`).
    pub fn descending(&self) -> Descending {
        let at = 1 + self.more.len();
        Descending { rest: self.word(at).unwrap_or(0), at, set: self.clone() }
    }

    fn words(&self) -> impl Iterator<Item = u64> + '_ {
        self.few.iter().chain(&self.more).copied()
    }

    fn word(&self, index: usize) -> Option<u64> {
        if index < 2 { Some(self.few[index]) } else { self.more.get(index - 2).copied() }
    }

    fn word_mut(&mut self, index: usize) -> &mut u64 {
        if index < 2 { &mut self.few[index] } else { &mut self.more[index - 2] }
    }
}

/// Walks the set bits from the lowest.
pub(crate) struct Ascending<'a> {
    set: &'a StateSet,
    at: usize,
    rest: u64,
}

impl Iterator for Ascending<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.rest == 0 {
            self.at += 1;
            self.rest = self.set.word(self.at)?;
        }
        let bit = self.rest.trailing_zeros() as usize;
        self.rest &= self.rest - 1;
        Some(self.at * 64 + bit)
    }
}

/// Walks the set bits from the highest; has its own copy, so that the set may change meanwhile.
pub(crate) struct Descending {
    set: StateSet,
    at: usize,
    rest: u64,
}

impl Iterator for Descending {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.rest == 0 {
            self.at = self.at.checked_sub(1)?;
            self.rest = self.set.word(self.at)?;
        }
        let bit = 63 - self.rest.leading_zeros() as usize;
        self.rest &= !(1 << bit);
        Some(self.at * 64 + bit)
    }
}
