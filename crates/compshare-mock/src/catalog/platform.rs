//! Platform images, in the numbers that the service is reported to have: 9 System, 49 App, 10 Other, and a few Game.

use serde_json::{Value, json};

use crate::mix::Mix;

const SYSTEM: &[&str] = &[
    "Ubuntu 20.04",
    "Ubuntu 22.04",
    "Ubuntu 24.04",
    "Debian 12",
    "CentOS 7.9",
    "Rocky Linux 9.5",
    "openEuler 24.03",
    "Windows Server 2019",
    "Windows Server 2022",
];
/// Framework, its versions, and the tags of all of them.
const APPS: &[(&str, &[&str], &[&str])] = &[
    (
        "PyTorch",
        &[
            "1.13", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8",
        ],
        &["PyTorch", "深度学习"],
    ),
    (
        "TensorFlow",
        &["2.9", "2.12", "2.15", "2.16", "2.17", "2.18"],
        &["TensorFlow", "深度学习"],
    ),
    (
        "PaddlePaddle",
        &["2.5", "2.6", "3.0"],
        &["Paddle", "深度学习"],
    ),
    ("JAX", &["0.4", "0.5"], &["深度学习"]),
    ("MindSpore", &["2.3", "2.5"], &["深度学习"]),
    ("Miniconda", &["23.11", "24.7"], &["开发工具"]),
    (
        "CUDA",
        &["11.3", "11.8", "12.1", "12.4", "12.6", "12.8"],
        &["CUDA", "开发工具"],
    ),
    ("vLLM", &["0.6", "0.7", "0.8"], &["大模型", "推理"]),
    ("SGLang", &["0.3", "0.4"], &["大模型", "推理"]),
    ("Ollama", &["0.5", "0.6"], &["大模型", "对话"]),
    ("ComfyUI", &["0.2", "0.3"], &["AIGC", "ComfyUI"]),
    ("Stable Diffusion WebUI", &["1.9", "1.10"], &["AIGC，绘画"]),
    ("LLaMA-Factory", &["0.8", "0.9"], &["大模型", "微调"]),
    ("Isaac Sim", &["4.2", "4.5"], &["仿真", "机器人"]),
    ("Blender", &["4.1", "4.2"], &["渲染", "3D"]),
    ("TensorRT", &["10.9"], &["推理"]),
];
const OTHER: &[&str] = &[
    "ROS 2 Humble",
    "ROS 2 Jazzy",
    "RAPIDS 25.04",
    "OpenFOAM v2412",
    "GROMACS 2025",
    "AlphaFold 3 runtime",
    "code-server 4",
    "RStudio Server",
    "MATLAB Runtime R2024b",
    "Unreal Engine 5 像素流",
];
const GAME: &[&str] = &[
    "云游戏 Windows 10",
    "Steam 游戏环境",
    "Sunshine 串流",
    "Unity 编辑器",
];

pub(super) fn images() -> Vec<Value> {
    let mut mix = Mix::new(68);
    let apps = APPS.iter().flat_map(|&(framework, versions, tags)| {
        versions.iter().map(move |version| {
            (
                format!("{framework} {version}"),
                "App",
                Some((framework, *version, tags)),
            )
        })
    });
    let plain = |kind: &'static str, names: &'static [&str]| {
        names
            .iter()
            .map(move |name| ((*name).to_owned(), kind, None))
    };
    plain("System", SYSTEM)
        .chain(apps)
        .chain(plain("Game", GAME))
        .chain(plain("Other", OTHER))
        .map(|(name, kind, app)| image(&mut mix, &name, kind, app))
        .collect()
}

fn image(mix: &mut Mix, name: &str, kind: &str, app: Option<(&str, &str, &[&str])>) -> Value {
    let created = 1_700_000_000 + mix.below(60_000_000);
    let mut row = json!({
        "CompShareImageId": mix.image_id(),
        "Name": name,
        "Author": "UCloud",
        "AuthInfo": 1,
        "Status": "Available",
        "ImageType": kind,
        "ImageOwnerAlias": "Official",
        "Container": if kind == "Game" || name.contains("Windows") { "False" } else { "True" },
        "Visibility": 1,
        "Description": format!("{name} 官方镜像"),
        // Empty even when asked for by id, as reported.
        "Readme": "",
        "Price": 0,
        "Size": 512 * (10 + mix.below(90)),
        "CreateTime": created,
        "PubTime": created + mix.below(900_000),
        "AutoStart": false,
        "Softwares": null,
    });
    if let (Value::Object(members), true) = (&mut row, kind != "System") {
        let tags = app.map_or(&[][..], |(_, _, tags)| tags);
        members.insert("Tags".to_owned(), tags.into());
        if let Some((framework, version, _)) = app {
            let softwares =
                json!({"Framework": framework, "FrameworkVersion": version, "CUDAVersion": "12.4"});
            members.insert("Softwares".to_owned(), softwares);
        }
    }
    row
}
