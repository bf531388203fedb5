//! Keeping what was sent out of what is shown.

use std::borrow::Cow;

use compshare_sign::{Credentials, SignedParams, form};

/// The secrets of one request, to be struck out of whatever the service answers to it.
pub(super) struct Secrets<'a> {
    pub(super) credentials: &'a Credentials,
    pub(super) signed: &'a SignedParams,
}

impl Secrets<'_> {
    /// `text` without any of the secrets. A text that repeats the signature repeats the request, and is left out whole.
    pub(super) fn redact(&self, text: &str) -> String {
        let mut text = self.credentials.redact(text);
        if text.contains(self.signed.signature().encode(&mut [0; 40])) {
            return "[left out: the answer repeats the signed request]".to_owned();
        }
        for (key, value) in self.signed.params().iter().filter(|(key, _)| names_a_secret(key)) {
            for secret in [value, &form::encode([(key, value)])] {
                // Shorter ones stand in every text by chance.
                if secret.len() >= 3 && text.contains(secret) {
                    text = Cow::Owned(text.replace(secret, "[redacted]"));
                }
            }
        }
        text.into_owned()
    }
}

/// Whether a parameter of this name holds what nobody may read.
fn names_a_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["password", "secret", "token"].iter().any(|word| key.contains(word))
}

#[cfg(test)]
mod tests {
    use compshare_sign::Params;

    use super::*;

    #[test]
    fn keys_tokens_passwords_and_repeated_requests_are_left_out() {
        let credentials = Credentials::new("pub", "hush-key").unwrap().with_security_token("hush-token").unwrap();
        let params = Params::from_pairs([("Disks.0.Password", "hush=="), ("Name", "visible")]).unwrap();
        let signed = credentials.sign(params);
        let secrets = Secrets { credentials: &credentials, signed: &signed };
        let text = secrets.redact("key hush-key, token hush-token, password hush==, name visible");
        assert_eq!(text, "key [redacted], token [redacted], password [redacted], name visible");
        assert!(!secrets.redact("Disks.0.Password=hush%3D%3D&Name=visible").contains("hush"));
        assert!(!secrets.redact(&signed.to_form()).contains("visible"));
        assert!(!secrets.redact(&format!("sig {}", signed.signature())).contains("sig "));
    }
}
