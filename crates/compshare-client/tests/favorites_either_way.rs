//! Favorites, whichever way a service lists and changes them: both clients against services inside
//! the test.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use common::service::{Params, Service, no_such_action, number, refusal};
use common::{Client, serviced, version_ids};
use compshare_client::model::Favorite;
use compshare_client::transport::TransportErrorKind;
use compshare_client::{ErrorKind, FavoritesQuery, FavoritesSource};
use serde_json::{Map, Value, json};

const LIST: &str = "DescribeFavoriteImages";
const COMMUNITY: &str = "DescribeCommunityImages";

/// The form of the community list.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Live,
    Sdk,
    Flat,
}

/// The value of a total.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Total {
    Absent,
    True,
    Text,
    Versions,
    Page,
    Number(u64),
    Null,
}

#[derive(Debug, Clone, Copy)]
struct Habits {
    documented: bool,
    shape: Shape,
    total: Total,
    available: Total,
    cap: usize,
    /// Whether an unknown parameter is refused.
    strict: bool,
}

const LIVE: Habits = Habits {
    documented: false,
    shape: Shape::Live,
    total: Total::True,
    available: Total::True,
    cap: 100,
    strict: false,
};

/// The community: every seventh group a favorite, of one to three versions, and odd in one way or
/// another.
fn community(groups: usize) -> Vec<Value> {
    let group = |at: usize| {
        let versions: Vec<Value> = (0..=at % 3)
            .map(|version| {
                let mut row = json!({"CompShareImageId": id(at, version), "Name": format!("v{version}.0"), "Status": "Available"});
                match (at + version) % 5 {
                    0 => row["CreateTime"] = json!("1712563200"),
                    1 => row["Container"] = json!(true),
                    2 => row["Tags"] = Value::Null,
                    3 => row["New"] = json!({"a": [1]}),
                    _ => row["Price"] = json!("0.5"),
                }
                row
            })
            .collect();
        let mut group = json!({"GroupId": format!("g{at}"), "ImageName": format!("镜像 {at}"), "Status": "Available", "Data": versions});
        // A flag comes as a boolean, as a word, or not at all where it is not set.
        match (at % 7 == 0, at % 3) {
            (true, 0) => group["IsFavorite"] = json!(true),
            (true, _) => group["IsFavorite"] = json!("True"),
            (false, 0) => group["IsFavorite"] = json!(false),
            (false, 1) => group["IsFavorite"] = Value::Null,
            (false, _) => {}
        }
        group
    };
    (0..groups).map(group).collect()
}

fn id(group: usize, version: usize) -> String {
    format!("compshareImage-{group}x{version}")
}

/// The favorites of [`community`], as ids of versions.
fn wanted(groups: usize) -> Vec<String> {
    (0..groups)
        .filter(|at| at % 7 == 0)
        .flat_map(|at| (0..=at % 3).map(move |version| id(at, version)))
        .collect()
}

fn service(groups: usize, habits: Habits) -> Service {
    let all = community(groups);
    // What a flat list pages by are versions.
    let rows: Vec<Value> = if habits.shape == Shape::Flat {
        let flat = |group: &Value| {
            let with_group = |row: &Value| {
                let mut row = row.clone();
                for key in ["GroupId", "IsFavorite"] {
                    if let Some(value) = group.get(key) {
                        row[key] = value.clone();
                    }
                }
                row
            };
            group["Data"]
                .as_array()
                .unwrap()
                .iter()
                .map(with_group)
                .collect::<Vec<_>>()
        };
        all.iter().flat_map(flat).collect()
    } else {
        all.clone()
    };
    let versions = all
        .iter()
        .map(|group| group["Data"].as_array().unwrap().len())
        .sum::<usize>();
    let favorites: Vec<Value> = all
        .iter()
        .filter(|group| group["IsFavorite"] == true || group["IsFavorite"] == "True")
        .flat_map(|group| group["Data"].as_array().unwrap())
        .cloned()
        .collect();
    Service::new(move |params: &Params| {
        let (rows, key) = match (params["Action"].as_str(), habits.shape) {
            (LIST, _) if habits.documented => (&favorites, "ImageSet"),
            (COMMUNITY, _) if habits.strict && params.contains_key("ExcludeReadme") => {
                return Ok(refusal(230, "Params [ExcludeReadme] not available"));
            }
            (COMMUNITY, Shape::Live) => (&rows, "CompshareImageGroup"),
            (COMMUNITY, Shape::Sdk) => (&rows, "ImageSetGroup"),
            (COMMUNITY, Shape::Flat) => (&rows, "ImageSet"),
            _ => return Ok(no_such_action(params)),
        };
        let start = number(params, "Offset").unwrap_or(0).min(rows.len());
        let size = number(params, "Limit").unwrap_or(20).min(habits.cap);
        let page = &rows[start..(start + size).min(rows.len())];
        let mut body = Map::from_iter([
            ("RetCode".to_owned(), json!(0)),
            (
                "Action".to_owned(),
                json!("DescribeCommunityImagesResponse"),
            ),
            (
                key.to_owned(),
                if page.is_empty() {
                    Value::Null
                } else {
                    page.into()
                },
            ),
        ]);
        for (name, total) in [
            ("TotalCount", habits.total),
            ("AvailableTotalCount", habits.available),
        ] {
            let value = match total {
                Total::Absent => continue,
                Total::True => json!(rows.len()),
                Total::Text => json!(rows.len().to_string()),
                Total::Versions => json!(versions),
                Total::Page => json!(page.len()),
                Total::Number(number) => json!(number),
                Total::Null => Value::Null,
            };
            body.insert(name.to_owned(), value);
        }
        Ok(body.into())
    })
}

fn ids(favorites: &[Favorite]) -> Vec<String> {
    favorites.iter().flat_map(version_ids).collect()
}

/// How many requests went beyond the last row.
fn beyond(service: &Service, rows: usize) -> usize {
    let is_beyond = |params: &&Params| {
        params["Action"] == COMMUNITY && number(params, "Offset").unwrap_or(0) >= rows
    };
    service.asked().iter().filter(is_beyond).count()
}

#[test]
fn lists_all_favorites_of_743_groups_for_any_totals() {
    let lies = [
        Total::Absent,
        Total::True,
        Total::Text,
        Total::Versions,
        Total::Page,
        Total::Number(0),
        Total::Number(1),
        Total::Number(99_999_999),
        Total::Number(u64::MAX),
        Total::Null,
    ];
    for (shape, groups, rows) in [
        (Shape::Live, 743, 743),
        (Shape::Sdk, 143, 143),
        (Shape::Flat, 143, 285),
    ] {
        let wanted = wanted(groups);
        for total in lies {
            for available in [Total::Absent, Total::True, Total::Versions] {
                let habits = Habits {
                    shape,
                    total,
                    available,
                    ..LIVE
                };
                for client in clients_of(&habits, groups) {
                    let (client, service) = client;
                    let context = format!("{habits:?}, {}", client.name());
                    let found = client.favorites(FavoritesQuery::new());
                    assert!(found.result.is_ok(), "{context}: {:?}", found.result);
                    assert_eq!(ids(&found.rows), wanted, "{context}");
                    assert_eq!(found.seen, Some(FavoritesSource::Community), "{context}");
                    assert_eq!(beyond(&service, rows), 1, "{context}");
                    assert_eq!(
                        found.requests,
                        rows.div_ceil(100) as u64 + 2,
                        "one for the documented action: {context}"
                    );
                    assert_eq!(service.asked().len() as u64, found.requests, "{context}");
                }
            }
        }
    }
}

/// Each client that is compiled in, over a service of its own.
fn clients_of(habits: &Habits, groups: usize) -> Vec<(Client, Service)> {
    let count = serviced(&service(0, *habits)).len();
    (0..count)
        .map(|at| {
            let service = service(groups, *habits);
            (serviced(&service).swap_remove(at), service)
        })
        .collect()
}

#[test]
fn lists_all_favorites_for_any_page_size_and_readmes() {
    for cap in [1, 7, 99] {
        for (strict, total) in [
            (false, Total::True),
            (true, Total::Page),
            (true, Total::True),
        ] {
            let habits = Habits {
                total,
                cap,
                strict,
                ..LIVE
            };
            for (client, service) in clients_of(&habits, 50) {
                let context = format!("{habits:?}, {}", client.name());
                let found = client.favorites(FavoritesQuery::new());
                assert!(found.result.is_ok(), "{context}: {:?}", found.result);
                assert_eq!(ids(&found.rows), wanted(50), "{context}");
                assert_eq!(beyond(&service, 50), 1, "{context}");
                let requests = 50_usize.div_ceil(cap) + 2 + usize::from(strict);
                assert_eq!(
                    (found.requests, service.asked().len()),
                    (requests as u64, requests),
                    "{context}"
                );
                // The detected capability is remembered.
                service.take_actions();
                assert_eq!(
                    ids(&client.favorites(FavoritesQuery::new()).rows),
                    wanted(50)
                );
                assert_eq!(
                    service.asked().len(),
                    50_usize.div_ceil(cap) + 1,
                    "{context}"
                );
                assert!(
                    service
                        .asked()
                        .iter()
                        .all(|params| strict != params.contains_key("ExcludeReadme"))
                );
            }
        }
    }
}

#[test]
fn documented_action_is_first_and_can_be_fixed() {
    let habits = Habits {
        documented: true,
        ..LIVE
    };
    for (client, service) in clients_of(&habits, 30) {
        let found = client.favorites(FavoritesQuery::new());
        assert_eq!(
            (found.seen, ids(&found.rows)),
            (Some(FavoritesSource::Documented), wanted(30))
        );
        assert!(
            found
                .rows
                .iter()
                .all(|favorite| favorite.is_favorite == Some(true) && favorite.versions.is_empty())
        );
        assert_eq!(service.take_actions(), [LIST, LIST]);

        let found = client.favorites(FavoritesQuery::new().source(FavoritesSource::Community));
        assert_eq!(
            (found.seen, ids(&found.rows)),
            (Some(FavoritesSource::Community), wanted(30))
        );
        assert_eq!(service.take_actions(), [COMMUNITY, COMMUNITY]);
        // The source of one query is not remembered for other listings.
        assert_eq!(
            client.favorites(FavoritesQuery::new()).seen,
            Some(FavoritesSource::Documented)
        );
    }
    for (client, service) in clients_of(&LIVE, 30) {
        let found = client.favorites(FavoritesQuery::new().source(FavoritesSource::Documented));
        assert!(found.result.unwrap_err().is_action_unavailable());
        assert_eq!(service.take_actions(), [LIST], "no other way is tried");
    }
}

/// The first program of the documents prints every favorite, whichever actions list it.
#[test]
fn every_favorite_is_an_image() {
    for documented in [false, true] {
        for (client, _) in clients_of(&Habits { documented, ..LIVE }, 30) {
            let found = client.favorites(FavoritesQuery::new());
            let lines: Vec<_> = found
                .rows
                .iter()
                .map(|favorite| format!("{} - {}", favorite.id, favorite.name))
                .collect();
            let first = if documented {
                "compshareImage-0x0 - v0.0"
            } else {
                "compshareImage-0x0 - 镜像 0"
            };
            assert_eq!(lines[0], first);
            for favorite in &found.rows {
                assert!(favorite.is_ready() && favorite.image.id == favorite.id);
                assert!(documented || favorite.group.is_some());
                assert_eq!(favorite.is_favorite, Some(true));
            }
        }
    }
}

#[test]
fn both_sources_send_the_parameters_of_the_query() {
    for documented in [false, true] {
        for (client, service) in clients_of(&Habits { documented, ..LIVE }, 30) {
            let query = FavoritesQuery::new()
                .region("cn-other")
                .zone("cn-other-01")
                .project_id("org-1");
            assert!(client.favorites(query).result.is_ok());
            let asked = service.asked();
            assert!(asked.len() > 1);
            for params in asked {
                let sent = ["Region", "Zone", "ProjectId"].map(|name| params[name].as_str());
                assert_eq!(sent, ["cn-other", "cn-other-01", "org-1"], "{params:?}");
            }
        }
    }
}

/// Once a page was listed, a missing action is an error: the community would begin from the start.
#[test]
fn documented_action_cannot_vanish_between_pages() {
    let service = Service::new(|params: &Params| {
        Ok(match number(params, "Offset") {
            Some(0) if params["Action"] == LIST => {
                json!({"RetCode": 0, "ImageSet": [{"CompShareImageId": "a"}]})
            }
            _ if params["Action"] == LIST => no_such_action(params),
            _ => json!({"RetCode": 0, "CompshareImageGroup": []}),
        })
    });
    for client in serviced(&service) {
        let found = client.favorites(FavoritesQuery::new());
        assert_eq!(ids(&found.rows), ["a"]);
        assert!(found.result.unwrap_err().is_action_unavailable());
        assert_eq!(service.take_actions(), [LIST, LIST]);
    }
}

/// The total of the documented action is that of the favorites; that of the community is not.
#[test]
fn total_is_set_for_the_documented_action_only() {
    for (documented, total) in [(true, Some(6)), (false, None)] {
        for (client, _) in clients_of(&Habits { documented, ..LIVE }, 21) {
            let (total_of_items, total_of_page, source) = match &client {
                #[cfg(feature = "async-client")]
                Client::Async(runtime, client) => {
                    let mut pages = client.favorites_with(FavoritesQuery::new());
                    let page = runtime.block_on(pages.next()).unwrap().unwrap();
                    (pages.total(), page.total, pages.source())
                }
                #[cfg(feature = "sync-client")]
                Client::Sync(client) => {
                    let mut pages = client.favorites_with(FavoritesQuery::new());
                    let page = pages.next().unwrap().unwrap();
                    (pages.total(), page.total, pages.source())
                }
            };
            assert_eq!((total_of_items, total_of_page), (total, total));
            let word = if documented {
                "documented"
            } else {
                "community"
            };
            assert_eq!(source.unwrap().to_string(), word);
            assert_eq!(source.unwrap().as_str(), word);
        }
    }
}

#[test]
fn offset_and_max_items_select_favorites() {
    for documented in [false, true] {
        for (client, _) in clients_of(&Habits { documented, ..LIVE }, 300) {
            let all: Vec<String> = client
                .favorites(FavoritesQuery::new())
                .rows
                .iter()
                .map(|favorite| version_ids(favorite).join(" "))
                .collect();
            for (offset, most) in [(0, 5), (3, 4), (0, 0), (all.len() - 1, 9), (9999, 1)] {
                let some = client.favorites(
                    FavoritesQuery::new()
                        .offset(offset as u64)
                        .max_items(most as u64),
                );
                assert!(some.result.is_ok());
                let expected: Vec<String> = all.iter().skip(offset).take(most).cloned().collect();
                let found: Vec<String> = some
                    .rows
                    .iter()
                    .map(|favorite| version_ids(favorite).join(" "))
                    .collect();
                assert_eq!(found, expected, "{offset}, {most}, {}", client.name());
            }
        }
    }
}

#[test]
fn few_favorites_take_few_requests() {
    for (client, service) in clients_of(&LIVE, 743) {
        let some = client.favorites(FavoritesQuery::new().max_items(3));
        assert_eq!(some.rows.len(), 3);
        assert_eq!(
            service.take_actions(),
            [LIST, COMMUNITY],
            "nothing is asked ahead"
        );
    }
}

#[test]
fn missing_flags_are_an_error_not_an_empty_list() {
    let answer = |groups: Value| {
        Service::new(move |params: &Params| {
            Ok(
                match (
                    params["Action"].as_str(),
                    params.get("Offset").map(String::as_str),
                ) {
                    (COMMUNITY, Some("0")) => json!({"RetCode": 0, "CompshareImageGroup": groups}),
                    (COMMUNITY, _) => json!({"RetCode": 0, "CompshareImageGroup": []}),
                    _ => no_such_action(params),
                },
            )
        })
    };
    for groups in [
        json!([]),
        json!(null),
        json!([{"GroupId": "g", "IsFavorite": false}, {"GroupId": "h"}]),
    ] {
        for client in serviced(&answer(groups)) {
            let found = client.favorites(FavoritesQuery::new());
            assert!(found.result.is_ok() && found.rows.is_empty());
        }
    }
    for client in serviced(&answer(
        json!([{"GroupId": "g"}, {"GroupId": "h", "IsFavorite": "perhaps"}]),
    )) {
        let found = client.favorites(FavoritesQuery::new());
        let error = found.result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging);
        assert!(error.to_string().contains("IsFavorite"), "{error}");
    }
    // A version may say it where its group does not; a group without versions is a favorite all the
    // same.
    let by_version = json!([
        {"GroupId": "g", "Data": [{"CompShareImageId": "a", "IsFavorite": false}, {"CompShareImageId": "b", "IsFavorite": true}]},
        {"GroupId": "h", "ImageName": "n", "IsFavorite": 1},
    ]);
    for client in serviced(&answer(by_version)) {
        let found = client.favorites(FavoritesQuery::new());
        assert_eq!(
            found
                .rows
                .iter()
                .map(|favorite| favorite.group_id.clone().unwrap().to_string())
                .collect::<Vec<_>>(),
            ["g", "h"]
        );
        assert_eq!(
            found
                .rows
                .iter()
                .map(|favorite| format!("{} - {}", favorite.id, favorite.name))
                .collect::<Vec<_>>(),
            ["a - ", " - n"]
        );
    }
}

#[test]
fn error_reports_cause_and_resume_at() {
    let all = service(300, LIVE);
    let broken = {
        let all = community(300);
        Service::new(move |params: &Params| {
            match (params["Action"].as_str(), number(params, "Offset")) {
                (COMMUNITY, Some(200)) => Err(TransportErrorKind::TooLarge),
                (COMMUNITY, Some(offset)) => {
                    let page: Vec<_> = all.iter().skip(offset).take(100).collect();
                    Ok(json!({"RetCode": 0, "CompshareImageGroup": page}))
                }
                _ => Ok(no_such_action(params)),
            }
        })
    };
    for (client, whole) in serviced(&broken).into_iter().zip(serviced(&all)) {
        let first = client.favorites(FavoritesQuery::new());
        let error = first.result.unwrap_err();
        assert_eq!(
            (error.kind(), error.action()),
            (ErrorKind::TooLarge, COMMUNITY)
        );
        let resume = error.resume_at().unwrap();
        assert_eq!(resume, first.rows.len() as u64, "counted in favorites");
        let rest = whole.favorites(FavoritesQuery::new().offset(resume));
        assert_eq!([ids(&first.rows), ids(&rest.rows)].concat(), wanted(300));

        let none = client.favorites(FavoritesQuery::new().offset(40));
        assert!(none.rows.is_empty());
        assert_eq!(
            none.result.unwrap_err().resume_at(),
            Some(40),
            "not the community's own offset"
        );
    }
    // Refused for another reason: no other way is tried.
    for client in serviced(&Service::new(|_| {
        Ok(refusal(171, "Signature VerifyAC Error"))
    })) {
        let found = client.favorites(FavoritesQuery::new());
        assert!(found.result.unwrap_err().is_auth());
        assert_eq!((found.seen, found.requests), (None, 1));
    }
    // Neither way.
    for client in serviced(&Service::new(|params| Ok(no_such_action(params)))) {
        let error = client.favorites(FavoritesQuery::new()).result.unwrap_err();
        assert!(error.is_action_unavailable());
        assert_eq!(error.action(), COMMUNITY);
    }
}

#[cfg(feature = "async-client")]
#[test]
fn prefetches_pages_that_surely_exist() {
    for (total, available, most) in [
        // Fewer than there are, since the counts could be of versions.
        (Total::True, Total::True, 3),
        (Total::Versions, Total::Versions, 4),
        (Total::Number(u64::MAX), Total::True, 3),
        (Total::True, Total::Absent, 1),
        (Total::Page, Total::True, 1),
        (Total::Number(u64::MAX), Total::Absent, 1),
    ] {
        for (client, service) in clients_of(
            &Habits {
                total,
                available,
                ..LIVE
            },
            743,
        ) {
            assert_eq!(
                ids(&client.favorites(FavoritesQuery::new()).rows),
                wanted(743)
            );
            let most = if client.name() == "async" { most } else { 1 };
            assert_eq!(
                service.most_under_way(),
                most,
                "{total:?}, {available:?}, {}",
                client.name()
            );
        }
    }
    for (ahead, most) in [(0, 1), (2, 3), (20, 7)] {
        for (client, service) in clients_of(&LIVE, 743) {
            assert_eq!(
                ids(&client.favorites_ahead(FavoritesQuery::new(), ahead).rows),
                wanted(743)
            );
            let most = if client.name() == "async" { most } else { 1 };
            assert_eq!(service.most_under_way(), most, "{}", client.name());
            assert_eq!(beyond(&service, 743), 1);
        }
    }
}

/// A service that keeps favorites, by group or by image, and writes what it was asked to do.
fn changeable(by_group: bool, by_image: bool) -> Service {
    let all = community(10);
    Service::new(move |params: &Params| {
        let action = params["Action"].as_str();
        Ok(match action {
            "CreateCompShareImageFavorite" | "DeleteCompShareImageFavorite" if by_group => {
                // What this answers is in no document.
                json!({"RetCode": 0, "Data": [{"GroupId": params["GroupId"]}]})
            }
            "AddFavoriteImage" | "RemoveFavoriteImage" if by_image => {
                if params["CompShareImageId"].ends_with("x1") && action.starts_with("Remove") {
                    refusal(8039, "Resource not exist")
                } else {
                    json!({"RetCode": 0})
                }
            }
            COMMUNITY => {
                let is_wanted = |group: &&Value| {
                    params
                        .get("GroupId")
                        .is_none_or(|id| group["GroupId"] == *id)
                };
                let groups: Vec<_> = all.iter().filter(is_wanted).collect();
                json!({"RetCode": 0, "CompshareImageGroup": groups})
            }
            _ => no_such_action(params),
        })
    })
}

#[test]
fn changes_favorites_by_group_or_by_image() {
    let by_group = changeable(true, true);
    for client in serviced(&by_group) {
        assert_eq!(
            client.set_favorite("g2", true).unwrap(),
            FavoritesSource::Community
        );
        assert_eq!(
            client.set_favorite("g2", false).unwrap(),
            FavoritesSource::Community
        );
        assert_eq!(
            by_group.take_actions(),
            [
                "CreateCompShareImageFavorite",
                "DeleteCompShareImageFavorite"
            ]
        );
    }
    let by_image = changeable(false, true);
    for client in serviced(&by_image) {
        assert_eq!(
            client.set_favorite("g2", true).unwrap(),
            FavoritesSource::Documented
        );
        let asked = by_image.asked();
        assert_eq!(
            asked.last().unwrap()["CompShareImageId"],
            id(2, 0),
            "the first that is ready"
        );
        assert_eq!(
            by_image.take_actions(),
            [
                "CreateCompShareImageFavorite",
                COMMUNITY,
                "AddFavoriteImage"
            ]
        );
        assert_eq!(
            client.set_favorite("g2", false).unwrap(),
            FavoritesSource::Documented
        );
        // All of its versions are looked up; this service gives the group whatever the offset.
        let expected = [
            COMMUNITY,
            COMMUNITY,
            "RemoveFavoriteImage",
            "RemoveFavoriteImage",
            "RemoveFavoriteImage",
        ];
        assert_eq!(
            by_image.take_actions(),
            expected,
            "what works is remembered"
        );
        let error = client.set_favorite("nowhere", true).unwrap_err();
        assert!(error.to_string().contains("nowhere"), "{error}");
        assert_eq!(by_image.take_actions(), [COMMUNITY]);
    }
    for client in serviced(&changeable(false, false)) {
        let error = client.set_favorite("g2", true).unwrap_err();
        assert!(error.is_action_unavailable());
        assert_eq!(
            error.action(),
            "CreateCompShareImageFavorite",
            "the one that was meant"
        );
    }
}

#[test]
fn finds_the_group_of_an_image() {
    let service = Service::new(|params: &Params| {
        Ok(match params.get("CompShareImageId").map(String::as_str) {
            Some("compshareImage-1x0") => {
                json!({"RetCode": 0, "CompshareImageGroup": community(2)[1..]})
            }
            Some("flat") => {
                json!({"RetCode": 0, "ImageSet": [{"ImageId": "flat", "GroupId": "g9", "Name": "n"}]})
            }
            Some("mine") => json!({"RetCode": 0, "CompshareImageGroup": null, "TotalCount": 0}),
            // The filter is ignored.
            Some("ignored") => json!({"RetCode": 0, "CompshareImageGroup": community(5)}),
            _ => refusal(8039, "Resource not exist"),
        })
    });
    for client in serviced(&service) {
        let group = |id: &str| client.find_group(&id.into());
        let found = group("compshareImage-1x0").unwrap().unwrap();
        assert_eq!(
            (found.group_id.unwrap().as_str(), found.data.len()),
            ("g1", 2)
        );
        assert_eq!(
            group("flat").unwrap().unwrap().group_id.unwrap().as_str(),
            "g9"
        );
        assert_eq!(group("mine").unwrap(), None);
        assert!(matches!(
            group("ignored").unwrap_err().kind(),
            ErrorKind::Body(_)
        ));
        assert!(group("unknown").unwrap_err().is_not_found());
    }
}
