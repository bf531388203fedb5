//! Tables: one row a line, columns aligned by cells of the terminal.

use compshare_client::printable;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::columns::{Align, Column, Columns};
use super::style::Style;

/// Between two columns.
const GAP: usize = 2;
/// The narrowest width of a column that is cut.
const NARROWEST: usize = 6;
/// The widest cell, also where there is no terminal to fit.
const WIDEST: usize = 1000;

/// One cell of a line, printable already.
pub(super) struct Cell {
    text: String,
    align: Align,
    style: Style,
}

impl Cell {
    fn new<T>(column: &Column<T>, text: &str, style: Style) -> Self {
        Self {
            text: printable(text).into_owned(),
            align: column.align,
            style,
        }
    }
}

/// The line of titles.
pub(super) fn titles<T>(columns: &Columns<T>) -> Vec<Cell> {
    let columns = columns.all.iter();
    columns
        .map(|column| Cell::new(column, &column.title, Style::Bold))
        .collect()
}

/// The line of one row.
pub(super) fn cells<T>(columns: &Columns<T>, row: &T) -> Vec<Cell> {
    let cells = columns.all.iter().map(|column| match column.text(row) {
        Some(text) => Cell::new(column, &text, (column.style)(&text)),
        None => Cell::new(column, "-", Style::Plain),
    });
    cells.collect()
}

/// The widths of the columns. Fixed by the first page of a list, so that rows can be written as they come.
pub(super) struct Layout {
    widths: Vec<usize>,
    /// Cells that are too wide are cut.
    cut: bool,
}

impl Layout {
    /// A layout for `lines`, and for those that follow them, in at most `width` cells of the terminal. The column number
    /// `id` is the last to be cut.
    pub(super) fn new(lines: &[Vec<Cell>], id: Option<usize>, width: Option<usize>) -> Self {
        let mut widths: Vec<usize> = Vec::new();
        for line in lines {
            widths.resize(line.len(), 1);
            for (width, cell) in widths.iter_mut().zip(line) {
                *width = cell.text.width().clamp(*width, WIDEST);
            }
        }
        if let Some(width) = width {
            fit(&mut widths, id, width);
        }
        Self {
            widths,
            cut: width.is_some(),
        }
    }

    pub(super) fn line(&self, cells: &[Cell], color: bool) -> String {
        let mut line = String::new();
        // White space is put before the next cell, so that there is none at the end of a line.
        let mut owed = 0;
        for (cell, &width) in cells.iter().zip(&self.widths) {
            let text = if self.cut {
                shorten(&cell.text, width)
            } else {
                cell.text.clone()
            };
            let fill = width.saturating_sub(text.width());

            if cell.align == Align::Right {
                owed += fill;
            }
            if !text.is_empty() {
                line.extend(std::iter::repeat_n(' ', owed));
                line.push_str(&cell.style.paint(&text, color));
                owed = 0;
            }

            if cell.align == Align::Left {
                owed += fill;
            }
            owed += GAP;
        }
        line
    }
}

/// Makes lines fit: narrows the widest columns, then leaves out those at the end, and cuts the identifier only if
/// nothing else helps.
fn fit(widths: &mut Vec<usize>, id: Option<usize>, width: usize) {
    let excess = |widths: &[usize]| {
        let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        total.saturating_sub(width)
    };
    while excess(widths) > 0 {
        let others = widths
            .iter_mut()
            .enumerate()
            .filter(|(at, width)| Some(*at) != id && **width > NARROWEST);
        let Some((_, widest)) = others.max_by_key(|(_, width)| **width) else {
            break;
        };
        *widest -= 1;
    }

    let kept = id.map_or(1, |id| id + 1);
    while excess(widths) > 0 && widths.len() > kept {
        widths.pop();
    }
    // What is left has one column, or all up to the identifier.
    while excess(widths) > 0 {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 1) else {
            break;
        };
        *widest -= 1;
    }
}

/// `text` in at most `width` cells, with an ellipsis if something is cut off.
fn shorten(text: &str, width: usize) -> String {
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
    // A character and what modifies it may be wider than the two counted alone.
    while short.width() >= width && short.pop().is_some() {}
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

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
        let layout = Layout::new(&lines, columns.id, width);
        lines.iter().map(|line| layout.line(line, false)).collect()
    }

    #[test]
    fn wide_characters_are_counted_as_what_they_take() {
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
    fn lines_fit_and_the_identifier_is_cut_last() {
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
            table(&rows, Some(45))[1],
            "compshareImage-1pl06yxr5lvm  一个很长…    0.5"
        );
    }

    #[test]
    fn one_row_stays_one_harmless_line() {
        let lines = table(&[["i1", "a\u{1b}[2J\nb\u{202e}", "1"]], None);
        assert_eq!(lines[1], r"i1  a\u{1b}[2J\u{a}b\u{202e}      1");
    }

    #[test]
    fn titles_are_harmless_too() {
        let evil = Column::new("k", "a\u{1b}[2J", |row: &&str| Some(Cow::Borrowed(*row)));
        let columns = Columns::without_id(vec![evil]);
        let titles = [titles(&columns)];
        let layout = Layout::new(&titles, None, None);
        assert_eq!(layout.line(&titles[0], false), r"a\u{1b}[2J");
    }

    #[test]
    fn what_is_cut_never_takes_more() {
        for text in [
            "镜像镜像",
            "e\u{301}e\u{301}e\u{301}",
            "a❤\u{fe0f}b❤\u{fe0f}c",
            "🦀🦀🦀",
        ] {
            for width in 1..6 {
                assert!(shorten(text, width).width() <= width, "{text} {width}");
            }
        }
    }
}
