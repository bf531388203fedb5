//! Both clients behind one face, so that each test runs through every client that is compiled in.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::disallowed_methods, reason = "peers wait")]
#![allow(clippy::vec_init_then_push, reason = "what is pushed depends on the features")]

pub(crate) mod peer;
#[cfg(any(feature = "async", feature = "sync"))]
pub(crate) mod tls;

use std::time::Duration;

use compshare_client::model::{Action, PagedAction};
use compshare_client::{CallOptions, Config, ConfigBuilder, Error, ProxyChoice, Reply, RetryPolicy, Timeouts};

/// One of the two clients.
pub(crate) enum Client {
    #[cfg(feature = "async")]
    Async(tokio::runtime::Runtime, compshare_client::Client),
    #[cfg(feature = "sync")]
    Sync(compshare_client::sync::Client),
}

impl Client {
    pub(crate) fn name(&self) -> &'static str {
        match *self {
            #[cfg(feature = "async")]
            Self::Async(..) => "async",
            #[cfg(feature = "sync")]
            Self::Sync(..) => "sync",
        }
    }

    pub(crate) fn send_with<A>(&self, action: &A, options: &CallOptions) -> Result<Reply<A::Response>, Error>
    where
        A: Action,
        A::Response: Send,
    {
        match self {
            #[cfg(feature = "async")]
            Self::Async(runtime, client) => runtime.block_on(client.send_with(action, options)),
            #[cfg(feature = "sync")]
            Self::Sync(client) => client.send_with(action, options),
        }
    }

    pub(crate) fn send<A>(&self, action: &A) -> Result<A::Response, Error>
    where
        A: Action,
        A::Response: Send,
    {
        self.send_with(action, &CallOptions::default()).map(|reply| reply.value)
    }

    /// Walks a listing: the rows, how it ended, and how many requests it took.
    pub(crate) fn list<A>(&self, action: A) -> (Vec<A::Item>, Result<(), Error>, u64)
    where
        A: PagedAction + Send,
        A::Response: Send,
        A::Item: Send,
    {
        let mut rows = Vec::new();
        match self {
            #[cfg(feature = "async")]
            Self::Async(runtime, client) => runtime.block_on(async {
                let mut items = client.pages(action).items();
                while let Some(item) = items.next().await {
                    match item {
                        Ok(item) => rows.push(item),
                        Err(error) => return (rows, Err(error), items.requests()),
                    }
                }
                (rows, Ok(()), items.requests())
            }),
            #[cfg(feature = "sync")]
            Self::Sync(client) => {
                let mut items = client.pages(action).items();
                for item in items.by_ref() {
                    match item {
                        Ok(item) => rows.push(item),
                        Err(error) => return (rows, Err(error), items.requests()),
                    }
                }
                (rows, Ok(()), items.requests())
            }
        }
    }
}

/// Every client that is compiled in, over its own transport.
pub(crate) fn clients(config: &Config) -> Vec<Client> {
    #[allow(unused_mut, reason = "with no feature on there is none")]
    let mut clients = Vec::new();
    #[cfg(feature = "async")]
    clients.push(Client::Async(runtime(), compshare_client::Client::new(config.clone()).unwrap()));
    #[cfg(feature = "sync")]
    clients.push(Client::Sync(compshare_client::sync::Client::new(config.clone()).unwrap()));
    let _ = config;
    clients
}

/// Every client that is compiled in, over a script of its own.
#[cfg(feature = "testing")]
pub(crate) fn scripted(
    config: &Config,
    script: impl Fn() -> compshare_client::testing::ScriptedTransport,
) -> Vec<(Client, compshare_client::testing::ScriptedTransport)> {
    #[allow(unused_mut, reason = "with no feature on there is none")]
    let mut clients = Vec::new();
    #[cfg(feature = "async")]
    {
        let transport = script();
        let client = compshare_client::Client::with_transport(config.clone(), transport.clone());
        clients.push((Client::Async(runtime(), client), transport));
    }
    #[cfg(feature = "sync")]
    {
        let transport = script();
        let client = compshare_client::sync::Client::with_transport(config.clone(), transport.clone());
        clients.push((Client::Sync(client), transport));
    }
    let _ = (config, script);
    clients
}

#[cfg(feature = "async")]
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Settings for a peer on this machine: short waits between attempts, and limits that a loaded machine does not reach.
pub(crate) fn config(base_url: &str) -> ConfigBuilder {
    Config::builder()
        .keys("pub-key", "hush-private-key")
        .region("cn-wlcb")
        .base_url(base_url)
        .proxy(ProxyChoice::None)
        .retry(quick_retries())
        .timeouts(
            Timeouts::default()
                .connect(Duration::from_secs(5))
                .idle(Duration::from_secs(3))
                .attempt(Duration::from_secs(8))
                .call(Duration::from_secs(30)),
        )
}

/// Limits that a test waits for.
pub(crate) fn hasty() -> Timeouts {
    Timeouts::default()
        .connect(Duration::from_secs(1))
        .idle(Duration::from_millis(1200))
        .attempt(Duration::from_millis(2500))
        .call(Duration::from_secs(10))
}

pub(crate) fn quick_retries() -> RetryPolicy {
    RetryPolicy::default().base_delay(Duration::from_millis(1)).max_delay(Duration::from_millis(4))
}
