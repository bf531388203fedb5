//! The baseline of the asynchronous client: hyper-util's pooled client and
//! `serde_json::from_slice`.

#[path = "../baseline.rs"]
mod baseline;
mod shared;
mod tasks;

use std::sync::Arc;

use bytes::Bytes;
use compshare_sign::Credentials;
use http::header::{ACCEPT, CONTENT_TYPE};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use shared::{Outcome, Tally, Task};

#[derive(Clone)]
struct Bare {
    client: Client<HttpConnector, Full<Bytes>>,
    credentials: Arc<Credentials>,
    address: String,
    page_size: u32,
}

impl Bare {
    fn new(address: String, page_size: u32) -> Outcome<Self> {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        let credentials = Arc::new(Credentials::new(shared::PUBLIC_KEY, shared::PRIVATE_KEY)?);
        Ok(Self {
            client,
            credentials,
            address,
            page_size,
        })
    }

    async fn page(&self, offset: usize) -> Outcome<baseline::Page> {
        let request = http::Request::post(&self.address)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(Full::new(Bytes::from(shared::form(
                &self.credentials,
                offset,
                self.page_size,
            )?)))?;
        let response = self.client.request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().to_string().into());
        }
        let body = response.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice(&body)?)
    }
}

async fn run() -> Outcome<Tally> {
    match Task::from_arguments()? {
        Task::List {
            address, page_size, ..
        } => {
            let bare = Bare::new(address, page_size)?;
            let mut tally = Tally::default();
            let mut offset = 0;
            loop {
                let page = bare.page(offset).await?;
                if page.image_set.is_empty() {
                    return Ok(tally);
                }
                offset += page.image_set.len();
                for image in &page.image_set {
                    tally.add(&image.comp_share_image_id);
                }
            }
        }
        Task::Calls {
            address,
            page_size,
            requests,
            in_flight,
        } => {
            let bare = Bare::new(address, page_size)?;
            tasks::calls(requests, in_flight, move || {
                let bare = bare.clone();
                async move {
                    let images = bare.page(0).await?.image_set;
                    Ok(images
                        .into_iter()
                        .map(|image| image.comp_share_image_id)
                        .collect())
                }
            })
            .await
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    shared::exit(run().await)
}
