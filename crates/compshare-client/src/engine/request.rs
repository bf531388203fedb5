//! From an action to the signed HTTP request.

use std::borrow::Cow;

use bytes::Bytes;
use compshare_model::{Action, Effect, flatten};
use compshare_sign::{Params, ParamsError, SignedParams};
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method};

use crate::transport::HttpRequest;
use crate::{Config, Error, ErrorKind, Reason};

/// A call that is ready to be sent. Signed once: there is no time in the signature, so every attempt sends the same.
pub(super) struct Prepared {
    pub(super) action: Cow<'static, str>,
    pub(super) effect: Effect,
    pub(super) body: Bytes,
    /// Kept to find what must not be shown in what the service answers.
    pub(super) signed: SignedParams,
}

pub(super) fn prepare<A: Action>(config: &Config, action: &A) -> Result<Prepared, Error> {
    let name = action.name();
    let refused = |error: Error| error.with_action(name);
    if name.is_empty() {
        return Err(Error::of(Reason::ActionUnnamed));
    }
    let params = params(config, name, action).map_err(refused)?;
    let signed = config.credentials.sign(params);

    let body = Bytes::from(signed.to_form());
    // Owned only where the name is known at run time alone.
    let action_name = if name == A::NAME {
        Cow::Borrowed(A::NAME)
    } else {
        Cow::Owned(name.to_owned())
    };
    Ok(Prepared {
        action: action_name,
        effect: action.effect(),
        body,
        signed,
    })
}

impl Prepared {
    /// The request of one attempt.
    pub(super) fn request(&self, config: &Config) -> HttpRequest {
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

/// The action's own parameters, its name, and the client's defaults for what it leaves out.
fn params<A: Action>(config: &Config, name: &str, action: &A) -> Result<Params, Error> {
    let refused = |error: ParamsError| {
        Error::new(ErrorKind::Request)
            .with_detail(error.to_string())
            .with_source(error)
    };
    let mut params = Params::new();
    params.insert("Action", name).map_err(refused)?;
    let mut fault = None;
    let flattened = flatten(action, &mut |key, value| {
        params.insert(key, value).map_err(|error| {
            fault = Some(error);
            std::fmt::Error
        })
    });
    if let Some(fault) = fault {
        return Err(refused(fault));
    }
    flattened.map_err(|error| {
        Error::new(ErrorKind::Request)
            .with_detail(error.to_string())
            .with_source(error)
    })?;
    for (key, default) in [
        (
            "Region",
            config.region.as_ref().map(compshare_model::Region::as_str),
        ),
        (
            "Zone",
            config.zone.as_ref().map(compshare_model::Zone::as_str),
        ),
        (
            "ProjectId",
            config
                .project_id
                .as_ref()
                .map(compshare_model::ProjectId::as_str),
        ),
    ] {
        if let Some(default) = default {
            match params.insert(key, default) {
                // What the action says goes before the default.
                Ok(()) | Err(ParamsError::Duplicate(_)) => {}
                Err(error) => return Err(refused(error)),
            }
        }
    }
    Ok(params)
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

    fn body(prepared: &Prepared) -> Vec<(String, String)> {
        compshare_sign::form::decode(&prepared.body).unwrap()
    }

    #[test]
    fn a_typed_action_becomes_a_signed_form() {
        let prepared = prepare(&config(), &DescribeFavoriteImages::new().limit(20)).unwrap();
        let pairs = body(&prepared);
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
        let request = prepared.request(&config());
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
    fn what_the_action_says_goes_before_the_defaults() {
        let action = Untyped::read("GetSomething")
            .param("Region", "cn-sh2")
            .param("L", ["a", "b"]);
        let pairs = body(&prepare(&config(), &action).unwrap());
        assert!(pairs.contains(&("Region".to_owned(), "cn-sh2".to_owned())));
        assert!(pairs.contains(&("L.1".to_owned(), "b".to_owned())));
    }

    #[test]
    fn parameters_that_cannot_be_sent_are_named() {
        for (action, why) in [
            (Untyped::read("X").param("Signature", "s"), "Signature"),
            (Untyped::read("X").param("Action", "Y"), "given twice"),
            (Untyped::read("X").param("", "s"), "empty key"),
            (Untyped::read(""), "no name"),
        ] {
            let error = prepare(&config(), &action).map(drop).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Request);
            assert!(error.to_string().contains(why), "{error}");
        }
    }
}
