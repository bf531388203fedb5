//! A transport over any `tower::Service` of HTTP.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use compshare_client::async_trait;
use compshare_client::transport::{
    HttpRequest, HttpResponse, Limits, TimeLimit, Transport, TransportError, TransportErrorKind,
};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Body;
use tower::{Service, ServiceExt};

type BoxError = Box<dyn Error + Send + Sync>;

/// Sends requests with a service, such as hyper-util's client inside layers of tower.
///
/// The service must neither follow redirects nor retry. Its errors are classified by
/// [`kind_of`](crate::kind_of).
#[derive(Debug, Clone)]
pub struct TowerTransport<S> {
    service: S,
}

impl<S> TowerTransport<S> {
    /// Creates a transport over `service`, which is cloned for each request.
    pub fn new(service: S) -> Self {
        Self { service }
    }
}

#[async_trait]
impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>>,
    S: Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: Body<Data: Send, Error: Into<BoxError>> + Send,
{
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError> {
        let sent = send(self.service.clone(), request, limits.max_body);
        tokio::time::timeout(limits.timeout, sent)
            .await
            .unwrap_or_else(|_| {
                let limit = TimeLimit::Attempt(limits.timeout);
                Err(TransportError::new(TransportErrorKind::Timeout, limit))
            })
    }

    async fn sleep(&self, delay: Duration) {
        tokio::time::sleep(delay).await;
    }
}

/// Sends a request, and collects at most `max_body` bytes.
async fn send<S, B>(
    service: S,
    request: HttpRequest,
    max_body: usize,
) -> Result<HttpResponse, TransportError>
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>, Error: Into<BoxError>>,
    B: Body<Error: Into<BoxError>>,
{
    let response = service
        .oneshot(request.map(Full::new))
        .await
        .map_err(|error| failed(error.into()))?;
    let (head, body) = response.into_parts();
    if body.size_hint().lower() > u64::try_from(max_body).unwrap_or(u64::MAX) {
        return Err(TransportErrorKind::TooLarge.into());
    }
    let body = Limited::new(body, max_body)
        .collect()
        .await
        .map_err(failed)?;
    Ok(HttpResponse::from_parts(head, body.to_bytes()))
}

fn failed(error: BoxError) -> TransportError {
    if error.is::<LengthLimitError>() {
        return TransportErrorKind::TooLarge.into();
    }
    TransportError::new(crate::kind_of(&*error), error)
}
