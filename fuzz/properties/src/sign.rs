//! Properties of compshare-sign: form bodies and signatures.

use std::collections::BTreeSet;

use compshare_sign::{
    Credentials, PUBLIC_KEY, Params, ParamsError, SECURITY_TOKEN, SIGNATURE, VerifyError, form,
};

use crate::pairs::pairs;

/// Decodes a form body. A decoded body survives another round trip; an error has a valid offset.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn form_decode(data: &[u8]) {
    let decoded = match form::decode(data) {
        Ok(decoded) => decoded,
        Err(error) => {
            let message = error.to_string();
            let offset = message
                .strip_prefix("invalid form body at byte ")
                .and_then(|rest| rest.split_once(':'))
                .and_then(|(offset, _)| offset.parse::<usize>().ok());
            assert!(
                offset.is_some_and(|offset| offset < data.len()),
                "invalid offset: {message}"
            );
            return;
        }
    };

    let body = encode(&decoded);
    assert!(
        body.len() <= 3 * data.len() + decoded.len(),
        "an escape takes three bytes, and a key may lack its ="
    );
    assert_eq!(
        form::decode(body.as_bytes()).as_deref(),
        Ok(decoded.as_slice())
    );
    assert_eq!(
        encode(&form::decode(body.as_bytes()).unwrap_or_default()),
        body
    );

    // Random bytes have no valid signature.
    assert!(
        credentials()
            .iter()
            .all(|credentials| credentials.verify(decoded.iter().map(as_refs)).is_err())
    );
}

/// Encodes and decodes any pairs. The body contains only the bytes allowed in a form.
///
/// # Panics
///
/// Panics if the property does not hold.
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

/// Signs, encodes, decodes and verifies any pairs. A changed request is rejected.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn sign_verify(data: &[u8]) {
    let pairs = pairs(data);
    let mut params = Params::new();
    let mut accepted = Vec::new();
    let mut keys = BTreeSet::new();
    for (key, value) in &pairs {
        let expected = match key.as_str() {
            "" => Err(ParamsError::EmptyKey),
            PUBLIC_KEY | SECURITY_TOKEN | SIGNATURE => Err(ParamsError::Reserved(key.clone())),
            _ if !keys.insert(key) => Err(ParamsError::Duplicate(key.clone())),
            _ => Ok(()),
        };
        assert_eq!(params.insert(key, value), expected);
        if expected.is_ok() {
            accepted.push((key, value));
        }
    }
    let reversed = Params::from_pairs(accepted.iter().rev().copied()).unwrap_or_default();

    for credentials in credentials() {
        let signed = credentials.sign(params.clone());
        assert_eq!(
            signed.signature(),
            credentials.sign(reversed.clone()).signature()
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
        assert_eq!(signed.string_to_sign(), text);

        for index in 0..received.len().min(16) {
            // An additional letter or a missing parameter changes the concatenation.
            let mut longer = received.clone();
            longer[index].1.push('x');
            assert!(
                credentials.verify(longer.iter().map(as_refs)).is_err(),
                "{}",
                received[index].0
            );

            let mut shorter = received.clone();
            let removed = shorter.remove(index);
            let result = credentials.verify(shorter.iter().map(as_refs));
            let expected = match removed.0.as_str() {
                PUBLIC_KEY => VerifyError::UnknownPublicKey,
                SIGNATURE => VerifyError::MissingSignature,
                _ => VerifyError::WrongSignature,
            };
            assert_eq!(result, Err(expected), "{}", removed.0);

            let mut repeated = shorter;
            repeated.extend([removed.clone(), removed]);
            assert!(matches!(
                credentials.verify(repeated.iter().map(as_refs)),
                Err(VerifyError::DuplicateKey(_))
            ));
        }
    }

    // Random pairs have no valid signature.
    assert!(
        credentials()
            .iter()
            .all(|credentials| credentials.verify(pairs.iter().map(as_refs)).is_err())
    );
}

/// Returns long-lived and temporary credentials with UCloud's published dummy key.
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
