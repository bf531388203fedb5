//! Responses with a page of images, for the benches of decoding.

use compshare_benches::pages::PageStyle;
use compshare_client::CallOptions;
use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::transport::{HttpResponse, Now};
use compshare_model::{DescribeCommunityImages, ImageList};

/// Returns the styles of the pages with their names in reports.
pub(crate) fn styles() -> [(&'static str, PageStyle); 4] {
    [
        (
            "100 with readmes",
            PageStyle {
                readmes: true,
                ..PageStyle::flat(100)
            },
        ),
        ("100", PageStyle::flat(100)),
        ("20", PageStyle::flat(20)),
        (
            "100 and 5 unknown",
            PageStyle {
                unknown_fields: 5,
                ..PageStyle::flat(100)
            },
        ),
    ]
}

/// Returns the action whose response is a page.
pub(crate) fn action() -> DescribeCommunityImages {
    DescribeCommunityImages::new().region("cn-wlcb").limit(100)
}

/// Classifies and decodes a response by the engine.
pub(crate) fn decode_by_engine(
    engine: &Engine,
    action: &DescribeCommunityImages,
    body: HttpResponse,
) -> ImageList {
    let now = Now::real();
    let mut exchange = engine
        .exchange(action, &CallOptions::default())
        .expect("a valid action");
    let Step::Send(..) = exchange.step(now) else {
        unreachable!("nothing to send")
    };

    exchange.complete(now, Ok(body));
    let Step::Done(Ok(reply)) = exchange.step(now) else {
        unreachable!("no reply")
    };
    reply.value
}
