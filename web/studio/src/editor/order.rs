//! Where things go when they are moved: pure, so that mouse, touch and keyboard agree.

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index of the page.
    pub page: usize,
    /// Index on it.
    pub index: usize,
}

/// Moves the item at `from` so that it ends up at `to`; indices beyond the end mean the end.
pub fn shift<T>(list: &mut Vec<T>, from: usize, to: usize) {
    if from < list.len() {
        let item = list.remove(from);
        list.insert(to.min(list.len()), item);
    }
}

/// The gap (0 before the first) a pointer at `y` is in, by the middles of the items in order.
#[must_use]
pub fn gap(middles: &[f64], y: f64) -> usize {
    middles.iter().filter(|middle| **middle < y).count()
}

/// The index an item from `from` has after it was dropped into `gap`.
#[must_use]
pub const fn landing(from: usize, gap: usize) -> usize {
    if gap > from { gap - 1 } else { gap }
}

/// One step up: on the page, else to the end of the page before.
#[must_use]
pub fn up(place: Place, lengths: &[usize]) -> Option<Place> {
    if place.index > 0 {
        return Some(Place { index: place.index - 1, ..place });
    }
    let page = place.page.checked_sub(1)?;
    Some(Place { page, index: lengths.get(page).copied()? })
}

/// One step down: on the page, else to the start of the next page.
#[must_use]
pub fn down(place: Place, lengths: &[usize]) -> Option<Place> {
    if place.index + 1 < lengths.get(place.page).copied()? {
        return Some(Place { index: place.index + 1, ..place });
    }
    (place.page + 1 < lengths.len()).then_some(Place { page: place.page + 1, index: 0 })
}

/// `place` counted through all pages, from 1, with how many there are: for saying it.
#[must_use]
pub fn counted(place: Place, lengths: &[usize]) -> (usize, usize) {
    let before: usize = lengths.iter().take(place.page).sum();
    (before + place.index + 1, lengths.iter().sum())
}
