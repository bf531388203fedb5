//! The formats of the output.

/// The version of the JSON documents: the member `schema`.
pub(crate) const SCHEMA: u32 = 2;

/// The value of `--output`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Table,
    /// A table with all columns and full texts.
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

    /// Returns `true` for tables.
    pub(crate) fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }

    /// Returns `true` if the format supports `--columns`.
    pub(crate) fn has_columns(self) -> bool {
        self.is_table() || self == Self::Csv
    }

    /// Returns the value of `--output`.
    pub(crate) fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(_, format)| *format == self);
        found.map_or("", |(name, _)| name)
    }

    /// Returns `true` for JSON, which also disables prompts.
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::JsonLines)
    }
}
