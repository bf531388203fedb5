//! compshare-sign: forms and signatures.

use std::collections::BTreeSet;

use compshare_sign::{
    Credentials, PUBLIC_KEY, Params, ParamsError, SECURITY_TOKEN, SIGNATURE, VerifyError, form,
};

use crate::pairs::pairs;

/// A form body, as a stranger sent it, is read or refused, and what was read can be written and read again.
///
/// # Panics
///
/// If one of these does not hold.
pub fn form_decode(data: &[u8]) {
    let decoded = match form::decode(data) {
        Ok(decoded) => decoded,
        Err(error) => {
            let message = error.to_string();
            let at = message
                .rsplit(' ')
                .next()
                .and_then(|at| at.parse::<usize>().ok());
            assert!(
                at.is_some_and(|at| at < data.len()),
                "not a place in the body: {message}"
            );
            return;
        }
    };
    let body = encode(&decoded);
    assert!(
        body.len() <= 3 * data.len() + decoded.len(),
        "an escape makes three bytes of one, a key may lack its ="
    );
    assert_eq!(
        form::decode(body.as_bytes()).as_deref(),
        Ok(decoded.as_slice())
    );
    assert_eq!(
        encode(&form::decode(body.as_bytes()).unwrap_or_default()),
        body
    );
    // A form that was read must not fool the verifier either.
    assert!(
        credentials()
            .iter()
            .all(|credentials| credentials.verify(decoded.iter().map(as_refs)).is_err())
    );
}

/// Any keys and values survive encoding and decoding, and the body has none but the bytes that a form may have.
///
/// # Panics
///
/// If one of these does not hold.
pub fn form_round_trip(data: &[u8]) {
    let pairs = pairs(data);
    let body = encode(&pairs);
    assert!(
        body.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%+&=".contains(&byte)),
        "{body}"
    );
    assert_eq!(form::decode(body.as_bytes()), Ok(pairs));
}

/// Whatever [`Params`] takes is signed, sent, received and verified; whatever is changed on the way is refused.
///
/// # Panics
///
/// If one of these does not hold.
pub fn sign_verify(data: &[u8]) {
    let given = pairs(data);
    let (mut params, mut kept) = (Params::new(), Vec::new());
    let mut keys = BTreeSet::new();
    for (key, value) in &given {
        let expected = match key.as_str() {
            "" => Err(ParamsError::EmptyKey),
            PUBLIC_KEY | SECURITY_TOKEN | SIGNATURE => Err(ParamsError::Reserved(key.clone())),
            _ if !keys.insert(key) => Err(ParamsError::Duplicate(key.clone())),
            _ => Ok(()),
        };
        assert_eq!(params.insert(key, value), expected);
        if expected.is_ok() {
            kept.push((key, value));
        }
    }
    let backwards = Params::from_pairs(kept.iter().rev().copied()).unwrap_or_default();
    for credentials in credentials() {
        let signed = credentials.sign(params.clone());
        assert_eq!(
            signed.signature(),
            credentials.sign(backwards.clone()).signature()
        );
        assert_eq!(credentials.verify(signed.iter()), Ok(()));

        let received = form::decode(signed.to_form().as_bytes()).unwrap_or_default();
        let sent: Vec<_> = signed
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect();
        assert_eq!(received, sent);
        let text: String = signed
            .params()
            .iter()
            .flat_map(|(key, value)| [key, value])
            .collect();
        assert_eq!(signed.canonical(), text);

        for at in 0..received.len().min(16) {
            // One letter more or one parameter less makes another text, whatever the cut.
            let mut longer = received.clone();
            longer[at].1.push('x');
            assert!(
                credentials.verify(longer.iter().map(as_refs)).is_err(),
                "{}",
                received[at].0
            );
            let mut shorter = received.clone();
            let gone = shorter.remove(at);
            let refused = credentials.verify(shorter.iter().map(as_refs));
            let expected = match gone.0.as_str() {
                PUBLIC_KEY => VerifyError::UnknownPublicKey,
                SIGNATURE => VerifyError::MissingSignature,
                _ => VerifyError::WrongSignature,
            };
            assert_eq!(refused, Err(expected), "{}", gone.0);
            shorter.extend([gone.clone(), gone]);
            assert!(matches!(
                credentials.verify(shorter.iter().map(as_refs)),
                Err(VerifyError::DuplicateKey(_))
            ));
        }
    }
    // And nobody who has no key signs anything.
    assert!(
        credentials()
            .iter()
            .all(|credentials| credentials.verify(given.iter().map(as_refs)).is_err())
    );
}

/// A long-lived key pair and a temporary one; UCloud's published dummy key.
fn credentials() -> Vec<Credentials> {
    let long_lived = Credentials::new(
        "fuzz@example.com",
        "46f09bb9fab4f12dfc160dae12273d5332b5debe",
    );
    let temporary = long_lived
        .clone()
        .and_then(|credentials| credentials.with_security_token("some_stoken"));
    let both: Vec<_> = [long_lived, temporary].into_iter().flatten().collect();
    assert_eq!(both.len(), 2);
    both
}

fn as_refs((key, value): &(String, String)) -> (&str, &str) {
    (key, value)
}

fn encode(pairs: &[(String, String)]) -> String {
    form::encode(pairs.iter().map(as_refs))
}
