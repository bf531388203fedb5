//! Standard output.

use std::io::{self, Write};

use super::style::ColorChoice;
use crate::terminal;

/// Buffered standard output.
pub(crate) struct Output {
    pending: Vec<u8>,
    /// Enables colors.
    pub(crate) color: bool,
    /// The width of the terminal; `None` if stdout is not a terminal.
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

    /// Buffers text until the next [`flush`](Self::flush).
    pub(crate) fn push(&mut self, text: &str) {
        self.pending.extend_from_slice(text.as_bytes());
    }

    /// Buffers one line.
    pub(crate) fn line(&mut self, text: &str) {
        self.push(text);
        self.push("\n");
    }

    /// Writes the buffer; at a terminal complete lines only, since the progress line would
    /// overwrite the rest.
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

    /// Writes the buffer.
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
