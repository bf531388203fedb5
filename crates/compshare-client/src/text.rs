//! Text that strangers wrote, made safe to show in one line.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Makes an enum whose variants have a text each, for `Display`.
macro_rules! worded {
    (
        $(#[$docs:meta])*
        pub enum $name:ident { $($(#[$variant_docs:meta])* $variant:ident = $text:literal,)* }
    ) => {
        $(#[$docs])*
        pub enum $name { $($(#[$variant_docs])* $variant,)* }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $text,)*
                })
            }
        }
    };
}
pub(crate) use worded;

/// Text from the network as one safe line, for terminals and logs: control characters (line breaks included), characters
/// that change the direction of reading and invisible ones are escaped; what can be read stays as it is.
///
/// ```
/// use compshare_client::printable;
///
/// assert_eq!(printable("镜像 v1.0"), "镜像 v1.0");
/// assert_eq!(printable("a\u{1b}[2Jb\n"), r"a\u{1b}[2Jb\u{a}");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        escape(text, usize::MAX).into()
    } else {
        text.into()
    }
}

/// At most this many bytes of server text stand in an error.
pub(crate) const MAX_SERVER_TEXT: usize = 1024;

/// As [`printable`], without white space around it, and cut to `max` bytes.
pub(crate) fn one_line(text: &str, max: usize) -> String {
    escape(text.trim(), max)
}

/// A request's id as it is shown, unless there is nothing in it.
pub(crate) fn short_id(id: &str) -> Option<String> {
    Some(one_line(id, 128)).filter(|id| !id.is_empty())
}

fn escape(text: &str, max: usize) -> String {
    let mut line = String::with_capacity(text.len().min(max));
    for character in text.chars() {
        let before = line.len();
        if is_unsafe(character) {
            // Writing to a String does not fail.
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

/// Moves the cursor, ends the line, changes the direction of reading, or cannot be seen.
fn is_unsafe(character: char) -> bool {
    // Most text is ASCII.
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
    fn what_can_be_read_stays() {
        for text in [
            "Signature VerifyAC Error",
            "镜像不存在 [compshareImage-x]",
            "café 🦀",
        ] {
            assert_eq!(one_line(text, 100), text);
        }
    }

    #[test]
    fn what_moves_the_cursor_or_hides_is_escaped() {
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
    fn long_text_is_cut_between_characters() {
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
