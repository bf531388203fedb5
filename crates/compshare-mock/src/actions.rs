//! The actions. Each is one function and one line in [`ACTIONS`].

use std::ops::Range;

use serde_json::{Map, Value};

use crate::answer::Refusal;
use crate::request::{Request, out_of_range};
use crate::store::Store;
use crate::{Quirks, Total};

/// The documented default of `Limit`.
const DEFAULT_LIMIT: u64 = 20;
/// The documented maximum of `Limit` of the sister actions.
const DEFAULT_CAP: u64 = 100;

/// All that an action may use.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) store: &'a mut Store,
    pub(crate) quirks: &'a Quirks,
    /// How many pages were given so far, for [`Quirks::short_pages`].
    pub(crate) pages: &'a mut u64,
}

type Fields = Map<String, Value>;
pub(crate) type Action = fn(&mut Call<'_>) -> Result<Fields, Refusal>;

struct Entry {
    name: &'static str,
    action: Action,
    /// Whether CompShare's own command-line tool reports it as missing in production.
    reported_missing: bool,
}

const ACTIONS: [Entry; 3] = [
    Entry { name: "DescribeFavoriteImages", action: describe_favorite_images, reported_missing: true },
    Entry { name: "AddFavoriteImage", action: add_favorite_image, reported_missing: true },
    Entry { name: "RemoveFavoriteImage", action: remove_favorite_image, reported_missing: true },
];

/// The action of that name, if this gateway has it.
pub(crate) fn find(name: &str, quirks: &Quirks) -> Option<Action> {
    let entry = ACTIONS.iter().find(|entry| entry.name == name)?;
    (!(entry.reported_missing && quirks.production_as_reported)).then_some(entry.action)
}

fn describe_favorite_images(call: &mut Call<'_>) -> Result<Fields, Refusal> {
    let total = call.store.favorites().len();
    let window = next_window(call, total)?;
    let rows = call.store.favorites().skip(window.start).take(window.len()).cloned().collect();
    Ok(listing(rows, total, call.quirks))
}

fn add_favorite_image(call: &mut Call<'_>) -> Result<Fields, Refusal> {
    let id = call.request.required("CompShareImageId")?;
    if call.store.add_favorite(id) {
        Ok(Fields::new())
    } else {
        Err(Refusal::new(8039, format!("Resource not exist [{id}]")))
    }
}

fn remove_favorite_image(call: &mut Call<'_>) -> Result<Fields, Refusal> {
    call.store.remove_favorite(call.request.required("CompShareImageId")?);
    Ok(Fields::new())
}

/// Which of `total` rows the request asks for, and gets.
fn next_window(call: &mut Call<'_>, total: usize) -> Result<Range<usize>, Refusal> {
    let quirks = call.quirks;
    let offset = call.request.number("Offset", 0)?;
    let limit = call.request.number("Limit", DEFAULT_LIMIT)?;
    if limit == 0 || quirks.limit_refused_above.is_some_and(|most| limit > most) {
        return Err(out_of_range("Limit"));
    }
    let short = usize::try_from(*call.pages).ok().and_then(|page| {
        let at = page.checked_rem(quirks.short_pages.len())?;
        quirks.short_pages.get(at).copied()
    });
    *call.pages = call.pages.wrapping_add(1);
    Ok(window(total, offset, limit, short, quirks))
}

fn window(total: usize, offset: u64, limit: u64, short: Option<u64>, quirks: &Quirks) -> Range<usize> {
    let size = narrow(limit.min(quirks.page_cap.unwrap_or(DEFAULT_CAP)));
    let mut start = if quirks.ignore_offset { 0 } else { narrow(offset) };
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

/// The fields of an answer with one page of `total` rows.
fn listing(mut rows: Vec<Value>, total: usize, quirks: &Quirks) -> Fields {
    let mut fields = Fields::new();
    let count = match quirks.total {
        Total::Absent => None,
        Total::True => Some(total.into()),
        Total::PageLocal => Some(rows.len().into()),
        Total::Zero => Some(0.into()),
        Total::Fixed(number) => Some(number.into()),
        Total::Text => Some(total.to_string().into()),
    };
    fields.extend(count.map(|count| ("TotalCount".to_owned(), count)));
    if quirks.numbers_as_text {
        rows.iter_mut().for_each(integers_to_text);
    }
    let list = if rows.is_empty() && quirks.null_empty_list { Value::Null } else { rows.into() };
    fields.insert(quirks.list_key.as_str().to_owned(), list);
    fields
}

fn integers_to_text(value: &mut Value) {
    match value {
        Value::Number(number) if !number.is_f64() => *value = number.to_string().into(),
        Value::Array(items) => items.iter_mut().for_each(integers_to_text),
        Value::Object(members) => members.values_mut().for_each(integers_to_text),
        _ => {}
    }
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
            let short = quirks.short_pages.get(pages.len() % quirks.short_pages.len().max(1)).copied();
            let page = window(total, offset, limit, short, quirks);
            if page.is_empty() {
                return pages;
            }
            assert!(pages.len() < 10_000, "no end: {quirks:?}");
            assert!(page.start <= end, "rows {end} to {} are lost: {quirks:?}", page.start);
            offset += advance(page.len(), page.end.saturating_sub(end)) as u64;
            end = end.max(page.end);
            pages.push(page);
        }
    }

    #[test]
    fn plain_pages_follow_each_other() {
        assert_eq!(pages(5, 2, &Quirks::default(), |seen, _| seen), [0..2, 2..4, 4..5]);
        assert_eq!(pages(4, 2, &Quirks::default(), |seen, _| seen), [0..2, 2..4]);
        assert!(pages(0, 2, &Quirks::default(), |seen, _| seen).is_empty());
        assert_eq!(window(5, u64::MAX, u64::MAX, None, &Quirks::default()), 5..5);
        assert_eq!(window(500, 0, u64::MAX, None, &Quirks::default()), 0..100);
    }

    #[test]
    fn repeated_rows_lose_nothing_and_end() {
        let quirks = Quirks::default().repeat_rows(true);
        assert_eq!(pages(7, 3, &quirks, |seen, _| seen), [0..3, 2..5, 4..7]);
        assert_eq!(pages(5, 2, &quirks, |seen, _| seen), [0..2, 1..3, 2..4, 3..5]);
        for advance in [|seen, _| seen, |_, new: usize| new.max(1)] {
            for total in 0..40 {
                for limit in 2..9 {
                    let last = pages(total, limit, &quirks, advance).last().map_or(0, |page| page.end);
                    assert_eq!(last, total, "Limit {limit}");
                    pages(total, limit, &quirks.clone().short_pages(vec![3, 1, 2]), advance);
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
