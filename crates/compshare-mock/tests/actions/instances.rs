//! Zones, and the list and names of instances.

use compshare_mock::Quirks;

use crate::Caller;

#[test]
fn zones_of_all_regions_are_listed() {
    let response = Caller::built_in().get("DescribeCompShareSupportZone", &[("Region", "cn-wlcb")]);
    let zones = response["ZoneInfo"].as_array().unwrap();
    assert_eq!(zones.len(), 5);
    assert_eq!(zones[0]["Zone"], "cn-wlcb-01");
    assert_eq!(zones[2]["Region"], "cn-sh2");
}

#[test]
fn instances_are_filtered_and_paged() {
    let mut caller = Caller::built_in().quirks(Quirks::default().region_required(true));
    let mut ids = |params: &[(&str, &str)]| {
        let response = caller.get("DescribeCompShareInstance", params);
        let rows = response["UHostSet"].as_array().unwrap().clone();
        let ids: Vec<String> = rows
            .iter()
            .map(|row| row["UHostId"].as_str().unwrap().to_owned())
            .collect();
        (ids, response["TotalCount"].as_u64().unwrap())
    };

    let (all, total) = ids(&[]);
    assert_eq!((all.len(), total), (3, 3));
    assert_eq!(ids(&[("UHostIds.0", &all[1])]), (vec![all[1].clone()], 1));
    assert_eq!(ids(&[("UHostIds.0", "uhost-0")]), (vec![], 0));
    assert_eq!(
        ids(&[("Region", "cn-wlcb")]),
        (vec![all[0].clone(), all[2].clone()], 2)
    );
    assert_eq!(ids(&[("Zone", "cn-wlcb-03")]), (vec![all[2].clone()], 1));
    assert_eq!(
        ids(&[("Offset", "1"), ("Limit", "1")]),
        (vec![all[1].clone()], 3)
    );
    assert_eq!(
        caller
            .error("DescribeCompShareInstance", &[("Limit", "0")])
            .0,
        220
    );
}

#[test]
fn instances_are_renamed() {
    let mut caller = Caller::built_in();
    let id = ("UHostId", "uhost-1a2b3c4d5e6f");
    caller.get("ModifyCompShareInstanceName", &[id, ("Name", "训练机")]);
    let response = caller.get("DescribeCompShareInstance", &[("UHostIds.0", id.1)]);
    assert_eq!(response["UHostSet"][0]["Name"], "训练机");

    let long = "a".repeat(64);
    for (params, code) in [
        (&[id][..], 210),
        (&[("Name", "a")], 210),
        (&[id, ("Name", &long)], 220),
        (&[("UHostId", "uhost-0"), ("Name", "a")], 8039),
    ] {
        assert_eq!(caller.error("ModifyCompShareInstanceName", params).0, code);
    }
}
