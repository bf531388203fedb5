//! Failures: message, JSON and exit status.

mod common;

use std::net::TcpListener;

use common::{Cli, PRIVATE_KEY, Ran};
use compshare_client::model::RetCode;
use compshare_mock::{Fault, Quirks};
use serde_json::Value;

#[test]
fn reports_missing_keys() {
    let cli = Cli::new();
    for arguments in [
        &["image", "favorites"][..],
        &["call", "DescribeX"],
        &["sign", "-p", "Action=X"],
    ] {
        assert_eq!(
            cli.run_bare(arguments).failed(2),
            "error: no keys: COMPSHARE_PUBLIC_KEY is not set; \
             run `compshare config set`, or set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY; \
             create keys at https://console.compshare.cn/uaccount/api_manage"
        );
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn refuses_invalid_keys_without_showing_them() {
    let cli = Cli::new();
    let ran = Ran::of(
        cli.command(&["call", "DescribeX"])
            .env("COMPSHARE_PRIVATE_KEY", "hush\u{1}hush"),
    );
    assert!(ran.failed(2).contains("control character"), "{ran:?}");
    assert!(!ran.stderr.contains("hush"));
    let ran = Ran::of(
        cli.command(&["call", "DescribeX"])
            .env("COMPSHARE_PRIVATE_KEY", " "),
    );
    assert!(ran.failed(2).contains("COMPSHARE_PRIVATE_KEY"), "{ran:?}");
}

#[test]
fn reports_wrong_keys_in_each_language() {
    let cli = Cli::new();
    let run = |name: &str, lang: &str| {
        Ran::of(
            cli.command(&["call", "DescribeX", "--lang", lang])
                .env(name, "another"),
        )
    };
    let line = run("COMPSHARE_PRIVATE_KEY", "en");
    let line = line.failed(1);
    assert!(
        line.starts_with(
            "error: DescribeX: RetCode 171 (signature wrong): Signature VerifyAC Error [request id "
        ),
        "{line}"
    );
    assert!(
        line.contains("]; check that the private key") && line.contains("`compshare sign`"),
        "{line}"
    );
    let line = run("COMPSHARE_PRIVATE_KEY", "zh");
    let line = line.failed(1);
    assert!(
        line.starts_with(
            "错误：DescribeX：RetCode 171（签名错误）：Signature VerifyAC Error [请求 ID "
        ),
        "{line}"
    );
    assert!(line.contains("]；请检查私钥"), "{line}");
    let line = run("COMPSHARE_PUBLIC_KEY", "en");
    assert!(
        line.failed(1).contains("RetCode 172") && line.stderr.contains("check that the public key"),
        "{line:?}"
    );
    let line = run("COMPSHARE_PUBLIC_KEY", "zh");
    assert!(line.failed(1).contains("请检查公钥"), "{line:?}");
}

/// Returns the English words of a text: those in lower case, except options and text in backticks
/// or brackets.
fn english(text: &str) -> Vec<String> {
    let text: String = text.split('`').step_by(2).collect();
    let text: String = text
        .split('[')
        .map(|part| part.split_once(']').map_or(part, |(_, rest)| rest))
        .collect();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"-/:._".contains(c));
    words
        .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter(|word| !word.starts_with("https://"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn detects_untranslated_words() {
    assert_eq!(
        english("错误：RetCode 1 [id x]；请用 --zone，`compshare sign`；try this, https://x"),
        ["try", "this"]
    );
}

#[test]
fn reports_every_ret_code_in_chinese() {
    let cli = Cli::new();
    let mut told = 0;
    for code in (1..300_000)
        .map(RetCode)
        .filter(|code| code.meaning().is_some())
    {
        for action in ["DescribeX", "StopX"] {
            cli.gateway.push_fault(Fault::ret_code(code.0, "No"));
            let ran = cli.run(&["call", action, "--retries", "0", "--lang", "zh"]);
            let line = ran.failed(1);
            assert!(
                line.starts_with(&format!("错误：{action}：RetCode {code}（")),
                "{line}"
            );
            assert!(line.contains("）：No [请求 ID "), "{line}");
            assert_eq!(english(line), [""; 0], "{line}");
            assert!(
                line.contains('；') || code.advice().is_none(),
                "no advice: {line}"
            );
            told += 1;
        }
    }
    assert!(told > 180);
    // An unknown code has no meaning.
    cli.gateway.push_fault(Fault::ret_code(299_999, "No"));
    let ran = cli.run(&["call", "DescribeX", "--lang", "zh"]);
    assert!(
        ran.failed(1)
            .starts_with("错误：DescribeX：RetCode 299999：No ["),
        "{ran:?}"
    );
}

#[test]
fn timed_out_read_suggests_a_retry() {
    let cli = Cli::new();
    for code in [110, 8438] {
        let hint = |action: &str| {
            cli.gateway.push_fault(Fault::ret_code(code, "no"));
            let ran = cli.run(&["call", action, "--retries", "0"]);
            ran.failed(1).rsplit_once("; ").unwrap().1.to_owned()
        };
        assert_eq!(hint("DescribeX"), "try again later");
        assert_eq!(
            hint("StopX"),
            "it may have taken effect: check before sending it again"
        );
    }
}

#[test]
fn local_refusals_are_in_chinese() {
    let cli = Cli::new();
    let zh = |arguments: &[&str]| cli.run(&[arguments, &["--lang", "zh"]].concat());
    for (url, words) in [
        (
            "http://api.compshare.cn",
            "设置有误：请求地址不是 https，看到已签名请求的人可以重新发送它",
        ),
        (
            "ftp://127.0.0.1",
            "设置有误：请求地址的协议不是 https 或 http",
        ),
        (
            "https://me:hush@127.0.0.1",
            "设置有误：请求地址含有用户名或密码，请去掉",
        ),
        (
            "nonsense",
            "设置有误：请求地址没有协议，请在主机名前写上 https://",
        ),
    ] {
        let ran = zh(&["call", "DescribeX", "--base-url", url]);
        assert_eq!(ran.failed(2), format!("错误：{words}"));
        let ran = cli.store(&["--base-url", url, "--lang", "zh"]);
        assert_eq!(ran.failed(2), format!("错误：{words}"));
    }
    for (arguments, words) in [
        (
            &["call", "DescribeX", "--region", "a b"][..],
            "错误：设置有误：地域含有空白或控制字符",
        ),
        (
            &["call", "X", "-p", "Signature=x"],
            "错误：X：无法构造请求：参数 \"Signature\" 由签名生成，请勿指定",
        ),
        (
            &["call", "X", "-p", "Action=Y"],
            "错误：X：无法构造请求：参数 \"Action\" 出现了两次",
        ),
    ] {
        assert_eq!(zh(arguments).failed(2), words);
    }
    let ran = Ran::of(
        cli.command(&["call", "X", "--lang", "zh"])
            .env("COMPSHARE_BASE_URL", "https://gateway.invalid")
            .env("https_proxy", "socks4://me:hush@proxy"),
    );
    assert_eq!(
        ran.failed(2),
        "错误：设置有误：HTTPS_PROXY 中的代理的协议不是 http、socks5 或 socks5h"
    );
    let ran = Ran::of(
        cli.command(&["call", "X", "--lang", "zh"])
            .env("COMPSHARE_PRIVATE_KEY", "hu\u{1}sh"),
    );
    assert_eq!(
        ran.failed(2),
        "错误：设置有误：私钥含有控制字符；末尾是否有换行？"
    );
    let ran = Ran::with_input(
        &mut cli.bare(&["config", "set", "--lang", "zh"]),
        "pub\nhu\u{1}sh\n",
    );
    assert_eq!(
        ran.failed(2),
        "错误：设置有误：私钥含有控制字符；末尾是否有换行？"
    );
    let ran = Ran::with_input(
        &mut cli.bare(&["config", "set", "--lang", "zh"]),
        &"x".repeat(5000),
    );
    assert_eq!(
        ran.failed(2),
        "错误：无法读取标准输入：有一行超过 4096 字节"
    );
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn unusable_responses_are_in_chinese() {
    let cli = Cli::new();
    for (body, words) in [
        ("", "响应内容为空 [HTTP 200，请求 ID "),
        ("[]", "响应不是 JSON 对象 ["),
        ("{", "响应中的 JSON 不完整 ["),
        (
            "<html><title>Login</title>",
            "响应是 HTML 网页：\"Login\" [",
        ),
        (r#"{"Action": "X"}"#, "响应中没有可用的 RetCode ["),
        ("Moved", "响应不是 JSON：\"Moved\" ["),
    ] {
        cli.gateway.push_fault(Fault::Malformed(body.to_owned()));
        let ran = cli.run(&["call", "DescribeX", "--lang", "zh"]);
        let line = ran.failed(1);
        assert!(
            line.starts_with(&format!("错误：DescribeX：{words}")),
            "{line}"
        );
        assert_eq!(line.matches("HTTP 200").count(), 1, "{line}");
        assert_eq!(english(line), [""; 0], "{line}");
    }
}

#[test]
fn paging_errors_are_in_chinese() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().ignore_offset(true).page_cap(2));
    let ran = cli.run(&["image", "favorites", "-o", "ids", "--lang", "zh"]);
    let line = ran.stderr.lines().last().unwrap();
    let words = "错误：DescribeFavoriteImages：列表无法继续：一页中有数据，但没有任何新的 ID [";
    assert!(
        line.starts_with(words) && line.contains("可用 --offset 2 继续]"),
        "{ran:?}"
    );
    assert_eq!(english(line), [""; 0], "{line}");

    cli.gateway.set_quirks(Quirks::default());
    let group = r#"{"GroupId":"g","Data":[{"CompShareImageId":"compshareImage-a"}]}"#;
    let page = |groups: &str| {
        Fault::Malformed(format!(
            r#"{{"RetCode":0,"CompshareImageGroup":[{groups}]}}"#
        ))
    };
    for (arguments, pages, words) in [
        (
            &["image", "favorites", "--via", "community"][..],
            vec![page(group), page("")],
            "没有任何版本组给出是否已收藏（IsFavorite），",
        ),
        (
            &["image", "unfavorite", "compshareImage-b"],
            vec![page(group)],
            "响应的字段不符合该接口：响应中的镜像不是所查询的镜像",
        ),
    ] {
        cli.gateway.push_faults(pages);
        let ran = cli.run(&[arguments, &["--lang", "zh"]].concat());
        let line = ran.failed(1);
        assert!(line.contains(words), "{line}");
        assert_eq!(english(line), [""; 0], "{line}");
    }
}

#[test]
fn verbose_output_is_in_chinese() {
    let cli = Cli::new();
    cli.gateway.push_faults(Fault::Disconnect.times(9));
    let ran = cli.run(&["call", "DescribeX", "--retries", "0", "-v", "--lang", "zh"]);
    let first = ran.stderr.lines().next().unwrap();
    assert!(
        first.starts_with("DescribeX：第 1 次：响应未完成，连接就中断了，"),
        "{ran:?}"
    );
}

#[test]
fn adds_hints_to_known_ret_codes() {
    let cli = Cli::new();
    for (code, hint) in [
        (161, "the service may not offer it"),
        (299, "--project-id"),
        (8039, "--region and --zone"),
        (8441, "fewer requests"),
        (230, "the parameter named in the message"),
        (520, "top up the account"),
    ] {
        cli.gateway.push_fault(Fault::ret_code(code, "no"));
        let ran = cli.run(&["call", "StopX", "--retries", "0"]);
        assert!(ran.failed(1).contains(hint), "{code}: {ran:?}");
    }
}

#[test]
fn prints_errors_as_json() {
    let cli = Cli::new();
    let error = |ran: &Ran, status: i32| -> Value {
        let document: Value = serde_json::from_str(ran.failed(status)).unwrap();
        assert_eq!(
            (&document["ok"], &document["schema"]),
            (&false.into(), &2.into())
        );
        document["error"].clone()
    };
    cli.gateway
        .push_fault(Fault::ret_code(8039, "Resource not exist [x]"));
    let api = error(&cli.run(&["--json", "call", "DescribeX"]), 1);
    assert_eq!(api["code"], "api_error");
    assert_eq!(api["details"]["action"], "DescribeX");
    assert_eq!(api["details"]["ret_code"], 8039);
    assert_eq!(api["details"]["server_message"], "Resource not exist [x]");
    assert!(
        api["details"]["request_uuid"].is_string() && api["details"]["hint"].is_string(),
        "{api}"
    );

    cli.gateway.push_fault(Fault::Disconnect);
    let transport = error(&cli.run(&["call", "StopX", "-o", "jsonl"]), 3);
    assert_eq!(transport["code"], "transport_error");
    assert_eq!(
        error(&cli.run_bare(&["call", "X", "--output=json"]), 2)["code"],
        "configuration_error"
    );
    assert_eq!(
        error(&cli.run(&["cal", "--json"]), 2)["code"],
        "usage_error"
    );
    assert_eq!(
        error(&cli.run(&["call", "X", "-p", "A", "--json"]), 2)["code"],
        "usage_error"
    );
    assert_eq!(
        error(&cli.run(&["call", "TerminateX", "--json"]), 2)["code"],
        "usage_error"
    );
}

#[test]
fn reports_a_failed_connection() {
    let cli = Cli::new();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("http://127.0.0.1:{port}");
    let ran = cli.run(&["call", "DescribeX", "--retries", "0", "--base-url", &url]);
    assert!(ran.failed(3).contains("connecting failed"), "{ran:?}");
    assert!(
        ran.stderr.contains("refused"),
        "what the system said: {ran:?}"
    );
    let ran = cli.run(&[
        "call",
        "DescribeX",
        "--retries",
        "0",
        "--base-url",
        &url,
        "--lang",
        "zh",
    ]);
    assert!(
        ran.failed(3).starts_with("错误：DescribeX：无法建立连接："),
        "{ran:?}"
    );
}

#[test]
fn refuses_plain_http_and_invalid_urls_before_connecting() {
    let cli = Cli::new();
    for url in [
        "http://api.compshare.cn",
        "ftp://127.0.0.1",
        "https://me:hush@127.0.0.1",
        "nonsense",
    ] {
        let ran = cli.run(&["call", "DescribeX", "--base-url", url]);
        assert!(!ran.failed(2).contains("hush"), "{ran:?}");
    }
}

#[test]
fn reports_unusable_responses() {
    let cli = Cli::new();
    for body in ["", "[]", "{", "<html>", r#"{"Action": "X"}"#] {
        cli.gateway.push_fault(Fault::Malformed(body.to_owned()));
        cli.run(&["call", "DescribeX"]).failed(1);
    }
    cli.gateway.push_fault(Fault::Malformed(
        r#"{"RetCode": 0, "ImageSet": "none"}"#.to_owned(),
    ));
    cli.run(&["image", "favorites"]).failed(1);
}

#[test]
fn untrusted_text_is_escaped_cut_and_redacted() {
    let cli = Cli::new();
    let message = format!("\u{1b}]0;evil\u{7}\n{PRIVATE_KEY} {}", "x".repeat(100_000));
    cli.gateway.push_fault(Fault::ret_code(8039, message));
    let ran = cli.run(&["call", "DescribeX"]);
    assert!(
        ran.failed(1)
            .contains(r"\u{1b}]0;evil\u{7}\u{a}[redacted] xxx"),
        "{ran:?}"
    );
}

#[test]
fn usage_errors_name_the_fault() {
    let cli = Cli::new();
    for (arguments, words) in [
        (
            &["favorits"][..],
            "unknown command 'favorits'; run 'compshare --help' for a list",
        ),
        (&["imag"], "did you mean 'image'?"),
        (
            &["volumes"],
            "unknown command 'volumes'; run 'compshare --help' for a list",
        ),
        (&["image", "favorits"], "did you mean 'favorites'?"),
        (
            &["image", "lst"],
            "unknown command 'lst'; did you mean 'list'?",
        ),
        (
            &["image"],
            "'compshare image' requires a command; possible commands: favorites, list, ",
        ),
        (&["--json"], "'compshare' requires a command"),
        (
            &["call", "X", "--regoin", "x"],
            "unexpected argument '--regoin'; did you mean '--region'?",
        ),
        (
            &["call", "X", "extra"],
            "unexpected argument 'extra'; run 'compshare call --help' for its arguments",
        ),
        (
            &["image", "show"],
            "the following required arguments were not provided: <IMAGE>; run ",
        ),
        (
            &["image", "list", "--limit", "1", "--limit", "2"],
            "the argument '--limit <N>' cannot be used multiple times",
        ),
        (&["doctor", "--json", "-o", "csv"], "cannot be used with"),
        (
            &["config", "set", "--private-key", "hush"],
            "not accepted on the command line",
        ),
        (
            &["config", "--public-key", "x"],
            "not accepted on the command line",
        ),
    ] {
        let ran = cli.run(arguments);
        let line = ran.failed(2);
        assert!(
            line.contains(words) && !line.contains("hush"),
            "{arguments:?}: {line}"
        );
    }
    assert!(
        cli.run(&["--lang", "zh", "imag"])
            .failed(2)
            .contains("错误：未知命令：imag；您是不是要输入 image？")
    );
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn wrong_values_name_their_option() {
    let cli = Cli::new();
    for (arguments, words) in [
        (
            &["image", "list", "--sort", "prise"][..],
            "invalid value 'prise' for '--sort <FIELD>'; possible values: PubTime, Favor, \
             FavoritesCount, CreatedCount, ImageUseTime, Price; did you mean 'Price'?",
        ),
        (
            &["doctor", "-o", "IDS"],
            "invalid value 'ids' for '--output <FORMAT>' of this command; possible values: table, ",
        ),
        (
            &["config", "use", "nobody", "-o", "ids"],
            "invalid value 'ids' for '--output <FORMAT>' of this command; possible values: table, ",
        ),
        (
            &["call", "Describe X"],
            "invalid value 'Describe X' for '<ACTION>': expected letters and digits only",
        ),
        (
            &["sign", "-p", "A=1"],
            "the following required arguments were not provided: --param Action=<ACTION>",
        ),
        (
            &["man", "-o", "csv"],
            "invalid value 'csv' for '--output <FORMAT>' of this command; possible values: table",
        ),
        (
            &["image", "favorites", "--limit", "abc"],
            "invalid value 'abc' for '--limit <N>': expected a whole number from 0 to ",
        ),
        (
            &["image", "favorites", "--limit", "-1"],
            "a whole number from 0",
        ),
        (
            &["image", "favorites", "--limit", "1.5"],
            "a whole number from 0",
        ),
        (
            &["image", "favorites", "--limit", ""],
            "a whole number from 0",
        ),
        (
            &["image", "favorites", "--limit", "99999999999999999999999"],
            "a whole number from 0",
        ),
        (
            &["--timeout", "x", "doctor"],
            "a whole number from 0 to 86400",
        ),
        (
            &["--retries", "21", "doctor"],
            "a whole number from 0 to 20",
        ),
        (
            &["doctor", "--output", "xml"],
            "possible values: table, wide, json, jsonl, csv, ids",
        ),
    ] {
        let ran = cli.run(arguments);
        let line = ran.failed(2);
        assert!(
            line.contains(words) && !line.contains("hush"),
            "{arguments:?}: {line}"
        );
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[cfg(unix)]
#[test]
fn non_utf8_arguments_are_usage_errors() {
    use std::os::unix::ffi::OsStrExt as _;
    let cli = Cli::new();
    let ran = Ran::of(
        cli.command(&["call"])
            .arg(std::ffi::OsStr::from_bytes(b"Describe\xff")),
    );
    assert!(ran.failed(2).contains("UTF-8"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn names_variables_that_are_not_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let cli = Cli::new();
    let run = |name: &str, lang: &str| {
        let no_text = std::ffi::OsStr::from_bytes(b"hush\xff");
        Ran::of(
            cli.command(&["call", "DescribeX", "--lang", lang])
                .env(name, no_text),
        )
        .failed(2)
        .to_owned()
    };
    assert_eq!(
        run("COMPSHARE_SECURITY_TOKEN", "en"),
        "error: COMPSHARE_SECURITY_TOKEN is not valid text"
    );
    assert_eq!(
        run("COMPSHARE_CONFIG_FILE", "zh"),
        "错误：设置有误：COMPSHARE_CONFIG_FILE 不是合法的 UTF-8"
    );
}

#[test]
fn timed_out_command_reports_once() {
    let cli = Cli::new();
    // It accepts connections but never responds.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let ran = cli.run(&[
        "call",
        "DescribeX",
        "--timeout",
        "1",
        "--base-url",
        &url,
        "--lang",
        "zh",
    ]);
    let line =
        "错误：DescribeX：未能在时限内收到完整的响应：时限为 1 秒；请重试，或用 --timeout 放宽时限";
    assert_eq!(ran.failed(3), line);
}
