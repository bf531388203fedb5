//! Waiting until an image is made: both clients against services inside the test, on a clock of its
//! own.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::service::{Params, Service, no_such_action, refusal};
use common::serviced;
use compshare_client::model::GetCompShareImageCreateProgress;
use compshare_client::transport::TransportErrorKind;
use compshare_client::{ImageOutcome, WaitOptions};
use serde_json::{Value, json};

const PROGRESS: &str = "GetCompShareImageCreateProgress";
const IMAGES: &str = "DescribeCompShareCustomImages";

type Answer = Result<Value, TransportErrorKind>;

/// Answers the questions for the progress one after the other, the last for ever; the image's state
/// is fixed.
fn service(answers: Vec<Answer>, state: Option<Value>) -> Service {
    let asked = AtomicUsize::new(0);
    Service::new(
        move |params: &Params| match (params["Action"].as_str(), &state) {
            (PROGRESS, _) => {
                let at = asked.fetch_add(1, Ordering::Relaxed).min(answers.len() - 1);
                answers[at].clone()
            }
            (IMAGES, Some(state)) => {
                let other = json!({"CompShareImageId": "other", "Status": "Available"});
                Ok(json!({"RetCode": 0, "ImageSet": [other, state]}))
            }
            _ => Ok(no_such_action(params)),
        },
    )
}

#[allow(clippy::unnecessary_wraps, reason = "stands in a list of answers")]
fn at(process: f64) -> Answer {
    Ok(json!({"RetCode": 0, "Process": process, "TotalDuration": "600", "RemainingDuration": 300}))
}

fn request() -> GetCompShareImageCreateProgress {
    GetCompShareImageCreateProgress::new("i").zone("cn-wlcb-01")
}

/// Runs the wait through each client, over a service that is made anew for each.
fn each(
    make: impl Fn() -> Service,
    options: &WaitOptions,
    check: impl Fn(Result<ImageOutcome, compshare_client::Error>, &Service),
) {
    let count = serviced(&make()).len();
    for index in 0..count {
        let service = make();
        let client = serviced(&service).swap_remove(index);
        check(
            client.wait_for_image_with(request(), options.clone()),
            &service,
        );
    }
}

#[test]
fn follows_documented_progress_to_the_end() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let options = WaitOptions::default().on_progress({
        let seen = Arc::clone(&seen);
        move |progress| seen.lock().unwrap().push(progress.process)
    });
    each(
        || service(vec![at(0.0), at(37.5), at(100.0)], None),
        &options,
        |outcome, service| {
            let outcome = outcome.unwrap();
            assert_eq!(outcome, ImageOutcome::Ready);
            assert!(outcome.is_ready());
            assert_eq!(service.passed(), Duration::from_secs(10));
            assert_eq!(
                std::mem::take(&mut *seen.lock().unwrap()),
                [Some(0.0), Some(37.5), Some(100.0)]
            );
            assert_eq!(service.asked()[0]["Zone"], "cn-wlcb-01");
            assert_eq!(service.take_actions(), [PROGRESS; 3]);
        },
    );
}

#[test]
fn stuck_progress_queries_the_status() {
    let failed =
        json!({"CompShareImageId": "i", "Status": "UnAvailable", "FailedReason": "disk full"});
    each(
        || service(vec![at(0.0), at(40.0)], Some(failed.clone())),
        &WaitOptions::default(),
        |outcome, service| {
            let outcome = outcome.unwrap();
            assert_eq!(
                outcome,
                ImageOutcome::Failed {
                    reason: Some("disk full".into())
                }
            );
            assert!(!outcome.is_ready());
            assert_eq!(service.asked().last().unwrap()["Zone"], "cn-wlcb-01");
            assert_eq!(
                service.take_actions(),
                [PROGRESS, PROGRESS, PROGRESS, IMAGES]
            );
        },
    );
    let ready = json!({"CompShareImageId": "i", "Status": "Available"});
    each(
        || service(vec![at(99.0)], Some(ready.clone())),
        &WaitOptions::default(),
        |outcome, _| {
            assert_eq!(outcome.unwrap(), ImageOutcome::Ready);
        },
    );
    // Where it cannot be looked at, it is tried once, and the deadline decides.
    each(
        || service(vec![at(40.0)], None),
        &WaitOptions::default().deadline(Duration::from_secs(22)),
        |outcome, service| {
            let ImageOutcome::DeadlinePassed { last } = outcome.unwrap() else {
                panic!("not at its end")
            };
            assert_eq!(last.process, Some(40.0));
            assert_eq!(
                service.passed(),
                Duration::from_secs(22),
                "the last wait is cut"
            );
            let images = service
                .take_actions()
                .iter()
                .filter(|action| *action == IMAGES)
                .count();
            assert_eq!(images, 1);
        },
    );
}

#[test]
fn understands_reported_status_words() {
    for (answer, outcome) in [
        (
            json!({"RetCode": 0, "Status": "Succeeded"}),
            ImageOutcome::Ready,
        ),
        (json!({"RetCode": 0, "Percent": "100"}), ImageOutcome::Ready),
        (
            json!({"RetCode": 0, "State": "failed", "FailedReason": "r"}),
            ImageOutcome::Failed {
                reason: Some("r".into()),
            },
        ),
    ] {
        each(
            || service(vec![Ok(answer.clone())], None),
            &WaitOptions::default(),
            |found, _| {
                assert_eq!(found.unwrap(), outcome);
            },
        );
    }
}

#[test]
fn transient_errors_do_not_end_the_wait() {
    let answers = || {
        vec![
            at(1.0),
            Err(TransportErrorKind::Timeout),
            Ok(refusal(150, "busy")),
            at(100.0),
        ]
    };
    each(
        || service(answers(), None),
        &WaitOptions::default(),
        |outcome, _| {
            assert_eq!(outcome.unwrap(), ImageOutcome::Ready);
        },
    );
    each(
        || service(vec![Ok(refusal(8039, "Resource not exist"))], None),
        &WaitOptions::default(),
        |outcome, service| {
            assert!(outcome.unwrap_err().is_not_found());
            assert_eq!(service.take_actions(), [PROGRESS]);
        },
    );
    // Nothing but failures: the last of them is the result.
    let options = WaitOptions::default()
        .deadline(Duration::from_secs(60))
        .interval(Duration::from_secs(20));
    each(
        || service(vec![Err(TransportErrorKind::Connect)], None),
        &options,
        |outcome, service| {
            assert!(outcome.unwrap_err().is_connect());
            assert!(service.passed() >= Duration::from_secs(60));
        },
    );
}

#[test]
fn zero_deadline_queries_once() {
    each(
        || service(vec![at(5.0)], None),
        &WaitOptions::default().deadline(Duration::ZERO),
        |outcome, service| {
            assert!(matches!(
                outcome.unwrap(),
                ImageOutcome::DeadlinePassed { .. }
            ));
            assert_eq!(service.take_actions(), [PROGRESS]);
        },
    );
}
