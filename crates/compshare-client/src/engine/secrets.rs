//! Redaction of a request's secrets in the text of its response.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use compshare_sign::{Credentials, PUBLIC_KEY, SignedParams, form, redact};

/// Maximum number of bytes searched; more of a text is never shown.
const MAX_SEARCHED: usize = 16 << 10;

/// Number of consecutive digits of the signature that is redacted; a shorter run may be a
/// coincidence.
const SIGNATURE_PIECE: usize = 12;

/// The secrets of one request.
pub(super) struct Secrets<'a> {
    pub(super) credentials: &'a Credentials,
    pub(super) signed: &'a SignedParams,
}

impl Secrets<'_> {
    /// Returns the beginning of `text` without the secrets. A text that repeats the signed request
    /// is omitted entirely.
    pub(super) fn redact(&self, text: &str) -> String {
        let text = cut(text, MAX_SEARCHED);
        if self.repeats_the_request(text) {
            return "[left out: the answer repeats the signed request]".to_owned();
        }
        let mut text = self.credentials.redact(text).into_owned();
        let params = self.signed.params().iter();
        for (_, value) in params.filter(|(key, _)| is_secret(key)) {
            text = redact(&text, value).into_owned();
            // Passwords are sent as base64; the service may quote them decoded.
            let clear = STANDARD.decode(value).ok();
            if let Some(clear) = clear.and_then(|bytes| String::from_utf8(bytes).ok()) {
                text = redact(&text, &clear).into_owned();
            }
        }
        text
    }

    /// Returns `true` if the text has a piece of the signature in any spelling, or of the signed
    /// text.
    fn repeats_the_request(&self, text: &str) -> bool {
        let lower = text.to_ascii_lowercase();
        let hex: String = lower.chars().filter(char::is_ascii_hexdigit).collect();
        let signature = self.signed.signature().as_str();
        let pieces = (0..=signature.len() - SIGNATURE_PIECE)
            .filter_map(|at| signature.get(at..at + SIGNATURE_PIECE));
        let public_key = self.credentials.public_key();
        let params = self.signed.params();
        // Two adjacent parameters, as in the body.
        let mut neighbors = params.iter().zip(params.iter().skip(1));
        lower.contains("signature=")
            || text.contains(&format!("{PUBLIC_KEY}{public_key}"))
            || text.contains(&format!("{PUBLIC_KEY}="))
            || neighbors
                .any(|(one, (next, _))| text.contains(&(form::encode([one]) + "&" + next + "=")))
            || pieces.into_iter().any(|piece| hex.contains(piece))
    }
}

/// Returns `true` if a parameter of this name is a secret.
fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["password", "secret", "token"]
        .iter()
        .any(|word| key.contains(word))
}

/// Returns at most `max` bytes of `text`, cut between characters.
fn cut(text: &str, max: usize) -> &str {
    let end = (0..=max.min(text.len()))
        .rev()
        .find(|&end| text.is_char_boundary(end))
        .unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use compshare_sign::Params;

    use super::*;

    const KEY: &str = "hush+private/key==";
    /// `P@ss w0rd!`
    const PASSWORD: &str = "UEBzcyB3MHJkIQ==";

    fn redact(text: impl Fn(&SignedParams) -> String) -> String {
        let credentials = Credentials::new("pub", KEY)
            .unwrap()
            .with_security_token("hush-token")
            .unwrap();
        let params =
            Params::from_pairs([("Disks.0.Password", PASSWORD), ("Name", "visible")]).unwrap();
        let signed = credentials.sign(params);
        Secrets {
            credentials: &credentials,
            signed: &signed,
        }
        .redact(&text(&signed))
    }

    #[test]
    fn redacts_keys_tokens_and_passwords_in_every_usual_spelling() {
        for secret in [
            KEY,
            "hush%2Bprivate%2Fkey%3D%3D",
            "hush%2bprivate%2fkey%3d%3d",
            r"hush+private\/key==",
            "hush-token",
            PASSWORD,
            "UEBzcyB3MHJkIQ%3D%3D",
            "P@ss w0rd!",
            "P%40ss+w0rd%21",
            "P%40ss%20w0rd%21",
        ] {
            assert_eq!(
                redact(|_| format!("bad {secret} for visible")),
                "bad [redacted] for visible"
            );
        }
    }

    #[test]
    fn omits_text_that_repeats_the_request() {
        let texts: [fn(&SignedParams) -> String; 8] = [
            |signed| signed.to_form(),
            |signed| signed.to_form().chars().take(60).collect(),
            |signed| format!("got {} instead", signed.string_to_sign()),
            |signed| signed.signature().to_string(),
            |signed| signed.signature().to_string().to_uppercase(),
            |signed| {
                signed
                    .signature()
                    .to_string()
                    .chars()
                    .skip(5)
                    .take(30)
                    .collect()
            },
            |signed| {
                let digits = signed.signature().to_string();
                digits
                    .as_bytes()
                    .chunks(2)
                    .map(|two| String::from_utf8_lossy(two) + ":")
                    .collect()
            },
            |signed| form::encode(signed.iter().skip(1)),
        ];
        for text in texts {
            assert!(redact(text).starts_with("[left out"), "{}", redact(text));
        }
    }

    #[test]
    fn keeps_ordinary_messages_unchanged() {
        for text in [
            "Signature VerifyAC Error",
            "Params [CompShareImageId] not available",
            "Resource not exist [compshareImage-1pl06yxr5lvm]",
            "资源不存在 visible",
            "trace 0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(redact(|_| text.to_owned()), text);
        }
    }

    #[test]
    fn cuts_long_text_to_the_searched_length() {
        assert_eq!(redact(|_| "é".repeat(MAX_SEARCHED)).len(), MAX_SEARCHED);
    }
}
