//! The context of a command: output format, colors and global options.

use serde_json::{Map, Value, json};

use crate::failure::Failure;
use crate::lang::{Lang, text, texts};
use crate::output::{ColorChoice, Format, Output, SCHEMA, Style, json_text, print_stderr};
use crate::settings::LanguageSource;
use crate::terminal;

/// The global options.
#[derive(Debug, Clone, Default)]
pub(crate) struct GlobalArgs {
    pub(crate) profile: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) project_id: Option<String>,
    pub(crate) base_url: Option<String>,
    pub(crate) lang: Option<Lang>,
    /// In seconds; 0 means the maximum.
    pub(crate) timeout: Option<u64>,
    pub(crate) retries: Option<u32>,
    pub(crate) verbose: u8,
    /// Passwords and tokens are printed.
    pub(crate) shows_sensitive: bool,
}

pub(crate) struct Context {
    /// The value of `--output`.
    pub(crate) format: Option<Format>,
    pub(crate) color: ColorChoice,
    pub(crate) language_source: LanguageSource,
    pub(crate) global_args: GlobalArgs,
}

impl Context {
    /// Returns `true` if the output is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.format.is_some_and(Format::is_json)
    }

    /// Returns the format of a command whose default is a table.
    pub(crate) fn table_format(&self) -> Format {
        self.format.unwrap_or(Format::Table)
    }

    pub(crate) fn output(&self) -> Output {
        Output::new(self.color)
    }

    /// Returns the output format, or an error with the supported ones if `refused` contains it.
    pub(crate) fn format_except(&self, refused: &[Format]) -> Result<Format, Failure> {
        let format = self.table_format();
        if !refused.contains(&format) {
            return Ok(format);
        }
        let others = Format::NAMES
            .iter()
            .filter(|(_, other)| !refused.contains(other));
        let values: Vec<&str> = others.map(|(name, _)| *name).collect();
        let failure = Failure::usage(text!(use_format, format = format.name()));
        Err(failure.with_hint(text!(use_possible_values, values = values.join(", "))))
    }

    /// Rejects every format but `table`, for commands that print text.
    pub(crate) fn accept_text_only(&self) -> Result<(), Failure> {
        let refused = Format::NAMES.iter().map(|(_, format)| *format);
        let refused: Vec<Format> = refused.filter(|format| *format != Format::Table).collect();
        self.format_except(&refused).map(|_| ())
    }

    /// Prints a warning to stderr.
    pub(crate) fn warn(&self, message: &str) {
        if self.is_json() {
            let warning = json!({"schema": SCHEMA, "warning": {"message": message}});
            print_stderr(&json_text(&warning).unwrap_or_default());
        } else {
            let word = Style::Warning.paint(texts().warning, self.stderr_color());
            print_stderr(&format!("{word}{}{message}", texts().colon));
        }
    }

    /// Prints the result of a change: a message, or a JSON document.
    pub(crate) fn done(&self, message: &str, data: &Value) -> Result<(), Failure> {
        let mut out = self.output();
        match self.format.filter(|format| format.is_json()) {
            Some(format) => out.document(format, data, Map::new())?,
            None => out.line(message),
        }
        Ok(out.flush()?)
    }

    /// Prints a single value: `lines` as text, `data` as a JSON document.
    pub(crate) fn value(
        &self,
        data: &Value,
        meta: Map<String, Value>,
        lines: impl FnOnce(&mut Output),
    ) -> Result<(), Failure> {
        let mut out = self.output();
        match self.format_except(&[Format::Csv, Format::Ids])? {
            format @ (Format::Json | Format::JsonLines) => out.document(format, data, meta)?,
            Format::Csv | Format::Ids | Format::Table | Format::Wide => lines(&mut out),
        }
        Ok(out.flush()?)
    }

    pub(crate) fn report(&self, failure: &Failure) {
        failure.print(self.is_json(), self.stderr_color());
    }

    fn stderr_color(&self) -> bool {
        self.color.decide(terminal::stderr_is_terminal())
    }
}
