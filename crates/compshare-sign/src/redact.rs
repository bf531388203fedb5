//! Redaction of secrets in text for logs and terminals.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::form;

const REDACTED: &str = "[redacted]";

/// Replaces every occurrence of `secret` in `text` with `[redacted]`.
///
/// Matches the secret as plain text and as escaped in a form body, a URL or JSON. Use it on foreign
/// text, such as a gateway's error message that repeats the request. Secrets of less than three
/// bytes are not redacted: they occur in any text by chance.
///
/// ```
/// use compshare_sign::redact;
///
/// assert_eq!(redact("Password=a%2Fb+c%3D%3D&x=1", "a/b c=="), "Password=[redacted]&x=1");
/// assert_eq!(redact(r#"{"key": "a\/b c=="}"#, "a/b c=="), r#"{"key": "[redacted]"}"#);
/// assert_eq!(redact("Password=a%2Fb+c==", "a/b c=="), "Password=a%2Fb+c==", "another secret");
/// ```
pub fn redact<'a>(text: &'a str, secret: &str) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    if secret.len() < 3 {
        return text;
    }

    for encoded in encodings(secret) {
        if text.contains(encoded.as_str()) {
            text = Cow::Owned(text.replace(encoded.as_str(), REDACTED));
        }
    }
    text
}

/// Returns `secret` in each encoding under which a service may repeat it.
fn encodings(secret: &str) -> Vec<String> {
    let mut form = String::new();
    form::append_escaped(secret, &mut form);
    let url = form.replace('+', "%20");
    let json = secret.replace('\\', "\\\\").replace('"', "\\\"");

    let mut encodings = Vec::from([
        String::from(secret),
        lowercase_escapes(&form),
        lowercase_escapes(&url),
        form,
        url,
        json.replace('/', "\\/"),
        json,
    ]);
    encodings.dedup();
    encodings
}

/// Converts percent escapes to lowercase: `%2F` to `%2f`.
fn lowercase_escapes(escaped: &str) -> String {
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
    fn redacts_every_encoding_of_the_secret() {
        let secret = "hush+private/key \"x\"==";
        for encoded in [
            secret,
            "hush%2Bprivate%2Fkey+%22x%22%3D%3D",
            "hush%2bprivate%2fkey+%22x%22%3d%3d",
            "hush%2Bprivate%2Fkey%20%22x%22%3D%3D",
            "hush%2bprivate%2fkey%20%22x%22%3d%3d",
            r#"hush+private/key \"x\"=="#,
            r#"hush+private\/key \"x\"=="#,
        ] {
            let text = alloc::format!("a {encoded}, and {encoded}.");
            assert_eq!(
                redact(&text, secret),
                "a [redacted], and [redacted].",
                "{encoded}"
            );
        }
    }

    #[test]
    fn keeps_text_without_the_secret_and_short_secrets() {
        assert!(matches!(
            redact("other text", "hush"),
            Cow::Borrowed("other text")
        ));
        assert_eq!(redact("ab ab", "ab"), "ab ab", "below three bytes");
        assert_eq!(redact("abc", "abc"), "[redacted]");
        assert_eq!(redact("", "hush"), "");
    }
}
