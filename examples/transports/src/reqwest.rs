//! A transport over reqwest.

use std::error::Error;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use compshare_client::transport::{
    HttpRequest, HttpResponse, Limits, TimeLimit, Transport, TransportError, TransportErrorKind,
};
use compshare_client::{Config, async_trait};
use reqwest::redirect;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

/// Sends requests with a [`reqwest::Client`].
#[derive(Debug, Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport with the timeouts of `config`, and the proxy of the environment unless
    /// `config` omits it.
    ///
    /// # Errors
    ///
    /// If reqwest does not accept the settings.
    pub fn new(config: &Config) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();

        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            // Another host must not receive a signed request.
            .redirect(redirect::Policy::none())
            // The client above decides about retries.
            .retry(reqwest::retry::never())
            .connect_timeout(config.timeouts().connect);
        if config.proxy().is_none() {
            builder = builder.no_proxy();
        }
        Ok(Self {
            client: builder.build()?,
        })
    }
}

#[async_trait]
impl Transport for ReqwestTransport {
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError> {
        let mut request = reqwest::Request::try_from(request).map_err(|error| {
            TransportError::new(TransportErrorKind::Unsupported, error.without_url())
        })?;
        *request.timeout_mut() = Some(limits.timeout);

        let failed = |error| failed(error, limits);
        let mut response = self.client.execute(request).await.map_err(failed)?;
        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = mem::take(response.headers_mut());

        let max_body = u64::try_from(limits.max_body).unwrap_or(u64::MAX);
        if response.content_length() > Some(max_body) {
            return Err(TransportErrorKind::TooLarge.into());
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            if chunk.len() > limits.max_body.saturating_sub(body.len()) {
                return Err(TransportErrorKind::TooLarge.into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(head.map(|()| body.freeze()))
    }

    async fn sleep(&self, delay: Duration) {
        tokio::time::sleep(delay).await;
    }
}

fn failed(error: reqwest::Error, limits: &Limits) -> TransportError {
    let error = error.without_url();
    if error.is_timeout() && !error.is_connect() {
        let limit = TimeLimit::Attempt(limits.timeout);
        return TransportError::new(TransportErrorKind::Timeout, limit);
    }
    TransportError::new(crate::kind_of(&error), error)
}
