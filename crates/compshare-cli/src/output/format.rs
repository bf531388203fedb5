//! The formats of the output.

/// The version of the shape that `--output json` has; the `schema` of every document.
pub(crate) const SCHEMA: u32 = 2;

/// The value of `--output`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    /// A table of all columns, nothing cut.
    Wide,
    Json,
    JsonLines,
    Csv,
    Ids,
}

impl Format {
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("table", Self::Table),
        ("wide", Self::Wide),
        ("json", Self::Json),
        ("jsonl", Self::JsonLines),
        ("csv", Self::Csv),
        ("ids", Self::Ids),
    ];

    /// Returns `true` if people read the output.
    pub(crate) fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }

    /// Returns `true` if the output has columns, which `--columns` selects.
    pub(crate) fn has_columns(self) -> bool {
        self.is_table() || self == Self::Csv
    }

    /// Returns the word for `--output`.
    pub(crate) fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(_, format)| *format == self);
        found.map_or("", |(name, _)| name)
    }

    /// Returns `true` if a program reads the output: failures are JSON too, and no question is asked.
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines)
    }
}
