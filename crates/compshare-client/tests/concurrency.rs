//! One client, many callers.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use common::config;
use compshare_client::Config;
use compshare_client::model::Untyped;
use compshare_mock::MockGateway;

fn settings(gateway: &MockGateway) -> Config {
    config(&gateway.base_url())
        .keys(gateway.public_key(), gateway.private_key())
        // Many callers share two cores with the gateway: the limits are not what is tested here.
        .timeouts(compshare_client::Timeouts::default())
        .build()
        .unwrap()
}

/// Asks for the one row at `offset`, so that a crossed answer would show.
fn ask(offset: usize) -> Untyped {
    Untyped::read("DescribeFavoriteImages")
        .param("Offset", offset)
        .param("Limit", 1)
}

#[cfg(feature = "async")]
#[test]
fn thousand_tasks_get_their_own_responses() {
    let gateway = MockGateway::start().unwrap();
    let rows = gateway.state().favorites();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = compshare_client::Client::new(settings(&gateway));
        let tasks: Vec<_> = (0..1000)
            .map(|number| {
                let offset = number % rows.len();
                (offset, tokio::spawn(client.send(&ask(offset))))
            })
            .collect();
        for (offset, task) in tasks {
            let value = task.await.unwrap().unwrap();
            assert_eq!(value["ImageSet"][0], rows[offset]);
        }
    });
    assert_eq!(gateway.requests(), 1000);
}

#[cfg(feature = "sync")]
#[test]
fn sixty_four_threads_get_their_own_responses() {
    let gateway = MockGateway::start().unwrap();
    let rows = gateway.state().favorites();
    let client = compshare_client::sync::Client::new(settings(&gateway));
    std::thread::scope(|scope| {
        for thread in 0..64 {
            let (client, rows) = (client.clone(), &rows);
            scope.spawn(move || {
                for number in 0..10 {
                    let offset = (thread * 7 + number) % rows.len();
                    let value = client.send(&ask(offset)).unwrap();
                    assert_eq!(value["ImageSet"][0], rows[offset]);
                }
            });
        }
    });
    assert_eq!(gateway.requests(), 640);
}

/// Never more connections than calls under way, and those are used again.
#[test]
fn connections_do_not_exceed_callers() {
    use common::peer::{Peer, answer};
    const CALLERS: usize = 16;
    const CALLS: usize = 6;
    for index in 0..common::clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
        let peer = Peer::new(vec![vec![answer("200 OK", r#"{"RetCode":0}"#)]]);
        let settings = config(&peer.url()).build().unwrap();
        match common::clients(&settings).swap_remove(index) {
            #[cfg(feature = "async")]
            common::Client::Async(runtime, client) => runtime.block_on(async {
                let callers = (0..CALLERS).map(|_| {
                    let client = client.clone();
                    tokio::spawn(async move {
                        for _ in 0..CALLS {
                            client.send(&Untyped::read("DescribeX")).await.unwrap();
                        }
                    })
                });
                for caller in callers.collect::<Vec<_>>() {
                    caller.await.unwrap();
                }
            }),
            #[cfg(feature = "sync")]
            common::Client::Sync(client) => std::thread::scope(|scope| {
                for _ in 0..CALLERS {
                    scope.spawn(|| {
                        for _ in 0..CALLS {
                            client.send(&Untyped::read("DescribeX")).unwrap();
                        }
                    });
                }
            }),
        }
        assert_eq!(peer.requests().len(), CALLERS * CALLS);
        assert!(
            peer.connections() <= CALLERS,
            "{} connections for {CALLERS} callers",
            peer.connections()
        );
    }
}

/// A call that is dropped closes its connection, and the client goes on working.
#[cfg(feature = "async")]
#[test]
fn dropped_call_closes_its_connection() {
    use std::time::Duration;

    use common::peer::{Act, Peer, answer};
    let peer = Peer::new(vec![
        vec![Act::Hang],
        vec![answer("200 OK", r#"{"RetCode":0}"#)],
    ]);
    common::runtime().block_on(async {
        let client = compshare_client::Client::new(config(&peer.url()).build().unwrap());
        let mut call = Box::pin(client.send(&Untyped::read("DescribeX")));
        for _ in 0..100 {
            assert!(
                tokio::time::timeout(Duration::from_millis(20), call.as_mut())
                    .await
                    .is_err()
            );
            if peer.requests().len() == 1 {
                break;
            }
        }
        assert_eq!(peer.requests().len(), 1);
        drop(call);
        client.send(&Untyped::read("DescribeX")).await.unwrap();
        assert_eq!(
            (peer.requests().len(), peer.connections()),
            (2, 2),
            "not over the connection that was given up"
        );
    });
}
