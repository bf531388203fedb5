//! The region of requests, by client and action.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use common::service::Service;
use compshare_client::model::{
    DescribeCommunityImages, DescribeCompShareImages, DescribeFavoriteImages, Untyped,
};
use compshare_client::{CallOptions, Config, ConfigBuilder, FavoritesQuery, NO_REGION};
use serde_json::json;

/// The regions of all requests that both clients send with these settings.
fn regions(builder: ConfigBuilder, run: impl Fn(&common::Client)) -> Vec<Option<String>> {
    let config = builder.keys("pub-key", "hush-private-key").build().unwrap();
    let mut regions = Vec::new();
    let service = Service::new(|_| Ok(json!({"RetCode": 0, "ImageSet": [], "TotalCount": 0})));
    for client in common::serviced_with(&config, &service) {
        run(&client);
    }
    for params in service.asked() {
        regions.push(params.get("Region").cloned());
    }
    assert!(!regions.is_empty());
    regions
}

fn call(client: &common::Client) {
    let (action, options) = (DescribeFavoriteImages::new(), CallOptions::default());
    client.send_with(&action, &options).unwrap();
    client.send_with(&Untyped::read("GetX"), &options).unwrap();
}

#[test]
fn requests_have_the_default_region() {
    let run = |client: &common::Client| {
        call(client);
        client.favorites(FavoritesQuery::new()).result.unwrap();
        let platform = DescribeCompShareImages::new();
        client
            .platform_images(platform, 100, |_| ())
            .result
            .unwrap();
        let community = DescribeCommunityImages::new();
        client.community_images(community, 100).result.unwrap();
    };
    for region in regions(Config::builder(), run) {
        assert_eq!(region.as_deref(), Some("cn-wlcb"));
    }
}

#[test]
fn configured_region_is_sent_and_none_omits_it() {
    for (builder, expected) in [
        (Config::builder().region("cn-sh2"), Some("cn-sh2")),
        (Config::builder().region(""), Some("cn-wlcb")),
        (Config::builder().region("NONE"), None),
        (Config::builder().no_region(), None),
    ] {
        for region in regions(builder, call) {
            assert_eq!(region.as_deref(), expected);
        }
    }
}

#[test]
fn region_of_an_action_overrides_the_client() {
    for (region, expected) in [("cn-sh2", Some("cn-sh2")), (NO_REGION, None)] {
        let run = |client: &common::Client| {
            let action = DescribeFavoriteImages::new().region(region);
            client.send_with(&action, &CallOptions::default()).unwrap();
        };
        for builder in [Config::builder(), Config::builder().region("cn-a")] {
            for sent in regions(builder, run) {
                assert_eq!(sent.as_deref(), expected);
            }
        }
    }
}
