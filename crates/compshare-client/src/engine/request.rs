//! From an action to the signed HTTP request.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use compshare_model::flatten::Sink;
use compshare_model::{Action, Effect, FlattenError, ProjectId, Region, Zone};
use compshare_sign::{Params, ParamsError, SignedParams};
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method};

use crate::config::is_no_region;
use crate::transport::HttpRequest;
use crate::{Config, Error, ErrorKind, Reason};

/// A signed request. Signed once: there is no time in the signature, so every attempt sends the same body.
pub(super) struct SignedRequest {
    pub(super) action: Cow<'static, str>,
    pub(super) effect: Effect,
    pub(super) body: Bytes,
    /// Kept for redaction of the response.
    pub(super) signed: SignedParams,
}

/// Calls a sink with each parameter of an action.
type Flatten<'a> = &'a dyn Fn(Sink<'_>) -> Result<(), FlattenError>;

impl SignedRequest {
    /// Flattens and signs `action`.
    pub(super) fn new<A: Action>(config: &Config, action: &A) -> Result<Self, Error> {
        // Owned only if the name is known at run time.
        let name = if action.name() == A::NAME {
            Cow::Borrowed(A::NAME)
        } else {
            Cow::Owned(action.name().to_owned())
        };
        Self::of_params(config, name, action.effect(), &|sink| action.flatten(sink))
    }

    /// Flattens and signs an action. Not generic, so that it is compiled once.
    fn of_params(
        config: &Config,
        action: Cow<'static, str>,
        effect: Effect,
        flatten: Flatten<'_>,
    ) -> Result<Self, Error> {
        if action.is_empty() {
            return Err(Error::of(Reason::ActionUnnamed));
        }
        let params =
            params(config, &action, flatten).map_err(|error| error.with_action(&action))?;
        let signed = config.credentials.sign(params);

        Ok(Self {
            action,
            effect,
            body: Bytes::from(signed.to_form()),
            signed,
        })
    }

    /// Returns the HTTP request of one attempt.
    pub(super) fn to_http(&self, config: &Config) -> HttpRequest {
        let mut request = HttpRequest::new(self.body.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = config.endpoint.uri().clone();

        let headers = request.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, config.user_agent.clone());
        request
    }
}

/// Returns the action's own parameters, its name, and the client's defaults for what it leaves out.
fn params(config: &Config, name: &str, flatten: Flatten<'_>) -> Result<Params, Error> {
    let mut params = Params::new();
    params.insert("Action", name).map_err(invalid)?;

    let mut invalid_param = None;
    let mut is_without_region = false;
    let flattened = flatten(&mut |key, value| {
        if key == "Region" && is_no_region(value) {
            is_without_region = true;
            return Ok(());
        }
        params.insert(key, value).map_err(|error| {
            invalid_param = Some(error);
            fmt::Error
        })
    });
    if let Some(error) = invalid_param {
        return Err(invalid(error));
    }
    flattened.map_err(invalid)?;

    for (key, default) in [
        ("Region", config.region.as_ref().map(Region::as_str)),
        ("Zone", config.zone.as_ref().map(Zone::as_str)),
        (
            "ProjectId",
            config.project_id.as_ref().map(ProjectId::as_str),
        ),
    ] {
        let Some(default) = default.filter(|_| !(is_without_region && key == "Region")) else {
            continue;
        };
        match params.insert(key, default) {
            // The action's own parameter overrides the default.
            Ok(()) | Err(ParamsError::Duplicate(_)) => {}
            Err(error) => return Err(invalid(error)),
        }
    }
    Ok(params)
}

/// Returns the error of parameters that cannot be sent.
fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Request)
        .with_detail(error.to_string())
        .with_source(error)
}

#[cfg(test)]
mod tests {
    use compshare_model::{DescribeFavoriteImages, Untyped};

    use super::*;

    fn config() -> Config {
        Config::builder()
            .keys("pub", "hush")
            .region("cn-wlcb")
            .project_id("org-1")
            .base_url("http://127.0.0.1:1/gateway")
            .user_agent("lister/1")
            .build()
            .unwrap()
    }

    fn body(request: &SignedRequest) -> Vec<(String, String)> {
        compshare_sign::form::decode(&request.body).unwrap()
    }

    #[test]
    fn typed_action_becomes_a_signed_form() {
        let request =
            SignedRequest::new(&config(), &DescribeFavoriteImages::new().limit(20)).unwrap();
        let pairs = body(&request);
        for (key, value) in [
            ("Action", "DescribeFavoriteImages"),
            ("Limit", "20"),
            ("ProjectId", "org-1"),
            ("PublicKey", "pub"),
            ("Region", "cn-wlcb"),
        ] {
            assert!(
                pairs.contains(&(key.to_owned(), value.to_owned())),
                "{pairs:?}"
            );
        }
        assert_eq!(pairs.len(), 6);
        assert_eq!(config().credentials.verify(pairs), Ok(()));
        let request = request.to_http(&config());
        assert_eq!(
            (request.method(), request.uri().path()),
            (&Method::POST, "/gateway")
        );
        assert_eq!(
            request.headers()[CONTENT_TYPE],
            "application/x-www-form-urlencoded"
        );
        assert!(
            request.headers()[USER_AGENT]
                .to_str()
                .unwrap()
                .ends_with(" lister/1")
        );
        assert_eq!(request.uri().query(), None, "parameters travel in the body");
    }

    #[test]
    fn parameters_of_the_action_override_the_defaults() {
        let action = Untyped::read("GetSomething")
            .param("Region", "cn-sh2")
            .param("L", ["a", "b"]);
        let pairs = body(&SignedRequest::new(&config(), &action).unwrap());
        assert!(pairs.contains(&("Region".to_owned(), "cn-sh2".to_owned())));
        assert!(pairs.contains(&("L.1".to_owned(), "b".to_owned())));
    }

    #[test]
    fn action_can_omit_the_region() {
        let untyped = Untyped::read("GetSomething").param("Region", "none");
        for pairs in [
            body(&SignedRequest::new(&config(), &untyped).unwrap()),
            body(
                &SignedRequest::new(&config(), &DescribeFavoriteImages::new().region("none"))
                    .unwrap(),
            ),
        ] {
            assert!(pairs.iter().all(|(key, _)| key != "Region"), "{pairs:?}");
            assert!(pairs.iter().any(|(key, _)| key == "ProjectId"), "{pairs:?}");
        }
    }

    #[test]
    fn error_names_the_invalid_parameter() {
        for (action, why) in [
            (Untyped::read("X").param("Signature", "s"), "Signature"),
            (
                Untyped::read("X").param("Action", "Y"),
                "duplicate parameter",
            ),
            (Untyped::read("X").param("", "s"), "empty key"),
            (Untyped::read(""), "no name"),
        ] {
            let error = SignedRequest::new(&config(), &action)
                .map(drop)
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request);
            assert!(error.to_string().contains(why), "{error}");
        }
    }
}
