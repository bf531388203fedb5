//! `DescribeFavoriteImages` against wiremock, through both clients: one table of cases.
//!
//! Each case lists the requests it expects. A request matches by method, path, headers, exact
//! parameters and a valid signature; wiremock verifies that each was received the expected number
//! of times, and no other request.

#![cfg(any(feature = "async", feature = "sync"))]
#![allow(clippy::disallowed_methods, reason = "tests measure time")]

mod common;

use std::time::{Duration, Instant};

use common::{Client, clients, config};
use compshare_client::model::{
    AddFavoriteImage, CopyCompShareCustomImage, DescribeFavoriteImages, Image, RetCode,
};
use compshare_client::sign::{Credentials, form};
use compshare_client::{BodyFault, Error, ErrorKind, Sent, Timeouts};
use serde_json::json;
use wiremock::matchers::{any, header, header_exists, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, Times};

/// Parameters of a request, sorted by key, without the public key and the signature.
type Params = &'static [(&'static str, &'static str)];

const FIRST_PAGE: Params = &[
    ("Action", "DescribeFavoriteImages"),
    ("Limit", "2"),
    ("Offset", "0"),
    ("Region", "cn-wlcb"),
];
const ADD_FAVORITE: Params = &[
    ("Action", "AddFavoriteImage"),
    ("CompShareImageId", "compshareImage-a"),
    ("Region", "cn-wlcb"),
];
const COPY_IMAGE: Params = &[
    ("Action", "CopyCompShareCustomImage"),
    ("CompShareImageId", "compshareImage-a"),
    ("Region", "cn-wlcb"),
];

struct Case {
    name: &'static str,
    call: Call,
    exchanges: Vec<Exchange>,
    /// The names of the images that are listed before the end.
    images: &'static [&'static str],
    end: End,
    timeouts: Option<Timeouts>,
    /// Lower bound on the duration of the call.
    at_least: Duration,
}

/// The call of the client.
#[derive(Clone, Copy)]
enum Call {
    /// Lists all favorites, two a page.
    List,
    /// Sends a write that may be repeated.
    AddFavorite,
    /// Sends a write that must not be repeated once it may have been received.
    CopyImage,
}

/// A request, how often it is expected, and the response to it.
struct Exchange {
    params: Params,
    response: ResponseTemplate,
    times: u64,
}

enum End {
    Success,
    Failure {
        kind: ErrorKind,
        sent: Sent,
        attempts: u32,
        check: fn(&Error) -> bool,
    },
}

impl Case {
    fn new(name: &'static str, call: Call) -> Self {
        Self {
            name,
            call,
            exchanges: Vec::new(),
            images: &[],
            end: End::Success,
            timeouts: None,
            at_least: Duration::ZERO,
        }
    }

    /// Expects one more request, once the earlier ones were received.
    fn expects(self, params: Params, response: ResponseTemplate) -> Self {
        self.expects_times(1, params, response)
    }

    fn expects_times(mut self, times: u64, params: Params, response: ResponseTemplate) -> Self {
        self.exchanges.push(Exchange {
            params,
            response,
            times,
        });
        self
    }

    fn lists(mut self, images: &'static [&'static str]) -> Self {
        self.images = images;
        self
    }

    fn fails(self, kind: ErrorKind, sent: Sent, attempts: u32) -> Self {
        self.fails_with(kind, sent, attempts, |_| true)
    }

    fn fails_with(
        mut self,
        kind: ErrorKind,
        sent: Sent,
        attempts: u32,
        check: fn(&Error) -> bool,
    ) -> Self {
        self.end = End::Failure {
            kind,
            sent,
            attempts,
            check,
        };
        self
    }
}

/// An HTTP 200 response with this JSON.
fn ok(body: &serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

/// A page of favorites with these names.
fn page(names: &[&str]) -> ResponseTemplate {
    let rows: Vec<_> = names
        .iter()
        .map(|name| json!({"CompShareImageId": format!("compshareImage-{name}"), "Name": name}))
        .collect();
    ok(&json!({"Action": "DescribeFavoriteImagesResponse", "RetCode": 0, "ImageSet": rows}))
}

fn refusal(code: i64, message: &str) -> ResponseTemplate {
    ok(&json!({"RetCode": code, "Message": message}))
}

/// Page at another offset than the first.
const fn at(offset: &'static str) -> [(&'static str, &'static str); 4] {
    [
        ("Action", "DescribeFavoriteImages"),
        ("Limit", "2"),
        ("Offset", offset),
        ("Region", "cn-wlcb"),
    ]
}

const AT_1: Params = &at("1");
const AT_2: Params = &at("2");
const AT_3: Params = &at("3");

fn cases() -> Vec<Case> {
    let mut cases = listings();
    cases.extend(refusals());
    cases.extend(retries());
    cases.extend(bad_responses());
    cases
}

fn listings() -> Vec<Case> {
    vec![
        Case::new("one page", Call::List)
            .expects(FIRST_PAGE, page(&["a"]))
            .expects(AT_1, page(&[]))
            .lists(&["a"]),
        Case::new("several pages until an empty one", Call::List)
            .expects(FIRST_PAGE, page(&["a", "b"]))
            .expects(AT_2, page(&["c"]))
            .expects(AT_3, page(&[]))
            .lists(&["a", "b", "c"]),
        Case::new("an empty list", Call::List).expects(FIRST_PAGE, page(&[])),
        Case::new("an empty list sent as null", Call::List)
            .expects(FIRST_PAGE, ok(&json!({"RetCode": 0, "ImageSet": null}))),
        Case::new("a failure on the second page", Call::List)
            .expects(FIRST_PAGE, page(&["a", "b"]))
            .expects(AT_2, refusal(171, "Signature VerifyAC Error"))
            .lists(&["a", "b"])
            .fails_with(ErrorKind::Service, Sent::Yes, 1, |error| {
                error.resume_at() == Some(2)
            }),
    ]
}

fn refusals() -> Vec<Case> {
    vec![
        Case::new("RetCode 171: wrong signature", Call::List)
            .expects(FIRST_PAGE, refusal(171, "Signature VerifyAC Error"))
            .fails_with(ErrorKind::Service, Sent::Yes, 1, |error| {
                error.ret_code() == Some(RetCode(171)) && error.is_auth()
            }),
        Case::new("RetCode 172: unknown public key", Call::List)
            .expects(FIRST_PAGE, refusal(172, "User does not exist"))
            .fails_with(ErrorKind::Service, Sent::Yes, 1, |error| {
                error.ret_code() == Some(RetCode(172)) && error.is_auth()
            }),
        Case::new("RetCode 161: unknown action", Call::List)
            .expects(
                FIRST_PAGE,
                refusal(161, "Action [DescribeFavoriteImages] not found"),
            )
            .fails_with(ErrorKind::Service, Sent::Yes, 1, |error| {
                error.ret_code() == Some(RetCode(161)) && error.is_action_unavailable()
            }),
    ]
}

fn retries() -> Vec<Case> {
    let status = ResponseTemplate::new;
    vec![
        Case::new("status 500, then success", Call::List)
            .expects(FIRST_PAGE, status(500))
            .expects(FIRST_PAGE, page(&[])),
        Case::new("status 500 for each attempt", Call::List)
            .expects_times(3, FIRST_PAGE, status(500))
            .fails(ErrorKind::Status, Sent::Maybe, 3),
        Case {
            at_least: Duration::from_secs(1),
            ..Case::new("status 429 with Retry-After, then success", Call::List)
                .expects(FIRST_PAGE, status(429).insert_header("Retry-After", "1"))
                .expects(FIRST_PAGE, page(&[]))
        },
        Case::new("status 429 with a Retry-After beyond the limit", Call::List)
            .expects(FIRST_PAGE, status(429).insert_header("Retry-After", "3600"))
            .fails(ErrorKind::Status, Sent::Maybe, 1),
        Case::new("an idempotent write is repeated", Call::AddFavorite)
            .expects(ADD_FAVORITE, status(500))
            .expects(ADD_FAVORITE, ok(&json!({"RetCode": 0}))),
        Case::new("a write is not repeated", Call::CopyImage)
            .expects(COPY_IMAGE, status(500))
            .fails(ErrorKind::Status, Sent::Maybe, 1),
        Case {
            timeouts: Some(Timeouts::default().attempt(Duration::from_millis(500))),
            ..Case::new("responses slower than the timeout", Call::List)
                .expects_times(3, FIRST_PAGE, page(&[]).set_delay(Duration::from_secs(30)))
                .fails(ErrorKind::Timeout, Sent::Maybe, 3)
        },
        Case {
            timeouts: Some(Timeouts::default().attempt(Duration::from_millis(500))),
            ..Case::new(
                "a response to a write slower than the timeout",
                Call::CopyImage,
            )
            .expects(
                COPY_IMAGE,
                ok(&json!({"RetCode": 0})).set_delay(Duration::from_secs(30)),
            )
            .fails(ErrorKind::Timeout, Sent::Maybe, 1)
        },
    ]
}

fn bad_responses() -> Vec<Case> {
    const HTML: &str = "<html><head><title>Log in</title></head></html>";

    let html = |status| ResponseTemplate::new(status).set_body_raw(HTML, "text/html");
    let body = |fault| ErrorKind::Body(fault);
    vec![
        Case::new("an HTML page with status 200", Call::List)
            .expects(FIRST_PAGE, html(200))
            .fails(body(BodyFault::Html), Sent::Maybe, 1),
        Case::new("an HTML page with status 403", Call::List)
            .expects(FIRST_PAGE, html(403))
            .fails(ErrorKind::Status, Sent::Maybe, 1),
        Case::new("truncated JSON", Call::List)
            .expects(
                FIRST_PAGE,
                ResponseTemplate::new(200)
                    .set_body_raw(r#"{"RetCode":0,"ImageSet":["#, "application/json"),
            )
            .fails(body(BodyFault::Truncated), Sent::Maybe, 1),
        Case::new("a redirect is not followed", Call::List)
            .expects(
                FIRST_PAGE,
                ResponseTemplate::new(307).insert_header("Location", "/elsewhere"),
            )
            .fails(ErrorKind::Redirect, Sent::Maybe, 1),
    ]
}

/// Whether the body is a form with exactly these parameters, signed by the keys of [`config`].
fn is_signed(request: &Request, params: Params) -> bool {
    let Ok(pairs) = form::decode(&request.body) else {
        return false;
    };
    let credentials = Credentials::new("pub-key", "hush-private-key").unwrap();
    let is_authentic = credentials
        .verify(pairs.iter().map(|(key, value)| (key, value)))
        .is_ok();

    let mut sent: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .filter(|(key, _)| !matches!(*key, "PublicKey" | "Signature"))
        .collect();
    sent.sort_unstable();
    is_authentic && sent == params
}

/// Registers the requests of a case, which are answered in this order.
async fn mount(server: &MockServer, case: &Case) {
    for Exchange {
        params,
        response,
        times,
    } in &case.exchanges
    {
        let params = *params;
        Mock::given(method("POST"))
            .and(path("/gateway"))
            .and(header("content-type", "application/x-www-form-urlencoded"))
            .and(header("accept", "application/json"))
            .and(header(
                "user-agent",
                concat!("compshare-rs/", env!("CARGO_PKG_VERSION")),
            ))
            .and(header_exists("content-length"))
            .and(|request: &Request| !request.headers.contains_key("accept-encoding"))
            .and(move |request: &Request| is_signed(request, params))
            .respond_with(response.clone())
            .up_to_n_times(*times)
            .expect(*times)
            .named(format!("{}: {params:?}", case.name))
            .mount(server)
            .await;
    }

    // The lowest priority: whatever matches none of the above.
    Mock::given(any())
        .respond_with(ResponseTemplate::new(404))
        .with_priority(u8::MAX)
        .expect(Times::from(0))
        .named(format!("{}: any other request", case.name))
        .mount(server)
        .await;
}

/// The listed images and the result of a call.
fn perform(client: &Client, call: Call) -> (Vec<Image>, Result<(), Error>) {
    match call {
        Call::List => {
            let (images, result, _) = client.list(DescribeFavoriteImages::new().limit(2));
            (images, result)
        }
        Call::AddFavorite => {
            let action = AddFavoriteImage::new("compshareImage-a");
            (Vec::new(), client.send(&action).map(drop))
        }
        Call::CopyImage => {
            let action = CopyCompShareCustomImage::new("compshareImage-a");
            (Vec::new(), client.send(&action).map(drop))
        }
    }
}

fn check(case: &Case, client: &Client, images: &[Image], result: &Result<(), Error>) {
    let context = format!("{} ({}): {result:?}", case.name, client.name());
    let names: Vec<_> = images.iter().map(|image| image.name.as_str()).collect();
    assert_eq!(names, case.images, "{context}");

    match (&case.end, result) {
        (End::Success, Ok(())) => {}
        (
            End::Failure {
                kind,
                sent,
                attempts,
                check,
            },
            Err(error),
        ) => {
            assert_eq!(
                (error.kind(), error.was_sent(), error.attempts()),
                (*kind, *sent, *attempts),
                "{context}"
            );
            assert!(check(error), "{context}");
            assert!(!format!("{error} {error:?}").contains("hush"), "{context}");
        }
        _ => panic!("{context}"),
    }
}

#[test]
fn both_clients_send_the_expected_requests() {
    // The server has a thread of its own, and so the blocking client may be called from here.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(MockServer::start());

    for case in cases() {
        let mut config = config(&format!("{}/gateway", server.uri()));
        if let Some(timeouts) = case.timeouts.clone() {
            config = config.timeouts(timeouts);
        }
        for client in clients(&config.build().unwrap()) {
            runtime.block_on(mount(&server, &case));
            let start = Instant::now();
            let (images, result) = perform(&client, case.call);
            assert!(start.elapsed() >= case.at_least, "{}", case.name);

            runtime.block_on(server.verify());
            check(&case, &client, &images, &result);
            runtime.block_on(server.reset());
        }
    }
}
