//! Property tests of signing, verification and form bodies.

use std::collections::BTreeMap;
use std::fmt::Debug;

use compshare_sign::{Credentials, Params, ParamsError, PrivateKey, Signature, VerifyError, form};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use sha1::{Digest, Sha1};

type Pairs = BTreeMap<String, String>;

/// Generates any UTF-8 text, with many of the characters that forms escape.
fn text(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>(),
        prop::sample::select(vec![
            '%', '&', '=', '+', ' ', '~', '\0', '\n', '.', '2', 'f', 'é', '图', '🦀'
        ]),
        (b' '..=b'~').prop_map(char::from),
    ];
    vec(character, length).prop_map(String::from_iter)
}

fn is_valid_key(key: &str) -> bool {
    !matches!(key, "" | "PublicKey" | "SecurityToken" | "Signature")
}

/// Generates valid parameters.
fn pairs() -> impl Strategy<Value = Pairs> {
    btree_map(
        text(1..8).prop_filter("reserved", |key| is_valid_key(key)),
        text(0..12),
        0..12,
    )
}

/// Generates parameters of so few letters that different ones often have the same concatenation.
fn narrow_pairs() -> impl Strategy<Value = Pairs> {
    let narrow =
        |range| vec(prop::sample::select(vec!['A', 'B', '1']), range).prop_map(String::from_iter);
    btree_map(narrow(1..3), narrow(0..3), 0..4)
}

fn key() -> impl Strategy<Value = String> {
    text(1..48).prop_filter("invalid key", |key| PrivateKey::new(key.as_str()).is_ok())
}

fn credentials() -> impl Strategy<Value = Credentials> {
    (key(), key(), prop::option::of(key())).prop_map(|(public, private, token)| {
        let credentials = Credentials::new(public, private).unwrap();
        match token {
            Some(token) => credentials.with_security_token(token).unwrap(),
            None => credentials,
        }
    })
}

/// Generates secrets of twenty digits, too long to occur in other output by chance.
fn digits() -> impl Strategy<Value = String> {
    vec((b'0'..=b'9').prop_map(char::from), 20).prop_map(String::from_iter)
}

fn sha1_hex(text: &str) -> String {
    hex_of(&Sha1::digest(text.as_bytes()))
}

fn hex_of(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from_digit(digit.into(), 16).unwrap())
        .collect()
}

fn concatenation(pairs: &Pairs) -> String {
    pairs
        .iter()
        .flat_map(|(key, value)| [key.as_str(), value])
        .collect()
}

fn owned<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    pairs
        .into_iter()
        .map(|(key, value)| (key.to_string(), value.to_string()))
        .collect()
}

/// A second implementation of the form decoder. Returns `None` for an invalid body.
fn reference_decode(body: &[u8]) -> Option<Vec<(String, String)>> {
    let unescape = |text: &[u8]| {
        let mut pieces = text.split(|&byte| byte == b'%');
        let mut bytes = pieces.next().unwrap_or_default().to_vec();
        bytes
            .iter_mut()
            .filter(|byte| **byte == b'+')
            .for_each(|byte| *byte = b' ');
        for piece in pieces {
            let digits = piece
                .get(..2)
                .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            bytes.extend(
                piece[2..]
                    .iter()
                    .map(|&byte| if byte == b'+' { b' ' } else { byte }),
            );
        }
        String::from_utf8(bytes).ok()
    };
    let parts = body
        .split(|&byte| byte == b'&')
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let mut halves = part.splitn(2, |&byte| byte == b'=');
            Some((
                unescape(halves.next()?)?,
                unescape(halves.next().unwrap_or_default())?,
            ))
        })
        .collect()
}

proptest! {
    #[test]
    fn signing_ignores_the_order_of_insertion(
        pairs in pairs(),
        seed in vec(any::<u32>(), 12),
        credentials in credentials(),
    ) {
        let sorted = credentials.sign(Params::from_pairs(&pairs).unwrap());

        let mut shuffled: Vec<_> = seed.iter().zip(&pairs).collect();
        shuffled.sort();
        let shuffled = Params::from_pairs(shuffled.into_iter().map(|(_, pair)| pair)).unwrap();
        let shuffled = credentials.sign(shuffled);

        prop_assert_eq!(owned(sorted.iter()), owned(shuffled.iter()));
        prop_assert_eq!(sorted.to_form(), shuffled.to_form());
    }

    #[test]
    fn params_iterate_in_byte_order(pairs in pairs()) {
        let params = Params::from_pairs(pairs.iter().rev()).unwrap();
        prop_assert_eq!(owned(params.iter()), pairs.clone().into_iter().collect::<Vec<_>>());
        for (key, value) in &pairs {
            prop_assert_eq!(params.get(key), Some(value.as_str()));
        }
    }

    #[test]
    fn signature_is_the_sha1_of_text_and_key(
        pairs in pairs(),
        key in key(),
        public_key in key(),
    ) {
        let private_key = PrivateKey::new(key.as_str()).unwrap();
        // Insert half of the pairs in order and the other half in reverse.
        let (first, second): (Vec<_>, Vec<_>) =
            pairs.iter().enumerate().partition(|(index, _)| index % 2 == 0);
        let mixed = first.into_iter().chain(second.into_iter().rev()).map(|(_, pair)| pair);
        let params = Params::from_pairs(mixed).unwrap();
        let expected = sha1_hex(&(concatenation(&pairs) + &key));
        prop_assert_eq!(params.signature(&private_key).to_string(), expected);

        let signed = Credentials::new(public_key, key.as_str()).unwrap().sign(params);
        let signature = signed.signature();
        prop_assert_eq!(signature.to_string(), sha1_hex(&(signed.string_to_sign() + &key)));
        prop_assert_eq!(signature.as_str(), signature.to_string());
        prop_assert_eq!(signature, &signature.to_string().parse::<Signature>().unwrap());
    }

    #[test]
    fn decode_inverts_encode(pairs in vec((text(0..12), text(0..24)), 0..8)) {
        let body = form::encode(pairs.iter().map(|(key, value)| (key, value)));
        prop_assert_eq!(&form::decode(body.as_bytes()).unwrap(), &pairs);
        prop_assert_eq!(&reference_decode(body.as_bytes()).unwrap(), &pairs);

        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%+&=".contains(&byte);
        prop_assert!(body.bytes().all(is_allowed), "{}", body);
    }

    #[test]
    fn decode_handles_any_bytes(body in vec(any::<u8>(), 0..64)) {
        check_decode(&body)?;
    }

    #[test]
    fn decode_handles_malformed_forms(
        body in vec(prop::sample::select(b"%%%&=+a0Ff\xc3\xa9".to_vec()), 0..24),
    ) {
        check_decode(&body)?;
    }

    #[test]
    fn verify_accepts_signed_params(pairs in pairs(), credentials in credentials()) {
        let signed = credentials.sign(Params::from_pairs(&pairs).unwrap());
        prop_assert_eq!(credentials.verify(signed.iter()), Ok(()));

        let mut received = form::decode(signed.to_form().as_bytes()).unwrap();
        prop_assert_eq!(credentials.verify(received.clone()), Ok(()));
        received.reverse();
        prop_assert_eq!(credentials.verify(received), Ok(()));
    }

    #[test]
    fn verify_rejects_changed_params(
        pairs in pairs(),
        credentials in credentials(),
        index in any::<prop::sample::Index>(),
        new in text(1..8),
    ) {
        let signed = credentials.sign(Params::from_pairs(&pairs).unwrap());
        let sent = owned(signed.iter());
        let index = index.index(sent.len());

        let mut longer = sent.clone();
        longer[index].1.push_str(&new);
        prop_assert!(credentials.verify(longer).is_err());

        let mut shorter = sent.clone();
        shorter.remove(index);
        prop_assert!(credentials.verify(shorter).is_err());

        let mut repeated = sent.clone();
        repeated.push(sent[index].clone());
        prop_assert_eq!(
            credentials.verify(repeated),
            Err(VerifyError::DuplicateKey(sent[index].0.clone()))
        );

        if is_valid_key(&new) && !pairs.contains_key(&new) {
            let mut more = sent;
            more.push((new, String::new()));
            prop_assert_eq!(credentials.verify(more), Err(VerifyError::WrongSignature));
        }
    }

    /// Requests share a signature if and only if their concatenations are equal.
    #[test]
    fn verify_accepts_params_with_the_same_concatenation(
        signed_pairs in narrow_pairs(),
        sent_pairs in narrow_pairs(),
    ) {
        let credentials = Credentials::new("P", "key").unwrap();
        let signed = credentials.sign(Params::from_pairs(&signed_pairs).unwrap());

        let mut sent: Vec<_> = sent_pairs.clone().into_iter().collect();
        sent.push(("PublicKey".into(), "P".into()));
        sent.push(("Signature".into(), signed.signature().to_string()));

        let same = concatenation(&signed_pairs) == concatenation(&sent_pairs);
        prop_assert_eq!(credentials.verify(sent).is_ok(), same);
    }

    #[test]
    fn verify_rejects_unsigned_pairs(
        pairs in vec((text(0..8), text(0..8)), 0..8),
        credentials in credentials(),
    ) {
        prop_assert!(credentials.verify(pairs).is_err());
    }

    #[test]
    fn debug_and_errors_omit_secrets(secrets in prop::array::uniform3(digits())) {
        let [private_key, token, password] = &secrets;
        let credentials = Credentials::new("public", &**private_key).unwrap();
        let credentials = credentials.with_security_token(&**token).unwrap();
        let params = Params::from_pairs([("Password", password)]).unwrap();
        let signed = credentials.sign(params.clone());
        let signature = signed.signature().to_string();

        let invalid = [
            Params::from_pairs([("Signature", password)]).unwrap_err(),
            Params::from_pairs([("", password)]).unwrap_err(),
            Params::from_pairs([("K", password), ("K", password)]).unwrap_err(),
        ];
        let altered = [
            ("Password", "x"),
            ("PublicKey", "public"),
            ("SecurityToken", token),
            ("Signature", &signature),
        ];
        let repeated = [("Signature", &signature), ("Signature", &signature)];

        let mut outputs = vec![
            debug(&credentials),
            debug(&PrivateKey::new(&**private_key).unwrap()),
            debug(&params),
            debug(&signed),
            debug(signed.signature()),
            debug(&signed.params()),
            debug(&Credentials::new("public", format!("{private_key}\n")).unwrap_err()),
            debug(&credentials.clone().with_security_token(format!("{token} ")).unwrap_err()),
            debug(&credentials.verify(altered).unwrap_err()),
            debug(&credentials.verify(repeated).unwrap_err()),
            debug(&format!("{signature}0").parse::<Signature>().unwrap_err()),
            debug(&form::decode(format!("Password={password}%").as_bytes()).unwrap_err()),
            debug(&form::decode(format!("{password}=%FF").as_bytes()).unwrap_err()),
        ];
        outputs.extend(invalid.iter().map(|error: &ParamsError| debug(error)));
        outputs.extend(invalid.iter().map(|error| vec![error.to_string()]));

        for output in outputs.concat() {
            for secret in secrets.iter().chain([&signature]) {
                prop_assert!(!output.contains(secret.as_str()), "{}", output);
            }
        }
    }
}

/// Formats `value` by `Debug`, in its plain and alternate forms.
fn debug(value: &impl Debug) -> Vec<String> {
    vec![format!("{value:?}"), format!("{value:#?}")]
}

/// Checks that `decode` does not panic, agrees with [`reference_decode`], and inverts `encode`.
fn check_decode(body: &[u8]) -> Result<(), TestCaseError> {
    let decoded = form::decode(body).ok();
    prop_assert_eq!(&decoded, &reference_decode(body));

    if let Some(pairs) = decoded {
        let encoded = form::encode(pairs.iter().map(|(key, value)| (key, value)));
        prop_assert_eq!(form::decode(encoded.as_bytes()).unwrap(), pairs);
    }
    Ok(())
}

/// Documents a weakness of the scheme: the string to sign has no separators, so an altered request
/// can keep its signature.
#[test]
fn scheme_is_not_injective() {
    let credentials = Credentials::new("P", "key").unwrap();
    let sign = |pairs: &[(&str, &str)]| {
        credentials.sign(Params::from_pairs(pairs.iter().copied()).unwrap())
    };

    let one = sign(&[("A", "1B2")]);
    let two = sign(&[("A", "1"), ("B", "2")]);
    assert_eq!(one.signature(), two.signature());
    assert_ne!(one.to_form(), two.to_form());

    // A malformed limit becomes a limit and an offset.
    let whole = sign(&[("Action", "DescribeFavoriteImages"), ("Limit", "20Offset0")]);
    let split = sign(&[
        ("Action", "DescribeFavoriteImages"),
        ("Limit", "20"),
        ("Offset", "0"),
    ]);
    assert_eq!(whole.signature(), split.signature());

    // The receiver accepts the signature of one request for the other.
    let signature = whole.signature().to_string();
    let forged = [
        ("Action", "DescribeFavoriteImages"),
        ("Limit", "20"),
        ("Offset", "0"),
        ("PublicKey", "P"),
        ("Signature", &signature),
    ];
    assert_eq!(credentials.verify(forged), Ok(()));
}

#[cfg(feature = "json")]
mod json {
    use compshare_sign::json;
    use serde_json::{Map, Number, Value};

    use super::*;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            prop::num::f64::ANY.prop_filter_map("not finite", |number| Number::from_f64(number)
                .map(Value::Number)),
            (-1000_i32..1000).prop_map(|number| Value::from(f64::from(number) / 8.0)),
            text(0..8).prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Value::from),
                vec((text(0..4), inner), 0..4)
                    .prop_map(|members| Value::from(Map::from_iter(members))),
            ]
        })
    }

    fn params() -> impl Strategy<Value = Map<String, Value>> {
        let key = text(1..6).prop_filter("reserved", |key| is_valid_key(key));
        btree_map(key, value(), 0..6).prop_map(Map::from_iter)
    }

    /// A second implementation of plain decimals, from digits and exponent.
    fn decimal(number: f64) -> String {
        let scientific = format!("{:e}", number.abs());
        let (digits, exponent) = scientific.split_once('e').unwrap();
        let exponent: i32 = exponent.parse().unwrap();

        let point = exponent + 1;
        let digits: String = digits.chars().filter(|digit| *digit != '.').collect();
        let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
        let length = i32::try_from(digits.len()).unwrap();

        let text = if point <= 0 {
            format!("0.{}{digits}", zeros(-point))
        } else if point >= length {
            format!("{digits}{}", zeros(point - length))
        } else {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap());
            format!("{whole}.{fraction}")
        };
        match text.as_str() {
            "0" | "0.0" => "0".to_string(),
            _ if number < 0.0 => format!("-{text}"),
            _ => text,
        }
    }

    fn joined(value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(value) => value.to_string(),
            Value::Number(number) if number.is_f64() => decimal(number.as_f64().unwrap()),
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().map(joined).collect(),
            Value::Object(members) => members_joined(members),
        }
    }

    fn members_joined(members: &Map<String, Value>) -> String {
        let sorted: BTreeMap<_, _> = members.iter().collect();
        sorted
            .into_iter()
            .flat_map(|(key, value)| [key.clone(), joined(value)])
            .collect()
    }

    /// Compares two values, and numbers by their text: `42.0` equals `42`.
    fn same(a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Number(_), Value::Number(_)) => joined(a) == joined(b),
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len()
                    && a.iter()
                        .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
            }
            _ => a == b,
        }
    }

    proptest! {
        #[test]
        fn json_body_parses_and_verifies(params in params(), credentials in credentials()) {
            let signed = json::sign(&credentials, &params).unwrap();
            let mut body: Map<String, Value> = serde_json::from_str(signed.body()).unwrap();
            prop_assert_eq!(json::verify(&credentials, &body), Ok(()));

            prop_assert_eq!(body.remove("Signature"), Some(signed.signature().to_string().into()));
            prop_assert_eq!(signed.string_to_sign(), members_joined(&body));
            prop_assert_eq!(body.remove("PublicKey"), Some(credentials.public_key().into()));

            body.remove("SecurityToken");
            let (body, params) = (Value::from(body), Value::from(params));
            prop_assert!(same(&body, &params), "{:?} {:?}", body, params);
        }

        #[test]
        fn string_to_sign_is_the_recursive_concatenation(params in params()) {
            let signed = json::sign(&Credentials::new("P", "key").unwrap(), &params).unwrap();
            let mut all = params;
            all.insert("PublicKey".into(), "P".into());
            let expected = members_joined(&all);
            prop_assert_eq!(signed.string_to_sign(), &expected);
            prop_assert_eq!(signed.signature().to_string(), sha1_hex(&(expected + "key")));
        }

        #[test]
        fn verify_rejects_changed_json_bodies(
            params in params(),
            credentials in credentials(),
            index in any::<prop::sample::Index>(),
        ) {
            let signed = json::sign(&credentials, &params).unwrap();
            let body: Map<String, Value> = serde_json::from_str(signed.body()).unwrap();
            let key = index.get(&body.keys().cloned().collect::<Vec<_>>()).clone();

            let mut shorter = body.clone();
            shorter.remove(&key);
            prop_assert!(json::verify(&credentials, &shorter).is_err());

            let mut longer = body;
            let value = joined(&longer[&key]) + "x";
            longer.insert(key, value.into());
            prop_assert!(json::verify(&credentials, &longer).is_err());
        }

        #[test]
        fn flat_json_body_and_form_have_the_same_signature(
            pairs in pairs(),
            credentials in credentials(),
        ) {
            let flat = pairs
                .iter()
                .map(|(key, value)| (key.clone(), Value::from(value.as_str())))
                .collect();
            let json = json::sign(&credentials, &flat).unwrap();
            let form = credentials.sign(Params::from_pairs(&pairs).unwrap());
            prop_assert_eq!(json.signature(), form.signature());
            prop_assert_eq!(json.string_to_sign(), form.string_to_sign());
        }

        #[test]
        fn debug_of_signed_json_omits_secrets(secrets in prop::array::uniform3(digits())) {
            let [private_key, token, password] = &secrets;
            let credentials = Credentials::new("public", &**private_key).unwrap();
            let credentials = credentials.with_security_token(&**token).unwrap();
            let params = Map::from_iter([("Password".to_string(), Value::from(password.as_str()))]);

            let signed = json::sign(&credentials, &params).unwrap();
            let signature = signed.signature().to_string();
            for output in debug(&signed) {
                for secret in secrets.iter().chain([&signature]) {
                    prop_assert!(!output.contains(secret.as_str()), "{}", output);
                }
            }
        }
    }

    /// Documents the same weakness for lists: they are concatenated too.
    #[test]
    fn scheme_is_not_injective_for_lists() {
        let credentials = Credentials::new("P", "key").unwrap();
        let sign = |items: [&str; 2]| {
            let params = Map::from_iter([("L".to_string(), Value::from(items.to_vec()))]);
            json::sign(&credentials, &params).unwrap()
        };
        assert_eq!(sign(["ab", "c"]).signature(), sign(["a", "bc"]).signature());
        assert_ne!(sign(["ab", "c"]).body(), sign(["a", "bc"]).body());
    }
}
