//! Paging: the rows of a list for one request, and the fields of its response.

use std::ops::Range;

use serde_json::Value;

use super::{ActionResult, Call, Fields};
use crate::request::out_of_range;
use crate::response::ApiError;
use crate::{ListKey, Quirks, Total};

/// The paging parameters.
pub(super) const PARAMS: &str = "Limit Offset";

/// The documented default of `Limit`.
const DEFAULT_LIMIT: u64 = 20;
/// The documented maximum of `Limit`.
const DEFAULT_CAP: u64 = 100;
/// The number of rows after each null of [`Quirks::row_nulls`].
const ROWS_PER_NULL: usize = 3;

/// A complete list, with its documented key and total.
pub(super) struct List<T> {
    pub(super) key: ListKey,
    pub(super) rows: Vec<T>,
    /// `TotalCount`, if documented.
    pub(super) total: Option<usize>,
    /// The number of images in all rows.
    pub(super) versions: usize,
}

impl<T> List<T> {
    /// Creates a list of images with its length as `TotalCount`.
    pub(super) fn from_images(rows: Vec<T>) -> Self {
        Self {
            key: ListKey::ImageSet,
            total: Some(rows.len()),
            versions: rows.len(),
            rows,
        }
    }

    /// Returns the response fields with the requested page.
    pub(super) fn page(self, call: &Call<'_>, row: impl Fn(&T) -> Value) -> ActionResult {
        let quirks = call.quirks;
        let count = self.rows.len();

        // `None` is a null between the rows.
        let mut entries = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            if quirks.row_nulls && index % ROWS_PER_NULL == 0 {
                entries.push(None);
            }
            entries.push(Some(row));
        }
        let range = page_range(call, entries.len())?;
        let page = entries.get(range).unwrap_or_default().iter();
        let rows: Vec<Value> = page.map(|entry| entry.map_or(Value::Null, &row)).collect();

        let mut fields = Fields::new();
        let total = match quirks.total {
            None => self.total.map(Value::from),
            Some(Total::Absent) => None,
            Some(Total::True | Total::Renamed) => Some(count.into()),
            Some(Total::Versions) => Some(self.versions.into()),
            Some(Total::PageLocal) => Some(rows.len().into()),
            Some(Total::Zero) => Some(0.into()),
            Some(Total::Fixed(number)) => Some(number.into()),
            Some(Total::Text) => Some(count.to_string().into()),
        };
        let key = if quirks.total == Some(Total::Renamed) {
            "Total"
        } else {
            "TotalCount"
        };
        fields.extend(total.map(|total| (key.to_owned(), total)));
        fields.insert(
            quirks.list_key.unwrap_or(self.key).as_str().to_owned(),
            rows.into(),
        );
        Ok(fields)
    }
}

impl List<&Value> {
    /// Like [`page`](Self::page), for rows that are sent unchanged.
    pub(super) fn page_of_rows(self, call: &Call<'_>) -> ActionResult {
        self.page(call, |row| (*row).clone())
    }
}

/// Returns the range of the requested page in `total` rows.
fn page_range(call: &Call<'_>, total: usize) -> Result<Range<usize>, ApiError> {
    let Call {
        request,
        quirks,
        pages,
        ..
    } = call;
    let offset = request.number("Offset", 0)?;
    let limit = request.number("Limit", DEFAULT_LIMIT)?;
    if limit == 0 || quirks.limit_refused_above.is_some_and(|most| limit > most) {
        return Err(out_of_range("Limit"));
    }

    let page = pages.replace(pages.get().wrapping_add(1));
    let short = usize::try_from(page).ok().and_then(|page| {
        let index = page.checked_rem(quirks.short_pages.len())?;
        quirks.short_pages.get(index).copied()
    });
    Ok(range(total, offset, limit, short, quirks))
}

/// Computes a page's range. `short` limits its size without moving the following pages.
fn range(
    total: usize,
    offset: u64,
    limit: u64,
    short: Option<u64>,
    quirks: &Quirks,
) -> Range<usize> {
    let size = to_usize(limit.min(quirks.page_cap.unwrap_or(DEFAULT_CAP)));
    let mut start = if quirks.ignore_offset {
        0
    } else {
        to_usize(offset)
    };

    if quirks.repeat_rows && start > 0 && size > 1 {
        // Each preceding full page has shifted the list by one row.
        start -= start.div_ceil(size);
        // Only the repeated row would be left, so the previous page was the last one.
        if start.saturating_add(1) >= total {
            start = total;
        }
    }
    if quirks.clamp_offset && start >= total && size > 0 {
        start = total.saturating_sub(1) / size * size;
    }

    let size = short.map_or(size, |short| size.min(to_usize(short)));
    let end = start.saturating_add(size).min(total);
    start.min(end)..end
}

/// Converts a number, saturating: no list is longer than `usize::MAX`.
fn to_usize(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the pages of `total` rows up to the first empty one, moving the offset by `advance`.
    fn pages(
        total: usize,
        limit: u64,
        quirks: &Quirks,
        advance: fn(seen: usize, new: usize) -> usize,
    ) -> Vec<Range<usize>> {
        let (mut offset, mut end, mut pages) = (0, 0, Vec::new());
        loop {
            let short = quirks
                .short_pages
                .get(pages.len() % quirks.short_pages.len().max(1))
                .copied();
            let page = range(total, offset, limit, short, quirks);
            if page.is_empty() {
                return pages;
            }
            assert!(pages.len() < 10_000, "no end: {quirks:?}");
            assert!(
                page.start <= end,
                "rows {end} to {} are lost: {quirks:?}",
                page.start
            );
            offset += advance(page.len(), page.end.saturating_sub(end)) as u64;
            end = end.max(page.end);
            pages.push(page);
        }
    }

    #[test]
    fn pages_without_quirks_are_consecutive() {
        assert_eq!(
            pages(5, 2, &Quirks::default(), |seen, _| seen),
            [0..2, 2..4, 4..5]
        );
        assert_eq!(
            pages(4, 2, &Quirks::default(), |seen, _| seen),
            [0..2, 2..4]
        );
        assert!(pages(0, 2, &Quirks::default(), |seen, _| seen).is_empty());
        assert_eq!(range(5, u64::MAX, u64::MAX, None, &Quirks::default()), 5..5);
        assert_eq!(range(500, 0, u64::MAX, None, &Quirks::default()), 0..100);
    }

    #[test]
    fn repeat_rows_loses_no_row_and_ends() {
        let quirks = Quirks::default().repeat_rows(true);
        assert_eq!(pages(7, 3, &quirks, |seen, _| seen), [0..3, 2..5, 4..7]);
        assert_eq!(
            pages(5, 2, &quirks, |seen, _| seen),
            [0..2, 1..3, 2..4, 3..5]
        );
        for advance in [|seen, _| seen, |_, new: usize| new.max(1)] {
            for total in 0..40 {
                for limit in 2..9 {
                    let last = pages(total, limit, &quirks, advance)
                        .last()
                        .map_or(0, |page| page.end);
                    assert_eq!(last, total, "Limit {limit}");
                    pages(
                        total,
                        limit,
                        &quirks.clone().short_pages(vec![3, 1, 2]),
                        advance,
                    );
                }
            }
        }
    }

    #[test]
    fn clamp_offset_repeats_the_last_page() {
        let quirks = Quirks::default().clamp_offset(true);
        assert_eq!(range(5, 5, 2, None, &quirks), 4..5);
        assert_eq!(range(4, 900, 2, None, &quirks), 2..4);
        assert_eq!(range(0, 5, 2, None, &quirks), 0..0);
        assert_eq!(range(5, 5, 2, None, &quirks.page_cap(0)), 5..5);
    }
}
