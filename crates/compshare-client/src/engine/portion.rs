//! Which part of a listing is given.

/// Leaves out the first items, and gives no more than so many.
#[derive(Debug, Default)]
pub(super) struct Portion {
    skip: u64,
    /// How many may still be given, if not all.
    left: Option<u64>,
    given: u64,
}

impl Portion {
    pub(super) fn new(skip: u64, most: Option<u64>) -> Self {
        Self {
            skip,
            left: most,
            given: 0,
        }
    }

    /// Gives at most so many from here on.
    pub(super) fn limit(&mut self, most: u64) {
        self.left = Some(most);
    }

    /// How many may still be given, if not all.
    pub(super) fn left(&self) -> Option<u64> {
        self.left
    }

    /// Whether all was given.
    pub(super) fn is_over(&self) -> bool {
        self.left == Some(0)
    }

    /// How many were given.
    pub(super) fn given(&self) -> u64 {
        self.given
    }

    /// Leaves in `items`, which come next, what is given of them.
    pub(super) fn take<T>(&mut self, items: &mut Vec<T>) {
        let skipped = items
            .len()
            .min(usize::try_from(self.skip).unwrap_or(usize::MAX));
        items.drain(..skipped);
        self.skip -= length(skipped);
        if let Some(left) = &mut self.left {
            items.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= length(items.len());
        }
        self.given += length(items.len());
    }
}

pub(super) fn length(length: usize) -> u64 {
    length.try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_of_any_pages() {
        for (skip, most, expected) in [
            (0, None, vec![0, 1, 2, 3, 4, 5, 6]),
            (2, None, vec![2, 3, 4, 5, 6]),
            (4, Some(2), vec![4, 5]),
            (0, Some(0), vec![]),
            (9, Some(1), vec![]),
            (u64::MAX, Some(u64::MAX), vec![]),
        ] {
            let mut portion = Portion::new(skip, most);
            let mut given = Vec::new();
            for mut page in [vec![0, 1, 2], vec![3], vec![], vec![4, 5, 6]] {
                portion.take(&mut page);
                given.append(&mut page);
            }
            assert_eq!(given, expected, "{skip}, {most:?}");
            assert_eq!(portion.given(), length(given.len()));
            assert_eq!(
                portion.is_over(),
                most.is_some_and(|most| most == portion.given())
            );
        }
    }
}
