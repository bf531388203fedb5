//! Sanitizing of untrusted text for terminals and logs.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::Duration;

/// Escapes untrusted text for one line of a terminal or a log: control characters including line
/// breaks, bidirectional controls and invisible characters. Printable text is returned unchanged.
///
/// ```
/// use compshare_client::sanitize;
///
/// assert_eq!(sanitize("镜像 v1.0"), "镜像 v1.0");
/// assert_eq!(sanitize("a\u{1b}[2Jb\n"), r"a\u{1b}[2Jb\u{a}");
/// ```
pub fn sanitize(text: &str) -> Cow<'_, str> {
    // Fast path: most text has none of these bytes.
    if text.bytes().any(starts_unsafe) && text.chars().any(is_unsafe) {
        escape(text, usize::MAX).into()
    } else {
        text.into()
    }
}

/// Maximum number of bytes of the service's text in an error.
pub(crate) const MAX_SERVER_TEXT: usize = 1024;

/// Escapes text as [`sanitize`] does, trims it, and cuts it to `max` bytes.
pub(crate) fn one_line(text: &str, max: usize) -> String {
    escape(text.trim(), max)
}

/// Returns a duration in seconds, rounded for people.
pub(crate) fn seconds(duration: Duration) -> f64 {
    let seconds = duration.as_secs_f64();
    let scale = if seconds < 1.0 { 1000.0 } else { 10.0 };
    (seconds * scale).round() / scale
}

/// Returns a request id for display; `None` if it is blank.
pub(crate) fn short_id(id: &str) -> Option<String> {
    Some(one_line(id, 128)).filter(|id| !id.is_empty())
}

fn escape(text: &str, max: usize) -> String {
    let mut line = String::with_capacity(text.len().min(max));
    for character in text.chars() {
        let before = line.len();
        if is_unsafe(character) {
            // Writing to a String cannot fail.
            let _ = write!(line, "{}", character.escape_unicode());
        } else {
            line.push(character);
        }
        if line.len() > max {
            line.truncate(before);
            line.push('…');
            break;
        }
    }
    line
}

/// Returns `true` for the first bytes of unsafe characters in UTF-8, which other characters have too.
fn starts_unsafe(byte: u8) -> bool {
    matches!(
        byte,
        0..=0x1f | 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3
    )
}

/// Returns `true` for control, bidirectional and invisible characters.
fn is_unsafe(character: char) -> bool {
    // Fast path: most text is ASCII.
    if character < '\u{7f}' {
        return character < ' ';
    }
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_printable_text_unchanged() {
        for text in [
            "Signature VerifyAC Error",
            "镜像不存在 [compshareImage-x]",
            "café 🦀",
        ] {
            assert_eq!(one_line(text, 100), text);
        }
    }

    #[test]
    fn escapes_control_and_invisible_characters() {
        assert_eq!(
            one_line("a\u{1b}[31mb\r\nc\td", 100),
            r"a\u{1b}[31mb\u{d}\u{a}c\u{9}d"
        );
        assert_eq!(
            one_line("\u{202e}evil\u{2066}\u{200b}\u{9b}\u{7f}", 100),
            r"\u{202e}evil\u{2066}\u{200b}\u{9b}\u{7f}"
        );
    }

    #[test]
    fn fast_path_finds_every_unsafe_character() {
        for character in '\0'..=char::MAX {
            let first = character.encode_utf8(&mut [0; 4]).as_bytes()[0];
            assert!(
                !is_unsafe(character) || starts_unsafe(first),
                "{character:?}"
            );
        }
    }

    #[test]
    fn cuts_long_text_between_characters() {
        assert_eq!(one_line("日本語", 7), "日本…");
        assert_eq!(
            one_line("ab\u{0}\u{0}", 6),
            r"ab…",
            "an escape is not cut in two"
        );
        assert!(
            one_line(&"\u{0}".repeat(10_000), MAX_SERVER_TEXT).len()
                <= MAX_SERVER_TEXT + '…'.len_utf8()
        );
    }
}
