//! A community of any size.

use serde_json::{Value, json};

use crate::mix::Mix;

const NAMES: [&str; 12] = [
    "ComfyUI 工作流",
    "Qwen3 推理",
    "Stable Diffusion WebUI",
    "LLaMA 微调",
    "Whisper 转写",
    "YOLO 训练",
    "3D 重建",
    "数字人",
    "JupyterLab",
    "vLLM server",
    "𠮷字体识别 🍚",
    "Zürich · naïve",
];
const TAGS: [&str; 10] = [
    "AIGC",
    "大模型",
    "LLM",
    "推理",
    "Qwen-Image",
    "Qwen-image",
    "视频，AIGC",
    "语音",
    "教程",
    "3D",
];
const GPUS: [&str; 6] = ["4090", "4090_48G", "5090", "3090", "A800", "H20"];
/// 2024-01-01T00:00:00Z.
const SINCE: u64 = 1_704_067_200;

pub(super) fn community(groups: usize, seed: u64) -> Vec<Value> {
    let mut mix = Mix::new(seed);
    (0..groups).map(|at| group(&mut mix, at)).collect()
}

fn group(mix: &mut Mix, at: usize) -> Value {
    let id = format!("{}{at:06}", mix.word(6));
    let name = format!("{} {at}", mix.pick(&NAMES).unwrap_or_default());
    let author = format!("社区作者 {}", mix.below(60));
    let versions: Vec<Value> = (0..=mix.below(3))
        .map(|number| version(mix, at, number, &id, &name, &author))
        .collect();
    let online = versions.iter().any(|row| {
        row.get("Status")
            .is_some_and(|status| status == "Available")
    });
    let mut group = json!({
        "GroupId": id,
        "ImageName": name,
        "ImageDesc": format!("{name}，开机即用。"),
        "CreatedCount": mix.below(9000),
        "FavoritesCount": mix.below(2500),
        "RecommendCount": mix.below(50),
        "ImageUseTime": mix.below(200_000),
        "IsFavorite": at % 40 == 7,
        "Status": if online { "Available" } else { "UnAvailable" },
        "Data": versions,
    });
    if let Value::Object(members) = &mut group {
        // Numbers that share no factor with 40, so that odd groups and favourites meet now and then.
        if at % 97 == 5 {
            members.remove("Data");
        }
        if at % 53 == 11 {
            members.insert("ImageDesc".to_owned(), Value::Null);
        }
    }
    group
}

fn version(mix: &mut Mix, at: usize, number: u64, group: &str, name: &str, author: &str) -> Value {
    let created = SINCE + mix.below(60_000_000);
    let tags: Vec<&str> = (0..mix.below(4)).filter_map(|_| mix.pick(&TAGS)).collect();
    let gpus: Vec<&str> = (0..mix.below(4)).filter_map(|_| mix.pick(&GPUS)).collect();
    let mut row = json!({
        // The serial number makes it one of a kind.
        "CompShareImageId": format!("compshareImage-{}{:05}", mix.word(7), at * 3 + usize::try_from(number).unwrap_or_default()),
        "GroupId": group,
        "Name": name,
        "VersionName": format!("v1.{number}"),
        "Author": author,
        "AuthInfo": mix.below(3),
        "Status": match mix.below(8) {
            6 => "Offline",
            7 => "Reviewing",
            _ => "Available",
        },
        "ImageType": "Community",
        "ImageOwnerAlias": "Community",
        "Container": "True",
        "Visibility": 1,
        "Description": format!("{name}，开机即用。"),
        "Tags": tags,
        "Price": if mix.below(5) == 0 { json!(0.5) } else { json!(0) },
        "Size": 512 * (20 + mix.below(200)),
        "CreateTime": created,
        "PubTime": created + mix.below(900_000),
        "AutoStart": mix.below(2) == 0,
        "SupportedGpuTypes": gpus,
        "Readme": "开始使用 / getting started\n".repeat(usize::try_from(mix.below(40)).unwrap_or_default()),
    });
    if let Value::Object(members) = &mut row {
        if at % 31 == 3 {
            members.insert("CreateTime".to_owned(), created.to_string().into());
            members.insert("Container".to_owned(), true.into());
        }
        if at % 29 == 4 {
            members.remove("GroupId");
            members.insert("Tags".to_owned(), Value::Null);
        }
        if at % 23 == 9 {
            members.remove("Price");
            members.insert("PubTime".to_owned(), Value::Null);
        }
    }
    row
}
