//! Failures: the line, the document and the status.

mod common;

use std::net::TcpListener;

use common::{Cli, PRIVATE_KEY, Ran};
use compshare_mock::Fault;
use serde_json::Value;

#[test]
fn no_keys() {
    let cli = Cli::new();
    for arguments in [&["image", "favorites"][..], &["call", "DescribeX"], &["sign", "-p", "Action=X"]] {
        assert_eq!(
            cli.run_bare(arguments).failed(2),
            "error: no keys: COMPSHARE_PUBLIC_KEY is not set; \
             run `compshare config set`, or set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY"
        );
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn keys_that_cannot_be_right_are_refused_unseen() {
    let cli = Cli::new();
    let ran = Ran::of(cli.command(&["call", "DescribeX"]).env("COMPSHARE_PRIVATE_KEY", "hush\u{1}hush"));
    assert!(ran.failed(2).contains("control character"), "{ran:?}");
    assert!(!ran.stderr.contains("hush"));
    let ran = Ran::of(cli.command(&["call", "DescribeX"]).env("COMPSHARE_PRIVATE_KEY", " "));
    assert!(ran.failed(2).contains("COMPSHARE_PRIVATE_KEY"), "{ran:?}");
}

#[test]
fn wrong_keys_in_each_language() {
    let cli = Cli::new();
    let run =
        |name: &str, lang: &str| Ran::of(cli.command(&["call", "DescribeX", "--lang", lang]).env(name, "another"));
    let line = run("COMPSHARE_PRIVATE_KEY", "en");
    let line = line.failed(1);
    assert!(
        line.starts_with("error: DescribeX: RetCode 171 (signature wrong): Signature VerifyAC Error [request id "),
        "{line}"
    );
    assert!(line.contains("]; check the private key") && line.contains("`compshare sign`"), "{line}");
    let line = run("COMPSHARE_PRIVATE_KEY", "zh");
    let line = line.failed(1);
    assert!(line.starts_with("错误：DescribeX：RetCode 171：Signature VerifyAC Error [请求 ID "), "{line}");
    assert!(line.contains("]；请检查私钥"), "{line}");
    let line = run("COMPSHARE_PUBLIC_KEY", "en");
    assert!(line.failed(1).contains("RetCode 172") && line.stderr.contains("check the public key"), "{line:?}");
    let line = run("COMPSHARE_PUBLIC_KEY", "zh");
    assert!(line.failed(1).contains("请检查公钥"), "{line:?}");
}

#[test]
fn codes_with_a_hint() {
    let cli = Cli::new();
    for (code, hint) in [
        (161, "the service may not offer it"),
        (299, "--project-id"),
        (8039, "--region and --zone"),
        (8441, "fewer requests"),
        (230, "the parameter that the message names"),
        (520, "top up the account"),
    ] {
        cli.gateway.push_fault(Fault::ret_code(code, "no"));
        let ran = cli.run(&["call", "StopX", "--retries", "0"]);
        assert!(ran.failed(1).contains(hint), "{code}: {ran:?}");
    }
}

#[test]
fn errors_in_json() {
    let cli = Cli::new();
    let error = |ran: &Ran, status: i32| -> Value {
        let document: Value = serde_json::from_str(ran.failed(status)).unwrap();
        assert_eq!((&document["ok"], &document["schema"]), (&false.into(), &1.into()));
        document["error"].clone()
    };
    cli.gateway.push_fault(Fault::ret_code(8039, "Resource not exist [x]"));
    let api = error(&cli.run(&["--json", "call", "DescribeX"]), 1);
    assert_eq!(api["code"], "api_error");
    assert_eq!(api["details"]["action"], "DescribeX");
    assert_eq!(api["details"]["ret_code"], 8039);
    assert_eq!(api["details"]["server_message"], "Resource not exist [x]");
    assert!(api["details"]["request_uuid"].is_string() && api["details"]["hint"].is_string(), "{api}");

    cli.gateway.push_fault(Fault::Cut);
    let transport = error(&cli.run(&["call", "StopX", "-o", "jsonl"]), 3);
    assert_eq!(transport["code"], "transport_error");
    assert_eq!(error(&cli.run_bare(&["call", "X", "--output=json"]), 2)["code"], "configuration_error");
    assert_eq!(error(&cli.run(&["cal", "--json"]), 2)["code"], "usage_error");
    assert_eq!(error(&cli.run(&["call", "X", "-p", "A", "--json"]), 2)["code"], "usage_error");
    assert_eq!(error(&cli.run(&["call", "TerminateX", "--json"]), 2)["code"], "usage_error");
}

#[test]
fn no_network() {
    let cli = Cli::new();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let ran = cli.run(&["call", "DescribeX", "--retries", "0", "--base-url", &url]);
    assert!(ran.failed(3).contains("no connection could be made"), "{ran:?}");
    assert!(ran.stderr.contains("refused"), "what the system said: {ran:?}");
    let ran = cli.run(&["call", "DescribeX", "--retries", "0", "--base-url", &url, "--lang", "zh"]);
    assert!(ran.failed(3).starts_with("错误：DescribeX：无法建立连接（"), "{ran:?}");
}

#[test]
fn plain_http_and_odd_addresses_are_refused_before_connecting() {
    let cli = Cli::new();
    for url in ["http://api.compshare.cn", "ftp://127.0.0.1", "https://me:hush@127.0.0.1", "nonsense"] {
        let ran = cli.run(&["call", "DescribeX", "--base-url", url]);
        assert!(!ran.failed(2).contains("hush"), "{ran:?}");
    }
}

#[test]
fn answers_that_cannot_be_used() {
    let cli = Cli::new();
    for body in ["", "[]", "{", "<html>", r#"{"Action": "X"}"#] {
        cli.gateway.push_fault(Fault::Malformed(body.to_owned()));
        cli.run(&["call", "DescribeX"]).failed(1);
    }
    cli.gateway.push_fault(Fault::Malformed(r#"{"RetCode": 0, "ImageSet": "none"}"#.to_owned()));
    cli.run(&["image", "favorites"]).failed(1);
}

#[test]
fn text_of_strangers_is_shown_escaped_cut_and_without_keys() {
    let cli = Cli::new();
    let message = format!("\u{1b}]0;evil\u{7}\n{PRIVATE_KEY} {}", "x".repeat(100_000));
    cli.gateway.push_fault(Fault::ret_code(8039, message));
    let ran = cli.run(&["call", "DescribeX"]);
    assert!(ran.failed(1).contains(r"\u{1b}]0;evil\u{7}\u{a}[redacted] xxx"), "{ran:?}");
}

#[test]
fn wrong_usage_names_what_is_wrong() {
    let cli = Cli::new();
    for (arguments, words) in [
        (&["favorits"][..], "there is no command favorits here"),
        (&["imag"], "did you mean image?"),
        (&["image", "favourites"], "did you mean favorites?"),
        (&["image"], "a command is missing"),
        (&["call", "X", "--regoin", "x"], "did you mean --region?"),
        (&["call", "X", "extra"], "extra is one argument too many"),
        (&["image", "favorites", "--limit", "-1"], "a whole number from 0"),
        (&["image", "favorites", "--limit", "1.5"], "a whole number from 0"),
        (&["image", "favorites", "--limit", ""], "a whole number from 0"),
        (&["image", "favorites", "--limit", "99999999999999999999999"], "a whole number from 0"),
        (&["--timeout", "x", "doctor"], "a whole number from 0 to 86400"),
        (&["--retries", "21", "doctor"], "a whole number from 0 to 20"),
        (&["doctor", "--output", "xml"], "it is one of table, json, jsonl, csv, ids"),
        (&["doctor", "--json", "-o", "csv"], "exclude each other"),
        (&["config", "set", "--private-key", "hush"], "not taken from the command line"),
        (&["config", "--public-key", "x"], "not taken from the command line"),
    ] {
        let ran = cli.run(arguments);
        let line = ran.failed(2);
        assert!(line.contains(words) && !line.contains("hush"), "{arguments:?}: {line}");
    }
    assert!(cli.run(&["--lang", "zh", "imag"]).failed(2).contains("是否想输入 image？"));
    assert_eq!(cli.gateway.requests(), 0);
}

#[cfg(unix)]
#[test]
fn arguments_that_are_no_text_are_wrong_usage() {
    use std::os::unix::ffi::OsStrExt as _;
    let cli = Cli::new();
    let ran = Ran::of(cli.command(&["call"]).arg(std::ffi::OsStr::from_bytes(b"Describe\xff")));
    assert!(ran.failed(2).contains("UTF-8"), "{ran:?}");
}
