//! Community images without their readmes: both clients against services inside the test.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use common::service::{Params, Service, number, refusal};
use common::serviced;
use compshare_client::FavoritesQuery;
use compshare_client::model::{
    DescribeCommunityImages, DescribeSelfCommunityImages, DescribeUserCommunityImages, RetCode,
};
use serde_json::{Value, json};

/// A service with seven groups that refuses the parameter `ExcludeReadme` with `refusal`, if that
/// is a RetCode.
fn service(refusal_code: Option<i64>) -> Service {
    Service::new(move |params: &Params| {
        if let Some(code) = refusal_code.filter(|_| params.contains_key("ExcludeReadme")) {
            return Ok(refusal(code, "Params [ExcludeReadme] not available"));
        }
        if params["Action"] == "DescribeFavoriteImages" {
            return Ok(refusal(161, "Action not found"));
        }
        let groups: Vec<Value> = (0..7)
            .map(|at| json!({"GroupId": format!("g{at}"), "IsFavorite": at == 3}))
            .collect();
        let start = number(params, "Offset").unwrap().min(7);
        let end = (start + number(params, "Limit").unwrap()).min(7);
        Ok(json!({"RetCode": 0, "CompshareImageGroup": groups[start..end]}))
    })
}

/// The parameter in each request.
fn parameters(service: &Service) -> Vec<String> {
    let asked = service.asked();
    service.take_actions();
    let parameter = |params: &Params| {
        let value = params.get("ExcludeReadme");
        value.map_or("none", String::as_str).to_owned()
    };
    asked.iter().map(parameter).collect()
}

#[test]
fn excludes_readmes_if_the_service_can() {
    let service = service(None);
    for client in serviced(&service) {
        for request in [
            DescribeCommunityImages::new(),
            DescribeCommunityImages::new().exclude_readme(true),
        ] {
            let listed = client.community_images(request.limit(4), u64::MAX);
            assert!(listed.result.is_ok());
            assert_eq!((listed.rows.len(), listed.requests), (7, 3));
            assert_eq!(parameters(&service), ["true", "true", "true"]);
        }
        let all = DescribeCommunityImages::new().exclude_readme(false);
        assert_eq!(client.community_images(all, 3).rows.len(), 3);
        assert_eq!(parameters(&service), ["false"]);
    }
}

#[test]
fn remembers_a_refused_parameter_across_listings() {
    for _ in 0..2 {
        let service = service(Some(RetCode::PARAMETER_NOT_AVAILABLE.0));
        for client in serviced(&service) {
            let own = DescribeSelfCommunityImages::new().offset(2);
            let listed = client.community_images(own, u64::MAX);
            assert!(listed.result.is_ok());
            assert_eq!((listed.rows.len(), listed.requests), (5, 3));
            assert_eq!(parameters(&service), ["true", "none", "none"]);

            let user = DescribeUserCommunityImages::new()
                .target_top_organization_id(7u64)
                .exclude_readme(true);
            assert_eq!(client.community_images(user, 7).rows.len(), 7);
            assert_eq!(parameters(&service), ["none"]);

            let favorites = client.favorites(FavoritesQuery::new());
            assert_eq!((favorites.rows.len(), favorites.requests), (1, 3));
            assert_eq!(parameters(&service), ["none", "none", "none"]);
        }
    }
}

#[test]
fn other_refusals_are_errors() {
    let service = service(Some(299));
    for client in serviced(&service) {
        let listed = client.community_images(DescribeCommunityImages::new(), u64::MAX);
        let error = listed.result.unwrap_err();
        assert_eq!(
            (error.ret_code(), error.resume_at()),
            (Some(RetCode(299)), None)
        );
        assert_eq!(parameters(&service), ["true"]);
    }
    // So is a refusal of a request that has the parameter for a reason of its own.
    let service = self::service(Some(230));
    for client in serviced(&service) {
        let with_readmes = DescribeCommunityImages::new().exclude_readme(false);
        let listed = client.community_images(with_readmes, u64::MAX);
        assert_eq!(listed.result.unwrap_err().ret_code(), Some(RetCode(230)));
        assert_eq!(parameters(&service).len(), 1);
    }
}
