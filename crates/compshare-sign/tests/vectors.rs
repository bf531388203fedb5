//! Known-answer tests with the vectors published by UCloud and its SDKs.
//!
//! `tests/vectors/` has one file per vector, with its source.

use std::fs;
use std::path::Path;

use compshare_sign::{Credentials, Params, PrivateKey, VerifyError, form};
use serde_json::{Map, Value};

/// The number of published vectors, so that a missing file fails the tests.
const COUNT: usize = 9;

struct Vector {
    name: String,
    private_key: String,
    params: Map<String, Value>,
    string_to_sign: String,
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
            "{name} has no source"
        );

        Self {
            private_key: text("private_key"),
            params: vector["params"].as_object().unwrap().clone(),
            string_to_sign: text("string_to_sign"),
            signature: text("signature"),
            name,
        }
    }

    /// Returns the parameters without `PublicKey` and `SecurityToken`, which the credentials add.
    fn unreserved_params(&self) -> Map<String, Value> {
        let reserved = |key: &str| matches!(key, "PublicKey" | "SecurityToken");
        self.params
            .iter()
            .filter(|(key, _)| !reserved(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// Returns the parameters of a form, or `None` if a value is a list or an object.
    fn form_params(&self) -> Option<Params> {
        let mut params = Params::new();
        for (key, value) in self.unreserved_params() {
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

    /// Returns the credentials, or `None` if the vector has no public key.
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
fn credentials_sign_and_verify_vectors_with_public_key() {
    let mut checked = 0;
    for vector in vectors() {
        let Some(credentials) = vector.credentials() else {
            continue;
        };
        let signed = credentials.sign(vector.form_params().unwrap());
        assert_eq!(
            signed.string_to_sign(),
            vector.string_to_sign,
            "{}",
            vector.name
        );
        assert_eq!(
            signed.signature().to_string(),
            vector.signature,
            "{}",
            vector.name
        );
        assert_eq!(credentials.verify(signed.iter()), Ok(()), "{}", vector.name);

        // The encoded body contains the published signature.
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
fn params_sign_vectors_without_public_key() {
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

        // Not a valid request: without a public key, the service cannot look up the private key.
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

/// The signature depends only on the concatenated text, so any split into key and value has the
/// same one.
#[test]
fn signature_is_independent_of_the_split_into_pairs() {
    for vector in vectors() {
        let text = &vector.string_to_sign;
        for split in [1, text.len() / 2, text.len()] {
            let (key, value) = text.split_at(split);
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
fn verify_rejects_signatures_by_another_private_key() {
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

    /// The Go SDK's form and JSON encoders produce the same signatures.
    #[test]
    fn json_bodies_have_the_published_signatures() {
        for vector in vectors() {
            let Some(credentials) = vector.credentials() else {
                continue;
            };
            let signed = json::sign(&credentials, &vector.unreserved_params()).unwrap();
            assert_eq!(
                signed.string_to_sign(),
                vector.string_to_sign,
                "{}",
                vector.name
            );
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

    /// `json::sign` adds the public key, which sorts before the lowercase keys of these vectors.
    #[test]
    fn lists_and_objects_have_the_published_string_to_sign() {
        let mut checked = 0;
        for vector in vectors()
            .into_iter()
            .filter(|vector| vector.credentials().is_none())
        {
            let credentials = Credentials::new("P", &*vector.private_key).unwrap();
            let signed = json::sign(&credentials, &vector.params).unwrap();
            let text = signed.string_to_sign().strip_prefix("PublicKeyP").unwrap();
            assert_eq!(text, vector.string_to_sign, "{}", vector.name);
            checked += 1;
        }
        assert_eq!(checked, 2, "vectors 7 and 8");
    }
}
