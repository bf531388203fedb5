//! The engine by itself, with no transport and no feature: random outcomes and random services
//! against what must hold.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![allow(clippy::cast_possible_truncation, reason = "small numbers")]

use std::collections::HashSet;
use std::time::{Duration, Instant, SystemTime};

use compshare_client::engine::{
    Engine, Exchange, OffsetPaginator, Operation, PageResult, Paginator, Step,
};
use compshare_client::model::{DescribeFavoriteImages, Effect, Image, Rows, Untyped};
use compshare_client::sign::form;
use compshare_client::transport::{HttpResponse, Now, TransportError, TransportErrorKind};
use compshare_client::{CallOptions, Config, Error, ErrorKind, Page, RetryPolicy, Sent, Timeouts};
use proptest::prelude::*;

fn engine(max_attempts: u32, call: Duration) -> Engine {
    let config = Config::builder()
        .keys("pub", "hush-key")
        .retry(RetryPolicy::default().max_attempts(max_attempts))
        .timeouts(Timeouts::default().call(call))
        .max_pages(300)
        .build()
        .unwrap();
    Engine::new(config)
}

/// How one attempt ends, and how long it takes.
#[derive(Debug, Clone)]
enum Fate {
    Transport(TransportErrorKind),
    Http(u16, Vec<u8>),
}

fn fates() -> impl Strategy<Value = (Fate, u64)> {
    use TransportErrorKind as Kind;
    let transport = proptest::sample::select(vec![
        Kind::Connect,
        Kind::ConnectTimeout,
        Kind::Tls,
        Kind::Timeout,
        Kind::Interrupted,
        Kind::TooLarge,
        Kind::Protocol,
        Kind::Unsupported,
    ]);
    let code = proptest::sample::select(vec![
        0, 110, 150, 153, 161, 171, 8039, 8441, 226_605, 226_619, 999_999,
    ]);
    let fate = prop_oneof![
        transport.prop_map(Fate::Transport),
        (100u16..600, code).prop_map(|(status, code)| Fate::Http(
            status,
            format!(r#"{{"RetCode":{code}}}"#).into_bytes()
        )),
        (100u16..600, proptest::collection::vec(any::<u8>(), 0..40))
            .prop_map(|(status, body)| Fate::Http(status, body)),
    ];
    (fate, 0u64..40_000)
}

fn effects() -> impl Strategy<Value = Effect> {
    proptest::sample::select(vec![Effect::Read, Effect::IdempotentWrite, Effect::Write])
}

proptest! {
    /// Whatever happens, in whatever order: attempts are bounded, no wait outlasts the call, a
    /// write that may have been received is not sent again unless it was turned away, and what is
    /// said of it is true.
    #[test]
    fn calls_end_within_bounds_for_any_outcomes(
        fates in proptest::collection::vec(fates(), 1..8),
        effect in effects(),
        max_attempts in 1u32..6,
        call in 1u64..120,
    ) {
        let call = Duration::from_secs(call);
        let engine = engine(max_attempts, call);
        let action = Untyped::new("DoSomething", effect);
        let mut exchange = engine.exchange(&action, &CallOptions::default()).unwrap();
        let start = Instant::now();
        let mut passed = Duration::ZERO;
        let mut sent: Vec<&Fate> = Vec::new();
        let result = loop {
            let now = Now::new(start + passed, SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000) + passed);
            match exchange.step(now) {
                Step::Send(request, limits) => {
                    prop_assert!(passed < call);
                    prop_assert!(passed + limits.timeout <= call);
                    prop_assert!(!request.body().is_empty());
                    let (fate, millis) = &fates[sent.len() % fates.len()];
                    sent.push(fate);
                    prop_assert!(sent.len() <= max_attempts as usize);
                    passed += Duration::from_millis(*millis).min(limits.timeout);
                    let result = match fate {
                        Fate::Transport(kind) => Err(TransportError::from(*kind)),
                        Fate::Http(status, body) => {
                            let mut response = HttpResponse::new(body.clone().into());
                            *response.status_mut() = (*status).try_into().unwrap();
                            Ok(response)
                        }
                    };
                    let now = Now::new(start + passed, SystemTime::UNIX_EPOCH + passed);
                    exchange.complete(now, result);
                }
                Step::Wait(delay) => {
                    passed += delay;
                    prop_assert!(passed < call, "a wait outlasts the call");
                }
                Step::Done(result) => break result,
            }
        };
        let unsent = |fate: &Fate| matches!(fate, Fate::Transport(kind) if kind.is_unsent());
        let turned_away = |fate: &Fate| match fate {
            Fate::Http(429, _) => true,
            Fate::Http(_, body) => {
                [&b"153"[..], b"8441", b"226619"].iter().any(|code| body.ends_with(&[b"{\"RetCode\":", *code, b"}"].concat()))
            }
            Fate::Transport(_) => false,
        };
        if effect == Effect::Write {
            for earlier in &sent[..sent.len().saturating_sub(1)] {
                prop_assert!(unsent(earlier) || turned_away(earlier), "a write was sent again after {earlier:?}");
            }
        }
        if let Err(error) = result {
            prop_assert_eq!(error.attempts() as usize, sent.len());
            prop_assert_eq!(error.was_sent() == Sent::No, sent.iter().all(|fate| unsent(fate)), "{}", error);
            let shown = format!("{error} {error:?}");
            prop_assert!(!shown.contains("hush-key"), "{}", shown);
            prop_assert_eq!(error.to_string().lines().count(), 1);
        } else {
            prop_assert!(matches!(sent.last(), Some(Fate::Http(200..300, _))));
        }
    }

    /// Any list behind any service that pages at all comes out whole, in order, each row once.
    #[test]
    fn listings_are_complete_for_any_list(
        rows in 0u64..250,
        limit in proptest::option::of(1u32..130),
        sizes in proptest::collection::vec(1u64..120, 1..6),
        total in proptest::option::of(0u64..300),
        overlap in 0u64..3,
    ) {
        let mut action = DescribeFavoriteImages::new();
        if let Some(limit) = limit {
            action = action.limit(limit);
        }
        let mut requests = 0usize;
        let (ids, error) = walk(action, |offset, limit| {
            prop_assert_eq!(u64::from(limit), u64::from(limit.clamp(1, 100)));
            let size = sizes[requests % sizes.len()];
            requests += 1;
            // Rows that were given before may come again; the offset then does not mean what it
            // should, which only a service that goes on behind its own rows can afford.
            let first = offset.saturating_sub(if size > overlap { overlap } else { 0 });
            let first = if offset < rows { first } else { offset };
            Ok((first..rows).take(size as usize).collect())
        }, total)?;
        prop_assert!(error.is_none(), "{error:?}");
        if overlap == 0 {
            prop_assert_eq!(ids, (0..rows).collect::<Vec<_>>());
        } else {
            let unique: HashSet<_> = ids.iter().copied().collect();
            prop_assert_eq!(unique.len(), ids.len(), "a row was given twice");
        }
    }

    /// A service may answer anything at all: a listing ends, gives no row twice, and says so when
    /// it got nothing new.
    #[test]
    fn listings_end_for_any_service(
        pages in proptest::collection::vec(proptest::collection::vec(0u64..60, 0..40), 1..20),
        offset in prop_oneof![Just(0), Just(u64::MAX - 10), any::<u64>()],
    ) {
        let mut requests = 0usize;
        let (ids, error) = walk(DescribeFavoriteImages::new().offset(offset), |_, _| {
            let page = pages[requests % pages.len()].clone();
            requests += 1;
            Ok(page)
        }, None)?;
        let unique: HashSet<_> = ids.iter().copied().collect();
        prop_assert_eq!(unique.len(), ids.len());
        if let Some(error) = error {
            prop_assert_eq!(error.kind(), ErrorKind::Paging);
            prop_assert!(error.resume_at().is_some());
        }
    }
}

/// Walks a listing against `serve`, which gives the ids of a page for an offset and a limit.
fn walk(
    action: DescribeFavoriteImages,
    mut serve: impl FnMut(u64, u32) -> Result<Vec<u64>, TestCaseError>,
    total: Option<u64>,
) -> Result<(Vec<u64>, Option<Error>), TestCaseError> {
    let engine = engine(1, Duration::from_secs(60));
    let mut pages = engine.paginator(action);
    let mut ids = Vec::new();
    for _ in 0..1000 {
        let exchange = match request(&mut pages) {
            None => return Ok((ids, None)),
            Some(Err(error)) => return Ok((ids, Some(error))),
            Some(Ok(exchange)) => exchange,
        };
        let (exchange, offset, limit) = parameters(exchange);
        let rows = serve(offset, limit.try_into().unwrap())?;
        match pages.accept(answer(exchange, &body(&rows, total))) {
            Ok(None) => prop_assert!(rows.is_empty()),
            Ok(Some(page)) => {
                prop_assert_eq!(page.received as usize, rows.len());
                ids.extend(
                    page.items
                        .iter()
                        .map(|image| image.name.parse::<u64>().unwrap()),
                );
            }
            Err(error) => return Ok((ids, Some(error))),
        }
    }
    Err(TestCaseError::fail("the listing does not end"))
}

type Pages = OffsetPaginator<DescribeFavoriteImages>;
type PageExchange = Exchange<Rows<Image>>;

fn pages(action: DescribeFavoriteImages) -> Pages {
    engine(1, Duration::from_secs(60)).paginator(action)
}

/// The call of the next page.
fn request(pages: &mut Pages) -> Option<Result<PageExchange, Error>> {
    let offset = match pages.next_page()? {
        Ok(offset) => offset,
        Err(error) => return Some(Err(error)),
    };
    Some(pages.request(offset, &CallOptions::default()))
}

/// `Offset` and `Limit` of a call.
fn parameters(mut exchange: PageExchange) -> (PageExchange, u64, u64) {
    let Step::Send(request, _) = exchange.step(Now::real()) else {
        panic!("nothing to send")
    };
    let params = form::decode(request.body()).unwrap();
    let number = |name: &str| {
        let param = params.iter().find(|(key, _)| key == name);
        param.unwrap().1.parse().unwrap()
    };
    (exchange, number("Offset"), number("Limit"))
}

/// The result of a call that is answered with `body`.
fn answer(mut exchange: PageExchange, body: &str) -> PageResult<Image> {
    let now = Now::real();
    let Step::Send(..) = exchange.step(now) else {
        panic!("nothing to send")
    };
    exchange.complete(now, Ok(HttpResponse::new(body.to_owned().into())));
    let Step::Done(result) = exchange.step(now) else {
        panic!("not over")
    };
    result
}

/// Answers the call of the next page.
fn accept(pages: &mut Pages, body: &str) -> Result<Option<Page<Image>>, Error> {
    let exchange = request(pages).unwrap().unwrap();
    pages.accept(answer(exchange, body))
}

fn body(rows: &[u64], total: Option<u64>) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|id| format!(r#"{{"CompShareImageId":"compshareImage-{id}","Name":"{id}"}}"#))
        .collect();
    let total = total
        .map(|total| format!(r#","TotalCount":{total}"#))
        .unwrap_or_default();
    format!(r#"{{"RetCode":0,"ImageSet":[{}]{total}}}"#, rows.join(","))
}

#[test]
fn max_items_holds_over_all_pages() {
    let mut listing = pages(DescribeFavoriteImages::new()).max_items(25);
    let mut given = 0;
    let mut offset = 0;
    while let Some(exchange) = request(&mut listing) {
        let (exchange, requested, limit) = parameters(exchange.unwrap());
        assert_eq!((requested, limit), (offset, 25));
        // The service gives ten rows a page, whatever it is asked for.
        let rows: Vec<u64> = (offset..offset + 10).collect();
        offset += 10;
        let page = listing.accept(answer(exchange, &body(&rows, None)));
        given += page.unwrap().unwrap().items.len();
    }
    assert_eq!(
        (given, offset),
        (25, 30),
        "no request beyond the last row that is wanted"
    );

    let mut none = pages(DescribeFavoriteImages::new()).max_items(0);
    assert!(none.next_page().is_none());
}

#[test]
fn max_items_counts_the_items_that_were_returned_already() {
    let rows = |from: u64| body(&(from..from + 10).collect::<Vec<_>>(), None);
    for (items, given) in [(25, 25), (10, 10), (3, 10)] {
        let mut listing = pages(DescribeFavoriteImages::new().limit(10));
        let first = accept(&mut listing, &rows(0)).unwrap().unwrap();
        let mut count = first.items.len();

        listing = listing.max_items(items);
        let mut offset = 10;
        while let Some(exchange) = request(&mut listing) {
            let (exchange, requested, limit) = parameters(exchange.unwrap());
            assert_eq!((requested, limit), (offset, 10), "one size for all pages");
            let page = listing.accept(answer(exchange, &rows(offset)));
            count += page.unwrap().unwrap().items.len();
            offset += 10;
        }
        assert_eq!(count, given);
    }
}

#[test]
fn refuses_a_listing_with_limit_zero() {
    let mut pages = pages(DescribeFavoriteImages::new().limit(0));
    let error = pages.next_page().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().contains("Limit 0"), "{error}");
    assert!(pages.next_page().is_none());
}

#[test]
fn repeats_a_cancelled_page() {
    let mut pages = pages(DescribeFavoriteImages::new());
    for _ in 0..2 {
        assert_eq!(pages.next_page().unwrap().unwrap(), 0);
    }
    accept(&mut pages, &body(&[1, 2, 3], Some(3))).unwrap();
    assert_eq!(
        (pages.requests(), pages.total(), pages.offset()),
        (1, Some(3), 3)
    );
    assert_eq!(
        pages.next_page().unwrap().unwrap(),
        3,
        "a total is no reason to stop"
    );
}

#[test]
fn max_pages_bounds_a_listing() {
    let mut pages = pages(DescribeFavoriteImages::new());
    for id in 0..300 {
        accept(&mut pages, &body(&[id], None)).unwrap();
    }
    let error = pages.next_page().unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.resume_at()),
        (ErrorKind::Paging, Some(300))
    );
    assert!(pages.next_page().is_none());
}

/// Rows that cannot be recognized are all given; what they share tells whether the listing still
/// moves.
#[test]
fn items_without_an_id_are_never_duplicates() {
    let mut pages = pages(DescribeFavoriteImages::new());
    let mut names = Vec::new();
    for body in [
        r#"{"RetCode":0,"ImageSet":[{"GroupId":"g","Name":"a"},{"GroupId":"g","Name":"b"},{"CompShareImageId":"i","Name":"c"}]}"#,
        r#"{"RetCode":0,"ImageSet":[{"GroupId":"g","Name":"d"},{"GroupId":"h","Name":"e"}]}"#,
    ] {
        let page = accept(&mut pages, body).unwrap().unwrap();
        names.extend(page.items.into_iter().map(|image| image.name));
    }
    assert_eq!(names, ["a", "b", "c", "d", "e"]);
    let repeated = r#"{"RetCode":0,"ImageSet":[{"GroupId":"g","Name":"a"}]}"#;
    let error = accept(&mut pages, repeated).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Paging);
}

#[test]
fn returns_items_before_an_offset_overflow() {
    let action = DescribeFavoriteImages::new().offset(u64::MAX - 1);
    let rows = body(&[1, 2, 3], None);
    let mut all = pages(action.clone());
    let page = accept(&mut all, &rows).unwrap().unwrap();
    assert_eq!(page.items.len(), 3);
    assert_eq!(
        all.next_page().unwrap().unwrap_err().kind(),
        ErrorKind::Paging
    );
    assert!(all.next_page().is_none());

    // Whoever wants no more than that gets no error.
    let mut two = pages(action).max_items(2);
    let page = accept(&mut two, &rows).unwrap().unwrap();
    assert_eq!(page.items.len(), 2);
    assert!(two.next_page().is_none());
}

#[test]
fn resume_at_is_set_only_after_the_first_page() {
    let failed = |pages: &mut Pages| {
        let mut exchange = request(pages).unwrap().unwrap();
        let now = Now::real();
        let Step::Send(..) = exchange.step(now) else {
            panic!("nothing to send")
        };
        exchange.complete(now, Err(TransportErrorKind::Interrupted.into()));
        let Step::Done(result) = exchange.step(now) else {
            panic!("not over")
        };
        pages.accept(result).unwrap_err()
    };
    let action = DescribeFavoriteImages::new().offset(7);
    assert_eq!(failed(&mut pages(action.clone())).resume_at(), None);
    let mut listing = pages(action);
    accept(&mut listing, &body(&[1, 2], None)).unwrap();
    assert_eq!(
        (failed(&mut listing).resume_at(), listing.requests()),
        (Some(9), 2)
    );
    let shown = format!("{listing:?}");
    assert!(
        shown.starts_with(r#"OffsetPaginator { action: "DescribeFavoriteImages", offset: 9"#),
        "{shown}"
    );
    assert!(listing.next_page().is_none());
}

#[test]
fn sanitizes_request_id_of_the_body() {
    let exchange = request(&mut pages(DescribeFavoriteImages::new())).unwrap();
    let body = r#"{"RetCode":0,"ImageSet":[],"RequestId":"id\n\u001b[2J"}"#;
    let reply = answer(exchange.unwrap(), body).unwrap();
    assert_eq!(reply.request_id.as_deref(), Some(r"id\u{a}\u{1b}[2J"));
}

#[test]
fn repeated_step_is_one_attempt_that_may_have_been_sent() {
    let engine = engine(3, Duration::from_secs(60));
    let mut exchange = engine
        .exchange(&Untyped::write("DoSomething"), &CallOptions::default())
        .unwrap();
    let (start, system) = (Instant::now(), SystemTime::UNIX_EPOCH);
    for _ in 0..2 {
        assert!(matches!(
            exchange.step(Now::new(start, system)),
            Step::Send(..)
        ));
    }
    let Step::Done(Err(error)) = exchange.step(Now::new(start + Duration::from_secs(61), system))
    else {
        panic!("not over")
    };
    assert_eq!(
        (error.kind(), error.was_sent(), error.attempts()),
        (ErrorKind::Timeout, Sent::Maybe, 1)
    );
}

#[test]
fn debug_omits_the_request() {
    let engine = engine(1, Duration::from_secs(60));
    let action = Untyped::write("ResetCompShareInstancePassword").param("Password", "aHVzaA==");
    let mut exchange = engine.exchange(&action, &CallOptions::default()).unwrap();
    assert_eq!(exchange.action(), "ResetCompShareInstancePassword");
    let step = exchange.step(Now::real());
    let shown = format!("{step:?} {exchange:?}");
    assert!(
        shown.starts_with("Send(Limits { timeout: ")
            && shown.contains("ResetCompShareInstancePassword"),
        "{shown}"
    );
    for secret in ["aHVzaA", "Signature", "hush-key"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
