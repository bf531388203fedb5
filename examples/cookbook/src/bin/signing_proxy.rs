//! Signs the reads of other programs with a key that stays in this one.

use std::env;
use std::error::Error;

use compshare_client::Config;
use compshare_client::model::{Effect, effect_of};
use compshare_client::sign::{Credentials, Params, VerifyError, form};
use compshare_client::transport::{HttpRequest, HyperTransport, Limits, Transport};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::net::TcpListener;

type BoxError = Box<dyn Error + Send + Sync>;

struct Proxy {
    config: Config,
    /// The key of the callers, which is valid here only.
    callers: Credentials,
    transport: HyperTransport,
}

/// Verifies a request and signs it again.
fn sign(proxy: &Proxy, body: &[u8]) -> Result<String, BoxError> {
    let received = form::decode(body)?;
    proxy
        .callers
        .verify(received.iter().map(|(key, value)| (key, value)))?;

    let rest = received.into_iter();
    let rest = rest.filter(|(key, _)| !["PublicKey", "Signature"].contains(&key.as_str()));
    let params = Params::from_pairs(rest)?;
    if params.get("Action").and_then(effect_of) != Some(Effect::Read) {
        return Err("the proxy signs reads only".into());
    }
    Ok(proxy.config.credentials().sign(params).to_form())
}

/// Returns the response of the service, or that of the proxy. An error closes the connection.
async fn forward(
    proxy: &Proxy,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, BoxError> {
    let body = Limited::new(request, 64 << 10).collect().await?.to_bytes();
    let signed = match sign(proxy, &body) {
        Ok(signed) => signed,
        Err(error) => {
            let code = error.downcast_ref().map_or(299, VerifyError::ret_code);
            let body = json!({"RetCode": code, "Message": error.to_string()});
            return Ok(Response::new(Full::from(body.to_string())));
        }
    };

    let request: HttpRequest = Request::post(proxy.config.base_url())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(signed.into())?;
    let limits = Limits::new(proxy.config.timeouts().attempt, 16 << 20);
    let response = proxy.transport.send(request, &limits).await?;
    Ok(response.map(Full::new))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let config = Config::from_env()?;
    let [public_key, private_key] = ["PROXY_PUBLIC_KEY", "PROXY_PRIVATE_KEY"].map(env::var);
    let proxy: &Proxy = Box::leak(Box::new(Proxy {
        callers: Credentials::new(public_key?, private_key?)?,
        transport: HyperTransport::new(&config),
        config,
    }));

    let address = env::args().nth(1).ok_or("expected an address")?;
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let service = service_fn(|request| forward(proxy, request));
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}
