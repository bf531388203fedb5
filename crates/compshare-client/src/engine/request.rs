//! From an action to the signed HTTP request.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use compshare_model::flatten::Sink;
use compshare_model::{Action, BodyFormat, Effect, FlattenError, ProjectId, Region, Zone};
use compshare_sign::{Params, ParamsError, SignedParams, json};
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method};
use serde_json::{Map, Value};

use crate::config::is_no_region;
use crate::transport::HttpRequest;
use crate::{Config, Error, ErrorKind, Reason};

/// A signed request. Signed once: there is no time in the signature, so every attempt sends the
/// same body.
pub(super) struct SignedRequest {
    pub(super) action: Cow<'static, str>,
    pub(super) effect: Effect,
    format: BodyFormat,
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
        let params = params(config, &name, &|sink| action.flatten(sink));
        Self::of_params(config, name, action.effect(), A::BODY_FORMAT, params)
    }

    /// Signs the parameters of an action. Not generic, so that it is compiled once.
    fn of_params(
        config: &Config,
        action: Cow<'static, str>,
        effect: Effect,
        format: BodyFormat,
        params: Result<Params, Error>,
    ) -> Result<Self, Error> {
        let with_action = |error: Error| error.with_action(&action);
        let params = params.map_err(with_action)?;
        let (body, signed) = if format == BodyFormat::Json {
            let signed = json::sign(&config.credentials, &with_lists(&params))
                .map_err(|error| with_action(invalid(error)))?;
            (signed.body().to_owned(), signed.into_params())
        } else {
            let signed = config.credentials.sign(params);
            (signed.to_form(), signed)
        };

        Ok(Self {
            action,
            effect,
            format,
            body: body.into(),
            signed,
        })
    }

    /// Returns the HTTP request of one attempt.
    pub(super) fn to_http(&self, config: &Config) -> HttpRequest {
        let mut request = HttpRequest::new(self.body.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = config.endpoint.uri().clone();

        let headers = request.headers_mut();
        let content_type = match self.format {
            BodyFormat::Json => "application/json",
            _ => "application/x-www-form-urlencoded",
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, config.user_agent.clone());
        request
    }
}

/// Returns the action's own parameters, its name, and the client's defaults for omitted ones.
fn params(config: &Config, name: &str, flatten: Flatten<'_>) -> Result<Params, Error> {
    if name.is_empty() {
        return Err(Error::of(Reason::ActionUnnamed));
    }
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
        // A zone says nothing without its region.
        let is_excluded = is_without_region && matches!(key, "Region" | "Zone");
        let Some(default) = default.filter(|_| !is_excluded) else {
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

/// Converts parameters to the members of a JSON body: `Key.0` and so on become a list, all other values stay text.
fn with_lists(params: &Params) -> Map<String, Value> {
    let mut members = Map::new();
    let mut items = Vec::new();
    for (key, value) in params {
        let index = key
            .rsplit_once('.')
            .and_then(|(list, index)| Some((list, index.parse::<usize>().ok()?)));
        match index {
            Some((list, index)) => items.push((list, index, value)),
            None => {
                members.insert(key.to_owned(), value.into());
            }
        }
    }

    items.sort_unstable();
    for (list, _, value) in items {
        let list = members
            .entry(list)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(value.into());
        }
    }
    members
}

/// Returns the error of parameters that cannot be sent.
fn invalid(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Request)
        .with_detail(error.to_string())
        .with_source(error)
}

#[cfg(test)]
mod tests {
    use compshare_model::{DescribeFavoriteImages, GetCompShareInstanceMonitor, Untyped};

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
    fn json_action_becomes_a_signed_body_with_lists() {
        let ids = (0..11).map(|number| format!("uhost-{number}"));
        let action = GetCompShareInstanceMonitor::new(ids);
        let request = SignedRequest::new(&config(), &action).unwrap();
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body["UHostIds"][10], "uhost-10");
        assert_eq!(body["UHostIds"][2], "uhost-2");
        assert_eq!(body["Region"], "cn-wlcb");
        assert_eq!(
            body["Signature"],
            request.signed.signature().to_string().as_str()
        );
        let request = request.to_http(&config());
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
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
