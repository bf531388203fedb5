//! Tables: one row a line, columns aligned by cells of the terminal.

use compshare_client::printable;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Align, Columns, Style};

/// Between two columns.
const GAP: usize = 2;
/// A column is not made narrower than this.
const NARROWEST: usize = 6;
/// No cell is wider, also where there is no terminal to fit.
const WIDEST: usize = 1000;

/// How wide each column is. Fixed by the first page of a list, so that rows can be written as they come.
pub(super) struct Layout {
    widths: Vec<usize>,
    /// Whether what is too wide is cut.
    cut: bool,
}

impl Layout {
    /// A layout for `rows`, and for those that follow them, on lines of `width` cells if there is a limit.
    pub(super) fn new<T>(columns: &Columns<T>, rows: &[T], width: Option<usize>) -> Self {
        let mut widths: Vec<usize> = columns
            .all
            .iter()
            .map(|column| {
                let cells = rows
                    .iter()
                    .map(|row| column.text(row).map_or(1, |text| printable(&text).width()));
                cells
                    .chain([printable(&column.title).width()])
                    .max()
                    .unwrap_or_default()
                    .clamp(1, WIDEST)
            })
            .collect();
        if let Some(width) = width {
            fit(&mut widths, columns.id, width);
        }
        Self {
            widths,
            cut: width.is_some(),
        }
    }

    /// The line of titles.
    pub(super) fn titles<T>(&self, columns: &Columns<T>, color: bool) -> String {
        let cells = columns.all.iter().map(|column| {
            (
                printable(&column.title).into_owned(),
                column.align,
                Style::Bold,
            )
        });
        self.line(cells, color)
    }

    /// The line of one row.
    pub(super) fn row<T>(&self, columns: &Columns<T>, row: &T, color: bool) -> String {
        let cells = columns.all.iter().map(|column| {
            let text = column.text(row);
            let style = text
                .as_ref()
                .map_or(Style::Plain, |text| (column.style)(text));
            (
                text.map_or_else(|| "-".to_owned(), |text| printable(&text).into_owned()),
                column.align,
                style,
            )
        });
        self.line(cells, color)
    }

    fn line(&self, cells: impl Iterator<Item = (String, Align, Style)>, color: bool) -> String {
        let mut line = String::new();
        // White space is put before the next cell, so that there is none at the end of a line.
        let mut owed = 0;
        for (at, ((text, align, style), &width)) in cells.zip(&self.widths).enumerate() {
            if at > 0 {
                owed += GAP;
            }
            let text = if self.cut {
                shorten(&text, width)
            } else {
                text
            };
            let fill = width.saturating_sub(text.width());
            if align == Align::Right {
                owed += fill;
            }
            if !text.is_empty() {
                line.extend(std::iter::repeat_n(' ', owed));
                line.push_str(&style.paint(&text, color));
                owed = 0;
            }
            if align == Align::Left {
                owed += fill;
            }
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

    use super::super::Column;
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
        let layout = Layout::new(&columns, rows, width);
        let mut lines = vec![layout.titles(&columns, false)];
        lines.extend(rows.iter().map(|row| layout.row(&columns, row, false)));
        lines
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
        assert_eq!(
            Layout::new(&columns, &[], None).titles(&columns, false),
            r"a\u{1b}[2J"
        );
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
