//! Tables: one row per line, columns aligned by terminal cells.

use compshare_client::sanitize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::columns::{Align, Columns};
use super::style::Style;

/// The space between columns, in cells.
const GAP: usize = 2;
/// The text of an empty cell.
const EMPTY: &str = "-";
/// The maximum width of a column, in cells.
const WIDEST: usize = 1000;
/// A column that lacks at most this many cells is widened first.
const SMALL_SHORTFALL: usize = 6;

/// A cell with sanitized text.
pub(super) struct Cell {
    text: String,
    style: Style,
}

/// Returns the cells of the titles.
pub(super) fn titles<T>(columns: &Columns<T>) -> Vec<Cell> {
    let columns = columns.all.iter();
    let cells = columns.map(|column| Cell {
        text: sanitize(&column.title).into_owned(),
        style: Style::Bold,
    });
    cells.collect()
}

/// Returns the cells of a row.
pub(super) fn cells<T>(columns: &Columns<T>, row: &T) -> Vec<Cell> {
    let cells = columns.all.iter().map(|column| match column.text(row) {
        Some(text) => {
            let style = (column.style)(&text);
            let text = sanitize(&column.human(row, text)).into_owned();
            Cell { text, style }
        }
        None => Cell {
            text: EMPTY.to_owned(),
            style: Style::Plain,
        },
    });
    cells.collect()
}

/// The layout of a table. The first page of a list fixes it, so that later rows can be streamed.
pub(super) struct Layout {
    /// `None` for a dropped column.
    slots: Vec<Option<ColumnLayout>>,
    /// Titles of the dropped columns.
    omitted: Vec<String>,
}

/// The layout of a column.
struct ColumnLayout {
    width: usize,
    align: Align,
    /// Cuts longer cells.
    cuts: bool,
}

impl Layout {
    /// Computes the layout from `lines`, to fit `terminal` cells. A wide table neither cuts nor
    /// drops columns.
    pub(super) fn new<T>(
        columns: &Columns<T>,
        lines: &[Vec<Cell>],
        terminal: Option<usize>,
        is_wide: bool,
    ) -> Self {
        let mut fields: Vec<FittedColumn> = Vec::new();
        for (at, column) in columns.all.iter().enumerate() {
            let cells = lines.iter().filter_map(|line| line.get(at));
            let widest = cells.map(|cell| cell.text.width()).max().unwrap_or(0);
            let most = column.widest.filter(|_| !is_wide).unwrap_or(WIDEST);
            let natural = widest.clamp(1, most);
            let is_id = columns.id == Some(at);
            let narrowest = if is_id {
                natural
            } else {
                column.min_width(natural)
            };
            fields.push(FittedColumn {
                at,
                natural,
                narrowest,
                width: natural,
                rank: if is_id { 0 } else { column.rank },
                is_id,
                // Skip the titles.
                is_empty: lines.iter().skip(1).all(|line| is_empty(line.get(at))),
            });
        }

        let terminal = terminal.filter(|_| !is_wide);
        if let Some(width) = terminal {
            fit(&mut fields, width);
        }

        let slots = columns.all.iter().enumerate().map(|(at, column)| {
            let field = fields.iter().find(|field| field.at == at)?;
            Some(ColumnLayout {
                width: field.width,
                align: column.align,
                cuts: terminal.is_some() || (column.widest.is_some() && !is_wide),
            })
        });
        let slots: Vec<Option<ColumnLayout>> = slots.collect();
        let omitted = columns.all.iter().zip(&slots);
        let omitted = omitted
            .filter(|(_, slot)| slot.is_none())
            .map(|(column, _)| sanitize(&column.title).into_owned());
        Self {
            omitted: omitted.collect(),
            slots,
        }
    }

    /// Returns the titles of the dropped columns.
    pub(super) fn omitted(&self) -> &[String] {
        &self.omitted
    }

    pub(super) fn line(&self, cells: &[Cell], color: bool) -> String {
        let mut line = String::new();
        // Pad before the next cell, to avoid trailing white space.
        let mut owed = 0;
        for (cell, slot) in cells.iter().zip(&self.slots) {
            let Some(slot) = slot else { continue };
            let text = if slot.cuts {
                truncate(&cell.text, slot.width)
            } else {
                cell.text.clone()
            };
            let fill = slot.width.saturating_sub(text.width());

            if slot.align == Align::Right {
                owed += fill;
            }
            if !text.is_empty() {
                line.extend(std::iter::repeat_n(' ', owed));
                line.push_str(&cell.style.paint(&text, color));
                owed = 0;
            }

            if slot.align == Align::Left {
                owed += fill;
            }
            owed += GAP;
        }
        line
    }
}

/// A column during fitting.
struct FittedColumn {
    /// Its index among all columns.
    at: usize,
    /// The width without cutting.
    natural: usize,
    /// The minimum width before other columns are dropped.
    narrowest: usize,
    width: usize,
    rank: u8,
    is_id: bool,
    /// True if all rows are empty.
    is_empty: bool,
}

fn is_empty(cell: Option<&Cell>) -> bool {
    cell.is_none_or(|cell| cell.text == EMPTY)
}

/// Fits the columns into `width`. Drops empty columns, then columns by rank until the minimum
/// widths fit, and distributes the remaining space. If that is not enough, cuts the remaining
/// columns, the id last.
fn fit(fields: &mut Vec<FittedColumn>, width: usize) {
    let gaps = |fields: &[FittedColumn]| GAP * fields.len().saturating_sub(1);
    let natural = |fields: &[FittedColumn]| {
        let widths: usize = fields.iter().map(|field| field.natural).sum();
        widths + gaps(fields)
    };
    while natural(fields) > width && fields.len() > 1 {
        let empty = fields
            .iter()
            .rposition(|field| field.is_empty && field.rank > 0);
        let Some(empty) = empty else { break };
        fields.remove(empty);
    }

    let needed = |fields: &[FittedColumn]| {
        let widths: usize = fields.iter().map(|field| field.narrowest).sum();
        widths + gaps(fields)
    };
    while needed(fields) > width {
        let rank = fields.iter().map(|field| field.rank).max();
        let last = fields
            .iter()
            .rposition(|field| Some(field.rank) == rank && field.rank > 0);
        let Some(last) = last.filter(|_| fields.len() > 1) else {
            break;
        };
        fields.remove(last);
    }

    let mut spare = width.saturating_sub(needed(fields));
    let mut order: Vec<&mut FittedColumn> = fields.iter_mut().collect();
    order.sort_by_key(|field| {
        (
            field.natural - field.narrowest > SMALL_SHORTFALL,
            field.rank,
        )
    });
    for field in order {
        let more = (field.natural - field.narrowest).min(spare);
        field.width = field.narrowest + more;
        spare -= more;
    }

    // No column can be dropped any more: cut the widest first, the id last.
    let mut excess = needed(fields).saturating_sub(width);
    while excess > 0 {
        let cuttable = fields.iter_mut().filter(|field| field.width > 1);
        let Some(widest) = cuttable.max_by_key(|field| (!field.is_id, field.width)) else {
            break;
        };
        widest.width -= 1;
        excess -= 1;
    }
}

/// Truncates `text` to `width` cells, with an ellipsis.
fn truncate(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }

    let mut short = String::new();
    let mut used = 0;
    for character in text.chars() {
        used += character.width().unwrap_or_default();
        if used >= width {
            break;
        }
        short.push(character);
    }

    // A character and its modifier may be wider than the sum of their widths.
    while short.width() >= width && short.pop().is_some() {}
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::output::Column;

    fn columns() -> Columns<[&'static str; 3]> {
        let column = |at: usize, name: &'static str| {
            Column::new(name, name, move |row: &[&'static str; 3]| {
                Some(Cow::Borrowed(row[at])).filter(|t| !t.is_empty())
            })
        };
        Columns::with_id(
            vec![
                column(0, "ID"),
                column(1, "NAME"),
                column(2, "PRICE").align(Align::Right),
            ],
            0,
        )
    }

    fn table(rows: &[[&'static str; 3]], width: Option<usize>) -> Vec<String> {
        let columns = columns();
        let mut lines = vec![titles(&columns)];
        lines.extend(rows.iter().map(|row| cells(&columns, row)));
        let layout = Layout::new(&columns, &lines, width, false);
        lines.iter().map(|line| layout.line(line, false)).collect()
    }

    #[test]
    fn counts_wide_characters_as_two_cells() {
        let lines = table(
            &[
                ["i1", "通义千问", "0.5"],
                ["i2", "Qwen", "12"],
                ["i3", "", ""],
            ],
            None,
        );
        assert_eq!(
            lines,
            [
                "ID  NAME      PRICE",
                "i1  通义千问    0.5",
                "i2  Qwen         12",
                "i3  -             -",
            ]
        );
    }

    #[test]
    fn fits_lines_and_cuts_the_identifier_last() {
        let rows = [[
            "compshareImage-1pl06yxr5lvm",
            "一个很长很长很长的名字和说明",
            "0.5",
        ]];
        for width in [80, 60, 45, 43, 20, 8, 3, 1] {
            for line in table(&rows, Some(width)) {
                assert!(
                    line.width() <= width,
                    "{width}: {line:?} has {}",
                    line.width()
                );
            }
        }
        assert_eq!(
            table(&rows, Some(46))[1],
            "compshareImage-1pl06yxr5lvm  一个很长…     0.5"
        );
        assert_eq!(
            table(&rows, Some(45))[1],
            "compshareImage-1pl06yxr5lvm  一个很长很长很…",
            "the last column is left out, and its room is used"
        );
    }

    #[test]
    fn row_is_one_sanitized_line() {
        let lines = table(&[["i1", "a\u{1b}[2J\nb\u{202e}", "1"]], None);
        assert_eq!(lines[1], r"i1  a\u{1b}[2J\u{a}b\u{202e}      1");
    }

    #[test]
    fn sanitizes_titles() {
        let evil = Column::new("k", "a\u{1b}[2J", |row: &&str| Some(Cow::Borrowed(*row)));
        let columns = Columns::without_id(vec![evil]);
        let titles = [titles(&columns)];
        let layout = Layout::new(&columns, &titles, None, false);
        assert_eq!(layout.line(&titles[0], false), r"a\u{1b}[2J");
    }

    #[test]
    fn cut_text_never_exceeds_its_width() {
        for text in [
            "镜像镜像",
            "e\u{301}e\u{301}e\u{301}",
            "a❤\u{fe0f}b❤\u{fe0f}c",
            "🦀🦀🦀",
        ] {
            for width in 1..6 {
                assert!(truncate(text, width).width() <= width, "{text} {width}");
            }
        }
    }
}
