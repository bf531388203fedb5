//! `compshare call` and `compshare sign`.

mod common;

use common::{Cli, PRIVATE_KEY, PUBLIC_KEY, Ran};
use compshare_client::sign::{Credentials, Params};
use compshare_mock::Fault;
use serde_json::{Value, json};

fn answer(cli: &Cli, text: &str) {
    cli.gateway.push_fault(Fault::Malformed(text.to_owned()));
}

#[test]
fn calls_any_action_and_prints_its_response() {
    let cli = Cli::new();
    answer(
        &cli,
        r#"{"Action":"XResponse","RetCode":0,"Z":1.50,"A":{"b":[null,"\u001b"]}}"#,
    );
    let ran = cli.run(&[
        "call",
        "DescribeSomethingNew",
        "-p",
        "Name=a=b",
        "-p",
        "Count=-1",
    ]);
    assert!(
        ran.ok().starts_with(
            r#"{"ok":true,"schema":2,"data":{"Z":1.50,"A":{"b":[null,"\u001b"]}},"meta":{"#
        ),
        "{ran:?}"
    );
    assert_eq!(ran.json()["meta"]["action"], "DescribeSomethingNew");
    assert_eq!(cli.gateway.actions(), ["DescribeSomethingNew"]);
}

#[test]
fn prints_responses_in_every_format() {
    let cli = Cli::new();
    let text = r#"{"Action":"X","RetCode":0,"TotalCount":2,"UHostSet":[{"Name":"n1","UHostId":"u1","CPU":4},{"UHostId":"u2","Disk":[{"Size":1}]}]}"#;
    let run = |format: &str| {
        answer(&cli, text);
        cli.run(&["call", "DescribeX", "-o", format])
            .ok()
            .to_owned()
    };
    assert_eq!(run("ids"), "u1\nu2\n");
    assert_eq!(
        run("csv"),
        "UHostId,Name,CPU,Disk\nu1,n1,4,\nu2,,,\"[{\"\"Size\"\":1}]\"\n"
    );
    assert_eq!(
        run("table"),
        "UHostId  Name  CPU  Disk\nu1       n1      4  -\nu2       -       -  [{\"Size\":1}]\n"
    );
    assert_eq!(
        run("jsonl"),
        "{\"Name\":\"n1\",\"UHostId\":\"u1\",\"CPU\":4}\n{\"UHostId\":\"u2\",\"Disk\":[{\"Size\":1}]}\n"
    );
    for format in ["jsonl", "ids"] {
        answer(
            &cli,
            r#"{"Action":"X","RetCode":0,"TotalCount":0,"UHostSet":[]}"#,
        );
        assert_eq!(
            cli.run(&["call", "DescribeX", "-o", format]).ok(),
            "",
            "no item, no line"
        );
    }
    answer(&cli, r#"{"Action":"X","RetCode":0,"Process":50}"#);
    assert_eq!(
        cli.run(&["call", "GetX", "-o", "table"]).ok(),
        "FIELD    VALUE\nProcess     50\n".replace("    50", " 50")
    );
    answer(&cli, r#"{"Action":"X","RetCode":0,"Process":50}"#);
    assert!(
        cli.run(&["call", "GetX", "-o", "ids"])
            .failed(1)
            .contains("no list with identifiers")
    );
}

#[test]
fn reads_parameters_from_file_and_command_line() {
    let cli = Cli::new();
    let file = cli.home.path().join("params.json");
    std::fs::write(
        &file,
        r#"{"Tag": ["LLM", "Qwen"], "Limit": 5, "IsFree": true}"#,
    )
    .unwrap();
    let ran = cli.run(&[
        "call",
        "DescribeX",
        "--params",
        file.to_str().unwrap(),
        "-p",
        "Limit=7",
        "--dry-run",
        "--json",
    ]);
    let parameters = &ran.json()["data"]["parameters"];
    assert_eq!(
        parameters,
        &json!({"Action": "DescribeX", "IsFree": "true", "Limit": "7", "PublicKey": "****", "Region": "cn-wlcb", "Tag.0": "LLM",
            "Tag.1": "Qwen", "Signature": "****"})
    );
    let mut command = cli.command(&["call", "DescribeX", "--params", "-", "--dry-run", "--json"]);
    let ran = Ran::with_input(&mut command, r#"{"A": 1}"#);
    assert_eq!(ran.json()["data"]["parameters"]["A"], "1");
    assert_eq!(cli.gateway.requests(), 0, "nothing was sent");
}

#[test]
fn dry_run_masks_the_same_secrets_as_the_log() {
    let cli = Cli::new();
    let ran = cli.run(&[
        "call",
        "TerminateX",
        "-p",
        "A=1",
        "-p",
        "Password=sw0rdfish",
        "--dry-run",
        "--region",
        "cn-wlcb",
        "--zone",
        "cn-wlcb-01",
    ]);
    let url = cli.gateway.base_url();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        ran.ok(),
        format!(
            "POST {url}/\ncontent-type: application/x-www-form-urlencoded\naccept: application/json\n\
             user-agent: compshare-rs/{version} compshare-cli/{version}\n\n\
             A=1\nAction=TerminateX\nPassword=****\nPublicKey=****\nRegion=cn-wlcb\nZone=cn-wlcb-01\nSignature=****\n"
        )
    );
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn invalid_parameters_are_usage_errors() {
    let cli = Cli::new();
    let broken = cli.home.path().join("broken.json");
    std::fs::write(&broken, "[\"hush\"]").unwrap();
    let broken = broken.to_str().unwrap();
    for arguments in [
        &["call"][..],
        &["call", "DescribeX", "-p", "x"],
        &["call", "DescribeX", "-p", "=x"],
        &["call", "DescribeX", "-p", "A=1", "-p", "A=2"],
        &["call", "DescribeX", "-p", "Signature=x"],
        &["call", "DescribeX", "-p", "Action=x"],
        &["call", "DescribeX", "--params", "/no/such/file"],
        &["call", "DescribeX", "--params", broken],
        &["call", "Describe X"],
        &["call", "DescribeX", "--effect", "none"],
        &["call", "DescribeX", "--dry-run", "-o", "ids"],
        &["sign", "-p", "A=1"],
    ] {
        let ran = cli.run(arguments);
        assert!(!ran.failed(2).contains("hush"), "{ran:?}");
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn destructive_actions_need_confirmation() {
    let cli = Cli::new();
    let ran = cli.run(&["call", "TerminateCompShareInstance", "-p", "UHostId=u"]);
    assert!(ran.failed(2).ends_with("pass --yes to confirm"), "{ran:?}");
    assert_eq!(cli.gateway.requests(), 0);
    answer(&cli, r#"{"RetCode": 0}"#);
    cli.run(&[
        "call",
        "TerminateCompShareInstance",
        "-p",
        "UHostId=u",
        "--yes",
    ])
    .ok();
    answer(&cli, r#"{"RetCode": 0}"#);
    cli.run(&["call", "StopCompShareInstance", "-p", "UHostId=u"])
        .ok();
    assert_eq!(cli.gateway.requests(), 2);
}

#[test]
fn retries_reads_and_not_writes() {
    let cli = Cli::new();
    for (arguments, requests) in [
        (&["call", "DescribeX"][..], 3),
        (&["call", "DescribeX", "--retries", "0"], 1),
        (&["call", "DescribeX", "--effect", "write"], 1),
        (&["call", "StopX"], 1),
        (&["call", "StopX", "--effect", "read"], 3),
    ] {
        let before = cli.gateway.requests();
        cli.gateway.push_faults(Fault::Disconnect.times(requests));
        cli.run(arguments).failed(3);
        assert_eq!(
            cli.gateway.requests() - before,
            requests as u64,
            "{arguments:?}"
        );
    }
}

#[test]
fn reports_a_write_with_unknown_outcome() {
    let cli = Cli::new();
    cli.gateway.push_fault(Fault::DisconnectAfter);
    let ran = cli.run(&["call", "StopX"]);
    assert!(
        ran.failed(3)
            .ends_with("it may have taken effect: check before sending it again"),
        "{ran:?}"
    );
}

#[test]
fn timeout_covers_the_whole_command() {
    let cli = Cli::new();
    cli.gateway
        .push_faults(Fault::Delay(std::time::Duration::from_secs(30)).times(3));
    let ran = cli.run(&["call", "DescribeX", "--timeout", "1"]);
    assert!(
        ran.failed(3).contains("no complete response in time"),
        "{ran:?}"
    );
}

#[test]
fn sign_matches_the_library() {
    let cli = Cli::new();
    let ran = cli.run(&[
        "sign",
        "-p",
        "Region=cn-wlcb",
        "-p",
        "Action=DescribeX",
        "-p",
        "Note=a b",
    ]);
    let params = Params::from_pairs([
        ("Region", "cn-wlcb"),
        ("Action", "DescribeX"),
        ("Note", "a b"),
    ])
    .unwrap();
    let signed = Credentials::new(PUBLIC_KEY, PRIVATE_KEY)
        .unwrap()
        .sign(params);
    assert_eq!(
        ran.ok(),
        format!("{}\n{}\n", signed.string_to_sign(), signed.signature())
    );
    let ran = cli.run(&[
        "--region",
        "cn-sh2",
        "sign",
        "-p",
        "Action=DescribeX",
        "--json",
    ]);
    let canonical = format!("ActionDescribeXPublicKey{PUBLIC_KEY}");
    assert_eq!(
        ran.json()["data"]["canonical"],
        Value::from(canonical),
        "only what is given is signed"
    );
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn verbose_logs_attempts_without_secrets() {
    let cli = Cli::new();
    cli.gateway.push_fault(Fault::status(503));
    answer(
        &cli,
        &format!(r#"{{"RetCode":0,"Echo":"{PUBLIC_KEY} {PRIVATE_KEY} sw0rdfish","Red":"\u001b"}}"#),
    );
    let ran = cli.run(&["-vv", "call", "DescribeX", "-p", "Password=sw0rdfish"]);
    assert_eq!(ran.status, Some(0));
    let log = &ran.stderr;
    assert!(
        log.contains("DescribeX: attempt 1: HTTP 503, 0 bytes in "),
        "{log}"
    );
    assert!(log.contains("DescribeX: attempt 2: HTTP 200, "), "{log}");
    assert!(
        log.contains("> Password = ****") && log.contains("> Signature = ****"),
        "{log}"
    );
    assert!(
        !log.contains("sw0rdfish") && !log.contains(PUBLIC_KEY) && !log.contains(PRIVATE_KEY),
        "{log}"
    );
    let params = Params::from_pairs([("Action", "DescribeX"), ("Password", "sw0rdfish")]).unwrap();
    let signed = Credentials::new(PUBLIC_KEY, PRIVATE_KEY)
        .unwrap()
        .sign(params);
    assert!(!log.contains(&signed.signature().to_string()), "{log}");

    answer(&cli, r#"{"RetCode":0}"#);
    let ran = cli.run(&["-v", "call", "DescribeX"]);
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
}

#[test]
fn record_has_no_values() {
    let cli = Cli::new();
    let text = r#"{"Action":"X","RetCode":0,"UHostSet":[{"UHostId":"uhost-hush","Password":"hush-1","New":{"Cores":"8"}},{"IP":"192.0.2.7"}]}"#;
    answer(&cli, text);
    let ran = cli.run(&["call", "DescribeX", "-p", "Remark=hush-2", "--record"]);
    assert!(
        !ran.ok().contains("hush") && !ran.ok().contains("192.0.2.7"),
        "{ran:?}"
    );
    assert_eq!(
        ran.json()["data"],
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "parameters": {"Remark": "text"},
            "response": {"UHostSet": [{
                "UHostId": "text", "Password": "text", "New": {"Cores": "text of digits"}, "IP": "text",
            }]},
        })
    );
    assert_eq!(ran.json()["meta"]["action"], "DescribeX");

    let ran = cli.run(&["call", "DescribeX", "--record", "-o", "csv"]);
    assert_eq!(ran.status, Some(2), "{ran:?}");
    assert_eq!(cli.gateway.actions().len(), 1);
}
