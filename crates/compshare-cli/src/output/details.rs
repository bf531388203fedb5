//! The details of one item, a field per line.

use std::borrow::Cow;

use compshare_client::sanitize;
use unicode_width::UnicodeWidthStr;

use super::columns::Columns;
use super::stdout::Output;
use super::style::Style;

/// The space between title and value, in cells.
const GAP: usize = 2;
/// The indentation of long texts, which sets them apart from fields.
const INDENT: &str = "    ";

/// Adds the non-empty fields of `row`, one per line.
pub(crate) fn details<T>(out: &mut Output, columns: &Columns<T>, row: &T) {
    let fields: Vec<_> = columns
        .all
        .iter()
        .filter_map(|column| Some((column, column.text(row).filter(|text| !text.is_empty())?)))
        .map(|(column, text)| (sanitize(&column.title), column, text))
        .collect();

    let lines = fields.iter().filter(|(_, column, _)| !column.is_block);
    let width = lines
        .map(|(title, ..)| title.width())
        .max()
        .unwrap_or_default();

    for (title, column, text) in &fields {
        let painted = Style::Bold.paint(title, out.color);
        if column.is_block {
            out.line(&painted);
            // Tabs are kept as white space instead of escapes.
            text.lines().for_each(|line| out.line(&block_line(line)));
        } else {
            let fill = " ".repeat((width + GAP).saturating_sub(title.width()));
            let style = (column.style)(text);
            let text = column.human(row, Cow::Borrowed(text));
            out.line(&format!(
                "{painted}{fill}{}",
                style.paint(&sanitize(&text), out.color)
            ));
        }
    }
}

fn block_line(line: &str) -> String {
    let line = line.replace('\t', INDENT);
    let line = sanitize(&line);
    if line.trim().is_empty() {
        String::new()
    } else {
        format!("{INDENT}{line}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sanitizes_lines_of_long_text() {
        assert_eq!(block_line("a\tb\u{1b}[2J\r"), r"    a    b\u{1b}[2J\u{d}");
        assert_eq!(block_line(" \t "), "");
    }
}
