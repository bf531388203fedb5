//! Creating instances exactly once: both clients over services inside the test that lose responses,
//! and the engine over random faults.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::service::{Params, Service, refusal};
use common::{new_instance, on_instances, serviced};
use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::model::CreateCompShareInstance;
use compshare_client::sign::form;
use compshare_client::transport::{HttpResponse, Now, TransportError, TransportErrorKind};
use compshare_client::{Config, CreatedInstances, Error, ErrorKind, Reason};
use proptest::prelude::*;
use serde_json::{Value, json};

const CREATE: &str = "CreateCompShareInstance";

/// What happens to a creation.
#[derive(Clone, Debug)]
enum Fate {
    /// The instances exist, and the response arrives.
    Created,
    /// The instances exist, and the response is replaced.
    CreatedBut(Result<Value, TransportErrorKind>),
    /// Nothing exists, and this is the response.
    NotCreated(Result<Value, TransportErrorKind>),
}

/// An account that creates by one fate, and lists after `delay` searches; the listings in `lost` fail.
fn account(fate: Fate, delay: usize, lost: fn(usize) -> bool) -> Service {
    let state = Arc::new(Mutex::new((Vec::<Value>::new(), 0_usize)));
    Service::new(move |params: &Params| {
        let mut state = state.lock().unwrap();
        let (instances, searches) = &mut *state;
        if params["Action"] == CREATE {
            if !matches!(fate, Fate::NotCreated(_)) {
                let count: usize = params
                    .get("MaxCount")
                    .map_or(1, |count| count.parse().unwrap());
                for index in 0..count {
                    instances.push(
                        json!({"UHostId": format!("uhost-{index}"), "Remark": params["Remark"]}),
                    );
                }
            }
            let ids: Vec<_> = instances.iter().map(|row| row["UHostId"].clone()).collect();
            return match &fate {
                Fate::Created => {
                    Ok(json!({"RetCode": 0, "UHostIds": ids, "Password": "aHVudGVyLTI="}))
                }
                Fate::CreatedBut(response) | Fate::NotCreated(response) => response.clone(),
            };
        }

        assert_eq!(
            (params["Region"].as_str(), params["Zone"].as_str()),
            ("cn-wlcb", "cn-wlcb-01")
        );
        *searches += 1;
        if lost(*searches) {
            return Err(TransportErrorKind::Timeout);
        }
        let mut rows = vec![
            json!({"UHostId": "uhost-old", "Remark": "compshare-rs:00000000000000000000"}),
            json!({"UHostId": "uhost-bare"}),
        ];
        if *searches > delay {
            rows.extend(instances.iter().cloned());
        }
        let offset = params
            .get("Offset")
            .map_or(0, |offset| offset.parse().unwrap());
        let rows: Vec<_> = rows.into_iter().skip(offset).collect();
        Ok(json!({"RetCode": 0, "UHostSet": rows, "TotalCount": 2}))
    })
}

/// Creates through every client, each with its own account.
fn create(
    fate: &Fate,
    delay: usize,
    lost: fn(usize) -> bool,
    request: &CreateCompShareInstance,
    check: impl Fn(Result<CreatedInstances, Error>, &Service),
) {
    let count = serviced(&account(fate.clone(), delay, lost)).len();
    for index in 0..count {
        let service = account(fate.clone(), delay, lost);
        let client = serviced(&service).swap_remove(index);
        let result = on_instances!(&client, create(request));
        let created: Vec<_> = service
            .asked()
            .into_iter()
            .filter(|params| params["Action"] == CREATE)
            .collect();
        assert_eq!(created.len(), 1, "{fate:?}: sent exactly once");
        check(result, &service);
    }
}

fn never(_: usize) -> bool {
    false
}

fn lost_responses() -> Vec<Result<Value, TransportErrorKind>> {
    vec![
        Err(TransportErrorKind::Timeout),
        Err(TransportErrorKind::Interrupted),
        Err(TransportErrorKind::TooLarge),
        Err(TransportErrorKind::Protocol),
        Ok(json!([])),
        Ok(json!({"UHostIds": ["uhost-lie"]})),
        // An accepted request without an id, and the service's own time-out.
        Ok(json!({"RetCode": 0, "UHostIds": []})),
        Ok(refusal(130, "timeout")),
    ]
}

#[test]
fn returns_ids_and_token_of_created_instances() {
    create(
        &Fate::Created,
        0,
        never,
        &new_instance().remark("night run"),
        |result, service| {
            let created = result.unwrap();
            assert_eq!(created.ids, ["uhost-0".into()]);
            assert_eq!(created.password.as_ref().unwrap().expose(), "hunter-2");
            assert!(!created.was_recovered);
            assert!(!format!("{created:?}").contains("hunter"));

            let asked = service.asked();
            let [create] = asked.as_slice() else {
                panic!("{asked:?}")
            };
            assert_eq!(create["Remark"], format!("night run {}", created.token));
            let (name, digits) = created.token.split_once(':').unwrap();
            assert_eq!((name, digits.len()), ("compshare-rs", 20));
        },
    );
}

#[test]
fn every_creation_has_its_own_token() {
    let tokens: Mutex<Vec<String>> = Mutex::default();
    for _ in 0..20 {
        create(
            &Fate::Created,
            0,
            never,
            &new_instance(),
            |result, service| {
                let token = result.unwrap().token;
                assert_eq!(service.asked()[0]["Remark"], token);
                tokens.lock().unwrap().push(token);
            },
        );
    }
    let mut tokens = tokens.into_inner().unwrap();
    let count = tokens.len();
    tokens.sort_unstable();
    tokens.dedup();
    assert_eq!(tokens.len(), count);
}

#[test]
fn lost_responses_of_creations_are_recovered_by_token() {
    for response in lost_responses() {
        for delay in [0, 1, 4] {
            let fate = Fate::CreatedBut(response.clone());
            create(
                &fate,
                delay,
                never,
                &new_instance().max_count(3),
                |result, service| {
                    let created = result.unwrap();
                    assert_eq!(created.ids.len(), 3, "{response:?}");
                    assert!(created.was_recovered);
                    assert!(service.passed() <= Duration::from_secs(15));
                },
            );
        }
    }
}

#[test]
fn lost_responses_without_an_instance_are_told_apart() {
    for response in lost_responses() {
        let is_accepted = matches!(&response, Ok(value) if value["RetCode"] == 0);
        create(
            &Fate::NotCreated(response.clone()),
            0,
            never,
            &new_instance(),
            |result, service| {
                let error = result.unwrap_err();
                let token = service.asked()[0]["Remark"].clone();
                assert_eq!(error.is_outcome_unknown(), is_accepted, "{error}");
                match error.reason() {
                    Some(
                        Reason::NotCreated { token: named }
                        | Reason::OutcomeUnknown { token: named },
                    ) => {
                        assert_eq!(*named, token);
                    }
                    other => panic!("{other:?}"),
                }
                assert!(error.to_string().contains(&token), "{error}");
                assert_eq!(error.action(), CREATE);
                assert_eq!(service.passed(), Duration::from_secs(15));
            },
        );
    }
}

#[test]
fn outcome_is_unknown_if_the_last_search_fails() {
    for lost in [(|_| true) as fn(usize) -> bool, |search| search > 4] {
        let fate = Fate::NotCreated(Err(TransportErrorKind::Timeout));
        create(&fate, 0, lost, &new_instance(), |result, _| {
            let error = result.unwrap_err();
            assert!(error.is_outcome_unknown(), "{error}");
            assert_eq!(error.kind(), ErrorKind::Timeout);
        });
        let fate = Fate::CreatedBut(Err(TransportErrorKind::Timeout));
        create(&fate, 9, lost, &new_instance(), |result, _| {
            assert!(result.unwrap_err().is_outcome_unknown());
        });
    }
}

#[test]
fn listings_that_may_be_incomplete_prove_nothing() {
    for list in [
        json!({"RetCode": 0}),
        json!({"RetCode": 0, "UHostSet": [{"UHostId": "uhost-1"}]}),
        json!({"RetCode": 0, "UHostSet": [], "TotalCount": 1}),
        json!({"RetCode": 0, "UHostSet": [{"UHostId": "uhost-1"}], "TotalCount": 1}),
    ] {
        let service = Service::new(move |params| {
            if params["Action"] == CREATE {
                return Err(TransportErrorKind::Timeout);
            }
            let is_first = params.get("Offset").is_none_or(|offset| offset == "0");
            Ok(if is_first {
                list.clone()
            } else {
                json!({"RetCode": 0, "UHostSet": []})
            })
        });
        for client in serviced(&service) {
            let error = on_instances!(&client, create(&new_instance())).unwrap_err();
            assert!(error.is_outcome_unknown(), "{error}");
        }
    }
}

#[test]
fn refusals_are_errors_without_a_search() {
    for code in [230, 226_604, 8333, 8917, 172, 160] {
        let fate = Fate::NotCreated(Ok(refusal(code, "no")));
        create(&fate, 0, never, &new_instance(), |result, service| {
            let error = result.unwrap_err();
            assert_eq!(error.ret_code().map(|code| code.0), Some(code));
            assert!(error.reason().is_none() && !error.is_outcome_unknown());
            assert_eq!(service.take_actions(), [CREATE]);
        });
    }
}

#[derive(Clone, Debug)]
enum Fault {
    None,
    Lost(TransportErrorKind),
    /// The service acts, and the response is lost.
    LostAfter(TransportErrorKind),
    Status(u16),
    Body(&'static str),
}

fn fault() -> impl Strategy<Value = Fault> {
    let kind = prop_oneof![
        Just(TransportErrorKind::Connect),
        Just(TransportErrorKind::ConnectTimeout),
        Just(TransportErrorKind::Tls),
        Just(TransportErrorKind::Timeout),
        Just(TransportErrorKind::Interrupted),
        Just(TransportErrorKind::TooLarge),
        Just(TransportErrorKind::Protocol),
    ];
    prop_oneof![
        3 => Just(Fault::None),
        2 => kind.clone().prop_map(Fault::Lost),
        2 => kind.prop_map(Fault::LostAfter),
        1 => prop::sample::select(vec![200, 302, 403, 408, 429, 500, 502, 503, 504]).prop_map(Fault::Status),
        1 => prop::sample::select(vec![
            "", "<html>", "{", "{}", r#"{"RetCode": 0}"#, r#"{"RetCode": 0, "UHostIds": {}}"#,
            r#"{"RetCode": 172, "Message": "m"}"#, r#"{"RetCode": 130}"#, r#"{"RetCode": 150}"#,
            r#"{"RetCode": "x"}"#, r#"{"RetCode": 226604}"#,
        ]).prop_map(Fault::Body),
    ]
}

proptest! {
    /// Whatever happens to which request: at most one creation is sent, "created" is said only if it
    /// happened, and "not created" only if it did not.
    #[test]
    fn create_is_sent_at_most_once(faults in prop::collection::vec(fault(), 1..12), count in 1_u32..4) {
        let config = Config::builder().keys("pub", "hush").build().unwrap();
        let mut operation = Engine::new(config).instances().create(new_instance().max_count(count));
        let (mut now, mut remarks, mut sent, mut requests) = (Now::real(), Vec::new(), 0, 0);
        let result = loop {
            match operation.step(now) {
                Step::Done(result) => break result,
                Step::Wait(delay) => now = Now::new(now.instant + delay, now.system + delay),
                Step::Send(request, _) => {
                    requests += 1;
                    prop_assert!(requests < 200, "an end");
                    let params: Params = form::decode(request.body()).unwrap().into_iter().collect();
                    let is_create = params["Action"] == CREATE;
                    sent += u32::from(is_create);
                    let fault = faults[(requests - 1) % faults.len()].clone();
                    let acts = matches!(fault, Fault::None | Fault::LostAfter(_));
                    if is_create && acts {
                        remarks.extend((0..count).map(|_| params["Remark"].clone()));
                    }
                    let rows: Vec<_> = remarks.iter().enumerate()
                        .skip(params.get("Offset").map_or(0, |offset| offset.parse().unwrap()))
                        .map(|(index, remark)| json!({"UHostId": format!("uhost-{index}"), "Remark": remark}))
                        .collect();
                    let ids: Vec<_> = rows.iter().map(|row| row["UHostId"].clone()).collect();
                    let body = if is_create {
                        json!({"RetCode": 0, "UHostIds": ids})
                    } else {
                        json!({"RetCode": 0, "UHostSet": rows, "TotalCount": rows.len()})
                    };
                    let response = match fault {
                        Fault::None => Ok(HttpResponse::new(body.to_string().into())),
                        Fault::Lost(kind) | Fault::LostAfter(kind) => Err(TransportError::from(kind)),
                        Fault::Status(status) => {
                            let mut response = HttpResponse::new("".into());
                            *response.status_mut() = status.try_into().unwrap();
                            Ok(response)
                        }
                        Fault::Body(body) => Ok(HttpResponse::new(body.into())),
                    };
                    operation.complete(now, response);
                }
            }
        };

        prop_assert_eq!(sent, 1, "the creation itself is sent once");
        // An error of the first kinds says that no byte was sent; a peer that acts all the same lies.
        let lies = matches!(faults[0], Fault::LostAfter(
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout | TransportErrorKind::Tls
        ));
        match result {
            Ok(created) => {
                prop_assert!(!remarks.is_empty());
                prop_assert!(remarks.iter().all(|remark| remark.contains(&created.token)));
                prop_assert!(!created.ids.is_empty());
            }
            Err(error) if error.is_outcome_unknown() => {}
            Err(error) => prop_assert!(remarks.is_empty() || lies, "{}", error),
        }
    }
}
