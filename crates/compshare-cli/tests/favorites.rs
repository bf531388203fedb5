//! `compshare image favorites` in every format.

mod common;

use std::collections::BTreeMap;
#[cfg(unix)]
use std::io::{BufRead as _, BufReader};
#[cfg(unix)]
use std::process::Stdio;

use common::Cli;
#[cfg(unix)]
use common::Ran;
use compshare_mock::{Fault, Quirks, Total};
use serde_json::{Map, Value, json};

fn few() -> Vec<Value> {
    vec![
        json!({"CompShareImageId": "compshareImage-1", "Name": "通义千问", "ImageType": "Community", "Author": "作者",
            "Status": "Available", "Price": 0.5, "VersionName": "v1", "Tags": ["LLM，Qwen"]}),
        json!({"CompShareImageId": "compshareImage-22", "Name": "Qwen, \"the\" model", "Status": "Reviewing", "Price": 12}),
        json!({"CompShareImageId": "compshareImage-3", "Name": "\u{1b}[31mred\r\n\u{202e}evil\u{200b}\t"}),
    ]
}

/// The first members of each row.
const FIRST: [&str; 4] = ["CompShareImageId", "Name", "GroupId", "IsFavorite"];

const TABLE: &str = r#"ID                 NAME                                              TYPE       AUTHOR  STATUS        PRICE  VERSION  TAGS      GROUP
compshareImage-1   通义千问                                          Community  作者    Available   ¥0.50/h  v1       LLM Qwen  -
compshareImage-22  Qwen, "the" model                                 -          -       Reviewing  ¥12.00/h  -        -         -
compshareImage-3   \u{1b}[31mred\u{d}\u{a}\u{202e}evil\u{200b}\u{9}  -          -       -                 -  -        -         -
"#;

/// Asserts that each row is a favorite with the members of its image.
fn are_images(rows: &[Value], images: &[Value]) {
    assert_eq!(rows.len(), images.len());
    for (row, image) in rows.iter().zip(images) {
        let names: Vec<_> = row.as_object().unwrap().keys().collect();
        assert_eq!(names[..4], FIRST, "{row}");
        assert_eq!(
            (&row["IsFavorite"], &row["Versions"]),
            (&json!(true), &json!([]))
        );
        for (name, value) in image.as_object().unwrap() {
            assert_eq!(&row[name], value, "{name} of {row}");
        }
    }
}

#[test]
fn aligns_tables_by_cells_and_sanitizes_them() {
    let ran = Cli::with(few()).run(&["image", "favorites"]);
    assert_eq!(ran.ok(), TABLE);
    assert_eq!(ran.stderr, "");
}

#[test]
fn json_keeps_values_and_escapes_unsafe_characters() {
    let images = few();
    let ran = Cli::with(images.clone()).run(&["image", "favorites", "--output", "json"]);
    let document = ran.json();
    assert_eq!(document["ok"], true);
    assert_eq!(document["schema"], 2);
    are_images(document["data"]["items"].as_array().unwrap(), &images);
    assert_eq!(
        (&document["meta"]["returned"], &document["meta"]["via"]),
        (&json!(3), &json!("documented"))
    );
    assert!(
        ran.stdout.contains(r"\u001b[31mred\r\n\u202eevil\u200b\t"),
        "{}",
        ran.stdout
    );
}

#[test]
fn jsonl_csv_and_ids_have_one_line_per_item() {
    let cli = Cli::with(few());
    let lines = cli.run(&["image", "favorites", "--output", "jsonl"]);
    let items: Vec<Value> = lines
        .ok()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    are_images(&items, &few());
    let ids = cli.run(&["image", "favorites", "-o", "ids"]);
    assert_eq!(
        ids.ok(),
        "compshareImage-1\ncompshareImage-22\ncompshareImage-3\n"
    );
    let csv = cli.run(&["image", "favorites", "-o", "csv"]);
    assert_eq!(
        csv.ok(),
        r#"CompShareImageId,Name,GroupId,IsFavorite,ImageType,Author,Status,Price,VersionName,Tags
compshareImage-1,通义千问,,true,Community,作者,Available,0.5,v1,LLM Qwen
compshareImage-22,"Qwen, ""the"" model",,true,,,Reviewing,12,,
compshareImage-3,\u{1b}[31mred\u{d}\u{a}\u{202e}evil\u{200b}\u{9},,true,,,,,,
"#
    );
}

#[test]
fn keeps_numbers_of_any_size() {
    let text = r#"{"Action":"X","RetCode":0,"ImageSet":[{"CompShareImageId":"i","Big":123456789012345678901234567890,"Exact":1.10}]}"#;
    let cli = Cli::new();
    cli.gateway.push_fault(Fault::Malformed(text.to_owned()));
    let ran = cli.run(&["image", "favorites", "--limit", "1", "--output", "jsonl"]);
    assert_eq!(
        ran.ok(),
        concat!(
            r#"{"CompShareImageId":"i","Name":null,"GroupId":null,"IsFavorite":true,"#,
            r#""Big":123456789012345678901234567890,"Exact":1.10,"Versions":[]}"#,
            "\n"
        )
    );
}

/// Both actions list the same favorites, with the same members and values.
#[test]
fn both_lists_have_the_same_columns() {
    let cli = Cli::new();
    let rows = |via: &str| {
        let ran = cli.run(&["image", "favorites", "--via", via, "-o", "jsonl"]);
        let rows = ran.ok().lines().map(|line| {
            let row: Map<String, Value> = serde_json::from_str(line).unwrap();
            (row["CompShareImageId"].as_str().unwrap().to_owned(), row)
        });
        rows.collect::<BTreeMap<_, _>>()
    };
    let (documented, community) = (rows("documented"), rows("community"));
    assert_eq!(documented.len(), compshare_mock::favorites().len());
    assert!(documented.keys().eq(community.keys()));

    for (id, row) in &documented {
        let of_group = &community[id];
        for row in [row, of_group] {
            assert!(row.keys().take(4).eq(FIRST), "{row:?}");
            assert!(row["Name"].is_string() && row["GroupId"].is_string() || row.len() < 9);
            assert_eq!(row["IsFavorite"], true);
        }
        assert_eq!(row["Versions"], json!([]));
        assert_eq!(of_group["Versions"][0]["CompShareImageId"], **id);
        for (name, value) in row {
            let is_known_of_groups = ["GroupId", "Versions"].contains(&name.as_str());
            assert!(
                is_known_of_groups || of_group[name] == *value,
                "{name}: {row:?}"
            );
        }
        // Members of groups only, and different statuses.
        let more = of_group.keys().filter(|name| !row.contains_key(*name));
        for name in more {
            assert!(
                ["ImageName", "ImageDesc", "RecommendCount", "Group"].contains(&name.as_str()),
                "{name}"
            );
        }
    }
    let csv = ["documented", "community"].map(|via| {
        let ran = cli.run(&["image", "favorites", "--via", via, "-o", "csv"]);
        let mut lines: Vec<_> = ran.ok().lines().map(str::to_owned).collect();
        lines[1..].sort();
        lines
    });
    assert_eq!(csv[0].len(), csv[1].len());
    assert!(csv[0][0].starts_with("CompShareImageId,Name,GroupId,IsFavorite,"));
    assert_eq!(csv[0][0], csv[1][0]);
}

#[test]
fn limit_counts_over_all_pages() {
    let images: Vec<Value> = (0..250)
        .map(|n| json!({"CompShareImageId": format!("i{n}")}))
        .collect();
    let cli = Cli::with(images);
    cli.gateway.set_quirks(Quirks::default().page_cap(70));
    let ids = |arguments: &[&str]| {
        let ran = cli.run(&[&["image", "favorites", "--output", "ids"], arguments].concat());
        ran.ok().lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]).len(), 250);
    assert_eq!(ids(&["--limit", "150"]).len(), 150);
    assert_eq!(ids(&["--offset", "248"]), ["i248", "i249"]);
    let before = cli.gateway.requests();
    assert_eq!(ids(&["--limit", "0"]).len(), 0);
    assert_eq!(
        cli.gateway.requests(),
        before,
        "nothing is wanted, so nothing is asked for"
    );
}

#[test]
fn empty_list_succeeds_without_output() {
    let cli = Cli::with(Vec::new());
    let ran = cli.run(&["image", "favorites"]);
    assert_eq!((ran.ok(), ran.stderr.as_str()), ("", "Nothing found.\n"));
    assert_eq!(cli.run(&["image", "favorites", "-o", "ids"]).ok(), "");
    assert_eq!(
        cli.run(&["image", "favorites", "--json"]).json()["data"]["items"],
        json!([])
    );
}

#[test]
fn warns_if_the_total_is_not_reached() {
    let cli = Cli::with(few());
    cli.gateway
        .set_quirks(Quirks::default().total(Total::Fixed(7)));
    let ran = cli.run(&["image", "favorites", "-o", "ids"]);
    assert_eq!(ran.ok().lines().count(), 3);
    assert_eq!(
        ran.stderr,
        "warning: the service reported a total of 7, but returned 3 rows\n"
    );
}

#[test]
fn reports_rows_without_an_identifier() {
    let cli = Cli::with(vec![
        json!({"CompShareImageId": "i1"}),
        json!({"Name": "nameless"}),
    ]);
    let ran = cli.run(&["image", "favorites", "-o", "ids"]);
    assert_eq!(ran.ok(), "i1\n");
    assert_eq!(
        ran.stderr,
        "warning: skipped rows without an identifier: 1\n"
    );
}

#[test]
fn interrupted_listing_fails_with_its_offset() {
    let images: Vec<Value> = (0..250)
        .map(|n| json!({"CompShareImageId": format!("i{n}")}))
        .collect();
    let cli = Cli::with(images);
    cli.gateway.push_faults([
        Fault::Pass,
        Fault::ret_code(230, "Params [Region] not available"),
    ]);
    let ran = cli.run(&["image", "favorites", "-o", "ids"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 100, "what came is whole lines");
    assert!(
        ran.stderr.contains("RetCode 230") && ran.stderr.contains("offset 100"),
        "{ran:?}"
    );
}

#[test]
fn immediate_failure_leaves_stdout_empty() {
    let cli = Cli::new();
    for format in ["table", "json", "jsonl", "csv", "ids"] {
        cli.gateway
            .push_fault(Fault::ret_code(299, "IAM check failed"));
        let ran = cli.run(&["image", "favorites", "-o", format]);
        assert!(ran.failed(1).contains("--project-id"), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn closed_pipe_ends_quietly() {
    let images: Vec<Value> = (0..3000)
        .map(|n| json!({"CompShareImageId": format!("i{n}"), "Readme": "x".repeat(1000)}))
        .collect();
    let cli = Cli::with(images);
    let mut child = cli
        .command(&["image", "favorites", "-o", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let ran = Ran::from(child.wait_with_output().unwrap());
    assert!(line.ends_with("}\n"));
    assert_eq!((ran.ok(), ran.stderr.as_str()), ("", ""));
    assert!(cli.gateway.requests() < 30, "it ended soon");
}

#[cfg(target_os = "linux")]
#[test]
fn write_error_is_a_failure() {
    let cli = Cli::new();
    for arguments in [
        &["image", "favorites"][..],
        &["--help"],
        &["call", "DescribeFavoriteImages"],
        &["completion", "bash"],
    ] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let ran = Ran::of(cli.command(arguments).stdout(full));
        assert!(
            ran.failed(1)
                .starts_with("error: the output cannot be written: No space left"),
            "{ran:?}"
        );
    }
    // The exit status is set even without stderr.
    let full = || {
        std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    let ran = Ran::of(
        cli.command(&["image", "favorites"])
            .stdout(full())
            .stderr(full()),
    );
    assert_eq!(ran.status, Some(1));
}
