//! Properties of the engine, for any responses at any time.

use std::collections::HashSet;
use std::time::{Duration, Instant, SystemTime};

use compshare_client::engine::{
    Engine, Exchange, FavoritesPaginator, Operation, PageResult, Paginator, Step,
};
use compshare_client::model::{Action, DescribeFavoriteImages, Effect, Untyped};
use compshare_client::sign::form;
use compshare_client::transport::{HttpResponse, Now, TransportError, TransportErrorKind};
use compshare_client::{
    CallOptions, Config, Error, ErrorKind, FavoritesQuery, RetryPolicy, Sent, Timeouts,
};

const PRIVATE_KEY: &str = "hush-private-key";
const MAX_ATTEMPTS: u32 = 4;
const CALL_TIMEOUT: Duration = Duration::from_secs(60);
const MAX_PAGES: u64 = 50;

fn engine() -> Engine {
    let config = Config::builder()
        .keys("public-key", PRIVATE_KEY)
        .retry(RetryPolicy::default().max_attempts(MAX_ATTEMPTS))
        .timeouts(Timeouts::default().call(CALL_TIMEOUT))
        .max_pages(MAX_PAGES)
        .build()
        .expect("valid settings");
    Engine::new(config)
}

/// Returns the time on a virtual clock, `elapsed` after `start`.
fn now(start: Instant, elapsed: Duration) -> Now {
    Now::new(
        start + elapsed,
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + elapsed,
    )
}

/// Classifies one response. The input is two bytes for the status, a line for `Retry-After`, a line
/// for the content type, and the body.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn classify(data: &[u8]) {
    let Some((status, rest)) = data.split_first_chunk::<2>() else {
        return;
    };
    let mut lines = rest.splitn(3, |byte| *byte == b'\n');
    let retry_after = lines.next().unwrap_or_default();
    let content_type = lines.next().unwrap_or_default();
    let body = lines.next().unwrap_or_default();

    let mut response = HttpResponse::new(body.to_vec().into());
    *response.status_mut() = status_of(u16::from_be_bytes(*status));
    for (name, value) in [("retry-after", retry_after), ("content-type", content_type)] {
        if let Ok(value) = value.try_into() {
            response.headers_mut().insert(name, value);
        }
    }
    let status = response.status();

    let mut exchange = exchange(
        &DescribeFavoriteImages::new(),
        &CallOptions::default().retry(RetryPolicy::never()),
    );
    let now = now(Instant::now(), Duration::ZERO);
    let Step::Send(..) = exchange.step(now) else {
        panic!("nothing to send")
    };
    exchange.complete(now, Ok(response));

    match exchange.step(now) {
        Step::Done(Ok(_)) => {
            assert!(status.is_success());
            let text = std::str::from_utf8(body).expect("a successful response is UTF-8");
            match serde_json::from_str::<serde_json::Value>(text) {
                Ok(value) => assert!(value.is_object()),
                // The engine accepts invalid JSON only if it has a lone surrogate.
                Err(error) => assert!(error.to_string().contains("hex escape"), "{error}"),
            }
        }
        Step::Done(Err(error)) => check_error(&error),
        step => panic!("not done: {step:?}"),
    }
}

fn exchange<A: Action>(action: &A, options: &CallOptions) -> Exchange<A::Response> {
    engine().exchange(action, options).expect("a valid action")
}

fn status_of(number: u16) -> http::StatusCode {
    http::StatusCode::from_u16(100 + number % 900).expect("from 100 to 999")
}

/// Checks that an error is one line of bounded length, and that it contains no secret.
fn check_error(error: &Error) {
    let line = error.to_string();
    assert_eq!(line.lines().count(), 1);
    assert!(line.len() < 4096 && !line.chars().any(char::is_control));

    let mut output = format!("{line} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        output += &next.to_string();
        cause = next.source();
    }
    assert!(!output.contains(PRIVATE_KEY));
}

/// Runs a call with scripted outcomes. The first byte of the input is the effect. Each three bytes
/// are the outcome and the duration of an attempt.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn retry(data: &[u8]) {
    let Some((effect, script)) = data.split_first() else {
        return;
    };
    let effect = [Effect::Read, Effect::IdempotentWrite, Effect::Write][usize::from(effect % 3)];
    let mut exchange = exchange(
        &Untyped::new("DoSomething", effect),
        &CallOptions::default(),
    );

    let mut script = script.chunks_exact(3);
    let start = Instant::now();
    let mut elapsed = Duration::ZERO;
    let mut attempts = 0;
    let mut maybe_sent = false;
    let mut maybe_applied = false;

    // Every attempt takes at most three steps.
    for _ in 0..=3 * MAX_ATTEMPTS {
        match exchange.step(now(start, elapsed)) {
            Step::Send(_, limits) => {
                attempts += 1;
                assert!(attempts <= MAX_ATTEMPTS && elapsed < CALL_TIMEOUT);
                assert!(elapsed + limits.timeout <= CALL_TIMEOUT);
                assert!(
                    effect != Effect::Write || !maybe_applied,
                    "a write was sent again"
                );

                let Some(&[kind, code, duration]) = script.next() else {
                    return;
                };
                elapsed += Duration::from_millis(u64::from(duration) * 200).min(limits.timeout);
                let outcome = outcome(kind, code);
                maybe_sent |= outcome.maybe_sent;
                maybe_applied |= outcome.maybe_applied;
                exchange.complete(now(start, elapsed), outcome.result);
            }
            Step::Wait(delay) => {
                elapsed += delay;
                assert!(elapsed < CALL_TIMEOUT, "a wait exceeds the timeout");
            }
            Step::Done(Ok(reply)) => return assert_eq!(reply.attempts, attempts),
            Step::Done(Err(error)) => {
                assert_eq!(error.attempts(), attempts);
                assert_eq!(error.was_sent() != Sent::No, maybe_sent);
                return check_error(&error);
            }
        }
    }
    panic!("the call does not end");
}

/// The outcome of an attempt.
struct AttemptOutcome {
    result: Result<HttpResponse, TransportError>,
    /// `true` if the request may have been sent.
    maybe_sent: bool,
    /// `true` if the service may have acted on the request.
    maybe_applied: bool,
}

/// Returns the outcome for two bytes of the input.
fn outcome(kind: u8, code: u8) -> AttemptOutcome {
    use TransportErrorKind as Kind;
    let errors = [
        (Kind::Connect, false),
        (Kind::ConnectTimeout, false),
        (Kind::Tls, false),
        (Kind::Unsupported, false),
        (Kind::Timeout, true),
        (Kind::Interrupted, true),
        (Kind::TooLarge, true),
        (Kind::Protocol, true),
    ];
    if let Some(&(error, maybe_sent)) = errors.get(usize::from(kind)) {
        return AttemptOutcome {
            result: Err(error.into()),
            maybe_sent,
            maybe_applied: maybe_sent,
        };
    }

    let throttled = [153, 8441, 226_619];
    let codes = [
        0,
        150,
        110,
        171,
        8039,
        8438,
        999_999,
        throttled[0],
        throttled[1],
        throttled[2],
    ];
    let code = codes[usize::from(code) % codes.len()];
    let statuses = [200, 429, 503, 500, 404, 307];
    let status = statuses[usize::from(kind) % statuses.len()];
    let mut response = HttpResponse::new(format!(r#"{{"RetCode":{code}}}"#).into());
    *response.status_mut() = status.try_into().expect("a status");

    let is_redirect = status == 307;
    let is_throttled =
        !is_redirect && throttled.contains(&code) || status == 429 && [0, 999_999].contains(&code);
    AttemptOutcome {
        result: Ok(response),
        maybe_sent: true,
        maybe_applied: !is_throttled,
    }
}

/// Lists the pages of a service with any rows. Each byte of the input is a row, and 0 ends a page.
/// The listing ends and returns each row once.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn paging(data: &[u8]) {
    let engine = engine();
    let offset = if data.first() == Some(&255) {
        u64::MAX - 3
    } else {
        0
    };
    let mut pages = engine.paginator(DescribeFavoriteImages::new().offset(offset));
    let mut served_pages = data.split(|byte| *byte == 0);
    let mut listed = Vec::new();
    let mut served = HashSet::new();

    for _ in 0..=MAX_PAGES {
        let offset = match pages.next_page() {
            None => break,
            Some(Ok(offset)) => offset,
            Some(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Paging);
                break;
            }
        };

        let rows = served_pages.next().unwrap_or_default();
        match pages.accept(page(&pages, offset, |_| list_of(rows))) {
            Ok(None) => assert!(rows.is_empty()),
            Ok(Some(page)) => {
                assert_eq!(page.received, rows.len() as u64);
                served.extend(rows.iter().copied());
                listed.extend(
                    page.items
                        .iter()
                        .map(|image| image.name.parse::<u8>().expect("a number")),
                );
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Paging);
                assert_eq!(error.resume_at(), Some(pages.offset()));
                check_error(&error);
            }
        }
    }

    assert!(pages.next_page().is_none(), "the listing does not end");
    assert_eq!(listed.iter().copied().collect::<HashSet<_>>(), served);
    assert_eq!(listed.len(), served.len(), "a row was listed twice");
}

/// Lists the favorites of a service with any API and pages. The first byte of the input selects the
/// API, the others are groups, and 0 ends a page. The listing ends and returns each version of each
/// favorite once, even if a group is split over pages.
///
/// # Panics
///
/// Panics if the property does not hold.
pub fn favorites(data: &[u8]) {
    let Some((&api, data)) = data.split_first() else {
        return;
    };
    let engine = engine();
    let (is_documented, is_strict, is_flat) = (api & 1 != 0, api & 2 != 0, api & 4 != 0);
    let mut paginator = engine.favorites(FavoritesQuery::new());
    let mut served_pages = data.split(|byte| *byte == 0);
    let mut listed = Vec::new();
    let mut served = HashSet::new();
    let (mut groups, mut flags) = (0, 0);

    for _ in 0..=MAX_PAGES + 2 {
        let offset = match paginator.next_page() {
            None => break,
            Some(Ok(offset)) => offset,
            Some(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Paging);
                break;
            }
        };

        // An unavailable action or an unknown parameter makes the paginator fall back.
        let (is_community, with_readmes) = requested_page(&paginator, offset);
        let error_code = match (is_community, is_documented, is_strict && !with_readmes) {
            (false, false, _) => Some(161),
            (true, _, true) => Some(230),
            _ => None,
        };
        if let Some(code) = error_code {
            let result = page(&paginator, offset, |_| format!(r#"{{"RetCode":{code}}}"#));
            assert!(
                matches!(paginator.accept(result), Ok(None)),
                "expected a fallback"
            );
            continue;
        }
        assert_eq!(is_community, !is_documented);

        let rows = served_pages.next().unwrap_or_default();
        let mut objects = Vec::new();
        for &row in rows {
            // The community list flags some groups as favorites, some as others, and some not at
            // all.
            let is_favorite = if is_documented {
                Some(true)
            } else {
                [Some(true), Some(false), None][usize::from(row >> 2) % 3]
            };
            groups += 1;
            flags += u32::from(is_favorite.is_some());
            if is_favorite == Some(true) {
                served.extend(version_ids(row));
            }
            objects.push(group_of(row, is_favorite));
        }

        let list = if is_flat {
            "ImageSet"
        } else {
            "CompshareImageGroup"
        };
        let body = format!(r#"{{"RetCode":0,"{list}":[{}]}}"#, objects.join(","));
        let result = page(&paginator, offset, |_| body);
        assert!(result.is_ok(), "expected a valid page");

        match paginator.accept(result) {
            Ok(page) => {
                assert!(
                    page.is_some() || is_documented || groups == 0 || flags > 0,
                    "missing flags are taken for an empty list"
                );
                for favorite in page.into_iter().flat_map(|page| page.items) {
                    // A group without versions is an image without an id.
                    let mut versions = favorite.versions;
                    if versions.is_empty() {
                        versions.push(favorite.image);
                    }
                    let ids = versions.iter().map(|version| version.id.to_string());
                    listed.extend(ids.filter(|id| !id.is_empty()));
                }
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Paging);
                assert!(
                    !rows.is_empty() || (!is_documented && groups > 0 && flags == 0),
                    "an error without a reason"
                );
                check_error(&error);
            }
        }
    }

    assert!(paginator.next_page().is_none(), "the listing does not end");
    let unique: HashSet<_> = listed.iter().cloned().collect();
    assert_eq!(unique.len(), listed.len(), "a version was listed twice");
    assert_eq!(
        unique, served,
        "a favorite is missing, or another group was listed"
    );
}

/// Returns the version ids in the part of a group for a byte, which its last two bits select.
fn version_ids(row: u8) -> impl Iterator<Item = String> {
    let part: &[u8] = [&[0][..], &[1], &[0, 1], &[]][usize::from(row & 3)];
    part.iter()
        .map(move |version| format!("compshareImage-{}x{version}", row >> 2))
}

/// Returns the JSON of the part of a group for a byte.
fn group_of(row: u8, is_favorite: Option<bool>) -> String {
    let flag = is_favorite
        .map(|is_favorite| format!(r#","IsFavorite":{is_favorite}"#))
        .unwrap_or_default();
    let data: Vec<_> = version_ids(row)
        .map(|id| format!(r#"{{"CompShareImageId":"{id}"}}"#))
        .collect();
    format!(
        r#"{{"GroupId":"{}","Data":[{}]{flag}}}"#,
        row >> 2,
        data.join(",")
    )
}

/// Returns whether the request of a page is for community images, and whether it includes readmes.
fn requested_page(pages: &FavoritesPaginator, offset: u64) -> (bool, bool) {
    let mut params = Vec::new();
    let _ = page(pages, offset, |sent| {
        params = sent;
        String::new()
    });
    let has = |key: &str, value: &str| {
        let mut pairs = params.iter();
        pairs.any(|(known, set)| known == key && set == value)
    };
    (
        has("Action", "DescribeCommunityImages"),
        !has("ExcludeReadme", "true"),
    )
}

/// Calls a page. `serve` returns the body of the response for the parameters of the request.
fn page<P: Paginator>(
    pages: &P,
    offset: u64,
    serve: impl FnOnce(Vec<(String, String)>) -> String,
) -> PageResult<P::Item> {
    let mut exchange = pages
        .request(offset, &CallOptions::default())
        .expect("a valid action");
    let now = now(Instant::now(), Duration::ZERO);
    let Step::Send(request, _) = exchange.step(now) else {
        panic!("nothing to send")
    };

    let body = serve(form::decode(request.body()).expect("a form"));
    exchange.complete(now, Ok(HttpResponse::new(body.into())));
    let Step::Done(result) = exchange.step(now) else {
        panic!("no result")
    };
    result
}

fn list_of(rows: &[u8]) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| format!(r#"{{"CompShareImageId":"compshareImage-{row}","Name":"{row}"}}"#))
        .collect();
    format!(r#"{{"RetCode":0,"ImageSet":[{}]}}"#, rows.join(","))
}
