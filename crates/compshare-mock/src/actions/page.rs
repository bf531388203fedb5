//! Pages: which rows of a list a request gets, and the fields that hold them.

use std::ops::Range;

use serde_json::Value;

use super::{Answered, Call, Fields};
use crate::answer::Refusal;
use crate::request::out_of_range;
use crate::{ListKey, Quirks, Total};

/// The parameters of paging.
pub(super) const PARAMS: &str = "Limit Offset";

/// The documented default of `Limit`.
const DEFAULT_LIMIT: u64 = 20;
/// The documented maximum of `Limit`.
const DEFAULT_CAP: u64 = 100;
/// The number of rows behind each null of [`Quirks::row_nulls`].
const ROWS_PER_NULL: usize = 3;

/// A whole list, as it is documented.
pub(super) struct List<T> {
    pub(super) key: ListKey,
    pub(super) rows: Vec<T>,
    /// `TotalCount`, if it is documented.
    pub(super) total: Option<usize>,
    /// How many images the rows are.
    pub(super) versions: usize,
}

impl<T> List<T> {
    /// A list of images, with its length as `TotalCount`.
    pub(super) fn of_images(rows: Vec<T>) -> Self {
        Self {
            key: ListKey::ImageSet,
            total: Some(rows.len()),
            versions: rows.len(),
            rows,
        }
    }

    /// The fields of an answer with the page of this list that the request asks for.
    pub(super) fn page(self, call: &Call<'_>, row: impl Fn(&T) -> Value) -> Answered {
        let quirks = call.quirks;
        let count = self.rows.len();
        let mut places = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            if quirks.row_nulls && at % ROWS_PER_NULL == 0 {
                places.push(None);
            }
            places.push(Some(row));
        }
        let window = next_window(call, places.len())?;
        let page = places.get(window).unwrap_or_default().iter();
        let rows: Vec<Value> = page.map(|place| place.map_or(Value::Null, &row)).collect();

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
    /// As [`page`](Self::page), of rows that are sent as they are.
    pub(super) fn page_of_rows(self, call: &Call<'_>) -> Answered {
        self.page(call, |row| (*row).clone())
    }
}

/// Which of `total` rows the request asks for, and gets.
fn next_window(call: &Call<'_>, total: usize) -> Result<Range<usize>, Refusal> {
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
        let at = page.checked_rem(quirks.short_pages.len())?;
        quirks.short_pages.get(at).copied()
    });
    Ok(window(total, offset, limit, short, quirks))
}

fn window(
    total: usize,
    offset: u64,
    limit: u64,
    short: Option<u64>,
    quirks: &Quirks,
) -> Range<usize> {
    let size = narrow(limit.min(quirks.page_cap.unwrap_or(DEFAULT_CAP)));
    let mut start = if quirks.ignore_offset {
        0
    } else {
        narrow(offset)
    };
    if quirks.repeat_rows && start > 0 && size > 1 {
        // The list has moved on by one row for each full page before this one.
        start -= start.div_ceil(size);
        // The row to repeat is the last of all, so the page before was the last page.
        if start.saturating_add(1) >= total {
            start = total;
        }
    }
    if quirks.clamp_offset && start >= total && size > 0 {
        start = total.saturating_sub(1) / size * size;
    }
    let size = short.map_or(size, |short| size.min(narrow(short)));
    let end = start.saturating_add(size).min(total);
    start.min(end)..end
}

/// No list here is longer than memory, so a greater number means the same as the greatest.
fn narrow(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages through `total` rows, advancing as `advance` says, until a page is empty.
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
            let page = window(total, offset, limit, short, quirks);
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
    fn plain_pages_follow_each_other() {
        assert_eq!(
            pages(5, 2, &Quirks::default(), |seen, _| seen),
            [0..2, 2..4, 4..5]
        );
        assert_eq!(
            pages(4, 2, &Quirks::default(), |seen, _| seen),
            [0..2, 2..4]
        );
        assert!(pages(0, 2, &Quirks::default(), |seen, _| seen).is_empty());
        assert_eq!(
            window(5, u64::MAX, u64::MAX, None, &Quirks::default()),
            5..5
        );
        assert_eq!(window(500, 0, u64::MAX, None, &Quirks::default()), 0..100);
    }

    #[test]
    fn repeated_rows_lose_nothing_and_end() {
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
    fn the_last_page_comes_again_when_offsets_are_clamped() {
        let quirks = Quirks::default().clamp_offset(true);
        assert_eq!(window(5, 5, 2, None, &quirks), 4..5);
        assert_eq!(window(4, 900, 2, None, &quirks), 2..4);
        assert_eq!(window(0, 5, 2, None, &quirks), 0..0);
        assert_eq!(window(5, 5, 2, None, &quirks.page_cap(0)), 5..5);
    }
}
