//! Files that are named on the command line; `-` is standard input.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use crate::failure::Failure;
use crate::lang::{Texts, fill};

/// The name of standard input.
pub(super) const STDIN: &str = "-";

/// All of a file that has `max` bytes at most.
pub(super) fn bytes(path: &str, max: u64, texts: &Texts) -> Result<Vec<u8>, Failure> {
    let content = if path == STDIN {
        up_to(io::stdin().lock(), max)
    } else {
        File::open(path).and_then(|file| up_to(file, max))
    };
    content.map_err(|error| match error.kind() {
        ErrorKind::FileTooLarge => unreadable(
            path,
            &fill(texts.use_file_too_large, &[("max", &max.to_string())]),
            texts,
        ),
        _ => unreadable(path, &error.to_string(), texts),
    })
}

/// As [`bytes`], for a file that is text.
pub(super) fn text(path: &str, max: u64, texts: &Texts) -> Result<String, Failure> {
    String::from_utf8(bytes(path, max, texts)?)
        .map_err(|_| unreadable(path, texts.use_not_utf8, texts))
}

fn unreadable(path: &str, cause: &str, texts: &Texts) -> Failure {
    Failure::usage(fill(
        texts.use_params_file,
        &[("path", path), ("cause", cause)],
    ))
}

fn up_to(reader: impl Read, max: u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let read = reader
        .take(max.saturating_add(1))
        .read_to_end(&mut content)?;
    if read as u64 > max {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(content)
}
