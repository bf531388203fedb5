//! Requests with 6 and 60 parameters, typed and untyped, and their conversion to signed bodies.

pub(crate) use compshare_benches::{PRIVATE_KEY, PUBLIC_KEY};
use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::transport::{HttpRequest, Now};
use compshare_client::{CallOptions, Config};
use compshare_model::{Action, DescribeCommunityImages, Effect, Untyped, flatten};
use compshare_sign::{Credentials, Params};
use serde::Serialize;
use serde_json::Value;

const REGION: &str = "cn-wlcb";
const PROJECT: &str = "org-cwy2qk";

/// Returns an action with 6 parameters, of which `Action`, `Region` and `ProjectId` are common.
pub(crate) fn six() -> DescribeCommunityImages {
    DescribeCommunityImages::new()
        .name("ComfyUI")
        .offset(0)
        .limit(100)
}

/// Returns the untyped equivalent of [`six`].
pub(crate) fn untyped_six() -> Untyped {
    Untyped::read("DescribeCommunityImages")
        .param("Name", "ComfyUI")
        .param("Offset", 0)
        .param("Limit", 100)
}

/// A made-up action with 60 parameters: the three common ones, and 57 from every kind of value.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Sixty {
    name: String,
    zone: Option<&'static str>,
    remark: Option<&'static str>,
    gpu: u32,
    price: f64,
    auto_start: bool,
    image_ids: Vec<String>,
    disks: Vec<Disk>,
    network: Network,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Disk {
    is_boot: bool,
    size: u32,
    r#type: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Network {
    interfaces: Vec<Interface>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Interface {
    bandwidth: u32,
    pay_mode: &'static str,
}

impl Action for Sixty {
    const NAME: &'static str = "CreateCompShareInstance";
    const EFFECT: Effect = Effect::Write;
    type Response = Value;
}

pub(crate) fn sixty() -> Sixty {
    Sixty {
        name: "trainer".to_owned(),
        zone: Some("cn-wlcb-01"),
        remark: None,
        gpu: 2,
        price: 1.58,
        auto_start: true,
        image_ids: (0..24_u32)
            .map(|index| format!("compshareImage-{:08x}", index * 0x0012_3457))
            .collect(),
        disks: (0..6)
            .map(|index| Disk {
                is_boot: index == 0,
                size: 100 + index,
                r#type: "CLOUD_SSD",
            })
            .collect(),
        network: Network {
            interfaces: (1..=5)
                .map(|index| Interface {
                    bandwidth: 100 * index,
                    pay_mode: "Traffic",
                })
                .collect(),
        },
    }
}

/// Returns the untyped equivalent of [`sixty`].
pub(crate) fn untyped_sixty() -> Untyped {
    let Ok(Value::Object(params)) = serde_json::to_value(sixty()) else {
        unreachable!("a struct is an object")
    };
    Untyped::write(Sixty::NAME).params(params)
}

pub(crate) fn engine() -> Engine {
    let config = Config::builder()
        .keys(PUBLIC_KEY, PRIVATE_KEY)
        .region(REGION)
        .project_id(PROJECT);
    Engine::new(config.build().expect("valid settings"))
}

/// Builds the signed HTTP request by the engine.
pub(crate) fn request<A: Action>(
    engine: &Engine,
    action: &A,
    options: &CallOptions,
    now: Now,
) -> HttpRequest {
    let mut exchange = engine.exchange(action, options).expect("a valid action");
    let Step::Send(request, _) = exchange.step(now) else {
        unreachable!("nothing to send")
    };
    request
}

/// Builds the parameters without the engine.
pub(crate) fn params<A: Action>(action: &A) -> Params {
    let mut params = Params::new();
    let mut insert =
        |key: &str, value: &str| params.insert(key, value).map_err(|_| std::fmt::Error);

    for (key, value) in [
        ("Action", action.name()),
        ("Region", REGION),
        ("ProjectId", PROJECT),
    ] {
        insert(key, value).expect("a new key");
    }
    flatten(action, &mut insert).expect("a valid action");
    params
}

/// Builds the signed body without the engine.
pub(crate) fn body<A: Action>(credentials: &Credentials, action: &A) -> String {
    credentials.sign(params(action)).to_form()
}
