//! Retries through both clients, on a clock that does not wait.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(all(
    feature = "testing",
    any(feature = "async-client", feature = "sync-client")
))]

mod common;

use std::time::Duration;

use common::scripted;
use compshare_client::model::{DescribeFavoriteImages, Effect, Untyped};
use compshare_client::testing::ScriptedTransport;
use compshare_client::transport::{HttpResponse, TransportErrorKind};
use compshare_client::{CallOptions, Config, ErrorKind, ProxyChoice, RetryPolicy, Sent, Timeouts};

const OK: &str = r#"{"RetCode":0,"ImageSet":[]}"#;

fn config() -> Config {
    Config::builder()
        .keys("pub", "hush-key")
        .proxy(ProxyChoice::Direct)
        .build()
        .unwrap()
}

fn retry_after(status: u16, value: &str) -> HttpResponse {
    let mut response = HttpResponse::new("".into());
    *response.status_mut() = status.try_into().unwrap();
    response
        .headers_mut()
        .insert("retry-after", value.parse().unwrap());
    response
}

#[test]
fn attempts_send_the_same_signed_request() {
    let script = || {
        ScriptedTransport::new()
            .fail(TransportErrorKind::Interrupted)
            .respond(503, "")
            .respond(200, OK)
    };
    for (client, script) in scripted(&config(), script) {
        let reply = client
            .send_with(&DescribeFavoriteImages::new(), &CallOptions::default())
            .unwrap();
        assert_eq!(reply.attempts, 3);
        let requests = script.requests();
        assert_eq!(requests.len(), 3);
        assert!(
            requests
                .iter()
                .all(|request| request.params == requests[0].params)
        );
        assert_eq!(script.waits().len(), 2);
        assert!(script.waits()[0] <= Duration::from_millis(250));
        assert!(script.waits()[1] <= Duration::from_millis(500));
        assert_eq!(reply.elapsed, script.elapsed());
    }
}

/// Each way to fail, each effect: how many attempts there are, and what is known of the last one.
#[test]
fn retries_by_effect_and_outcome() {
    use TransportErrorKind as Kind;
    type Way = (
        &'static str,
        Box<dyn Fn(ScriptedTransport) -> ScriptedTransport>,
        [u32; 3],
        Sent,
    );
    let transport =
        |kind: Kind| Box::new(move |script: ScriptedTransport| script.fail(kind)) as Box<_>;
    let status = |status: u16| {
        Box::new(move |script: ScriptedTransport| script.respond(status, "")) as Box<_>
    };
    let code = |code: i64| {
        Box::new(move |script: ScriptedTransport| {
            script.respond(200, format!(r#"{{"RetCode":{code}}}"#))
        }) as Box<_>
    };
    let ways: Vec<Way> = vec![
        (
            "not connected",
            transport(Kind::Connect),
            [3, 3, 3],
            Sent::No,
        ),
        (
            "not connected in time",
            transport(Kind::ConnectTimeout),
            [3, 3, 3],
            Sent::No,
        ),
        ("TLS refused", transport(Kind::Tls), [1, 1, 1], Sent::No),
        ("timeout", transport(Kind::Timeout), [3, 3, 1], Sent::Maybe),
        ("cut", transport(Kind::Interrupted), [3, 3, 1], Sent::Maybe),
        (
            "too large",
            transport(Kind::TooLarge),
            [1, 1, 1],
            Sent::Maybe,
        ),
        (
            "not HTTP",
            transport(Kind::Protocol),
            [1, 1, 1],
            Sent::Maybe,
        ),
        ("429", status(429), [3, 3, 3], Sent::Maybe),
        ("408", status(408), [3, 3, 1], Sent::Maybe),
        ("500", status(500), [3, 3, 1], Sent::Maybe),
        ("502", status(502), [3, 3, 1], Sent::Maybe),
        ("503", status(503), [3, 3, 1], Sent::Maybe),
        ("504", status(504), [3, 3, 1], Sent::Maybe),
        ("301", status(301), [1, 1, 1], Sent::Maybe),
        ("400", status(400), [1, 1, 1], Sent::Maybe),
        ("404", status(404), [1, 1, 1], Sent::Maybe),
        ("throttled 153", code(153), [3, 3, 3], Sent::Yes),
        ("throttled 8441", code(8441), [3, 3, 3], Sent::Yes),
        ("throttled 226619", code(226_619), [3, 3, 3], Sent::Yes),
        ("transient 150", code(150), [3, 3, 1], Sent::Yes),
        ("unknown outcome 110", code(110), [3, 3, 1], Sent::Maybe),
        ("wrong signature", code(171), [1, 1, 1], Sent::Yes),
        ("not found", code(8039), [1, 1, 1], Sent::Yes),
        ("in arrears", code(226_601), [1, 1, 1], Sent::Yes),
        ("unknown code", code(4_242_424), [1, 1, 1], Sent::Yes),
    ];
    for (name, way, attempts, sent) in ways {
        for (effect, attempts) in [Effect::Read, Effect::IdempotentWrite, Effect::Write]
            .into_iter()
            .zip(attempts)
        {
            let script = || (0..5).fold(ScriptedTransport::new(), |script, _| way(script));
            for (client, script) in scripted(&config(), script) {
                let error = client
                    .send(&Untyped::new("DoSomething", effect))
                    .unwrap_err();
                let context = format!("{name}, {effect:?}, {}: {error}", client.name());
                assert_eq!(script.requests().len(), attempts as usize, "{context}");
                assert_eq!(error.attempts(), attempts, "{context}");
                assert_eq!(error.was_sent(), sent, "{context}");
            }
        }
    }
}

#[test]
fn sent_is_the_maximum_of_all_attempts() {
    let script = || {
        ScriptedTransport::new()
            .fail(TransportErrorKind::Timeout)
            .fail(TransportErrorKind::Connect)
    };
    let config = Config::builder()
        .keys("pub", "hush-key")
        .retry(RetryPolicy::default().max_attempts(2))
        .build()
        .unwrap();
    for (client, _) in scripted(&config, script) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Connect, Sent::Maybe)
        );
    }
}

#[test]
fn call_options_override_the_settings() {
    let cut_then_ok = || {
        ScriptedTransport::new()
            .fail(TransportErrorKind::Interrupted)
            .respond(200, OK)
    };
    let write = Untyped::write("DoSomething");
    for (client, script) in scripted(&config(), cut_then_ok) {
        let options = CallOptions::default()
            .timeout(Duration::from_secs(2))
            .retry(RetryPolicy::never());
        assert_eq!(
            client
                .send_with(&DescribeFavoriteImages::new(), &options)
                .unwrap_err()
                .attempts(),
            1
        );
        assert_eq!(script.requests()[0].timeout, Duration::from_secs(2));
    }
    for (client, _) in scripted(&config(), cut_then_ok) {
        // The caller knows that this write can be repeated.
        let options = CallOptions::default().effect(Effect::IdempotentWrite);
        assert_eq!(client.send_with(&write, &options).unwrap().attempts, 2);
    }
    // Waits as the policy of the client has them.
    let policy = RetryPolicy::default()
        .max_attempts(40)
        .base_delay(Duration::from_secs(8))
        .max_delay(Duration::from_millis(5))
        .max_retry_after(Duration::from_secs(1));
    let patient = Config::builder()
        .keys("pub", "hush-key")
        .retry(policy)
        .build()
        .unwrap();
    let script = || {
        (0..30)
            .fold(ScriptedTransport::new(), |script, _| {
                script.respond(503, "")
            })
            .respond_with(retry_after(503, "2"))
    };
    for (client, script) in scripted(&patient, script) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(
            (error.attempts(), error.retry_after()),
            (31, Some(Duration::from_secs(2)))
        );
        assert_eq!(script.waits().len(), 30);
        assert!(
            script
                .waits()
                .iter()
                .all(|wait| *wait <= Duration::from_millis(5)),
            "{:?}",
            script.waits()
        );
    }
    let once = RetryPolicy::default().max_attempts(0);
    let config = Config::builder()
        .keys("pub", "hush-key")
        .retry(once)
        .build()
        .unwrap();
    for (client, _) in scripted(&config, || ScriptedTransport::new().respond(200, OK)) {
        assert!(
            client.send(&DescribeFavoriteImages::new()).is_ok(),
            "there is always one attempt"
        );
    }
}

#[test]
fn honors_retry_after_within_bounds() {
    let script = || {
        ScriptedTransport::new()
            .respond_with(retry_after(503, "7"))
            .respond(200, OK)
    };
    for (client, script) in scripted(&config(), script) {
        client.send(&DescribeFavoriteImages::new()).unwrap();
        assert_eq!(script.waits(), [Duration::from_secs(7)]);
    }
    for absurd in [
        "21",
        "86400",
        "99999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let script = || {
            ScriptedTransport::new()
                .respond_with(retry_after(503, absurd))
                .respond(200, OK)
        };
        for (client, script) in scripted(&config(), script) {
            let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
            assert_eq!(error.attempts(), 1, "{absurd}");
            assert!(error.retry_after().is_some(), "{absurd}");
            assert!(
                error.to_string().contains("the service asks to wait"),
                "{error}"
            );
            assert!(script.waits().is_empty());
        }
    }
    for nonsense in ["soon", "-5", "1.5", "Mon, 01 Jan 2001 00:00:00 GMT"] {
        let script = || {
            ScriptedTransport::new()
                .respond_with(retry_after(503, nonsense))
                .respond(200, OK)
        };
        for (client, script) in scripted(&config(), script) {
            client.send(&DescribeFavoriteImages::new()).unwrap();
            assert!(
                script.waits()[0] <= Duration::from_millis(250),
                "{nonsense}"
            );
        }
    }
}

#[test]
fn no_delay_exceeds_the_call_timeout() {
    let config = Config::builder()
        .keys("pub", "hush-key")
        .timeouts(
            Timeouts::default()
                .call(Duration::from_secs(10))
                .attempt(Duration::from_secs(6)),
        )
        .retry(RetryPolicy::default().max_attempts(100))
        .build()
        .unwrap();
    // A wish that does not fit into the time left ends the call at once, with the failure itself.
    let script = || ScriptedTransport::new().respond_with(retry_after(503, "15"));
    for (client, script) in scripted(&config, script) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Status, 1));
        assert_eq!(script.elapsed(), Duration::ZERO);
    }
    // The time left shortens the last attempt.
    let hour = Duration::from_secs(3600);
    let script = || {
        (0..9).fold(ScriptedTransport::new(), |script, _| {
            script.respond(200, OK).after(hour)
        })
    };
    for (client, script) in scripted(&config, script) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert!(error.is_timeout());
        assert!(
            script.elapsed() <= Duration::from_secs(10),
            "{:?}",
            script.elapsed()
        );
        let timeouts: Vec<_> = script
            .requests()
            .iter()
            .map(|request| request.timeout)
            .collect();
        assert_eq!(timeouts[0], Duration::from_secs(6));
        assert!(timeouts[1] <= Duration::from_secs(4), "{timeouts:?}");
    }
}

#[test]
fn shared_budget_ends_retries() {
    let script = || {
        (0..10_000).fold(ScriptedTransport::new(), |script, _| {
            script.respond(503, "")
        })
    };
    for (client, script) in scripted(&config(), script) {
        for _ in 0..1000 {
            client.send(&DescribeFavoriteImages::new()).unwrap_err();
        }
        assert_eq!(
            script.requests().len(),
            1100,
            "a hundred retries and no more"
        );
    }
}

/// Many clients of one program, cloned from one another, against a service that is down: once the
/// budget is spent, the service gets no more than one request a call.
#[cfg(feature = "sync-client")]
#[test]
fn service_that_is_down_gets_few_retries() {
    let script = (0..20_000).fold(ScriptedTransport::new(), |script, _| {
        script.respond(503, "")
    });
    let client = compshare_client::sync::Client::with_transport(config(), script.clone());
    std::thread::scope(|scope| {
        for _ in 0..20 {
            let client = client.clone();
            scope.spawn(move || {
                for _ in 0..100 {
                    client.send(&DescribeFavoriteImages::new()).unwrap_err();
                }
            });
        }
    });
    let (calls, requests) = (2000, script.requests().len());
    assert!(
        requests * 10 <= calls * 11,
        "{requests} requests for {calls} calls"
    );
    assert_eq!(requests, calls + 100, "the budget is shared by all clones");
}

#[test]
fn refuses_expired_credentials_before_sending() {
    let builder = Config::builder()
        .keys("pub", "hush-key")
        .security_token("hush-token");
    let config = builder
        .credentials_expire_at(std::time::SystemTime::UNIX_EPOCH)
        .build()
        .unwrap();
    for (client, script) in scripted(&config, || ScriptedTransport::new().respond(200, OK)) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent(), error.attempts()),
            (ErrorKind::Config, Sent::No, 0)
        );
        assert!(error.to_string().contains("expired"), "{error}");
        assert!(script.requests().is_empty());
    }
}

#[test]
fn redacts_secrets_that_the_service_repeats() {
    let echo = |text: String| {
        ScriptedTransport::new().respond(200, format!(r#"{{"RetCode":230,"Message":"{text}"}}"#))
    };
    let action = Untyped::write("ResetCompShareInstancePassword").param("Password", "aHVzaC1wYXNz");
    for (client, _) in scripted(&config(), || {
        echo("got hush-key and aHVzaC1wYXNz".to_owned())
    }) {
        let error = client.send(&action).unwrap_err();
        assert_eq!(error.message(), Some("got [redacted] and [redacted]"));
    }
    // The whole signed body, as text and as an HTML page.
    for (client, script) in scripted(&config(), || ScriptedTransport::new().respond(200, OK)) {
        client.send(&action).unwrap();
        let body = compshare_client::sign::form::encode(script.requests()[0].params.clone());
        for status in [200, 400, 502] {
            for text in [
                body.clone(),
                format!("<title>{body}</title>"),
                format!(r#"{{"RetCode":1,"Message":"{body}"}}"#),
            ] {
                for (client, _) in scripted(&config(), || {
                    ScriptedTransport::new().respond(status, text.clone())
                }) {
                    let error = client.send(&action).unwrap_err();
                    let shown =
                        format!("{error} {error:?} {:?}", std::error::Error::source(&error));
                    for secret in ["hush", "aHVzaC1wYXNz", "Signature="] {
                        assert!(!shown.contains(secret), "{shown}");
                    }
                }
            }
        }
    }
}
