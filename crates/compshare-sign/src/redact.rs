//! Striking secrets out of text that is about to be shown.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::form;

const REDACTED: &str = "[redacted]";

/// `text` without `secret`, wherever it stands there: as it is, or escaped as in a form body, a URL or JSON.
///
/// For text that comes from elsewhere, such as a gateway's error message that repeats what it was sent. A secret of one
/// or two characters stands in every text by chance and is left there.
///
/// ```
/// use compshare_sign::strike_out;
///
/// assert_eq!(strike_out("Password=a%2Fb+c==", "a/b c=="), "Password=a%2Fb+c==", "not the same secret");
/// assert_eq!(strike_out("Password=a%2Fb+c%3D%3D&x=1", "a/b c=="), "Password=[redacted]&x=1");
/// assert_eq!(strike_out(r#"{"key": "a\/b c=="}"#, "a/b c=="), r#"{"key": "[redacted]"}"#);
/// ```
pub fn strike_out<'a>(text: &'a str, secret: &str) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    if secret.len() < 3 {
        return text;
    }
    for spelling in spellings(secret) {
        if text.contains(spelling.as_str()) {
            text = Cow::Owned(text.replace(spelling.as_str(), REDACTED));
        }
    }
    text
}

/// The ways in which a text is likely to be written by whoever repeats it.
fn spellings(secret: &str) -> Vec<String> {
    let mut form = String::new();
    form::escape(secret, &mut form);
    let url = form.replace('+', "%20");
    let json = secret.replace('\\', "\\\\").replace('"', "\\\"");
    let mut spellings = Vec::from([
        String::from(secret),
        lower_escapes(&form),
        lower_escapes(&url),
        form,
        url,
    ]);
    spellings.extend([json.replace('/', "\\/"), json]);
    spellings.dedup();
    spellings
}

/// `%2F` as `%2f`.
fn lower_escapes(escaped: &str) -> String {
    let mut parts = escaped.split('%');
    let mut text = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        text.push('%');
        text.push_str(&digits.to_ascii_lowercase());
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_struck_out() {
        let secret = "hush+private/key \"x\"==";
        for spelling in [
            secret,
            "hush%2Bprivate%2Fkey+%22x%22%3D%3D",
            "hush%2bprivate%2fkey+%22x%22%3d%3d",
            "hush%2Bprivate%2Fkey%20%22x%22%3D%3D",
            "hush%2bprivate%2fkey%20%22x%22%3d%3d",
            r#"hush+private/key \"x\"=="#,
            r#"hush+private\/key \"x\"=="#,
        ] {
            let text = alloc::format!("a {spelling}, and {spelling}.");
            assert_eq!(
                strike_out(&text, secret),
                "a [redacted], and [redacted].",
                "{spelling}"
            );
        }
    }

    #[test]
    fn other_text_stays() {
        assert!(matches!(
            strike_out("nothing here", "hush"),
            Cow::Borrowed("nothing here")
        ));
        assert_eq!(
            strike_out("ab ab", "ab"),
            "ab ab",
            "so short a text is no secret"
        );
        assert_eq!(strike_out("abc", "abc"), "[redacted]");
        assert_eq!(strike_out("", "hush"), "");
    }
}
