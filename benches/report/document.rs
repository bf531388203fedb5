//! The document, as Markdown.

use std::fmt::{self, Write};

use compshare_benches::results::{Group, Row};

use crate::aims::{Limit, Verdict};
use crate::format;
use crate::machine::Machine;
use crate::measured::Measured;

/// Folder of the charts, beside the document.
pub(crate) const CHARTS: &str = "performance";

const HEAD: &str = "\
<!-- Written by `cargo run -p compshare-benches --bin performance-report`: change benches/report or benches/notes.md. -->
# Performance

What this library's work takes, beside what the same work takes without it. Times are medians; `95 % from` and `95 % to`
are the ends of a median's confidence interval. A ratio is a figure divided by that of a baseline, which was measured in
the same run: 0.50x is half of the baseline, 2.00x twice as much. Times say as much of the machine as of the code; ratios
are less bound to it. The scale of the charts is logarithmic, and less than the baseline is left of 1x.

";

const REPRODUCE: &str = "\
## How to reproduce

On a machine that does nothing else:

```sh
cargo bench -p compshare-benches
benches/build-cost
benches/count-instructions
cargo run -p compshare-benches --bin performance-report
```

The last writes this document out of what the others left in cargo's target directory, and says on standard error what it
found nothing of. One subject alone is measured by the command that its section names.

UCloud's official Python SDK is measured too, where `COMPSHARE_BENCH_PYTHON` names a Python interpreter that has
`ucloud-sdk-python3`:

```sh
COMPSHARE_BENCH_PYTHON=python3 cargo bench -p compshare-benches --bench listing
```

Times of two commits differ by chance too. Whether a change made something slower, instructions tell best:

```sh
benches/count-instructions --compare REV1 REV2
```
";

/// What the document is made of.
pub(crate) struct Document<'a> {
    pub(crate) all: &'a [Measured],
    pub(crate) verdicts: &'a [Verdict<'a>],
    pub(crate) machine: &'a Machine,
    /// Written by hand.
    pub(crate) notes: &'a str,
    /// Subjects that have a chart.
    pub(crate) charts: &'a [&'static str],
}

impl fmt::Display for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        self.write_machine(f)?;
        self.write_verdicts(f)?;
        for measured in self.all {
            self.write_section(measured, f)?;
        }
        f.write_str(REPRODUCE)?;
        if !self.notes.trim().is_empty() {
            write!(f, "\n## Notes\n\n{}\n", self.notes.trim())?;
        }
        Ok(())
    }
}

impl Document<'_> {
    fn write_machine(&self, f: &mut impl Write) -> fmt::Result {
        let oldest = self
            .all
            .iter()
            .map(|measured| measured.when.0)
            .min()
            .unwrap_or_default();
        let newest = self
            .all
            .iter()
            .map(|measured| measured.when.1)
            .max()
            .unwrap_or_default();
        let (oldest, newest) = (format::day(oldest), format::day(newest));
        let days = if oldest == newest {
            oldest
        } else {
            format!("{oldest} to {newest}")
        };
        writeln!(f, "All of it is of one machine, measured once:\n")?;
        writeln!(f, "| what | which |\n| --- | --- |")?;
        for (name, fact) in &self.machine.0 {
            writeln!(f, "| {name} | {} |", cell(fact))?;
        }
        writeln!(f, "| measured | {days} |\n")
    }

    fn write_verdicts(&self, f: &mut impl Write) -> fmt::Result {
        if self.verdicts.is_empty() {
            return Ok(());
        }
        let reached = self
            .verdicts
            .iter()
            .filter(|verdict| verdict.is_reached())
            .count();
        writeln!(f, "## What was aimed at\n")?;
        writeln!(
            f,
            "Bounds that the project set itself; {reached} of {} are reached.\n",
            self.verdicts.len()
        )?;
        writeln!(
            f,
            "| subject | row | figure | at most | measured | reached |"
        )?;
        writeln!(f, "| --- | --- | --- | ---: | ---: | --- |")?;
        for verdict in self.verdicts {
            let section = verdict.measured.section;
            let (bound, value) = verdict_figures(verdict);
            writeln!(
                f,
                "| {}, {} | {} | {} | {bound} | {value} | {} |",
                section.subject,
                cell(&section.group_title(&verdict.group.name)),
                cell(verdict.row),
                format::title(verdict.figure),
                if verdict.is_reached() {
                    "yes"
                } else {
                    "**no**"
                }
            )?;
        }
        writeln!(f)
    }

    fn write_section(&self, measured: &Measured, f: &mut impl Write) -> fmt::Result {
        let section = measured.section;
        writeln!(f, "## {}\n\n{}\n", section.title, wrapped(section.text))?;
        if self.charts.contains(&section.subject) {
            let alt = format!(
                "{}: bars of the ratios that the tables below have",
                section.title
            );
            writeln!(f, "![{alt}]({CHARTS}/{}.svg)\n", section.subject)?;
        }
        for group in &measured.groups {
            write_table(measured, group, f)?;
        }
        writeln!(f, "Measured by `{}`.\n", section.command)
    }
}

/// One column of a table: its head, its alignment, its cells.
struct Column {
    head: String,
    rule: &'static str,
    cells: Vec<String>,
}

impl Column {
    fn new(head: String, rule: &'static str, group: &Group, cell: impl Fn(&Row) -> String) -> Self {
        Self {
            head,
            rule,
            cells: group.rows.iter().map(cell).collect(),
        }
    }
}

fn write_table(measured: &Measured, group: &Group, f: &mut impl Write) -> fmt::Result {
    let section = measured.section;
    let only_baseline = measured.only_baseline();
    let mut figures: Vec<&str> = Vec::new();
    for (figure, _) in group.rows.iter().flat_map(|row| &row.values) {
        if !figures.contains(&figure.as_str()) {
            figures.push(figure);
        }
    }
    let has_baselines = group.rows.iter().any(|row| row.baseline.is_some());
    let name = section.group_title(&group.name);
    let mut columns = vec![Column::new(name, "---", group, |row| row.name.clone())];
    for figure in figures {
        columns.push(Column::new(
            format::title(figure).to_owned(),
            "---:",
            group,
            |row| {
                row.value(figure)
                    .map(|value| format::figure(figure, value))
                    .unwrap_or_default()
            },
        ));
        if has_baselines && section.compared.contains(&figure) {
            let head = only_baseline.map_or_else(
                || "ratio".to_owned(),
                |baseline| format!("to \"{baseline}\""),
            );
            columns.push(Column::new(head, "---:", group, |row| {
                ratio_cell(group, row, figure)
            }));
        }
    }
    if has_baselines && only_baseline.is_none() {
        let head = "ratios to".to_owned();
        columns.push(Column::new(head, "---", group, |row| {
            row.baseline.clone().unwrap_or_default()
        }));
    }
    write_line(columns.iter().map(|column| column.head.as_str()), f)?;
    write_line(columns.iter().map(|column| column.rule), f)?;
    for at in 0..group.rows.len() {
        write_line(
            columns
                .iter()
                .map(|column| column.cells.get(at).map_or("", String::as_str)),
            f,
        )?;
    }
    writeln!(f)
}

fn write_line<'a>(cells: impl Iterator<Item = &'a str>, f: &mut impl Write) -> fmt::Result {
    for text in cells {
        write!(f, "| {} ", cell(text))?;
    }
    writeln!(f, "|")
}

/// A row's cell for a ratio: a baseline is once itself.
fn ratio_cell(group: &Group, row: &Row, figure: &str) -> String {
    match group.ratio_to_baseline(row, figure) {
        Some(ratio) => format::ratio(ratio),
        None if group
            .rows
            .iter()
            .any(|other| other.baseline.as_ref() == Some(&row.name)) =>
        {
            "1".to_owned()
        }
        None => String::new(),
    }
}

/// The bound and what was measured. What is beyond the bound does not look as if it were not.
fn verdict_figures(verdict: &Verdict<'_>) -> (String, String) {
    match verdict.limit {
        Limit::Times(times, to) => {
            let (bound, value) = (format::ratio(times), format::ratio(verdict.value));
            let value = if bound == value && !verdict.is_reached() {
                format!("{:.4}x", verdict.value)
            } else {
                value
            };
            (format!("{bound} {}", cell(to)), value)
        }
        Limit::Of(most) => (
            format::figure(verdict.figure, most),
            format::figure(verdict.figure, verdict.value),
        ),
    }
}

/// A text that ends no cell and begins nothing.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for character in text.chars() {
        if "\\|`*<[]".contains(character) {
            cell.push('\\');
        }
        cell.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    cell
}

/// In lines as long as those of the other documents.
fn wrapped(text: &str) -> String {
    let (mut lines, mut line) = (String::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 120 {
            lines += &line;
            lines.push('\n');
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    lines + &line
}
