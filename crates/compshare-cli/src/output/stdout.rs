//! Standard output.

use std::io::{self, Write};

use super::style::ColorChoice;
use crate::terminal;

/// Standard output. Lines are gathered and written whole.
pub(crate) struct Output {
    pending: Vec<u8>,
    /// Colors are on.
    pub(crate) color: bool,
    /// The width of the terminal, if it is one.
    pub(crate) width: Option<usize>,
}

impl Output {
    pub(crate) fn new(color: ColorChoice) -> Self {
        let width = terminal::stdout_width();
        Self {
            pending: Vec::new(),
            color: color.decide(width.is_some()),
            width,
        }
    }

    /// Returns `true` if stdout is a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.width.is_some()
    }

    /// Adds text that is written with the next [`flush`](Self::flush).
    pub(crate) fn push(&mut self, text: &str) {
        self.pending.extend_from_slice(text.as_bytes());
    }

    /// Adds one line.
    pub(crate) fn line(&mut self, text: &str) {
        self.push(text);
        self.push("\n");
    }

    /// Writes what was added; at a terminal whole lines only, so that a line of progress does not overwrite half of one.
    pub(super) fn flush_lines(&mut self) -> io::Result<()> {
        if !self.is_terminal() {
            return self.flush();
        }
        let end = self.pending.iter().rposition(|byte| *byte == b'\n');
        let rest = self.pending.split_off(end.map_or(0, |end| end + 1));
        self.flush()?;
        self.pending = rest;
        Ok(())
    }

    /// Writes all that was added.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        write_out(&pending)
    }
}

fn write_out(bytes: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes)?;
    stdout.flush()
}
