//! Comma-separated values as in RFC 4180, with line feeds.

use std::borrow::Cow;

use compshare_client::sanitize;

/// Joins cells to a line. Line breaks and control characters are escaped, so a row is one line.
pub(super) fn line<'a>(cells: impl IntoIterator<Item = Cow<'a, str>>) -> String {
    let mut line = String::new();
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            line.push(',');
        }

        let cell = sanitize(&cell);
        if cell.contains([',', '"']) || cell.trim() != cell {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(&cell);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_cells_where_needed() {
        let cells = ["a", "b,c", "say \"hi\"", "", " x", "two\nlines"].map(Cow::Borrowed);
        assert_eq!(line(cells), r#"a,"b,c","say ""hi""",," x",two\u{a}lines"#);
    }
}
