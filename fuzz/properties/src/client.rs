//! What must hold of the engine, whatever the service answers and whenever.

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
const CALL: Duration = Duration::from_secs(60);
const MAX_PAGES: u64 = 50;

fn engine() -> Engine {
    let config = Config::builder()
        .keys("public-key", PRIVATE_KEY)
        .retry(RetryPolicy::default().max_attempts(MAX_ATTEMPTS))
        .timeouts(Timeouts::default().call(CALL))
        .max_pages(MAX_PAGES)
        .build()
        .expect("the settings are right");
    Engine::new(config)
}

/// A moment on a clock that starts anywhere.
fn moment(start: Instant, passed: Duration) -> Now {
    Now::new(
        start + passed,
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + passed,
    )
}

/// One answer: two bytes of status, a line of `Retry-After`, a line of a content type, and the body.
///
/// # Panics
///
/// If any of that does not hold.
pub fn judge(data: &[u8]) {
    let Some((status, rest)) = data.split_first_chunk::<2>() else {
        return;
    };
    let mut lines = rest.splitn(3, |byte| *byte == b'\n');
    let (retry_after, content_type) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    let body = lines.next().unwrap_or_default();
    let mut response = HttpResponse::new(body.to_vec().into());
    *response.status_mut() = status_of(u16::from_be_bytes(*status));
    for (name, value) in [("retry-after", retry_after), ("content-type", content_type)] {
        if let Ok(value) = value.try_into() {
            response.headers_mut().insert(name, value);
        }
    }
    let status = response.status();
    let mut exchange = exchange_of(
        &DescribeFavoriteImages::new(),
        &CallOptions::default().retry(RetryPolicy::never()),
    );
    let now = moment(Instant::now(), Duration::ZERO);
    let Step::Send(..) = exchange.step(now) else {
        panic!("nothing to send")
    };
    exchange.complete(now, Ok(response));
    match exchange.step(now) {
        Step::Done(Ok(_)) => {
            assert!(status.is_success());
            let text = std::str::from_utf8(body).expect("an answer is text");
            match serde_json::from_str::<serde_json::Value>(text) {
                Ok(value) => assert!(value.is_object()),
                // The one thing that is mended: half a character.
                Err(error) => assert!(error.to_string().contains("hex escape"), "{error}"),
            }
        }
        Step::Done(Err(error)) => check_error(&error),
        step => panic!("not over: {step:?}"),
    }
}

fn exchange_of<A: Action>(action: &A, options: &CallOptions) -> Exchange<A::Response> {
    engine()
        .exchange(action, options)
        .expect("the action can be sent")
}

fn status_of(number: u16) -> http::StatusCode {
    http::StatusCode::from_u16(100 + number % 900).expect("from 100 to 999")
}

/// What holds of every error: one bounded line, and no secret anywhere.
fn check_error(error: &Error) {
    let line = error.to_string();
    assert_eq!(line.lines().count(), 1);
    assert!(line.len() < 4096 && !line.chars().any(char::is_control));
    let mut shown = format!("{line} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        shown += &next.to_string();
        cause = next.source();
    }
    assert!(!shown.contains(PRIVATE_KEY));
}

/// A script: each three bytes are the outcome of an attempt and the time it takes. The first byte is the effect.
///
/// # Panics
///
/// If any of that does not hold.
pub fn exchange(data: &[u8]) {
    let Some((effect, script)) = data.split_first() else {
        return;
    };
    let effect = [Effect::Read, Effect::IdempotentWrite, Effect::Write][usize::from(effect % 3)];
    let mut exchange = exchange_of(
        &Untyped::new("DoSomething", effect),
        &CallOptions::default(),
    );
    let mut scenes = script.chunks_exact(3);
    let start = Instant::now();
    let mut passed = Duration::ZERO;
    let mut attempts = 0;
    let mut may_have_left = false;
    let mut may_have_acted = false;
    // Every attempt takes at most three steps.
    for _ in 0..=3 * MAX_ATTEMPTS {
        match exchange.step(moment(start, passed)) {
            Step::Send(_, limits) => {
                attempts += 1;
                assert!(
                    attempts <= MAX_ATTEMPTS && passed < CALL && passed + limits.timeout <= CALL
                );
                assert!(
                    effect != Effect::Write || !may_have_acted,
                    "a write was sent again"
                );
                let Some(&[what, code, time]) = scenes.next() else {
                    return;
                };
                passed += Duration::from_millis(u64::from(time) * 200).min(limits.timeout);
                let (result, left, acted) = scene(what, code);
                may_have_left |= left;
                may_have_acted |= acted;
                exchange.complete(moment(start, passed), result);
            }
            Step::Wait(delay) => {
                passed += delay;
                assert!(passed < CALL, "a wait outlasts the call");
            }
            Step::Done(Ok(reply)) => return assert_eq!(reply.attempts, attempts),
            Step::Done(Err(error)) => {
                assert_eq!(error.attempts(), attempts);
                assert_eq!(error.was_sent() != Sent::No, may_have_left);
                return check_error(&error);
            }
        }
    }
    panic!("the call does not end");
}

/// The outcome, whether the request may have left, and whether the service may have acted on it.
fn scene(what: u8, code: u8) -> (Result<HttpResponse, TransportError>, bool, bool) {
    use TransportErrorKind as Kind;
    let kinds = [
        (Kind::Connect, false),
        (Kind::ConnectTimeout, false),
        (Kind::Tls, false),
        (Kind::Unsupported, false),
        (Kind::Timeout, true),
        (Kind::Interrupted, true),
        (Kind::TooLarge, true),
        (Kind::Protocol, true),
    ];
    if let Some((kind, left)) = kinds.get(usize::from(what)) {
        return (Err((*kind).into()), *left, *left);
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
    let status = statuses[usize::from(what) % statuses.len()];
    let mut response = HttpResponse::new(format!(r#"{{"RetCode":{code}}}"#).into());
    *response.status_mut() = status.try_into().expect("a status");
    let is_redirect = status == 307;
    let turned_away =
        !is_redirect && throttled.contains(&code) || status == 429 && [0, 999_999].contains(&code);
    (Ok(response), true, !turned_away)
}

/// A service that answers each page with any rows at all: each byte is a row, 0 ends a page. The listing ends, gives no
/// row twice and leaves out none that it was sent.
///
/// # Panics
///
/// If any of that does not hold.
pub fn paging(data: &[u8]) {
    let engine = engine();
    let offset = if data.first() == Some(&255) {
        u64::MAX - 3
    } else {
        0
    };
    let mut pages = engine.paginator(DescribeFavoriteImages::new().offset(offset));
    let mut answers = data.split(|byte| *byte == 0);
    let mut given = Vec::new();
    let mut sent = HashSet::new();
    for _ in 0..=MAX_PAGES {
        let offset = match pages.next_page() {
            None => break,
            Some(Ok(offset)) => offset,
            Some(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Paging);
                break;
            }
        };
        let rows = answers.next().unwrap_or_default();
        match pages.accept(page(&pages, offset, |_| list_of(rows))) {
            Ok(None) => assert!(rows.is_empty()),
            Ok(Some(page)) => {
                assert_eq!(page.received, rows.len() as u64);
                sent.extend(rows.iter().copied());
                given.extend(
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
    assert_eq!(given.iter().copied().collect::<HashSet<_>>(), sent);
    assert_eq!(given.len(), sent.len(), "a row was given twice");
}

/// A service that lists favourites in any way and on any pages: each byte is a group, 0 ends a page. The listing ends, and
/// gives every version of every favourite once, whatever parts the groups come in.
///
/// # Panics
///
/// If any of that does not hold.
pub fn favorites(data: &[u8]) {
    /// The part of a group that a byte stands for, as the ids of versions; the byte's last two bits say which.
    fn versions(row: u8) -> impl Iterator<Item = String> {
        let part: &[u8] = [&[0][..], &[1], &[0, 1], &[]][usize::from(row & 3)];
        part.iter()
            .map(move |version| format!("compshareImage-{}x{version}", row >> 2))
    }
    let Some((&way, data)) = data.split_first() else {
        return;
    };
    let engine = engine();
    let (is_documented, is_strict, is_flat) = (way & 1 != 0, way & 2 != 0, way & 4 != 0);
    let mut walk = engine.favorites(FavoritesQuery::new());
    let mut pages = data.split(|byte| *byte == 0);
    let (mut given, mut sent, mut groups, mut said) = (Vec::new(), HashSet::new(), 0, 0);
    for _ in 0..=MAX_PAGES + 2 {
        let offset = match walk.next_page() {
            None => break,
            Some(Ok(offset)) => offset,
            Some(Err(error)) => {
                assert_eq!(error.kind(), ErrorKind::Paging);
                break;
            }
        };
        let (is_community, with_readmes) = asked(&walk, offset);
        let refusal = match (is_community, is_documented, is_strict && !with_readmes) {
            (false, false, _) => Some(161),
            (true, _, true) => Some(230),
            _ => None,
        };
        if let Some(code) = refusal {
            let result = page(&walk, offset, |_| format!(r#"{{"RetCode":{code}}}"#));
            assert!(
                matches!(walk.accept(result), Ok(None)),
                "there is another way"
            );
            continue;
        }
        assert_eq!(is_community, !is_documented);
        let rows = pages.next().unwrap_or_default();
        let mut objects = Vec::new();
        for &row in rows {
            // A group says that it is a favourite, that it is none, or nothing.
            let word = if is_documented {
                Some(true)
            } else {
                [Some(true), Some(false), None][usize::from(row >> 2) % 3]
            };
            groups += 1;
            said += u32::from(word.is_some());
            if word == Some(true) {
                sent.extend(versions(row));
            }
            let flag = word
                .map(|word| format!(r#","IsFavorite":{word}"#))
                .unwrap_or_default();
            let data: Vec<_> = versions(row)
                .map(|id| format!(r#"{{"CompShareImageId":"{id}"}}"#))
                .collect();
            objects.push(format!(
                r#"{{"GroupId":"{}","Data":[{}]{flag}}}"#,
                row >> 2,
                data.join(",")
            ));
        }
        let list = if is_flat {
            "ImageSet"
        } else {
            "CompshareImageGroup"
        };
        let body = format!(r#"{{"RetCode":0,"{list}":[{}]}}"#, objects.join(","));
        let result = page(&walk, offset, |_| body);
        assert!(result.is_ok(), "an answer that can be read");
        match walk.accept(result) {
            Ok(page) => {
                assert!(
                    page.is_some() || is_documented || groups == 0 || said > 0,
                    "silence is taken for an empty list"
                );
                for favorite in page.into_iter().flat_map(|page| page.items) {
                    // A group without versions is an image without an id.
                    let mut versions = favorite.versions;
                    if versions.is_empty() {
                        versions.push(favorite.image);
                    }
                    let ids = versions.iter().map(|version| version.id.to_string());
                    given.extend(ids.filter(|id| !id.is_empty()));
                }
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Paging);
                assert!(
                    !rows.is_empty() || (!is_documented && groups > 0 && said == 0),
                    "an error without a reason"
                );
                check_error(&error);
            }
        }
    }
    assert!(walk.next_page().is_none(), "the listing does not end");
    let unique: HashSet<_> = given.iter().cloned().collect();
    assert_eq!(unique.len(), given.len(), "a version was given twice");
    assert_eq!(
        unique, sent,
        "a favourite is missing, or one that is none was given"
    );
}

/// Whether the page at `offset` is one of the community, and whether with readmes.
fn asked(pages: &FavoritesPaginator, offset: u64) -> (bool, bool) {
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

/// The result of the call of a page, which is answered with the body that `serve` returns for its parameters.
fn page<P: Paginator>(
    pages: &P,
    offset: u64,
    serve: impl FnOnce(Vec<(String, String)>) -> String,
) -> PageResult<P::Item> {
    let mut exchange = pages
        .request(offset, &CallOptions::default())
        .expect("the action can be sent");
    let now = moment(Instant::now(), Duration::ZERO);
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
