//! `compshare zone list`.

mod common;

use common::Cli;
use compshare_mock::Fault;

#[test]
fn lists_zones_of_all_regions() {
    let cli = Cli::built_in();
    let ran = cli.run(&["zone", "list", "--output", "ids"]);
    assert!(
        ran.ok().contains("cn-wlcb-01\n") && ran.stdout.contains("cn-sh2-02\n"),
        "{ran:?}"
    );
    for typed in ["zones", "regions"] {
        assert_eq!(cli.run(&[typed, "--output", "ids"]).ok(), ran.stdout);
    }

    let table = cli.run(&["zones", "--columns", "zone,region"]);
    assert!(
        table
            .ok()
            .starts_with("ZONE        REGION\ncn-wlcb-01  cn-wlcb\n"),
        "{table:?}"
    );
    let document = cli.run(&["zones", "--json"]).json();
    assert_eq!(document["data"]["items"][0]["Region"], "cn-wlcb");
}

#[test]
fn sends_the_region_only_if_set() {
    let cli = Cli::built_in();
    let sent = |arguments: &[&str]| {
        let ran = cli.run(&[arguments, &["zones", "-vv"]].concat());
        ran.ok();
        ran.stderr.contains("> Region = ")
    };
    assert!(!sent(&[]));
    assert!(sent(&["--region", "cn-sh2"]));
}

#[test]
fn response_without_zones_is_a_failure() {
    let cli = Cli::built_in();
    cli.gateway
        .push_fault(Fault::Malformed(r#"{"RetCode":0}"#.to_owned()));
    cli.run(&["zones"]).failed(1);
}
