//! Both clients behind one face, so that each test runs through every client that is compiled in.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::disallowed_methods, reason = "peers wait")]
#![allow(
    clippy::vec_init_then_push,
    reason = "what is pushed depends on the features"
)]

pub(crate) mod peer;
#[cfg(any(feature = "async-client", feature = "sync-client"))]
pub(crate) mod scenarios;
#[cfg(any(feature = "async-client", feature = "sync-client"))]
pub(crate) mod service;
#[cfg(any(feature = "async", feature = "sync"))]
pub(crate) mod socks;
#[cfg(any(feature = "async", feature = "sync"))]
pub(crate) mod tls;

use std::time::Duration;

use compshare_client::engine::{CommunityAction, FavoritesPaginator, Paginator, PlatformPaginator};
use compshare_client::model::{
    Action, BootDisk, ChargeType, CreateCompShareInstance, DescribeCompShareImages, Favorite,
    GetCompShareImageCreateProgress, Gigabytes, Image, ImageGroup, ImageId, InstanceSize,
    PagedAction,
};
use compshare_client::{
    CallOptions, Config, ConfigBuilder, Error, FavoritesQuery, FavoritesSource, ImageOutcome,
    ProxyChoice, Reply, RetryPolicy, Timeouts, WaitOptions,
};

/// One of the two clients.
pub(crate) enum Client {
    #[cfg(feature = "async-client")]
    Async(tokio::runtime::Runtime, compshare_client::Client),
    #[cfg(feature = "sync-client")]
    Sync(compshare_client::sync::Client),
}

impl Client {
    pub(crate) fn name(&self) -> &'static str {
        match *self {
            #[cfg(feature = "async-client")]
            Self::Async(..) => "async",
            #[cfg(feature = "sync-client")]
            Self::Sync(..) => "sync",
        }
    }

    pub(crate) fn send_with<A>(
        &self,
        action: &A,
        options: &CallOptions,
    ) -> Result<Reply<A::Response>, Error>
    where
        A: Action,
    {
        match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => runtime.block_on(client.send_with(action, options)),
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => client.send_with(action, options),
        }
    }

    pub(crate) fn send<A>(&self, action: &A) -> Result<A::Response, Error>
    where
        A: Action,
    {
        self.send_with(action, &CallOptions::default())
            .map(|reply| reply.value)
    }

    /// Walks a listing: the rows, how it ended, and how many requests it took.
    pub(crate) fn list<A>(&self, action: A) -> (Vec<A::Item>, Result<(), Error>, u64)
    where
        A: PagedAction,
    {
        let Listed {
            rows,
            result,
            requests,
            ..
        } = match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => {
                drain_async(runtime, client.pages(action).into_items(), |_| ())
            }
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => drain(client.pages(action).into_items(), |_| ()),
        };
        (rows, result, requests)
    }

    /// Walks the favorites; what is seen of the walk at its end is the way it went.
    pub(crate) fn favorites(
        &self,
        query: FavoritesQuery,
    ) -> Listed<Favorite, Option<FavoritesSource>> {
        match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => drain_async(
                runtime,
                client.favorites_with(query).into_items(),
                FavoritesPaginator::source,
            ),
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => drain(
                client.favorites_with(query).into_items(),
                FavoritesPaginator::source,
            ),
        }
    }

    /// As [`favorites`](Self::favorites), asking for so many pages ahead where the client can.
    pub(crate) fn favorites_ahead(
        &self,
        query: FavoritesQuery,
        pages: u32,
    ) -> Listed<Favorite, Option<FavoritesSource>> {
        match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => drain_async(
                runtime,
                client.favorites_with(query).prefetch(pages).into_items(),
                FavoritesPaginator::source,
            ),
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => {
                let _ = pages;
                drain(
                    client.favorites_with(query).into_items(),
                    FavoritesPaginator::source,
                )
            }
        }
    }

    /// Lists groups of community images, without readmes where they can be left out; at most
    /// `max_items` of them.
    pub(crate) fn community_images<A: CommunityAction>(
        &self,
        action: A,
        max_items: u64,
    ) -> Listed<ImageGroup, ()> {
        match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => drain_async(
                runtime,
                client
                    .images()
                    .community(action)
                    .max_items(max_items)
                    .into_items(),
                |_| (),
            ),
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => drain(
                client
                    .images()
                    .community(action)
                    .max_items(max_items)
                    .into_items(),
                |_| (),
            ),
        }
    }

    /// Walks the platform's images, at most `max_items` of them.
    pub(crate) fn platform_images<S>(
        &self,
        request: DescribeCompShareImages,
        max_items: u64,
        see: impl FnOnce(&PlatformPaginator) -> S,
    ) -> Listed<Image, S> {
        match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => drain_async(
                runtime,
                client
                    .images()
                    .platform(request)
                    .max_items(max_items)
                    .into_items(),
                see,
            ),
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => drain(
                client
                    .images()
                    .platform(request)
                    .max_items(max_items)
                    .into_items(),
                see,
            ),
        }
    }

    pub(crate) fn set_favorite(
        &self,
        group: &str,
        favorite: bool,
    ) -> Result<FavoritesSource, Error> {
        match (self, favorite) {
            #[cfg(feature = "async-client")]
            (Self::Async(runtime, client), true) => {
                runtime.block_on(client.images().add_favorite(group))
            }
            #[cfg(feature = "async-client")]
            (Self::Async(runtime, client), false) => {
                runtime.block_on(client.images().remove_favorite(group))
            }
            #[cfg(feature = "sync-client")]
            (Self::Sync(client), true) => client.images().add_favorite(group),
            #[cfg(feature = "sync-client")]
            (Self::Sync(client), false) => client.images().remove_favorite(group),
        }
    }

    pub(crate) fn find_group(&self, image: &ImageId) -> Result<Option<ImageGroup>, Error> {
        match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => runtime.block_on(client.images().find_group(image)),
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => client.images().find_group(image),
        }
    }

    pub(crate) fn wait_for_image_with(
        &self,
        request: GetCompShareImageCreateProgress,
        options: WaitOptions,
    ) -> Result<ImageOutcome, Error> {
        match self {
            #[cfg(feature = "async-client")]
            Self::Async(runtime, client) => {
                runtime.block_on(client.images().wait_until_ready_with(request, options))
            }
            #[cfg(feature = "sync-client")]
            Self::Sync(client) => client.images().wait_until_ready_with(request, options),
        }
    }
}

/// Runs a method of the handle for instances through either client.
#[allow(unused_macros, reason = "each test file uses its part")]
macro_rules! on_instances {
    ($client:expr, $method:ident($($argument:expr),*)) => {
        match $client {
            #[cfg(feature = "async-client")]
            $crate::common::Client::Async(runtime, client) => {
                runtime.block_on(client.instances().$method($($argument),*))
            }
            #[cfg(feature = "sync-client")]
            $crate::common::Client::Sync(client) => client.instances().$method($($argument),*),
        }
    };
}
#[allow(unused_imports, reason = "each test file uses its part")]
pub(crate) use on_instances;

/// Returns a request for an instance.
pub(crate) fn new_instance() -> CreateCompShareInstance {
    CreateCompShareInstance::new(
        "cn-wlcb-01",
        InstanceSize::new("4090", 1, 16, Gigabytes(64)),
        "image-1",
        BootDisk::new("CLOUD_SSD", Gigabytes(100)),
        ChargeType::Postpay,
    )
}

/// Returns the ids of a favorite's versions, or of the image itself.
pub(crate) fn version_ids(favorite: &Favorite) -> Vec<String> {
    let single = std::slice::from_ref(&favorite.image);
    let versions = match favorite.versions.as_slice() {
        [] => single,
        versions => versions,
    };
    let ids = versions.iter().map(|version| version.id.to_string());
    ids.filter(|id| !id.is_empty()).collect()
}

/// A listing that was walked to its end.
#[derive(Debug)]
pub(crate) struct Listed<T, S> {
    pub(crate) rows: Vec<T>,
    pub(crate) result: Result<(), Error>,
    pub(crate) requests: u64,
    /// What was seen of the walk at its end.
    pub(crate) seen: S,
}

#[cfg(feature = "async-client")]
fn drain_async<P: Paginator, S>(
    runtime: &tokio::runtime::Runtime,
    mut items: compshare_client::Items<P>,
    see: impl FnOnce(&P) -> S,
) -> Listed<P::Item, S> {
    let (mut rows, mut result) = (Vec::new(), Ok(()));
    while let Some(item) = runtime.block_on(items.next()) {
        match item {
            Ok(item) => rows.push(item),
            Err(error) => result = Err(error),
        }
    }
    Listed {
        rows,
        result,
        requests: items.requests(),
        seen: see(items.paginator()),
    }
}

#[cfg(feature = "sync-client")]
fn drain<P: Paginator, S>(
    mut items: compshare_client::sync::Items<P>,
    see: impl FnOnce(&P) -> S,
) -> Listed<P::Item, S> {
    let (mut rows, mut result) = (Vec::new(), Ok(()));
    for item in items.by_ref() {
        match item {
            Ok(item) => rows.push(item),
            Err(error) => result = Err(error),
        }
    }
    Listed {
        rows,
        result,
        requests: items.requests(),
        seen: see(items.paginator()),
    }
}

/// Every client that is compiled in, over its own transport.
pub(crate) fn clients(config: &Config) -> Vec<Client> {
    #[allow(unused_mut, reason = "with no feature on there is none")]
    let mut clients = Vec::new();
    #[cfg(feature = "async")]
    clients.push(Client::Async(
        runtime(),
        compshare_client::Client::new(config.clone()),
    ));
    #[cfg(feature = "sync")]
    clients.push(Client::Sync(compshare_client::sync::Client::new(
        config.clone(),
    )));
    let _ = config;
    clients
}

/// Every client that is compiled in, over a script of its own.
#[cfg(all(
    feature = "testing",
    any(feature = "async-client", feature = "sync-client")
))]
pub(crate) fn scripted(
    config: &Config,
    script: impl Fn() -> compshare_client::testing::ScriptedTransport,
) -> Vec<(Client, compshare_client::testing::ScriptedTransport)> {
    #[allow(unused_mut, reason = "with no feature on there is none")]
    let mut clients = Vec::new();
    #[cfg(feature = "async-client")]
    {
        let transport = script();
        let client = compshare_client::Client::with_transport(config.clone(), transport.clone());
        clients.push((Client::Async(runtime(), client), transport));
    }
    #[cfg(feature = "sync-client")]
    {
        let transport = script();
        let client =
            compshare_client::sync::Client::with_transport(config.clone(), transport.clone());
        clients.push((Client::Sync(client), transport));
    }
    let _ = (config, script);
    clients
}

/// Every client that is compiled in, over a service inside the test.
#[cfg(any(feature = "async-client", feature = "sync-client"))]
pub(crate) fn serviced(service: &service::Service) -> Vec<Client> {
    serviced_with(&config("http://127.0.0.1:1").build().unwrap(), service)
}

/// Every client that is compiled in with these settings, over a service inside the test.
#[cfg(any(feature = "async-client", feature = "sync-client"))]
pub(crate) fn serviced_with(config: &Config, service: &service::Service) -> Vec<Client> {
    let mut clients = Vec::new();
    #[cfg(feature = "async-client")]
    {
        let client = compshare_client::Client::with_transport(config.clone(), service.clone());
        clients.push(Client::Async(runtime(), client));
    }
    #[cfg(feature = "sync-client")]
    clients.push(Client::Sync(
        compshare_client::sync::Client::with_transport(config.clone(), service.clone()),
    ));
    clients
}

#[cfg(feature = "async-client")]
pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// Settings for a peer on this machine: short waits between attempts, and limits that a loaded
/// machine does not reach.
pub(crate) fn config(base_url: &str) -> ConfigBuilder {
    Config::builder()
        .keys("pub-key", "hush-private-key")
        .region("cn-wlcb")
        .base_url(base_url)
        .proxy(ProxyChoice::Direct)
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
    RetryPolicy::default()
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(4))
}
