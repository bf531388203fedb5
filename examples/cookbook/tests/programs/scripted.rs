//! A test of exact responses and delays, without sockets and waiting.

use std::time::Duration;

use compshare_client::model::DescribeCompShareSupportZone;
use compshare_client::sync::Client;
use compshare_client::testing::ScriptedTransport;
use compshare_client::transport::{HttpResponse, TransportErrorKind};
use compshare_client::{Config, ErrorKind};

#[test]
fn throttled_reads_wait_as_long_as_the_service_says() {
    let mut throttled = HttpResponse::new("slow down".into());
    *throttled.status_mut() = 503.try_into().unwrap();
    throttled.headers_mut().insert("retry-after", 7.into());
    let transport = ScriptedTransport::new()
        .respond_with(throttled)
        .fail(TransportErrorKind::Interrupted)
        .respond(
            200,
            r#"{"RetCode": 0, "ZoneInfo": [{"Zone": "cn-wlcb-01"}]}"#,
        );

    let config = Config::builder().keys("any", "any").build().unwrap();
    let client = Client::with_transport(config, transport.clone());
    let response = client.send(&DescribeCompShareSupportZone::new()).unwrap();
    assert_eq!(response.zones.len(), 1);
    assert_eq!(transport.requests().len(), 3);
    assert!(transport.waits()[0] >= Duration::from_secs(7));
}

#[test]
fn slow_service_is_a_timeout() {
    let slow = Duration::from_secs(31);
    let mut transport = ScriptedTransport::new();
    for _ in 0..3 {
        transport = transport.respond(200, r#"{"RetCode": 0}"#).after(slow);
    }

    let config = Config::builder().keys("any", "any").build().unwrap();
    let client = Client::with_transport(config, transport.clone());
    let error = client
        .send(&DescribeCompShareSupportZone::new())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert!(transport.elapsed() > Duration::from_secs(60));
}
