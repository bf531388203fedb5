//! The range of items that a listing returns.

/// Skips the first items, and limits the number of items after them.
#[derive(Debug, Default)]
pub(super) struct ItemRange {
    skip: u64,
    remaining: Option<u64>,
    given: u64,
}

impl ItemRange {
    /// Creates a range of all items after the first `skip`, or of `take` of them.
    pub(super) fn new(skip: u64, take: Option<u64>) -> Self {
        Self {
            skip,
            remaining: take,
            given: 0,
        }
    }

    /// Takes at most `items` in all, those that were taken already included.
    pub(super) fn limit(&mut self, items: u64) {
        self.remaining = Some(items.saturating_sub(self.given));
    }

    /// Returns the number of items that remain to be taken, if limited.
    pub(super) fn remaining(&self) -> Option<u64> {
        self.remaining
    }

    /// Returns `true` if the rest of the items is out of range.
    pub(super) fn is_over(&self) -> bool {
        self.remaining == Some(0)
    }

    /// Returns the number of items taken.
    pub(super) fn given(&self) -> u64 {
        self.given
    }

    /// Removes the items out of range from the next `items`.
    pub(super) fn apply<T>(&mut self, items: &mut Vec<T>) {
        let skipped = items
            .len()
            .min(usize::try_from(self.skip).unwrap_or(usize::MAX));
        items.drain(..skipped);
        self.skip -= len_u64(skipped);

        if let Some(remaining) = &mut self.remaining {
            items.truncate(usize::try_from(*remaining).unwrap_or(usize::MAX));
            *remaining -= len_u64(items.len());
        }
        self.given += len_u64(items.len());
    }
}

pub(super) fn len_u64(length: usize) -> u64 {
    length.try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_range_of_any_pages() {
        for (skip, take, expected) in [
            (0, None, vec![0, 1, 2, 3, 4, 5, 6]),
            (2, None, vec![2, 3, 4, 5, 6]),
            (4, Some(2), vec![4, 5]),
            (0, Some(0), vec![]),
            (9, Some(1), vec![]),
            (u64::MAX, Some(u64::MAX), vec![]),
        ] {
            let mut range = ItemRange::new(skip, take);
            let mut given = Vec::new();
            for mut page in [vec![0, 1, 2], vec![3], vec![], vec![4, 5, 6]] {
                range.apply(&mut page);
                given.append(&mut page);
            }
            assert_eq!(given, expected, "{skip}, {take:?}");
            assert_eq!(range.given(), len_u64(given.len()));
            assert_eq!(
                range.is_over(),
                take.is_some_and(|take| take == range.given())
            );
        }
    }
}
