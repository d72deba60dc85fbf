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

/// Which rows of a list can stay where they are while the others are moved between them: as many as possible.
/// `was` gives the place each had before, none when it is new. `held` stays where that costs no more.
#[must_use]
pub fn staying(was: &[Option<usize>], held: Option<usize>) -> Vec<bool> {
    let known: Vec<(usize, usize)> =
        was.iter().enumerate().filter_map(|(is, was)| Some((is, (*was)?))).collect();
    let mut best = rising(&known);
    if let Some(held) = known.iter().find(|(is, _)| Some(*is) == held) {
        let part = |fits: &dyn Fn(&(usize, usize)) -> bool| {
            rising(&known.iter().copied().filter(fits).collect::<Vec<_>>())
        };
        let mut around = part(&|one| one.0 < held.0 && one.1 < held.1);
        around.push(held.0);
        around.extend(part(&|one| one.0 > held.0 && one.1 > held.1));
        if around.len() == best.len() {
            best = around;
        }
    }
    let mut stays = vec![false; was.len()];
    best.into_iter().for_each(|is| stays[is] = true);
    stays
}

/// The longest run of rows whose former places rise, by patience sorting.
fn rising(rows: &[(usize, usize)]) -> Vec<usize> {
    // The row each pile ends with, and what each row stands on.
    let (mut piles, mut below) = (Vec::<usize>::new(), vec![None; rows.len()]);
    for (at, (_, was)) in rows.iter().enumerate() {
        let pile = piles.partition_point(|top| rows[*top].1 < *was);
        below[at] = pile.checked_sub(1).map(|pile| piles[pile]);
        if pile == piles.len() {
            piles.push(at);
        } else {
            piles[pile] = at;
        }
    }
    let mut run: Vec<usize> =
        std::iter::successors(piles.last().copied(), |at| below[*at]).map(|at| rows[at].0).collect();
    run.reverse();
    run
}

/// `place` counted through all pages, from 1, with how many there are: for saying it.
#[must_use]
pub fn counted(place: Place, lengths: &[usize]) -> (usize, usize) {
    let before: usize = lengths.iter().take(place.page).sum();
    (before + place.index + 1, lengths.iter().sum())
}
