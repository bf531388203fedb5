//! Generated communities of any size.

use serde_json::{Value, json};

use crate::split_mix::SplitMix64;

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
const BASE_TIME: u64 = 1_704_067_200;

pub(super) fn community(groups: usize, seed: u64) -> Vec<Value> {
    let mut random = SplitMix64::new(seed);
    (0..groups).map(|index| group(&mut random, index)).collect()
}

fn group(random: &mut SplitMix64, index: usize) -> Value {
    let id = format!("{}{index:06}", random.word(6));
    let name = format!("{} {index}", random.pick(&NAMES).unwrap_or_default());
    let author = format!("社区作者 {}", random.below(60));
    let versions: Vec<Value> = (0..=random.below(3))
        .map(|number| version(random, index, number, &id, &name, &author))
        .collect();

    let online = versions.iter().any(|row| {
        row.get("Status")
            .is_some_and(|status| status == "Available")
    });
    let mut group = json!({
        "GroupId": id,
        "ImageName": name,
        "ImageDesc": format!("{name}，开机即用。"),
        "CreatedCount": random.below(9000),
        "FavoritesCount": random.below(2500),
        "RecommendCount": random.below(50),
        "ImageUseTime": random.below(200_000),
        "IsFavorite": index % 40 == 7,
        "Status": if online { "Available" } else { "UnAvailable" },
        "Data": versions,
    });

    if let Value::Object(members) = &mut group {
        // 97 and 53 are coprime to 40, so that some unusual groups are favorites.
        if index % 97 == 5 {
            members.remove("Data");
        }
        if index % 53 == 11 {
            members.insert("ImageDesc".to_owned(), Value::Null);
        }
    }
    group
}

fn version(
    random: &mut SplitMix64,
    index: usize,
    number: u64,
    group: &str,
    name: &str,
    author: &str,
) -> Value {
    // Unique within the community: a group has at most three versions.
    let serial = index * 3 + usize::try_from(number).unwrap_or_default();
    let created = BASE_TIME + random.below(60_000_000);
    let tags: Vec<&str> = (0..random.below(4))
        .filter_map(|_| random.pick(&TAGS))
        .collect();
    let gpus: Vec<&str> = (0..random.below(4))
        .filter_map(|_| random.pick(&GPUS))
        .collect();
    let mut row = json!({
        "CompShareImageId": format!("compshareImage-{}{serial:05}", random.word(7)),
        "GroupId": group,
        "Name": name,
        "VersionName": format!("v1.{number}"),
        "Author": author,
        "AuthInfo": random.below(3),
        "Status": match random.below(8) {
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
        "Price": if random.below(5) == 0 { json!(0.5) } else { json!(0) },
        "Size": 512 * (20 + random.below(200)),
        "CreateTime": created,
        "PubTime": created + random.below(900_000),
        "AutoStart": random.below(2) == 0,
        "SupportedGpuTypes": gpus,
        "Readme": "开始使用 / getting started\n".repeat(readme_lines(random)),
    });

    if let Value::Object(members) = &mut row {
        if index % 31 == 3 {
            members.insert("CreateTime".to_owned(), created.to_string().into());
            members.insert("Container".to_owned(), true.into());
        }
        if index % 29 == 4 {
            members.remove("GroupId");
            members.insert("Tags".to_owned(), Value::Null);
        }
        if index % 23 == 9 {
            members.remove("Price");
            members.insert("PubTime".to_owned(), Value::Null);
        }
    }
    row
}

fn readme_lines(random: &mut SplitMix64) -> usize {
    usize::try_from(random.below(40)).unwrap_or_default()
}
