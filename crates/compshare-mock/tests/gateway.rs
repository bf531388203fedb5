//! The gateway over HTTP.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests wait for another thread or process"
)]

mod common;

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use common::{call, send, send_raw};
use compshare_mock::{Catalog, Fault, MockGateway, Quirks, Response, StartError, Total};
use compshare_sign::{Credentials, Params, json};
use serde_json::{Value, json};

const LIST: (&str, &str) = ("Action", "DescribeFavoriteImages");

fn credentials(gateway: &MockGateway) -> Credentials {
    Credentials::new(gateway.public_key(), gateway.private_key()).unwrap()
}

fn ids(page: &Value) -> Vec<String> {
    page["ImageSet"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["CompShareImageId"].as_str().unwrap().into())
        .collect()
}

#[test]
fn pages_of_favorites_are_complete() {
    let gateway = MockGateway::start().unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    let mut rows = Vec::new();
    loop {
        let offset = rows.len().to_string();
        let page = call(
            &url,
            &credentials,
            &[LIST, ("Offset", &offset), ("Limit", "7")],
        );
        let page = page["ImageSet"].as_array().unwrap().clone();
        if page.is_empty() {
            break;
        }
        rows.extend(page);
    }
    assert_eq!(rows, compshare_mock::favorites(), "no row is lost");
    assert_eq!(gateway.requests(), 9);
    assert_eq!(gateway.actions(), ["DescribeFavoriteImages"; 9]);
}

#[test]
fn catalog_is_served_and_image_is_created() {
    let builder = MockGateway::builder()
        .catalog(Catalog::generated(120, 3))
        .progress_step(50);
    let gateway = builder.start().unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    let page = call(
        &url,
        &credentials,
        &[("Action", "DescribeCommunityImages"), ("Limit", "100")],
    );
    assert_eq!(
        page["CompshareImageGroup"].as_array().unwrap()[..],
        gateway.state().community()[..100]
    );
    assert_eq!(
        (gateway.state().favorite_groups().len(), &page["TotalCount"]),
        (3, &json!(120))
    );
    assert_eq!(gateway.state().organization_id("社区作者 nobody"), None);

    let create = [
        ("Action", "CreateCompShareCustomImage"),
        ("Zone", "z"),
        ("UHostId", "u"),
        ("Name", "n"),
    ];
    let id = call(&url, &credentials, &create)["CompShareImageId"]
        .as_str()
        .unwrap()
        .to_owned();
    let progress = [
        ("Action", "GetCompShareImageCreateProgress"),
        ("Zone", "z"),
        ("CompShareImageId", &*id),
    ];
    assert_eq!(call(&url, &credentials, &progress)["Process"], 50.0);
    gateway.state().set_progress_step(10);
    assert_eq!(call(&url, &credentials, &progress)["Process"], 60.0);
    assert_eq!(gateway.state().custom_images()[0]["Status"], "Making");
}

#[test]
fn writes_are_visible_in_state_and_later_requests() {
    let images = vec![json!({"CompShareImageId": "a"}), json!({"ImageId": "b"})];
    let gateway = MockGateway::builder()
        .images(images)
        .keys("my_public_key", "my_private_key")
        .start()
        .unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    for (action, id, code, left) in [
        ("RemoveFavoriteImage", "a", 0, json!([{"ImageId": "b"}])),
        ("RemoveFavoriteImage", "b", 0, json!([])),
        ("AddFavoriteImage", "b", 0, json!([{"ImageId": "b"}])),
        ("AddFavoriteImage", "c", 8039, json!([{"ImageId": "b"}])),
    ] {
        let response = call(
            &url,
            &credentials,
            &[("Action", action), ("CompShareImageId", id)],
        );
        assert_eq!(response["RetCode"], code);
        assert_eq!(call(&url, &credentials, &[LIST])["ImageSet"], left);
        assert_eq!(Value::from(gateway.state().favorites()), left);
    }
}

#[test]
fn wrong_keys_return_http_200_and_a_request_id() {
    let gateway = MockGateway::start().unwrap();
    let wrong_key = Credentials::new(gateway.public_key(), "wrong").unwrap();
    let unknown = Credentials::new("unknown", gateway.private_key()).unwrap();
    let mut seen = Vec::new();
    for (credentials, code) in [(wrong_key, 171), (unknown, 172)] {
        let (head, body) = send(&gateway.base_url(), &credentials, &[LIST]).unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert_eq!(
            serde_json::from_slice::<Value>(&body).unwrap()["RetCode"],
            code
        );
        let id = head
            .lines()
            .find_map(|line| line.strip_prefix("x-ucloud-request-uuid: "))
            .unwrap();
        seen.push(id.to_owned());
    }
    assert_ne!(seen[0], seen[1]);
}

#[test]
fn json_bodies_query_strings_and_any_path_are_accepted() {
    let gateway = MockGateway::builder()
        .security_token("token")
        .start()
        .unwrap();
    let credentials = credentials(&gateway).with_security_token("token").unwrap();
    let response = |head: &str, body: &str| {
        let (_, body) = send_raw(&gateway.base_url(), head, body).unwrap();
        serde_json::from_slice::<Value>(&body).unwrap()
    };
    let Value::Object(params) = json!({"Action": "DescribeFavoriteImages", "Limit": 2}) else {
        unreachable!()
    };
    let signed = json::sign(&credentials, &params).unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}",
        signed.body().len()
    );
    assert_eq!(ids(&response(&head, signed.body())).len(), 2);

    let query = credentials
        .sign(Params::from_pairs([LIST, ("Limit", "3"), ("Name", "a b+c&图")]).unwrap())
        .to_form();
    assert_eq!(
        ids(&response(&format!("GET /any/path?{query} HTTP/1.1"), "")).len(),
        3
    );
    // The Go SDK's URL also has the action. The query string of a POST is ignored.
    assert_eq!(
        response(
            "POST /?Action=DescribeFavoriteImages HTTP/1.1\r\nContent-Length: 0",
            ""
        )["RetCode"],
        170
    );
    let (head, _) = send_raw(&gateway.base_url(), "DELETE / HTTP/1.1", "").unwrap();
    assert!(
        head.starts_with("HTTP/1.1 405 ") && head.contains("allow: GET, POST"),
        "{head}"
    );
}

#[test]
fn faults_are_sent_in_order() {
    let gateway = MockGateway::start().unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    let list = || send(&url, &credentials, &[LIST]);
    gateway.push_fault(Fault::Status {
        status: 429,
        headers: vec![
            ("Retry-After".into(), "7".into()),
            ("not a name".into(), "x".into()),
        ],
        body: "busy".into(),
    });
    gateway.push_fault(Fault::Delay(Duration::from_millis(300)));
    gateway.push_faults(Fault::Disconnect.times(2));
    gateway.push_faults([
        Fault::DisconnectAfter,
        Fault::Oversize(3_000_000),
        Fault::Malformed("{\"RetCode\": 0,".into()),
        Fault::Raw(Response::new(302, "").with_header("Location", "/elsewhere")),
        Fault::status(7),
        Fault::ret_code(8433, "服务异常"),
    ]);

    let (head, body) = list().unwrap();
    assert!(
        head.starts_with("HTTP/1.1 429 ") && head.contains("\r\nretry-after: 7\r\n"),
        "{head}"
    );
    assert_eq!(body, b"busy");
    let start = Instant::now();
    assert!(list().unwrap().0.starts_with("HTTP/1.1 200 "));
    assert!(start.elapsed() >= Duration::from_millis(300));
    for _ in 0..3 {
        let error = list().unwrap_err();
        assert!(
            matches!(
                error.kind(),
                ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset
            ),
            "{error}"
        );
    }
    let (_, body) = list().unwrap();
    assert_eq!(body.len(), 3_000_000);
    assert_eq!(ids(&serde_json::from_slice(&body).unwrap()).len(), 20);
    assert_eq!(list().unwrap().1, b"{\"RetCode\": 0,");
    let (head, _) = list().unwrap();
    assert!(
        head.starts_with("HTTP/1.1 302 ") && !head.contains("x-ucloud-request-uuid"),
        "{head}"
    );
    assert!(list().unwrap().0.starts_with("HTTP/1.1 500 "));
    assert_eq!(call(&url, &credentials, &[LIST])["Message"], "服务异常");
    assert_eq!(
        call(&url, &credentials, &[LIST])["RetCode"],
        0,
        "the script is empty"
    );
    assert_eq!(gateway.requests(), 11);
}

#[test]
fn delayed_response_does_not_block_others() {
    let gateway = MockGateway::start().unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    gateway.push_fault(Fault::Delay(Duration::from_secs(20)));
    let first = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    std::io::Write::write_all(
        &mut &first,
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
    )
    .unwrap();
    let start = Instant::now();
    while gateway.requests() == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(call(&url, &credentials, &[LIST])["RetCode"], 0);
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn quirks_can_change_while_running() {
    let gateway = MockGateway::builder()
        .quirks(Quirks::default().page_cap(3))
        .start()
        .unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    assert_eq!(ids(&call(&url, &credentials, &[LIST])).len(), 3);
    gateway.set_quirks(Quirks::default().total(Total::Fixed(7)));
    let page = call(&url, &credentials, &[LIST]);
    assert_eq!((ids(&page).len(), &page["TotalCount"]), (20, &json!(7)));
}

/// Also over concurrent connections, and with disconnects.
#[test]
fn many_requests_get_responses() {
    let gateway = MockGateway::builder().images(Vec::new()).start().unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..400 {
                    assert_eq!(call(&url, &credentials, &[LIST])["RetCode"], 0);
                }
            });
        }
    });
    assert_eq!(gateway.requests(), 1600);
    gateway.push_faults(Fault::Disconnect.times(600));
    for _ in 0..600 {
        assert!(send(&url, &credentials, &[LIST]).is_err());
    }
    assert_eq!(call(&url, &credentials, &[LIST])["RetCode"], 0);
}

#[test]
fn generated_keys_differ_between_gateways() {
    let (one, other) = (MockGateway::start().unwrap(), MockGateway::start().unwrap());
    assert_ne!(one.public_key(), other.public_key());
    assert_ne!(one.private_key(), other.private_key());
    assert_ne!(one.base_url(), other.base_url());
    assert!(!format!("{one:?}").contains(one.private_key()));
}

#[test]
fn starts_inside_a_runtime_and_stops_on_drop() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let url = runtime.block_on(async {
        let gateway = MockGateway::start().unwrap();
        assert_eq!(
            call(&gateway.base_url(), &credentials(&gateway), &[LIST])["RetCode"],
            0
        );
        gateway.base_url()
    });
    let start = Instant::now();
    while TcpStream::connect(url.strip_prefix("http://").unwrap()).is_ok() {
        assert!(start.elapsed() < Duration::from_secs(10), "still listening");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn images_file_sets_the_catalog() {
    let folder = std::env::temp_dir().join(format!("compshare-mock-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let start = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        MockGateway::builder().images_file(path).start()
    };
    for text in [
        r#"[{"Name": "图"}]"#,
        r#"{"RetCode": 0, "ImageSet": [{"Name": "图"}]}"#,
    ] {
        assert_eq!(
            start("good", text).unwrap().state().favorites(),
            [json!({"Name": "图"})]
        );
    }
    let all = json!({
        "CompshareImageGroup": [{"GroupId": "g", "IsFavorite": true, "Data": [{"CompShareImageId": "a"}]}],
        "PlatformImages": [{"CompShareImageId": "p"}],
        "CustomImages": [{"CompShareImageId": "c", "AccountSet": [{"AccountId": 5000, "AccountName": "x"}]}],
        "SharedImages": [{"CompShareImageId": "s"}],
        "SelfCommunity": [{"GroupId": "own", "Data": [{"CompShareImageId": "o"}]}],
    });
    let gateway = start("good", &all.to_string()).unwrap();
    assert_eq!(
        (
            gateway.state().favorite_groups(),
            gateway.state().favorites()
        ),
        (vec!["g".to_owned()], vec![json!({"CompShareImageId": "a"})])
    );
    assert_eq!(
        Value::from(gateway.state().community()),
        all["CompshareImageGroup"]
    );
    assert_eq!(
        Value::from(gateway.state().platform_images()),
        all["PlatformImages"]
    );
    assert_eq!(
        gateway.state().custom_images(),
        [json!({"CompShareImageId": "c"})]
    );
    assert_eq!(
        Value::from(gateway.state().share_accounts("c")),
        all["CustomImages"][0]["AccountSet"]
    );
    assert_eq!(
        Value::from(gateway.state().shared_images()),
        all["SharedImages"]
    );
    assert_eq!(
        gateway.state().self_community()[0]["Data"],
        all["SelfCommunity"][0]["Data"]
    );
    assert!(matches!(
        start("bad", "[").unwrap_err(),
        StartError::Json { .. }
    ));
    for text in [
        "{}",
        "7",
        "[1]",
        r#"{"ImageSet": null}"#,
        r#"{"ImageSet": [], "CustomImages": {}}"#,
    ] {
        let error = start("bad", text).unwrap_err();
        assert!(
            matches!(error, StartError::Shape { .. }) && error.to_string().contains("ImageSet"),
            "{text}"
        );
    }
    let missing = MockGateway::builder()
        .images_file(folder.join("missing"))
        .start()
        .unwrap_err();
    assert!(matches!(missing, StartError::Read { .. }));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn start_errors_have_a_source() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let error = MockGateway::builder()
        .listen(taken.local_addr().unwrap())
        .start()
        .unwrap_err();
    assert!(
        matches!(error, StartError::Listen { .. }) && std::error::Error::source(&error).is_some()
    );
    let error = MockGateway::builder()
        .keys("pub", "key\n")
        .start()
        .unwrap_err();
    assert!(matches!(error, StartError::Credentials(_)));
}

/// Parameters that create an instance.
const CREATE: [(&str, &str); 13] = [
    ("Action", "CreateCompShareInstance"),
    ("Region", "cn-wlcb"),
    ("Zone", "cn-wlcb-01"),
    ("GpuType", "4090"),
    ("GPU", "1"),
    ("CPU", "16"),
    ("Memory", "65536"),
    ("CompShareImageId", "compshareImage-k6i5s67pl8l8"),
    ("Disks.0.IsBoot", "true"),
    ("Disks.0.Type", "CLOUD_SSD"),
    ("Disks.0.Size", "100"),
    ("ChargeType", "Postpay"),
    ("Remark", "token-1"),
];

#[test]
fn instance_is_created_used_and_deleted() {
    let gateway = MockGateway::start().unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    let created = call(&url, &credentials, &CREATE);
    let id = created["UHostIds"][0].as_str().unwrap();
    let act = |action: &str| {
        let location = [CREATE[1], CREATE[2], ("UHostId", id)];
        call(
            &url,
            &credentials,
            &[&[("Action", action)], &location[..]].concat(),
        )
    };
    let wait = |expected: &str| {
        let params = [("Action", "DescribeCompShareInstance"), ("UHostIds.0", id)];
        (0..4).any(|_| call(&url, &credentials, &params)["UHostSet"][0]["State"] == expected)
    };

    assert!(wait("Running"));
    assert_eq!(act("StopCompShareInstance")["RetCode"], 0);
    assert_eq!(act("StartCompShareInstance")["RetCode"], 226_609);
    assert!(wait("Stopped"));
    assert_eq!(act("TerminateCompShareInstance")["RetCode"], 0);
    assert!(!wait("Stopped"));
}

#[test]
fn responses_are_lost_after_an_instance_is_created() {
    let gateway = MockGateway::start().unwrap();
    let (url, credentials) = (gateway.base_url(), credentials(&gateway));
    let complete = serde_json::to_vec(&call(&url, &credentials, &CREATE))
        .unwrap()
        .len();
    assert_eq!(gateway.state().instances().len(), 4);

    // The faults wait for their action.
    let action = CREATE[0].1;
    gateway.push_fault_for(action, Fault::status(504).after_action());
    gateway.push_fault_for(action, Fault::ret_code(110, "timeout").after_action());
    gateway.push_fault_for(action, Fault::Disconnect.after_action());
    gateway.push_fault_for(action, Fault::Disconnect);
    assert_eq!(call(&url, &credentials, &[LIST])["RetCode"], 0);
    let (head, _) = send(&url, &credentials, &CREATE).unwrap();
    assert!(head.starts_with("HTTP/1.1 504 "), "{head}");
    assert_eq!(call(&url, &credentials, &CREATE)["RetCode"], 110);
    assert!(send(&url, &credentials, &CREATE).is_err());
    assert_eq!(
        gateway.state().instances().len(),
        7,
        "all three were created"
    );
    assert!(send(&url, &credentials, &CREATE).is_err());
    assert_eq!(gateway.state().instances().len(), 7);

    for bytes in [0, 1, complete / 2, complete - 1] {
        gateway.push_fault_for(action, Fault::Truncate(bytes));
        let (head, body) = send(&url, &credentials, &CREATE).unwrap();
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
        assert!(head.to_lowercase().contains("content-length: "), "{head}");
        assert_eq!(body.len(), bytes);
    }
    assert_eq!(gateway.state().instances().len(), 11);
}
