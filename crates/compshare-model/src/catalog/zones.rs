//! Zones.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{ImageType, Region, Zone};

request! {
    /// Lists the zones. Documented by CompShare and UCloud, which require a region; other clients
    /// call it without one.
    pub struct DescribeCompShareSupportZone: Read -> DescribeCompShareSupportZoneResponse {}
}

record! {
    /// The zones.
    pub response DescribeCompShareSupportZoneResponse {
        /// The zones.
        zones: Vec<ZoneInfo> as Required = "ZoneInfo",
    }
}

record! {
    /// A zone (`ZoneInfo`).
    pub struct ZoneInfo {
        /// The region: `cn-wlcb`.
        region: Option<Region> = "Region",
        /// The region's number. UCloud's documentation.
        region_id: Option<i64> = "RegionId",
        /// The zone: `cn-wlcb-01`.
        zone: Option<Zone> = "Zone",
        /// The zone's number, as in the stock of GPUs: 10027 for `cn-wlcb-01`. UCloud's
        /// documentation.
        zone_id: Option<i64> = "ZoneId",
        /// The name for humans: `华北二A`.
        name: Option<String> = "Describe",
        /// Whether its instances are containers. In no documentation; seen live.
        is_pod: Option<bool> = "IsPod",
        /// The types of images that it refuses; reported by a third party.
        unsupported_image_types: Vec<ImageType> = "UnsupportedImageTypes",
        /// Whether images are not copied to it; reported by a third-party client.
        disables_image_sync: Option<bool> = "DisableImageSync",
    }
}

request! {
    /// Queries whether access to sites abroad is accelerated. Documented by CompShare, all regions
    /// if none is given, and by UCloud, which requires a zone.
    pub struct CheckCompShareNetOptimizer: Read -> CheckCompShareNetOptimizerResponse {}
}

record! {
    /// Whether access is accelerated.
    pub response CheckCompShareNetOptimizerResponse {
        /// Whether it is accelerated.
        optimized: Option<bool> = "Optimized",
        /// The same for each region. CompShare's documentation only.
        regions: Vec<NetOptimizer> = "Info",
    }
}

record! {
    /// Whether access from a region is accelerated (`Info`).
    pub struct NetOptimizer {
        /// The region.
        region: Option<Region> = "Region",
        /// Whether it is accelerated.
        optimized: Option<bool> = "Optimized",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::request::pairs;

    #[test]
    fn zones_decode_documented_and_live_rows() {
        assert!(pairs(&DescribeCompShareSupportZone::new()).is_empty());
        let value = json!({"RetCode": 0, "ZoneInfo": [
            {"Region": "cn-wlcb", "Zone": "cn-wlcb-01", "Describe": "华北二A"},
            {"Region": "cn-wlcb", "RegionId": 1_000_039, "Zone": "cn-wlcb-03", "ZoneId": "10033", "IsPod": true,
                "UnsupportedImageTypes": ["System", "Other"], "Describe": "华北二C"},
        ]});
        let response: DescribeCompShareSupportZoneResponse =
            serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        let [first, second] = response.zones.as_slice() else {
            panic!("two zones")
        };
        assert_eq!((first.is_pod, second.is_pod), (None, Some(true)));
        assert_eq!(second.zone_id, Some(10_033));
        assert_eq!(
            second.unsupported_image_types,
            [ImageType::System, ImageType::Other]
        );
        let elsewhere = json!({"Zones": [{"Zone": "cn-wlcb-01"}]});
        assert!(serde_json::from_value::<DescribeCompShareSupportZoneResponse>(elsewhere).is_err());
    }

    #[test]
    fn net_optimizer_decodes_regions() {
        let value =
            json!({"Optimized": "true", "Info": [{"Region": "cn-sh2", "Optimized": false}]});
        let response: CheckCompShareNetOptimizerResponse = serde_json::from_value(value).unwrap();
        assert_eq!(
            (response.optimized, response.regions[0].optimized),
            (Some(true), Some(false))
        );
    }
}
