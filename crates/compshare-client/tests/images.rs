//! The whole family of image actions, end to end: both clients against the mock gateway, over real
//! HTTP, as the service is documented, as it is reported, and with every quirk.

#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::collections::BTreeSet;
use std::time::Duration;

use common::{Client, Listed, clients, config, version_ids};
use compshare_client::engine::PlatformPaginator;
use compshare_client::model::{
    AddFavoriteImage, CopyCompShareCustomImage, CreateCompShareCustomImage,
    CreateCompShareImageFavorite, CustomImageSoftware, DeleteCompShareImageFavorite,
    DescribeCommunityImages, DescribeCompShareCustomImages, DescribeCompShareImageShareAccounts,
    DescribeCompShareImageTags, DescribeCompShareImages, DescribeCompShareSharingImages,
    DescribeFavoriteImages, DescribeSelfCommunityImages, DescribeUserCommunityImages, Extra,
    GetCompShareImageCreateProgress, GroupStatus, Grouped, Image, ImageGroup, ImageId, ImageList,
    ImageStatus, ImageType, ModifyCompShareImageShareAccount, PagedAction, PublishCompShareImage,
    RemoveFavoriteImage, RetCode, SortCondition, SortField, TerminateCompShareCustomImage,
    Timestamp, UpdateCompShareImage, Visibility,
};
use compshare_client::{
    ConfigBuilder, Error, ErrorKind, FavoritesQuery, FavoritesSource, ImageOutcome, Sent,
    WaitOptions,
};
use compshare_mock::{Catalog, Fault, ListKey, MockGateway, Quirks};
use serde_json::{Value, json};

const LIST: &str = "DescribeFavoriteImages";
const COMMUNITY: &str = "DescribeCommunityImages";
const ZONE: &str = "cn-wlcb-01";

/// What is told of the favorite actions: all there are, the documented ones missing, the others
/// missing.
const MODES: [&str; 3] = ["", "production_as_reported", "documented_only"];

fn settings(gateway: &MockGateway) -> ConfigBuilder {
    config(&gateway.base_url()).keys(gateway.public_key(), gateway.private_key())
}

fn clients_of(gateway: &MockGateway) -> Vec<Client> {
    clients(&settings(gateway).zone(ZONE).build().unwrap())
}

fn started(catalog: Catalog) -> MockGateway {
    MockGateway::builder().catalog(catalog).start().unwrap()
}

/// Each client over a gateway of its own, for what changes the gateway.
fn each(catalog: &Catalog, quirks: &Quirks, test: impl Fn(&Client, &MockGateway)) {
    let count = clients_of(&started(Catalog::empty())).len();
    for index in 0..count {
        let gateway = started(catalog.clone());
        gateway.set_quirks(quirks.clone());
        test(&clients_of(&gateway).swap_remove(index), &gateway);
    }
}

/// Some of the built-in images, for tests of many cases; favorites in another order than the
/// community's, one of which has no version.
fn few() -> Catalog {
    let all = MockGateway::start().unwrap();
    let own = all.state().self_community();
    let mut community: Vec<Value> = all
        .state()
        .community()
        .into_iter()
        .filter(|group| !own.iter().any(|one| one["GroupId"] == group["GroupId"]))
        .collect();
    // Groups of several versions are not thinned out.
    let mut at = 0;
    community.retain(|group| {
        at += 1;
        at % 9 == 0 || group["Data"].as_array().is_some_and(|rows| rows.len() > 1)
    });
    for group in community.iter_mut().step_by(4) {
        group["IsFavorite"] = json!(true);
    }
    community
        .insert(1, json!({"GroupId": "empty-group", "ImageName": "空", "IsFavorite": true, "Status": "UnAvailable"}));
    let last = versions(&community).last().unwrap().clone();
    Catalog::empty()
        .favorites(vec![last])
        .community(community)
        .self_community(own)
        .custom_images(all.state().custom_images())
        .shared_images(all.state().shared_images())
        .platform_images(
            all.state()
                .platform_images()
                .into_iter()
                .step_by(5)
                .collect(),
        )
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

fn id(row: &Value) -> String {
    text(row, "CompShareImageId").to_owned()
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(id).collect()
}

fn versions(groups: &[Value]) -> Vec<Value> {
    groups.iter().flat_map(rows_of).cloned().collect()
}

fn rows_of(group: &Value) -> &[Value] {
    group["Data"].as_array().map_or(&[], Vec::as_slice)
}

/// The images of groups as a flat listing names them: a group without versions is one image without
/// an id.
fn names_of(groups: &[Value]) -> Vec<String> {
    let names = |group: &Value| match rows_of(group) {
        [] => vec![format!("group {}", text(group, "GroupId"))],
        rows => ids(rows),
    };
    groups.iter().flat_map(names).collect()
}

fn names(images: &[Image]) -> Vec<String> {
    let name = |image: &Image| match (image.id.as_str(), &image.group_id) {
        ("", Some(group)) => format!("group {group}"),
        (id, _) => id.to_owned(),
    };
    images.iter().map(name).collect()
}

/// The actions of the last requests.
fn last_actions(gateway: &MockGateway, requests: u64) -> Vec<String> {
    let actions = gateway.actions();
    actions[actions.len() - usize::try_from(requests).unwrap()..].to_vec()
}

/// Every quirk of images, with each value it is tried with, but for those that say which favorite
/// actions there are.
fn all_quirks() -> Vec<String> {
    let values = |name: &str| -> &[&str] {
        match name {
            "production_as_reported" | "documented_only" => &[],
            "page_cap" => &["2", "7"],
            // The clients ask for no more than the documents allow.
            "limit_refused_above" => &["100"],
            "total" => &[
                "absent",
                "true",
                "renamed",
                "versions",
                "page-local",
                "zero",
                "text",
                "1",
                "18446744073709551615",
            ],
            "short_pages" => &["3,1,10,2"],
            "list_key" => &["ImageSet", "CompshareImageGroup", "ImageSetGroup"],
            "booleans_as_text" => &["True", "true"],
            "response_action" => &["Other"],
            "platform_types_refused" => &["Game,Other"],
            _ => &["true"],
        }
    };
    let with_values = |name: &&str| {
        values(name)
            .iter()
            .map(|value| format!("{name}={value}"))
            .collect::<Vec<_>>()
    };
    // From `sold_out` on, they are those of instances.
    let of_images = Quirks::NAMES.iter().take_while(|name| **name != "sold_out");
    of_images.flat_map(with_values).collect()
}

fn quirks(texts: &[impl AsRef<str>]) -> Quirks {
    let texts = texts
        .iter()
        .map(AsRef::as_ref)
        .filter(|text| !text.is_empty());
    texts.fold(Quirks::default(), |quirks, text| quirks.with(text).unwrap())
}

/// Several quirks at once; the seed decides which.
fn some_quirks(seed: u64) -> Vec<String> {
    let mut random = fastrand::Rng::with_seed(seed);
    loop {
        let mut some: Vec<String> = all_quirks();
        some.retain(|_| random.u8(..6) == 0);
        if is_fair(&quirks(&some)) && !loses_its_place(&quirks(&some)) {
            return some;
        }
    }
}

/// Whether each page can have a row that is none, and one that was there before, and still bring
/// something: without that no client can tell it from a service that stands still.
fn is_fair(quirks: &Quirks) -> bool {
    let shortest = quirks
        .short_pages
        .iter()
        .copied()
        .chain(quirks.page_cap)
        .min()
        .unwrap_or(100);
    shortest > u64::from(quirks.row_nulls) + u64::from(quirks.repeat_rows)
}

/// Whether no listing can come to its end.
fn loses_its_place(quirks: &Quirks) -> bool {
    quirks.ignore_offset || quirks.clamp_offset
}

fn is_flat(quirks: &Quirks) -> bool {
    quirks.list_key == Some(ListKey::ImageSet)
}

/// How many requests a list of so many rows takes: one beyond the last row.
fn requests_for(rows: usize, quirks: &Quirks) -> u64 {
    let nulls = if quirks.row_nulls {
        rows.div_ceil(3)
    } else {
        0
    };
    ((rows + nulls) as u64).div_ceil(quirks.page_cap.unwrap_or(100).min(100)) + 1
}

/// The ids of the favorites, a group of versions each, and how many rows the list has in which they
/// stand.
fn wanted_favorites(gateway: &MockGateway, quirks: &Quirks) -> (Vec<Vec<String>>, usize) {
    let (community, favorites) = (
        gateway.state().community(),
        ids(&gateway.state().favorites()),
    );
    if quirks.production_as_reported && is_flat(quirks) {
        let all = ids(&versions(&community));
        return (
            all.iter()
                .filter(|id| favorites.contains(id))
                .map(|id| vec![id.clone()])
                .collect(),
            all.len(),
        );
    }
    if quirks.production_as_reported {
        let marked: Vec<&Value> = community
            .iter()
            .filter(|group| group["IsFavorite"] == true)
            .collect();
        let of_groups: Vec<&str> = marked.iter().map(|group| text(group, "GroupId")).collect();
        assert_eq!(of_groups, gateway.state().favorite_groups());
        return (
            marked
                .into_iter()
                .map(|group| ids(rows_of(group)))
                .collect(),
            community.len(),
        );
    }
    if quirks.favorites_grouped {
        let place = |id: &String| {
            community
                .iter()
                .position(|group| ids(rows_of(group)).contains(id))
        };
        let mut groups: Vec<(Option<usize>, Vec<String>)> = Vec::new();
        for id in favorites {
            let at = place(&id);
            match groups.iter_mut().find(|(known, _)| *known == at) {
                Some((_, ids)) => ids.push(id),
                None => groups.push((at, vec![id])),
            }
        }
        let rows = groups.len();
        return (groups.into_iter().map(|(_, ids)| ids).collect(), rows);
    }
    let rows = favorites.len();
    (favorites.into_iter().map(|id| vec![id]).collect(), rows)
}

/// Lists the favorites twice with each client, and looks at all there is to look at.
fn favorites_come_out(gateway: &MockGateway, texts: &[String]) {
    let quirks = quirks(texts);
    let (wanted, rows) = wanted_favorites(gateway, &quirks);
    let via = if quirks.production_as_reported {
        FavoritesSource::Community
    } else {
        FavoritesSource::Documented
    };
    let query = FavoritesQuery::new();
    // Pages that are given up when sizes change may or may not have been sent, so that nobody could
    // count them.
    let is_countable = quirks.short_pages.is_empty() && !loses_its_place(&quirks);
    for client in clients_of(gateway) {
        gateway.set_quirks(quirks.clone());
        for first in [true, false] {
            let context = format!("{texts:?}, {}, first: {first}", client.name());
            let before = gateway.requests();
            let found = if is_countable {
                client.favorites(query.clone())
            } else {
                client.favorites_ahead(query.clone(), 0)
            };
            let requests = gateway.requests() - before;
            let seen: Vec<_> = found.rows.iter().map(version_ids).collect();
            if loses_its_place(&quirks) && rows > 0 {
                let error = found.result.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Paging, "{context}: {error}");
                assert!(
                    wanted.concat().starts_with(&seen.concat()),
                    "a row twice, or out of order: {context}"
                );
                if quirks.clamp_offset {
                    assert_eq!(seen, wanted, "{context}");
                }
                assert_eq!(
                    (found.seen, found.requests),
                    (Some(via), requests),
                    "{context}"
                );
                continue;
            }
            assert!(found.result.is_ok(), "{context}: {:?}", found.result);
            assert_eq!(seen, wanted, "{context}");
            assert!(
                found
                    .rows
                    .iter()
                    .all(|favorite| favorite.is_favorite == Some(true)),
                "{context}"
            );
            if via == FavoritesSource::Community && !is_flat(&quirks) {
                let groups: Vec<_> = found
                    .rows
                    .iter()
                    .map(|favorite| favorite.group_id.clone().unwrap().to_string())
                    .collect();
                assert_eq!(groups, gateway.state().favorite_groups(), "{context}");
            }
            assert_eq!(
                (found.seen, found.requests),
                (Some(via), requests),
                "{context}"
            );

            let asked = last_actions(gateway, requests);
            let probes = asked.iter().filter(|action| *action == LIST).count() as u64;
            let list = if via == FavoritesSource::Documented {
                LIST
            } else {
                COMMUNITY
            };
            assert!(
                asked.iter().all(|action| action == LIST || action == list),
                "{context}"
            );
            if via == FavoritesSource::Community {
                assert_eq!(
                    probes,
                    u64::from(first),
                    "asked for once, and remembered: {context}"
                );
            }
            if quirks.short_pages.is_empty() && !quirks.repeat_rows {
                let refused =
                    first && via == FavoritesSource::Community && quirks.unknown_parameters_refused;
                let found_out =
                    u64::from(first && via == FavoritesSource::Community) + u64::from(refused);
                assert_eq!(
                    requests,
                    requests_for(rows, &quirks) + found_out,
                    "{context}"
                );
            }
        }
    }
}

/// With each quirk by itself.
fn favorites_with_each_quirk(gateway: &MockGateway, mode: &str) {
    favorites_come_out(gateway, &[mode.to_owned()]);
    for text in all_quirks() {
        favorites_come_out(gateway, &[mode.to_owned(), text]);
    }
}

#[test]
fn favorites_as_documented_with_each_quirk() {
    favorites_with_each_quirk(&MockGateway::start().unwrap(), MODES[0]);
}

#[test]
fn favorites_as_reported_of_production_with_each_quirk() {
    favorites_with_each_quirk(&MockGateway::start().unwrap(), MODES[1]);
}

#[test]
fn favorites_by_documented_actions_with_each_quirk() {
    favorites_with_each_quirk(&started(few()), MODES[2]);
}

#[test]
fn no_favorites_with_each_quirk() {
    let empty = started(Catalog::empty());
    for mode in MODES {
        favorites_with_each_quirk(&empty, mode);
    }
}

#[test]
fn favorites_with_several_quirks() {
    let gateway = started(few());
    for mode in MODES {
        let one_row_a_page = vec!["page_cap=1".to_owned()];
        for mut texts in (0..15).map(some_quirks).chain([one_row_a_page]) {
            texts.push(mode.to_owned());
            favorites_come_out(&gateway, &texts);
        }
    }
}

#[test]
fn favorites_among_743_groups() {
    let gateway = started(Catalog::generated(743, 7));
    assert_eq!(
        (
            gateway.state().community().len(),
            gateway.state().favorite_groups().len()
        ),
        (743, 19)
    );
    for (mode, text) in [
        (MODES[0], ""),
        (MODES[1], ""),
        (MODES[1], "repeat_rows"),
        (MODES[1], "list_key=ImageSet"),
        (MODES[2], "page_cap=7"),
    ] {
        favorites_come_out(&gateway, &[mode.to_owned(), text.to_owned()]);
    }
}

#[test]
fn prefetch_of_uneven_pages_loses_no_favorite() {
    // A gateway of its own: what is given up may still be on its way.
    each(
        &Catalog::generated(300, 7),
        &quirks(&[MODES[1], "short_pages=30,1,50,2"]),
        |client, gateway| {
            let (wanted, _) = wanted_favorites(gateway, &quirks(&[MODES[1]]));
            let found = client.favorites(FavoritesQuery::new());
            assert!(found.result.is_ok());
            assert_eq!(
                found.rows.iter().map(version_ids).collect::<Vec<_>>(),
                wanted
            );
            assert!(
                found.requests >= gateway.requests(),
                "what may have been sent is counted"
            );
        },
    );
}

#[test]
fn reports_a_refused_limit() {
    let gateway = started(few());
    for mode in MODES {
        gateway.set_quirks(quirks(&[mode, "limit_refused_above=50"]));
        for client in clients_of(&gateway) {
            let found = client.favorites(FavoritesQuery::new());
            let error = found.result.unwrap_err();
            assert_eq!(
                error.ret_code(),
                Some(RetCode::PARAMETER_OUT_OF_RANGE),
                "{error}"
            );
            assert!(
                found.rows.is_empty() && error.to_string().contains("Limit"),
                "{error}"
            );
        }
    }
}

/// Lists flat and by groups: both must agree with these groups of the gateway.
fn listed<A>(client: &Client, action: A, groups: &[Value], context: &str) -> Vec<Image>
where
    A: PagedAction<Response = ImageList, Item = Image>,
{
    let context = format!("{context}, {}", client.name());
    let (images, result, _) = client.list(action.clone());
    assert!(result.is_ok(), "{context}: {result:?}");
    assert_eq!(names(&images), names_of(groups), "{context}");
    let (found, result, _) = client.list(Grouped::new(action));
    assert!(result.is_ok(), "{context}: {result:?}");
    assert_eq!(
        found.iter().map(|group| json!(group)).collect::<Vec<_>>(),
        completed(groups),
        "{context}"
    );
    images
}

/// Groups as the gateway sends them, but for what the model adds: each version knows its group.
fn completed(groups: &[Value]) -> Vec<Value> {
    let mut groups = groups.to_vec();
    for group in &mut groups {
        let id = group["GroupId"].clone();
        for row in group
            .get_mut("Data")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if row.get("GroupId").is_none_or(Value::is_null) {
                row["GroupId"] = id.clone();
            }
        }
    }
    groups
}

fn number(row: &Value, key: &str) -> f64 {
    row[key]
        .as_f64()
        .or_else(|| row[key].as_str()?.parse().ok())
        .unwrap_or_default()
}

fn has_tag(row: &Value, tag: &str) -> bool {
    row["Tags"].as_array().is_some_and(|tags| {
        tags.iter().any(|text| {
            text.as_str()
                .unwrap()
                .split(['，', ','])
                .any(|one| one == tag)
        })
    })
}

#[test]
fn filters_the_community() {
    type Takes = fn(&Value, &Value) -> bool;
    let all = DescribeCommunityImages::new;
    let gateway = MockGateway::start().unwrap();
    let community = gateway.state().community();
    let cases: [(&str, DescribeCommunityImages, Takes); 13] = [
        ("all", all(), |_, _| true),
        ("name", all().name("qwen"), |group, row| {
            [text(group, "ImageName"), text(row, "Name")]
                .iter()
                .any(|name| name.to_lowercase().contains("qwen"))
        }),
        ("author", all().author("社区作者 C"), |_, row| {
            text(row, "Author") == "社区作者 C"
        }),
        ("part of an author", all().author("社区作者"), |_, _| {
            false
        }),
        ("fuzzy", all().fuzzy_search("COMFY"), |group, row| {
            let texts = [
                text(group, "ImageName"),
                text(row, "Name"),
                text(row, "Author"),
            ];
            texts
                .iter()
                .any(|text| text.to_lowercase().contains("comfy"))
        }),
        (
            "fuzzy by author",
            all().fuzzy_search("作者 D"),
            |_, row| text(row, "Author").contains("作者 D"),
        ),
        ("one tag", all().tags(["AIGC"]), |_, row| {
            has_tag(row, "AIGC")
        }),
        ("two tags", all().tags(["大模型", "推理"]), |_, row| {
            has_tag(row, "大模型") && has_tag(row, "推理")
        }),
        ("free", all().is_free(true), |_, row| {
            number(row, "Price") == 0.0
        }),
        ("official", all().is_official(true), |_, row| {
            text(row, "ImageOwnerAlias") == "Official"
        }),
        ("auto start", all().if_auto_start(true), |_, row| {
            row["AutoStart"] == true
        }),
        ("one group", all().group_id("ikYd8uWNDMyE"), |group, _| {
            group["GroupId"] == "ikYd8uWNDMyE"
        }),
        (
            "several",
            all().tags(["LLM"]).is_free(true).if_auto_start(true),
            |_, row| has_tag(row, "LLM") && number(row, "Price") == 0.0 && row["AutoStart"] == true,
        ),
    ];
    for client in clients_of(&gateway) {
        for (context, action, takes) in &cases {
            let is_listed = |group: &&Value| match rows_of(group) {
                [] => takes(group, &Value::Null),
                rows => rows.iter().any(|row| takes(group, row)),
            };
            let groups: Vec<Value> = community.iter().filter(is_listed).cloned().collect();
            assert_eq!(
                groups.is_empty(),
                *context == "part of an author",
                "{context} shows nothing"
            );
            listed(&client, action.clone(), &groups, context);
        }

        // By the id of an image, its group has this version alone.
        let group = community
            .iter()
            .find(|group| rows_of(group).len() > 1)
            .unwrap();
        let mut alone = group.clone();
        alone["Data"] = json!([rows_of(group)[1]]);
        listed(
            &client,
            all().image_id(id(&rows_of(group)[1])),
            &[alone],
            "one image",
        );
        let (images, result, requests) = client.list(all().image_id("compshareImage-nowhere"));
        assert!(images.is_empty() && result.unwrap_err().is_not_found());
        assert_eq!(requests, 1);

        // Without readmes, all else is the same.
        let (with, _, _) = client.list(all());
        let (without, result, _) = client.list(all().exclude_readme(true));
        assert!(result.is_ok());
        assert!(with.iter().any(|image| image.readme.is_some()));
        let clear = |mut image: Image| {
            image.readme = None;
            image
        };
        assert_eq!(with.into_iter().map(clear).collect::<Vec<_>>(), without);
    }
}

#[test]
fn sorts_the_community() {
    type Key = fn(&ImageGroup) -> f64;
    let favorites: Key = |group| count(group.favorites_count);
    let cases: [(SortField, Key); 6] = [
        (SortField::Favor, favorites),
        (SortField::FavoritesCount, favorites),
        (SortField::CreatedCount, |group| count(group.created_count)),
        (SortField::ImageUseTime, |group| {
            count(group.image_use_time.map(i64::unsigned_abs))
        }),
        (SortField::PubTime, |group| {
            let times = group.data.iter().filter_map(|version| version.pub_time);
            count(times.max().map(Timestamp::as_secs).map(i64::unsigned_abs))
        }),
        (SortField::Price, |group| {
            group
                .data
                .iter()
                .map(|version| version.price.unwrap_or_default())
                .fold(f64::MAX, f64::min)
        }),
    ];
    let gateway = MockGateway::start().unwrap();
    let all: BTreeSet<String> = gateway
        .state()
        .community()
        .iter()
        .map(|group| text(group, "GroupId").to_owned())
        .collect();
    for client in clients_of(&gateway) {
        for (field, key) in &cases {
            for ascending in [Some(true), Some(false), None] {
                let context = format!("{field}, ascending: {ascending:?}, {}", client.name());
                let mut order = SortCondition::new(field.clone());
                if let Some(ascending) = ascending {
                    order = order.asc(ascending);
                }
                // Over several pages, so that the order is the whole list's.
                let action = DescribeCommunityImages::new()
                    .sort_condition(order)
                    .exclude_readme(true)
                    .limit(30);
                let (groups, result, _) = client.list(action.grouped());
                assert!(result.is_ok(), "{context}: {result:?}");
                let keys: Vec<f64> = groups.iter().map(key).collect();
                let in_order = |pair: &[f64]| {
                    if ascending == Some(true) {
                        pair[0] <= pair[1]
                    } else {
                        pair[0] >= pair[1]
                    }
                };
                assert!(keys.windows(2).all(in_order), "{context}: {keys:?}");
                let (least, most) = keys
                    .iter()
                    .fold((f64::MAX, f64::MIN), |(least, most), &key| {
                        (least.min(key), most.max(key))
                    });
                assert!(least < most, "{context}: nothing to sort");
                let found: BTreeSet<_> = groups
                    .iter()
                    .map(|group| group.group_id.clone().unwrap().to_string())
                    .collect();
                assert_eq!((&found, groups.len()), (&all, all.len()), "{context}");
            }
        }
        let unknown = DescribeCommunityImages::new().sort_condition(SortCondition::new("Stars"));
        let error = client.list(unknown).1.unwrap_err();
        assert_eq!(error.ret_code(), Some(RetCode::PARAMETER_OUT_OF_RANGE));
    }
}

/// Whole numbers, as what is compared.
#[allow(clippy::cast_precision_loss, reason = "none is so large")]
fn count(number: Option<u64>) -> f64 {
    number.unwrap_or_default() as f64
}

#[test]
fn lists_own_and_one_users_community_images() {
    let gateway = MockGateway::start().unwrap();
    let own = gateway.state().self_community();
    let author = "社区作者 C";
    let of_author = |group: &&Value| {
        rows_of(group)
            .first()
            .is_some_and(|row| text(row, "Author") == author)
    };
    let theirs: Vec<Value> = gateway
        .state()
        .community()
        .iter()
        .filter(of_author)
        .cloned()
        .collect();
    let number = gateway.state().organization_id(author).unwrap();
    assert!(theirs.len() > 2);
    for client in clients_of(&gateway) {
        let images = listed(&client, DescribeSelfCommunityImages::new(), &own, "self");
        let states: BTreeSet<_> = images
            .iter()
            .map(|image| image.status.clone().unwrap())
            .collect();
        assert_eq!(
            states,
            BTreeSet::from([
                ImageStatus::Available,
                ImageStatus::Reviewing,
                ImageStatus::Offline
            ])
        );
        let one = DescribeSelfCommunityImages::new().group_id("0xLAQrPV61oa");
        listed(&client, one, &own[1..2], "one of self");
        let reply = client.send(&DescribeSelfCommunityImages::new()).unwrap();
        assert_eq!(
            reply.total_count,
            Some(3),
            "answered under another action's name"
        );

        let user = DescribeUserCommunityImages::new().target_top_organization_id(number);
        listed(&client, user.clone(), &theirs, "user");
        let first = &rows_of(&theirs[0])[0];
        listed(
            &client,
            user.image_id(id(first)),
            &only(&theirs[0], &id(first)),
            "one of user",
        );
        let nobody = DescribeUserCommunityImages::new().target_top_organization_id(999);
        listed(&client, nobody, &[], "nobody");
        // Others see what is online.
        listed(
            &client,
            DescribeUserCommunityImages::new().target_top_organization_id(1000),
            &own[..1],
            "oneself",
        );
    }
}

/// A group with one of its versions.
fn only(group: &Value, image: &str) -> [Value; 1] {
    let mut group = group.clone();
    group["Data"]
        .as_array_mut()
        .unwrap()
        .retain(|row| id(row) == image);
    [group]
}

#[test]
fn flat_lists_match_the_gateway() {
    let gateway = MockGateway::start().unwrap();
    let (custom, shared, platform) = (
        gateway.state().custom_images(),
        gateway.state().shared_images(),
        gateway.state().platform_images(),
    );
    let json_of = |images: &[Image]| images.iter().map(|image| json!(image)).collect::<Vec<_>>();
    for client in clients_of(&gateway) {
        let (images, result, _) = client.list(DescribeFavoriteImages::new());
        assert!(result.is_ok());
        assert_eq!(json_of(&images), gateway.state().favorites());

        for limit in [1, 4, 100] {
            let (images, result, requests) =
                client.list(DescribeCompShareCustomImages::new().limit(limit));
            assert!(result.is_ok());
            assert_eq!(json_of(&images), custom);
            assert_eq!(requests, (custom.len() as u64).div_ceil(limit.into()) + 1);
            let (images, result, _) =
                client.list(DescribeCompShareSharingImages::new().limit(limit));
            assert!(result.is_ok());
            assert_eq!(json_of(&images), shared);
        }
        for (all, by_id) in [(&custom, true), (&shared, false)] {
            let one = ImageId::from(id(&all[1]));
            let (images, result, _) = if by_id {
                client.list(DescribeCompShareCustomImages::new().image_id(&one))
            } else {
                client.list(DescribeCompShareSharingImages::new().image_id(&one))
            };
            // Such a list is one row long, whatever the offset.
            assert!(result.is_ok(), "{result:?}");
            assert_eq!(json_of(&images), all[1..2]);
        }
        let foreign = id(&platform[0]);
        let error = client
            .list(DescribeCompShareCustomImages::new().image_id(&foreign))
            .1
            .unwrap_err();
        assert!(error.is_not_found());
        let error = client
            .list(DescribeCompShareSharingImages::new().image_id(&foreign))
            .1
            .unwrap_err();
        assert!(error.is_not_found());

        let tags = client.send(&DescribeCompShareImageTags::default()).unwrap();
        assert_eq!(
            (tags.categories().count(), tags.all_tags().count()),
            (7, 47)
        );
        assert_eq!(tags.categories().next().unwrap().0, "模型类型");
    }
    gateway.set_quirks(Quirks::default().custom_scope_ignored(true));
    for client in clients_of(&gateway) {
        let foreign = id(&shared[0]);
        let (images, result, _) =
            client.list(DescribeCompShareCustomImages::new().image_id(foreign));
        assert!(result.is_ok());
        assert_eq!(json_of(&images), shared[..1], "one of another account");
    }
}

const TYPES: [ImageType; 4] = [
    ImageType::System,
    ImageType::App,
    ImageType::Game,
    ImageType::Other,
];

#[test]
fn lists_platform_images_by_type_and_all() {
    let gateway = MockGateway::start().unwrap();
    let all = gateway.state().platform_images();
    let of = |takes: &dyn Fn(&Value) -> bool| {
        ids(&all
            .iter()
            .filter(|row| takes(row))
            .cloned()
            .collect::<Vec<_>>())
    };
    let of_type = |kind: &ImageType| of(&|row| text(row, "ImageType") == kind.as_str());
    let request = DescribeCompShareImages::new;
    for client in clients_of(&gateway) {
        let list = |action: DescribeCompShareImages| {
            let (images, result, _) = client.list(action);
            result.map(|()| names(&images))
        };
        for kind in &TYPES {
            assert_eq!(
                list(request().image_type(kind.clone())).unwrap(),
                of_type(kind)
            );
        }
        assert_eq!(
            list(request()).unwrap(),
            of_type(&ImageType::System),
            "as documented"
        );
        let apps = || request().image_type(ImageType::App);
        let is_app = |row: &Value| text(row, "ImageType") == "App";
        assert_eq!(
            list(apps().name("vLLM")).unwrap(),
            of(&|row| is_app(row) && text(row, "Name").contains("vLLM"))
        );
        assert!(
            list(apps().name("vllm")).unwrap().is_empty(),
            "letter case counts, as reported"
        );
        assert_eq!(
            list(apps().tag("绘画")).unwrap(),
            of(&|row| is_app(row) && has_tag(row, "绘画"))
        );
        let author = text(&all[20], "Author");
        assert_eq!(
            list(apps().author(author)).unwrap(),
            of(&|row| is_app(row) && text(row, "Author") == author)
        );
        let one = id(&all[20]);
        assert_eq!(
            list(request().image_id(&one)).unwrap(),
            [one.as_str()],
            "under a total of 0"
        );
        let error = list(request().image_id("compshareImage-nowhere")).unwrap_err();
        assert_eq!(error.ret_code(), Some(RetCode::PARAMETER_NOT_AVAILABLE));
        assert_eq!(
            list(request().image_type("Robot")).unwrap_err().ret_code(),
            Some(RetCode(230))
        );

        let before = gateway.requests();
        let walked = client.platform_images(request(), u64::MAX, |walk| {
            (walk.counted().to_vec(), walk.refused().len())
        });
        assert!(walked.result.is_ok());
        assert_eq!(
            names(&walked.rows),
            TYPES.iter().flat_map(of_type).collect::<Vec<_>>()
        );
        assert_eq!(
            walked.seen,
            (
                TYPES
                    .iter()
                    .map(|kind| (kind.clone(), of_type(kind).len() as u64))
                    .collect(),
                0
            )
        );
        assert_eq!(
            (walked.requests, gateway.requests() - before),
            (8, 8),
            "a page of each type, and one beyond"
        );
        let one_type = client.platform_images(apps(), u64::MAX, |_| ());
        assert_eq!(names(&one_type.rows), of_type(&ImageType::App));
        let some = client.platform_images(request().offset(7), 5, |_| ());
        assert_eq!(names(&some.rows), ids(&all)[7..12]);
    }
    gateway.set_quirks(Quirks::default().foreign_ids_empty(true));
    for client in clients_of(&gateway) {
        let (images, result, _) = client.list(request().image_id("compshareImage-nowhere"));
        assert!(images.is_empty() && result.is_ok());
    }
}

/// An image without what is kept of its spelling, and what a flat list alone says of it.
fn bare(mut image: Image) -> Image {
    image.tags = image.tag_words().map(str::to_owned).collect();
    image.is_favorite = None;
    image.extra = Extra::default();
    for port in &mut image.software_ports {
        port.extra = Extra::default();
    }
    for zone in &mut image.support_zones {
        zone.extra = Extra::default();
    }
    if let Some(owner) = &mut image.owner {
        owner.extra = Extra::default();
    }
    if let Some(softwares) = &mut image.softwares {
        softwares.extra = Extra::default();
    }
    image
}

fn bare_group(mut group: ImageGroup) -> ImageGroup {
    group.extra = Extra::default();
    group.data = group.data.into_iter().map(bare).collect();
    group
}

fn of_versions(groups: Vec<ImageGroup>) -> Vec<Image> {
    groups.into_iter().flat_map(|group| group.data).collect()
}

type Flat = (Vec<Image>, Result<(), Error>, u64);

/// Every list as images, but for the platform's.
fn flat_lists(client: &Client, user: u64) -> Vec<(&'static str, Flat)> {
    let bare = |(images, result, requests): Flat| {
        (images.into_iter().map(bare).collect(), result, requests)
    };
    let user = DescribeUserCommunityImages::new().target_top_organization_id(user);
    vec![
        (
            "community",
            bare(client.list(DescribeCommunityImages::new())),
        ),
        (
            "self",
            bare(client.list(DescribeSelfCommunityImages::new())),
        ),
        ("user", bare(client.list(user))),
        (
            "favorites",
            bare(client.list(DescribeFavoriteImages::new())),
        ),
        (
            "custom",
            bare(client.list(DescribeCompShareCustomImages::new())),
        ),
        (
            "sharing",
            bare(client.list(DescribeCompShareSharingImages::new())),
        ),
    ]
}

/// Whether a listing came out as it should, given what it is without any quirk.
fn is_same<T: PartialEq + std::fmt::Debug>(
    (rows, result): (Vec<T>, Result<(), Error>),
    wanted: &[T],
    quirks: &Quirks,
    context: &str,
) {
    if loses_its_place(quirks) && !wanted.is_empty() {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Paging, "{context}: {error}");
        assert!(wanted.starts_with(&rows), "{context}");
        return;
    }
    assert!(result.is_ok(), "{context}: {result:?}");
    if rows != wanted {
        let differs = rows.iter().zip(wanted).find(|(row, wanted)| row != wanted);
        panic!(
            "{context}: {} rows of {}, first that differs: {differs:#?}",
            rows.len(),
            wanted.len()
        );
    }
}

#[test]
fn lists_are_equal_with_each_quirk() {
    lists_are_the_same(all_quirks().into_iter().map(|text| vec![text]));
}

#[test]
fn lists_are_equal_with_several_quirks() {
    lists_are_the_same(
        (100..112)
            .map(some_quirks)
            .chain([vec!["page_cap=1".to_owned()]]),
    );
}

fn lists_are_the_same(cases: impl Iterator<Item = Vec<String>>) {
    let gateway = started(few());
    let user = gateway.state().organization_id("社区作者 C").unwrap();
    let clients = clients_of(&gateway);
    let plain = flat_lists(&clients[0], user);
    let plain_groups = clients[0].list(DescribeCommunityImages::new().grouped()).0;
    let plain_groups: Vec<_> = plain_groups.into_iter().map(bare_group).collect();
    assert!(
        plain_groups.len() > 9
            && plain
                .iter()
                .all(|(_, (images, result, _))| images.len() > 1 && result.is_ok())
    );
    for texts in cases {
        let quirks = quirks(&texts);
        for client in &clients {
            gateway.set_quirks(quirks.clone());
            let context = |list: &str| format!("{list} with {texts:?}, {}", client.name());
            let (before, mut client_requests) = (gateway.requests(), 0);
            for ((list, found), (_, (wanted, ..))) in
                flat_lists(client, user).into_iter().zip(&plain)
            {
                let (found, requests) = ((found.0, found.1), found.2);
                client_requests += requests;
                let mut wanted = wanted.clone();
                // Where versions are listed, a group without any is not.
                wanted.retain(|image| !(is_flat(&quirks) && image.id.is_empty()));
                if list == "favorites" && quirks.favorites_grouped {
                    // Versions of one group come together, and know it.
                    let (mut found, result) = found;
                    for images in [&mut found, &mut wanted] {
                        images.sort_by(|one, other| one.id.cmp(&other.id));
                        for image in images.iter_mut() {
                            image.group_id = None;
                        }
                    }
                    is_same((found, result), &wanted, &quirks, &context(list));
                    continue;
                }
                is_same(found, &wanted, &quirks, &context(list));
            }
            let (groups, result, requests) = client.list(DescribeCommunityImages::new().grouped());
            client_requests += requests;
            let groups: Vec<_> = groups.into_iter().map(bare_group).collect();
            if is_flat(&quirks) {
                let wanted = of_versions(plain_groups.clone());
                is_same(
                    (of_versions(groups), result),
                    &wanted,
                    &quirks,
                    &context("versions"),
                );
            } else {
                is_same((groups, result), &plain_groups, &quirks, &context("groups"));
            }
            assert_eq!(
                client_requests,
                gateway.requests() - before,
                "{texts:?}, {}",
                client.name()
            );
        }
    }
}

#[test]
fn platform_images_are_equal_with_each_quirk() {
    platform_images_are_the_same(all_quirks().into_iter().map(|text| vec![text]));
}

#[test]
fn platform_images_are_equal_with_several_quirks() {
    platform_images_are_the_same(
        (200..225)
            .map(some_quirks)
            .chain([vec!["page_cap=1".to_owned()]]),
    );
}

fn platform_images_are_the_same(cases: impl Iterator<Item = Vec<String>>) {
    let gateway = started(few());
    let clients = clients_of(&gateway);
    let all = clients[0].platform_images(DescribeCompShareImages::new(), u64::MAX, |_| ());
    let all: Vec<_> = all.rows.into_iter().map(bare).collect();
    assert_eq!(all.len(), gateway.state().platform_images().len());
    for texts in cases {
        let quirks = quirks(&texts);
        gateway.set_quirks(quirks.clone());
        for client in &clients {
            platform_is_the_same(
                client,
                &all,
                &quirks,
                &format!("{texts:?}, {}", client.name()),
            );
        }
    }
}

fn platform_is_the_same(client: &Client, all: &[Image], quirks: &Quirks, context: &str) {
    let refused = |walk: &PlatformPaginator| walk.refused().to_vec();
    let Listed {
        rows, result, seen, ..
    } = client.platform_images(DescribeCompShareImages::new(), u64::MAX, refused);
    let rows: Vec<_> = rows.into_iter().map(bare).collect();
    // Types that are ignored are not refused, but where they are asked for.
    let refused: Vec<_> = TYPES
        .into_iter()
        .filter(|kind| {
            !quirks.platform_type_ignored
                && quirks
                    .platform_types_refused
                    .iter()
                    .any(|one| one == kind.as_str())
        })
        .collect();
    let wanted: Vec<_> = all
        .iter()
        .filter(|image| !refused.contains(image.image_type.as_ref().unwrap()))
        .cloned()
        .collect();
    is_same((rows, result), &wanted, quirks, context);
    if !loses_its_place(quirks) {
        assert_eq!(seen, refused, "{context}");
    }
}

/// How often a group is a favorite, as the service says.
fn favorites_count(client: &Client, group: &str) -> Option<u64> {
    let (groups, result, _) = client.list(DescribeCommunityImages::new().group_id(group).grouped());
    assert!(result.is_ok(), "{result:?}");
    groups
        .iter()
        .find(|found| found.group_id.as_ref().unwrap().as_str() == group)
        .unwrap()
        .favorites_count
}

/// All versions of the favorites, as the client lists them.
fn listed_favorites(client: &Client) -> BTreeSet<String> {
    let found = client.favorites(FavoritesQuery::new());
    assert!(found.result.is_ok(), "{:?}", found.result);
    found.rows.iter().flat_map(version_ids).collect()
}

#[test]
fn adds_and_removes_a_favorite_in_every_mode() {
    for mode in MODES {
        each(&Catalog::built_in(), &quirks(&[mode]), |client, gateway| {
            let context = format!("{mode}, {}", client.name());
            let via = if mode == "documented_only" {
                FavoritesSource::Documented
            } else {
                FavoritesSource::Community
            };
            let community = gateway.state().community();
            // One whose first version is offline, so that another one is the one to add.
            let group = community.iter().find(|group| {
                group["IsFavorite"] == false
                    && rows_of(group).len() > 1
                    && rows_of(group)[0]["Status"] != "Available"
                    && rows_of(group)[1]["Status"] == "Available"
            });
            let group = group.unwrap();
            let (id, version) = (text(group, "GroupId"), ids(rows_of(group))[1].clone());
            let (before, count) = (
                ids(&gateway.state().favorites()),
                group["FavoritesCount"].as_u64(),
            );
            assert_eq!(favorites_count(client, id), count);
            let listed = listed_favorites(client);

            for _ in 0..2 {
                assert_eq!(client.set_favorite(id, true).unwrap(), via, "{context}");
                let mut now = before.clone();
                now.push(version.clone());
                assert_eq!(ids(&gateway.state().favorites()), now, "{context}");
                assert_eq!(
                    favorites_count(client, id),
                    count.map(|count| count + 1),
                    "{context}"
                );
                // By the community, all versions of the group are in it.
                let new: BTreeSet<_> = listed_favorites(client)
                    .difference(&listed)
                    .cloned()
                    .collect();
                let all = ids(rows_of(group));
                let wanted = if mode == "production_as_reported" {
                    all
                } else {
                    vec![version.clone()]
                };
                assert_eq!(new, wanted.into_iter().collect(), "{context}");
            }
            for _ in 0..2 {
                assert_eq!(client.set_favorite(id, false).unwrap(), via, "{context}");
                assert_eq!(ids(&gateway.state().favorites()), before, "{context}");
                assert_eq!(favorites_count(client, id), count, "{context}");
                assert_eq!(listed_favorites(client), listed, "{context}");
            }
            let error = client.set_favorite("nowhere", true).unwrap_err();
            assert!(error.to_string().contains("nowhere"), "{context}: {error}");
        });
    }
}

#[test]
fn favorite_change_fails_without_any_action() {
    each(
        &few(),
        &quirks(&["production_as_reported", "documented_only"]),
        |client, gateway| {
            let before = gateway.state().favorites();
            for favorite in [true, false] {
                let error = client
                    .set_favorite(&gateway.state().favorite_groups()[0], favorite)
                    .unwrap_err();
                assert!(error.is_action_unavailable(), "{error}");
            }
            assert_eq!(gateway.state().favorites(), before);
        },
    );
}

#[test]
fn changes_a_favorite_by_image_with_each_quirk() {
    let catalog = few();
    let (gateway, texts) = (started(catalog), all_quirks());
    // Of two versions, the second one is the favorite; and a group of which none is.
    let groups = gateway.state().community();
    let several = |group: &&Value| rows_of(group).len() > 1 && group["IsFavorite"] == false;
    let group = groups.iter().find(several).unwrap();
    let (id, second) = (text(group, "GroupId"), ids(rows_of(group))[1].clone());
    for client in clients_of(&gateway) {
        for text in &texts {
            let quirks = quirks(&["documented_only", text]);
            let context = format!("{text}, {}", client.name());
            gateway.set_quirks(Quirks::default());
            client
                .send(&AddFavoriteImage::new(second.as_str()))
                .unwrap();
            assert!(gateway.state().favorite_groups().contains(&id.to_owned()));

            gateway.set_quirks(quirks.clone());
            assert_eq!(
                client.set_favorite(id, false).unwrap(),
                FavoritesSource::Documented,
                "{context}"
            );
            assert!(
                !gateway.state().favorite_groups().contains(&id.to_owned()),
                "still a favorite: {context}"
            );
            assert_eq!(
                client.set_favorite(id, true).unwrap(),
                FavoritesSource::Documented,
                "{context}"
            );
            assert!(
                gateway.state().favorite_groups().contains(&id.to_owned()),
                "{context}"
            );
            gateway.set_quirks(Quirks::default());
            for version in ids(rows_of(group)) {
                client.send(&RemoveFavoriteImage::new(version)).unwrap();
            }
        }
    }
}

#[test]
fn removes_a_favorite_by_image_for_any_page_size() {
    let gateway = started(few());
    let groups = gateway.state().community();
    let group = groups
        .iter()
        .find(|group| rows_of(group).len() > 1 && group["IsFavorite"] == false)
        .unwrap();
    for client in clients_of(&gateway) {
        for texts in [
            ["list_key=ImageSet", "page_cap=1"],
            ["list_key=ImageSet", "short_pages=1"],
            ["page_cap=1", ""],
        ] {
            for version in ids(rows_of(group)) {
                gateway.set_quirks(Quirks::default());
                client
                    .send(&AddFavoriteImage::new(version.as_str()))
                    .unwrap();
                gateway.set_quirks(quirks(&texts).documented_only(true));
                let gone = client.set_favorite(text(group, "GroupId"), false);
                let context = format!("{texts:?}, {}: {gone:?}", client.name());
                assert!(
                    !ids(&gateway.state().favorites()).contains(&version),
                    "still a favorite: {context}"
                );
                assert_eq!(gone.unwrap(), FavoritesSource::Documented, "{context}");
            }
        }
    }
}

#[test]
fn changes_favorites_by_typed_actions() {
    each(
        &Catalog::built_in(),
        &Quirks::default(),
        |client, gateway| {
            let before = ids(&gateway.state().favorites());
            let community = gateway.state().community();
            let group = community
                .iter()
                .find(|group| group["IsFavorite"] == false && rows_of(group).len() > 1)
                .unwrap();
            let group_id = text(group, "GroupId");
            for version in ids(rows_of(group)) {
                client
                    .send(&AddFavoriteImage::new(version.as_str()))
                    .unwrap();
            }
            assert_eq!(
                ids(&gateway.state().favorites()),
                [before.clone(), ids(rows_of(group))].concat()
            );
            assert_eq!(
                favorites_count(client, group_id),
                group["FavoritesCount"].as_u64().map(|count| count + 1)
            );
            client
                .send(&RemoveFavoriteImage::new(id(&rows_of(group)[0])))
                .unwrap();
            assert_eq!(
                ids(&gateway.state().favorites()),
                [before.clone(), ids(&rows_of(group)[1..])].concat()
            );
            client
                .send(&DeleteCompShareImageFavorite::new(group_id))
                .unwrap();
            assert_eq!(ids(&gateway.state().favorites()), before);
            client
                .send(&CreateCompShareImageFavorite::new(group_id))
                .unwrap();
            assert_eq!(gateway.state().favorites().len(), before.len() + 1);
            assert!(
                client
                    .send(&AddFavoriteImage::new("compshareImage-nowhere"))
                    .unwrap_err()
                    .is_not_found()
            );
            assert!(
                client
                    .send(&CreateCompShareImageFavorite::new("nowhere"))
                    .unwrap_err()
                    .is_not_found()
            );
        },
    );
}

#[test]
fn finds_the_group_of_every_community_image() {
    let gateway = MockGateway::start().unwrap();
    let groups = gateway.state().community();
    for client in clients_of(&gateway) {
        for group in &groups {
            for version in rows_of(group) {
                let found = client.find_group(&id(version).into()).unwrap().unwrap();
                assert_eq!(
                    found.group_id.as_ref().unwrap().as_str(),
                    text(group, "GroupId")
                );
                assert_eq!(
                    (found.name(), version_ids(&found.clone().into())),
                    (text(group, "ImageName"), vec![id(version)])
                );
            }
        }
        for stranger in [
            id(&gateway.state().custom_images()[0]),
            "compshareImage-nowhere".to_owned(),
        ] {
            assert!(
                client
                    .find_group(&stranger.into())
                    .unwrap_err()
                    .is_not_found()
            );
        }
    }
    let group = groups
        .iter()
        .find(|group| rows_of(group).len() > 1)
        .unwrap();
    for text_of in all_quirks() {
        let quirks = quirks(&[&text_of]);
        if !is_fair(&quirks) {
            continue;
        }
        gateway.set_quirks(quirks);
        for client in clients_of(&gateway) {
            let found = client
                .find_group(&id(&rows_of(group)[1]).into())
                .unwrap()
                .unwrap();
            assert_eq!(
                found.group_id.unwrap().as_str(),
                text(group, "GroupId"),
                "{text_of}"
            );
        }
    }
}

#[test]
fn shares_and_unshares_an_image() {
    for texts in [
        "",
        "account_ids_as_text",
        "numbers_as_text",
        "null_empty_list",
        "object_empty_list",
        "single_row_as_object",
        "row_nulls",
        "text_ret_code",
    ] {
        each(
            &Catalog::built_in(),
            &quirks(&[texts]),
            |client, gateway| {
                let context = format!("{texts}, {}", client.name());
                let image = id(&gateway.state().custom_images()[1]);
                let change = || ModifyCompShareImageShareAccount::new(image.as_str());
                let accounts = || {
                    let list = client
                        .send(&DescribeCompShareImageShareAccounts::new(image.as_str()))
                        .unwrap();
                    let told: Vec<String> = list
                        .account_set
                        .iter()
                        .map(|account| account.account_id.clone().unwrap().into())
                        .collect();
                    let kept: Vec<String> = gateway
                        .state()
                        .share_accounts(&image)
                        .iter()
                        .map(|account| account["AccountId"].to_string())
                        .collect();
                    assert_eq!(told, kept, "{context}");
                    told
                };
                assert!(accounts().is_empty(), "{context}");
                let reply = client
                    .send(&change().add_accounts([5000, 7, 1003]))
                    .unwrap();
                assert_eq!(reply.invalid_accounts, ["7".into()], "{context}");
                assert_eq!(accounts(), ["5000", "1003"], "{context}");
                let reply = client.send(&change().add_accounts([5000])).unwrap();
                assert!(reply.invalid_accounts.is_empty(), "{context}");
                let reply = client
                    .send(&change().remove_accounts([5000]).add_accounts([6000]))
                    .unwrap();
                assert!(reply.invalid_accounts.is_empty(), "{context}");
                assert_eq!(accounts(), ["1003", "6000"], "{context}");
                let _ = client.send(&change().remove_accounts(["1003"])).unwrap();
                assert_eq!(accounts(), ["6000"], "{context}");

                let code = |result: Result<_, Error>| result.map(|_| ()).unwrap_err().ret_code();
                assert_eq!(
                    code(client.send(&change().add_accounts(5000..5011))),
                    Some(RetCode(220))
                );
                let shared =
                    ModifyCompShareImageShareAccount::new(id(&gateway.state().shared_images()[0]))
                        .add_accounts([5000]);
                assert_eq!(code(client.send(&shared)), Some(RetCode(8350)), "{context}");
                let nowhere = ModifyCompShareImageShareAccount::new("compshareImage-nowhere")
                    .add_accounts([5000]);
                assert!(client.send(&nowhere).unwrap_err().is_not_found());
            },
        );
    }
}

fn quickly() -> WaitOptions {
    WaitOptions::default()
        .interval(Duration::from_millis(100))
        .deadline(Duration::from_secs(20))
}

/// Makes an image of an instance; its id.
fn make(client: &Client, instance: &str, name: &str) -> ImageId {
    let reply = client
        .send(&CreateCompShareCustomImage::new(instance, name))
        .unwrap();
    reply.image_id.unwrap()
}

fn wait(client: &Client, image: &ImageId) -> ImageOutcome {
    client
        .wait_for_image_with(GetCompShareImageCreateProgress::new(image), quickly())
        .unwrap()
}

fn own_image(client: &Client, image: &ImageId) -> Image {
    let (images, result, _) = client.list(DescribeCompShareCustomImages::new().image_id(image));
    assert!(result.is_ok(), "{result:?}");
    images.into_iter().next().unwrap()
}

#[test]
fn waits_until_an_image_is_made() {
    for texts in [
        &[][..],
        &["durations_as_text", "image_id_key", "row_nulls"],
        &["list_key=ImageSetGroup", "text_ret_code"],
    ] {
        each(&Catalog::built_in(), &quirks(texts), |client, gateway| {
            let context = format!("{texts:?}, {}", client.name());
            gateway.state().set_progress_step(50);
            let image = make(client, "uhost-1", "made");
            assert_eq!(
                own_image(client, &image).status,
                Some(ImageStatus::Making),
                "{context}"
            );
            assert_eq!(wait(client, &image), ImageOutcome::Ready, "{context}");
            assert_eq!(
                own_image(client, &image).status,
                Some(ImageStatus::Available),
                "{context}"
            );

            // Troubles on the way do not end it.
            let image = make(client, "uhost-2", "troubled");
            gateway.push_faults(
                [Fault::Pass]
                    .into_iter()
                    .chain(Fault::status(503).times(3))
                    .chain([Fault::Disconnect]),
            );
            assert_eq!(wait(client, &image), ImageOutcome::Ready, "{context}");

            let image = make(client, "uhost-fail", "broken");
            let ImageOutcome::Failed { reason } = wait(client, &image) else {
                panic!("{context}: not failed")
            };
            assert_eq!(reason, own_image(client, &image).failed_reason, "{context}");
            assert!(
                reason.is_some_and(|reason| reason.contains("disk")),
                "{context}"
            );

            gateway.state().set_progress_step(0);
            let image = make(client, "uhost-3", "slow");
            let options = quickly().deadline(Duration::from_millis(150));
            let request = GetCompShareImageCreateProgress::new(&image);
            let outcome = client.wait_for_image_with(request, options).unwrap();
            let ImageOutcome::DeadlinePassed { last } = outcome else {
                panic!("{context}: {outcome:?}")
            };
            assert_eq!(
                (last.process, last.remaining()),
                (Some(0.0), Some(Duration::from_secs(600))),
                "{context}"
            );
            let nowhere = GetCompShareImageCreateProgress::new("compshareImage-nowhere");
            assert!(
                client
                    .wait_for_image_with(nowhere, quickly())
                    .unwrap_err()
                    .is_not_found(),
                "{context}"
            );
        });
    }
}

#[test]
fn refuses_to_make_an_image() {
    each(
        &Catalog::built_in(),
        &Quirks::default(),
        |client, gateway| {
            let before = gateway.state().custom_images().len();
            make(client, "uhost-1", "made");
            for (instance, name, code) in [
                ("uhost-1", "other", 8964),
                ("uhost-2", "made", 230),
                ("uhost-paid", "paid", 226_644),
            ] {
                let error = client
                    .send(&CreateCompShareCustomImage::new(instance, name))
                    .unwrap_err();
                assert_eq!(
                    (error.ret_code(), error.attempts()),
                    (Some(RetCode(code)), 1),
                    "{error}"
                );
            }
            assert_eq!(gateway.state().custom_images().len(), before + 1);
        },
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "one story")]
fn creates_publishes_and_withdraws_an_image() {
    each(
        &Catalog::built_in(),
        &Quirks::default(),
        |client, gateway| {
            gateway.state().set_progress_step(100);
            let code = |error: Error| error.ret_code().unwrap().0;
            let software = CustomImageSoftware::new()
                .framework("PyTorch")
                .applications(["ComfyUI", "JupyterLab"]);
            let create = CreateCompShareCustomImage::new("uhost-1", "mine")
                .description("d")
                .softwares(software);
            let image = client.send(&create).unwrap().image_id.unwrap();
            let publish = |image: &ImageId, version: &str| {
                PublishCompShareImage::new(image, version)
                    .community_image_name("公开镜像")
                    .description("开机即用")
                    .readme("# readme\n")
                    .price(0.5)
                    .tags(["AIGC", "教程"])
                    .supported_gpu_types(["4090"])
                    .auto_start(true)
            };
            assert_eq!(
                code(client.send(&publish(&image, "v1.0")).unwrap_err()),
                8017,
                "not before it is made"
            );
            assert_eq!(wait(client, &image), ImageOutcome::Ready);
            let softwares = own_image(client, &image).softwares.unwrap();
            assert_eq!(
                (softwares.framework.as_deref(), softwares.applications.len()),
                (Some("PyTorch"), 2)
            );

            // Published: in one's own list, under review, and not for others to see.
            client.send(&publish(&image, "v1.0")).unwrap();
            let own_group = |image: &ImageId| {
                let (groups, result, _) = client.list(DescribeSelfCommunityImages::new().grouped());
                assert!(result.is_ok());
                groups
                    .into_iter()
                    .find(|group| group.data.iter().any(|version| version.id == *image))
            };
            let group = own_group(&image).unwrap();
            let group_id = group.group_id.clone().unwrap();
            assert_eq!(
                (group.name(), &group.status),
                ("公开镜像", &Some(GroupStatus::Unavailable))
            );
            let version = &group.data[0];
            assert_eq!(
                (&version.status, version.price),
                (&Some(ImageStatus::Reviewing), Some(0.5))
            );
            assert_eq!(
                (&version.tags[..], version.auto_start),
                (&["AIGC".to_owned(), "教程".to_owned()][..], Some(true))
            );
            assert_eq!(
                (version.version_name.as_deref(), version.readme.as_deref()),
                (Some("v1.0"), Some("# readme\n"))
            );
            assert_eq!(version.visibility, Some(Visibility::PUBLIC));
            let (community, _, _) =
                client.list(DescribeCommunityImages::new().exclude_readme(true));
            assert!(community.iter().all(|other| other.id != image));
            assert_eq!(
                code(client.send(&publish(&image, "v2.0")).unwrap_err()),
                8436
            );

            // A second version must have a name of its own.
            let second = make(client, "uhost-1", "second");
            assert_eq!(wait(client, &second), ImageOutcome::Ready);
            assert_eq!(
                code(
                    client
                        .send(&publish(&second, "v1.0").group_id(&group_id))
                        .unwrap_err()
                ),
                8968
            );
            client
                .send(&publish(&second, "v1.1").group_id(&group_id))
                .unwrap();
            assert_eq!(own_group(&second).unwrap().data.len(), 2);
            let update = UpdateCompShareImage::new(&second);
            assert_eq!(
                code(
                    client
                        .send(&update.clone().version_name("v1.0"))
                        .unwrap_err()
                ),
                8968
            );

            client
                .send(
                    &update
                        .description("told anew")
                        .readme("# new\n")
                        .tags(["LLM"])
                        .price(0.0),
                )
                .unwrap();
            let group = own_group(&second).unwrap();
            let changed = group
                .data
                .iter()
                .find(|version| version.id == second)
                .unwrap();
            assert_eq!(
                (changed.description.as_deref(), changed.price),
                (Some("told anew"), Some(0.0))
            );
            assert_eq!(
                (&changed.tags[..], changed.version_name.as_deref()),
                (&["LLM".to_owned()][..], Some("v1.1"))
            );
            assert_eq!(
                own_image(client, &second).readme.as_deref(),
                Some("# new\n")
            );

            // Published, it cannot be deleted; its copy can.
            for image in [&image, &second] {
                assert_eq!(
                    code(
                        client
                            .send(&TerminateCompShareCustomImage::new(image))
                            .unwrap_err()
                    ),
                    8436
                );
            }
            let copy = client
                .send(&CopyCompShareCustomImage::new(&image).target_image_name("copy"))
                .unwrap();
            let copy = copy.new_image_id.unwrap();
            assert_eq!(
                code(
                    client
                        .send(&CopyCompShareCustomImage::new(&copy))
                        .unwrap_err()
                ),
                8017,
                "not before it is made"
            );
            assert_eq!(wait(client, &copy), ImageOutcome::Ready);
            assert_eq!(own_image(client, &copy).name, "copy");
            client
                .send(&TerminateCompShareCustomImage::new(&copy))
                .unwrap();
            assert!(
                client
                    .send(&TerminateCompShareCustomImage::new(&copy))
                    .unwrap_err()
                    .is_not_found()
            );

            // Taken off the community, it goes, and with its last version the group.
            for image in [&image, &second] {
                client
                    .send(&UpdateCompShareImage::new(image).visibility(Visibility::PRIVATE))
                    .unwrap();
                let group = own_group(image).unwrap();
                let version = group
                    .data
                    .iter()
                    .find(|version| version.id == *image)
                    .unwrap();
                assert_eq!(version.status, Some(ImageStatus::Offline));
                client
                    .send(&TerminateCompShareCustomImage::new(image))
                    .unwrap();
                assert!(own_group(image).is_none());
            }
            assert_eq!(gateway.state().self_community().len(), 3);
            assert_eq!(gateway.state().custom_images().len(), 6);
        },
    );
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn names_a_missing_parameter() {
    type Call = fn(&Client) -> Option<Error>;
    const I: &str = "compshareImage-k6i5s67pl8l8";
    // An empty text is as good as none; the client has no zone.
    let cases: [(&str, &str, Call); 19] = [
        ("AddFavoriteImage", "CompShareImageId", |client| {
            client.send(&AddFavoriteImage::new("")).err()
        }),
        ("RemoveFavoriteImage", "CompShareImageId", |client| {
            client.send(&RemoveFavoriteImage::new("")).err()
        }),
        ("CreateCompShareImageFavorite", "GroupId", |client| {
            client.send(&CreateCompShareImageFavorite::new("")).err()
        }),
        ("DeleteCompShareImageFavorite", "GroupId", |client| {
            client.send(&DeleteCompShareImageFavorite::new("")).err()
        }),
        (
            "DescribeCompShareImageShareAccounts",
            "CompShareImageId",
            |client| {
                client
                    .send(&DescribeCompShareImageShareAccounts::new(""))
                    .err()
            },
        ),
        (
            "ModifyCompShareImageShareAccount",
            "CompShareImageId",
            |client| {
                client
                    .send(&ModifyCompShareImageShareAccount::new("").add_accounts([5000]))
                    .err()
            },
        ),
        (
            "ModifyCompShareImageShareAccount",
            "AddAccounts",
            |client| client.send(&ModifyCompShareImageShareAccount::new(I)).err(),
        ),
        ("CreateCompShareCustomImage", "Zone", |client| {
            client
                .send(&CreateCompShareCustomImage::new("u", "n"))
                .err()
        }),
        ("CreateCompShareCustomImage", "UHostId", |client| {
            client
                .send(&CreateCompShareCustomImage::new("", "n").zone(ZONE))
                .err()
        }),
        ("CreateCompShareCustomImage", "Name", |client| {
            client
                .send(&CreateCompShareCustomImage::new("u", "").zone(ZONE))
                .err()
        }),
        ("CopyCompShareCustomImage", "CompShareImageId", |client| {
            client.send(&CopyCompShareCustomImage::new("")).err()
        }),
        ("TerminateCompShareCustomImage", "Zone", |client| {
            client.send(&TerminateCompShareCustomImage::new(I)).err()
        }),
        (
            "TerminateCompShareCustomImage",
            "CompShareImageId",
            |client| {
                client
                    .send(&TerminateCompShareCustomImage::new("").zone(ZONE))
                    .err()
            },
        ),
        ("GetCompShareImageCreateProgress", "Zone", |client| {
            client.send(&GetCompShareImageCreateProgress::new(I)).err()
        }),
        (
            "GetCompShareImageCreateProgress",
            "CompShareImageId",
            |client| {
                client
                    .wait_for_image_with(
                        GetCompShareImageCreateProgress::new("").zone(ZONE),
                        quickly(),
                    )
                    .err()
            },
        ),
        ("PublishCompShareImage", "CompShareImageId", |client| {
            client.send(&PublishCompShareImage::new("", "v1")).err()
        }),
        ("PublishCompShareImage", "VersionName", |client| {
            client.send(&PublishCompShareImage::new(I, "")).err()
        }),
        ("UpdateCompShareImage", "CompShareImageId", |client| {
            client.send(&UpdateCompShareImage::new("")).err()
        }),
        ("AddFavoriteImage", "CompShareImageId", |client| {
            client.send(&AddFavoriteImage::new("").zone(ZONE)).err()
        }),
    ];
    let gateway = MockGateway::start().unwrap();
    let before = (
        gateway.state().custom_images(),
        gateway.state().favorites(),
        gateway.state().self_community(),
    );
    for client in clients(&settings(&gateway).build().unwrap()) {
        let mut request_ids = BTreeSet::new();
        for (action, parameter, call) in &cases {
            let error = call(&client).unwrap();
            let context = format!("{action}, {parameter}, {}: {error}", client.name());
            assert_eq!(
                (error.kind(), error.ret_code()),
                (ErrorKind::Service, Some(RetCode(210))),
                "{context}"
            );
            assert_eq!(error.action(), *action, "{context}");
            assert_eq!(
                error.message(),
                Some(&*format!("Missing params [{parameter}]")),
                "{context}"
            );
            assert_eq!(
                (error.was_sent(), error.attempts()),
                (Sent::Yes, 1),
                "{context}"
            );
            let request_id = error.request_id().unwrap();
            assert!(
                request_id.len() == 36 && request_ids.insert(request_id.to_owned()),
                "{context}"
            );
            for part in [*action, "210", *parameter, request_id] {
                assert!(error.to_string().contains(part), "{context}");
            }
            assert!(
                !format!("{error} {error:?}").contains(gateway.private_key()),
                "{context}"
            );
        }
    }
    assert_eq!(
        (
            gateway.state().custom_images(),
            gateway.state().favorites(),
            gateway.state().self_community()
        ),
        before
    );
}

#[test]
fn client_region_and_zone_satisfy_required_parameters() {
    let gateway = started(few());
    gateway.set_quirks(quirks(&["region_required", "zone_required", MODES[1]]));
    for client in clients_of(&gateway) {
        assert!(client.favorites(FavoritesQuery::new()).result.is_ok());
    }
    for client in clients(&settings(&gateway).build().unwrap()) {
        let error = client.favorites(FavoritesQuery::new()).result.unwrap_err();
        assert_eq!(
            (error.ret_code(), error.message()),
            (Some(RetCode(210)), Some("Missing params [Zone]"))
        );
        let found = client.favorites(FavoritesQuery::new().zone(ZONE));
        assert!(found.result.is_ok(), "{:?}", found.result);
    }
}

#[test]
fn creating_actions_are_never_sent_twice() {
    each(
        &Catalog::built_in(),
        &Quirks::default(),
        |client, gateway| {
            let count = |name: &str| {
                gateway
                    .state()
                    .custom_images()
                    .iter()
                    .filter(|image| text(image, "Name") == name)
                    .count()
            };
            let create = |name: &str| {
                client.send(&CreateCompShareCustomImage::new(
                    format!("uhost-{name}"),
                    name,
                ))
            };
            for (name, fault, sent, made) in [
                ("after", Fault::DisconnectAfter, Sent::Maybe, 1),
                ("before", Fault::Disconnect, Sent::Maybe, 0),
                ("status", Fault::status(503), Sent::Maybe, 0),
                ("busy", Fault::ret_code(150, "busy"), Sent::Yes, 0),
            ] {
                let before = gateway.requests();
                gateway.push_fault(fault);
                let error = create(name).unwrap_err();
                assert_eq!(
                    (error.was_sent(), error.attempts()),
                    (sent, 1),
                    "{name}, {}: {error}",
                    client.name()
                );
                assert_eq!(
                    (count(name), gateway.requests() - before),
                    (made, 1),
                    "{name}, {}",
                    client.name()
                );
            }
            // Turned away for load, it was not acted on.
            for (name, fault) in [
                ("slower", Fault::ret_code(153, "slow down")),
                ("later", Fault::status(429)),
            ] {
                let before = gateway.requests();
                gateway.push_fault(fault);
                create(name).unwrap();
                assert_eq!(
                    (count(name), gateway.requests() - before),
                    (1, 2),
                    "{name}, {}",
                    client.name()
                );
            }

            let image = ImageId::from(id(&gateway.state().custom_images()[0]));
            let (copies, own) = (
                gateway.state().custom_images().len(),
                gateway.state().self_community().len(),
            );
            gateway.push_fault(Fault::DisconnectAfter);
            let error = client
                .send(&CopyCompShareCustomImage::new(&image))
                .unwrap_err();
            assert_eq!(
                (error.was_sent(), gateway.state().custom_images().len()),
                (Sent::Maybe, copies + 1)
            );
            gateway.push_fault(Fault::DisconnectAfter);
            let error = client
                .send(&PublishCompShareImage::new(&image, "v1.0"))
                .unwrap_err();
            assert_eq!(
                (error.was_sent(), gateway.state().self_community().len()),
                (Sent::Maybe, own + 1)
            );
            let other = ImageId::from(id(&gateway.state().custom_images()[1]));
            gateway.push_fault(Fault::DisconnectAfter);
            let error = client
                .send(&TerminateCompShareCustomImage::new(&other))
                .unwrap_err();
            assert_eq!(
                (error.was_sent(), error.is_not_found()),
                (Sent::Maybe, false)
            );
        },
    );
}

#[test]
fn idempotent_writes_are_retried() {
    each(
        &Catalog::built_in(),
        &Quirks::default(),
        |client, gateway| {
            for (at, fault) in [
                Fault::DisconnectAfter,
                Fault::Disconnect,
                Fault::status(503),
                Fault::ret_code(150, "busy"),
            ]
            .iter()
            .enumerate()
            {
                let again = || {
                    gateway.push_fault(fault.clone());
                    gateway.requests()
                };
                let context = format!("{fault:?}, {}", client.name());
                let community = gateway.state().community();
                let group = community
                    .iter()
                    .find(|group| group["IsFavorite"] == false && !rows_of(group).is_empty())
                    .unwrap();
                let (group_id, count) = (text(group, "GroupId"), group["FavoritesCount"].as_u64());
                let before = again();
                client.set_favorite(group_id, true).unwrap();
                assert_eq!(gateway.requests() - before, 2, "{context}");
                assert_eq!(
                    favorites_count(client, group_id),
                    count.map(|count| count + 1),
                    "{context}"
                );
                let before = again();
                client
                    .send(&RemoveFavoriteImage::new(
                        ids(&gateway.state().favorites()).pop().unwrap(),
                    ))
                    .unwrap();
                assert_eq!(gateway.requests() - before, 2, "{context}");
                assert!(
                    !gateway
                        .state()
                        .favorite_groups()
                        .contains(&group_id.to_owned()),
                    "{context}"
                );
                again();
                client
                    .send(&AddFavoriteImage::new(id(&rows_of(group)[0])))
                    .unwrap();
                assert!(
                    gateway
                        .state()
                        .favorite_groups()
                        .contains(&group_id.to_owned()),
                    "{context}"
                );

                let image = id(&gateway.state().custom_images()[1]);
                again();
                let share = ModifyCompShareImageShareAccount::new(image.as_str())
                    .add_accounts([5000 + at as u64]);
                assert!(
                    client.send(&share).unwrap().invalid_accounts.is_empty(),
                    "{context}"
                );
                assert_eq!(
                    gateway.state().share_accounts(&image).len(),
                    at + 1,
                    "{context}"
                );
                again();
                client
                    .send(&UpdateCompShareImage::new(image.as_str()).description(format!("d{at}")))
                    .unwrap();
                assert_eq!(
                    gateway.state().custom_images()[1]["Description"],
                    format!("d{at}"),
                    "{context}"
                );
            }
        },
    );
}

#[test]
fn listings_continue_after_transient_errors() {
    let gateway = started(Catalog::generated(130, 3));
    for mode in MODES {
        let quirks = quirks(&[mode, "page_cap=30"]);
        let (wanted, rows) = wanted_favorites(&gateway, &quirks);
        for client in clients_of(&gateway) {
            gateway.set_quirks(quirks.clone());
            for fault in [
                Fault::status(503),
                Fault::status(429),
                Fault::Disconnect,
                Fault::DisconnectAfter,
                Fault::ret_code(150, "busy"),
            ] {
                let context = format!("{mode}, {fault:?}, {}", client.name());
                let before = gateway.requests();
                gateway.push_faults([fault.clone(), Fault::Pass, Fault::Pass, fault]);
                let found = client.favorites(FavoritesQuery::new());
                assert!(found.result.is_ok(), "{context}: {:?}", found.result);
                assert_eq!(
                    found.rows.iter().map(version_ids).collect::<Vec<_>>(),
                    wanted,
                    "{context}"
                );
                assert_eq!(found.requests, gateway.requests() - before, "{context}");
                // What is left of the script does not concern the next listing.
                while gateway.requests() - before < 4 {
                    client.send(&DescribeCompShareImageTags::default()).unwrap();
                }
            }
            let before = gateway.requests();
            gateway.push_faults([
                Fault::Pass,
                Fault::status(503),
                Fault::Pass,
                Fault::Disconnect,
            ]);
            let (groups, result, requests) = client.list(DescribeCommunityImages::new().grouped());
            assert!(result.is_ok(), "{result:?}");
            let all: Vec<_> = gateway
                .state()
                .community()
                .iter()
                .map(|group| text(group, "GroupId").to_owned())
                .collect();
            assert_eq!(
                groups
                    .iter()
                    .map(|group| group.group_id.clone().unwrap().to_string())
                    .collect::<Vec<_>>(),
                all
            );
            assert_eq!((requests, gateway.requests() - before), (8, 8));
        }
        assert!(rows > 0 && !wanted.is_empty());
    }
}

#[test]
fn interrupted_listing_can_be_resumed() {
    let gateway = started(Catalog::generated(130, 3));
    for mode in MODES {
        let quirks = quirks(&[mode, "page_cap=2"]);
        gateway.set_quirks(quirks.clone());
        let (wanted, _) = wanted_favorites(&gateway, &quirks);
        for client in clients_of(&gateway) {
            // For good: three attempts, each refused. The first favorite comes before them.
            let pages = if mode == MODES[1] { 10 } else { 1 };
            let passes = std::iter::repeat_n(Fault::Pass, pages);
            gateway.push_faults(passes.chain(Fault::status(503).times(3)));
            let first = client.favorites_ahead(FavoritesQuery::new(), 0);
            let error = first.result.unwrap_err();
            assert_eq!(
                (error.http_status().unwrap().as_u16(), error.attempts()),
                (503, 3),
                "{error}"
            );
            let resume = error.resume_at().unwrap();
            assert_eq!(resume, first.rows.len() as u64, "{mode}, {}", client.name());
            let rest = client.favorites(FavoritesQuery::new().offset(resume));
            assert!(rest.result.is_ok());
            let found: Vec<_> = first
                .rows
                .iter()
                .chain(&rest.rows)
                .map(version_ids)
                .collect();
            assert_eq!(found, wanted, "{mode}, {}", client.name());
        }
    }
}
