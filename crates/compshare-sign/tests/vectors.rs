//! The known-answer vectors that UCloud and its SDKs publish, one file each in `tests/vectors/` with its source.

use std::fs;
use std::path::Path;

use compshare_sign::{Credentials, Params, PrivateKey, VerifyError, form};
use serde_json::{Map, Value};

/// As many as there are published; a file that gets lost fails the tests.
const COUNT: usize = 9;

struct Vector {
    name: String,
    private_key: String,
    params: Map<String, Value>,
    canonical: String,
    signature: String,
}

impl Vector {
    fn read(path: &Path) -> Self {
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        let Value::Object(vector) = serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
        else {
            panic!("{name} is not an object")
        };
        let text = |key: &str| {
            vector[key]
                .as_str()
                .unwrap_or_else(|| panic!("{name}: {key}"))
                .to_string()
        };
        assert!(
            !vector["source"].as_array().unwrap().is_empty(),
            "{name} names no source"
        );
        Self {
            private_key: text("private_key"),
            params: vector["params"].as_object().unwrap().clone(),
            canonical: text("canonical"),
            signature: text("signature"),
            name,
        }
    }

    /// The parameters but for `PublicKey` and `SecurityToken`, which the credentials add.
    fn plain(&self) -> Map<String, Value> {
        let reserved = |key: &str| matches!(key, "PublicKey" | "SecurityToken");
        self.params
            .iter()
            .filter(|(key, _)| !reserved(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// `None` if a value is a list or an object, which a form has no text for.
    fn form_params(&self) -> Option<Params> {
        let mut params = Params::new();
        for (key, value) in self.plain() {
            match value {
                Value::String(text) => params.insert(&key, &text),
                Value::Number(number) if !number.is_f64() => {
                    params.insert(&key, &number.to_string())
                }
                _ => return None,
            }
            .unwrap();
        }
        Some(params)
    }

    /// `None` for vectors that were made without a public key.
    fn credentials(&self) -> Option<Credentials> {
        let public_key = self.params.get("PublicKey")?.as_str().unwrap();
        let credentials = Credentials::new(public_key, &*self.private_key).unwrap();
        Some(match self.params.get("SecurityToken") {
            Some(token) => credentials
                .with_security_token(token.as_str().unwrap())
                .unwrap(),
            None => credentials,
        })
    }

    fn private_key(&self) -> PrivateKey {
        PrivateKey::new(&*self.private_key).unwrap()
    }
}

fn vectors() -> Vec<Vector> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    let mut paths: Vec<_> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert_eq!(paths.len(), COUNT);
    paths.iter().map(|path| Vector::read(path)).collect()
}

#[test]
fn vectors_with_a_public_key_are_signed_and_verified_by_credentials() {
    let mut checked = 0;
    for vector in vectors() {
        let Some(credentials) = vector.credentials() else {
            continue;
        };
        let signed = credentials.sign(vector.form_params().unwrap());
        assert_eq!(signed.canonical(), vector.canonical, "{}", vector.name);
        assert_eq!(
            signed.signature().to_string(),
            vector.signature,
            "{}",
            vector.name
        );
        assert_eq!(credentials.verify(signed.iter()), Ok(()), "{}", vector.name);

        // The published signature itself, over the wire and back.
        let body = signed.to_form();
        let received = form::decode(body.as_bytes()).unwrap();
        assert_eq!(
            received.last().unwrap(),
            &("Signature".into(), vector.signature.clone()),
            "{}",
            vector.name
        );
        assert_eq!(credentials.verify(received), Ok(()), "{}", vector.name);
        checked += 1;
    }
    assert_eq!(checked, COUNT - 2);
}

#[test]
fn vectors_without_a_public_key_are_signed_as_they_are() {
    let mut checked = 0;
    for vector in vectors()
        .into_iter()
        .filter(|vector| vector.credentials().is_none())
    {
        let Some(params) = vector.form_params() else {
            continue;
        };
        assert_eq!(
            params.signature(&vector.private_key()).to_string(),
            vector.signature,
            "{}",
            vector.name
        );

        // No client sends such a request: nobody is named whose key could be looked up.
        let pairs = params
            .iter()
            .chain([("Signature", vector.signature.as_str())]);
        let credentials = Credentials::new("my_public_key", &*vector.private_key).unwrap();
        assert_eq!(
            credentials.verify(pairs),
            Err(VerifyError::UnknownPublicKey),
            "{}",
            vector.name
        );
        checked += 1;
    }
    assert_eq!(checked, 1, "vector 8");
}

/// The signature covers the text alone, so any cut into key and value gives the published one.
#[test]
fn every_vector_is_the_signature_of_its_text() {
    for vector in vectors() {
        for cut in [1, vector.canonical.len() / 2, vector.canonical.len()] {
            let (key, value) = vector.canonical.split_at(cut);
            let params = Params::from_pairs([(key, value)]).unwrap();
            assert_eq!(
                params.signature(&vector.private_key()).to_string(),
                vector.signature,
                "{}",
                vector.name
            );
        }
    }
}

#[test]
fn the_dummy_key_pair_is_not_taken_for_another() {
    for vector in vectors() {
        let Some(credentials) = vector.credentials() else {
            continue;
        };
        let other = Credentials::new(credentials.public_key(), "another").unwrap();
        let signed = credentials.sign(vector.form_params().unwrap());
        assert_eq!(
            other.verify(signed.iter()),
            Err(VerifyError::WrongSignature),
            "{}",
            vector.name
        );
    }
}

#[cfg(feature = "json")]
mod json {
    use compshare_sign::json;

    use super::*;

    /// The Go SDK's form and JSON encoders give the same signatures; so do ours.
    #[test]
    fn json_bodies_have_the_published_signatures_too() {
        for vector in vectors() {
            let Some(credentials) = vector.credentials() else {
                continue;
            };
            let signed = json::sign(&credentials, &vector.plain()).unwrap();
            assert_eq!(signed.canonical(), vector.canonical, "{}", vector.name);
            assert_eq!(
                signed.signature().to_string(),
                vector.signature,
                "{}",
                vector.name
            );

            let body: Map<String, Value> = serde_json::from_str(signed.body()).unwrap();
            assert_eq!(body["Signature"], vector.signature, "{}", vector.name);
            assert_eq!(json::verify(&credentials, &body), Ok(()), "{}", vector.name);
        }
    }

    /// `json::sign` always adds the public key, which sorts before the lower-case keys of these vectors.
    #[test]
    fn native_lists_and_objects_give_the_published_text() {
        let mut checked = 0;
        for vector in vectors()
            .into_iter()
            .filter(|vector| vector.credentials().is_none())
        {
            let credentials = Credentials::new("P", &*vector.private_key).unwrap();
            let signed = json::sign(&credentials, &vector.params).unwrap();
            let text = signed.canonical().strip_prefix("PublicKeyP").unwrap();
            assert_eq!(text, vector.canonical, "{}", vector.name);
            checked += 1;
        }
        assert_eq!(checked, 2, "vectors 7 and 8");
    }
}
