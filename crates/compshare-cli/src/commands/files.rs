//! Files named on the command line; `-` is standard input.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use crate::failure::Failure;
use crate::lang::{text, texts};

/// The name of standard input.
pub(super) const STDIN: &str = "-";

/// Reads a file of at most `max` bytes.
pub(super) fn read_bytes(path: &str, max: u64) -> Result<Vec<u8>, Failure> {
    let content = if path == STDIN {
        read_limited(io::stdin().lock(), max)
    } else {
        File::open(path).and_then(|file| read_limited(file, max))
    };
    content.map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => unreadable(path, &text!(use_file_too_large, max)),
        _ => unreadable(path, &error.to_string()),
    })
}

/// Reads a UTF-8 file of at most `max` bytes.
pub(super) fn read_text(path: &str, max: u64) -> Result<String, Failure> {
    String::from_utf8(read_bytes(path, max)?).map_err(|_| unreadable(path, texts().use_not_utf8))
}

fn unreadable(path: &str, cause: &str) -> Failure {
    Failure::usage(text!(use_unreadable, path, cause))
}

fn read_limited(reader: impl Read, max: u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let read = reader
        .take(max.saturating_add(1))
        .read_to_end(&mut content)?;
    if read as u64 > max {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(content)
}
