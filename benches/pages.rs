//! Generated pages of images in the service's format, deterministic for a seed.

use serde_json::{Map, Value, json};

/// The size and content of a page.
#[derive(Debug, Clone, Copy)]
pub struct PageStyle {
    /// The number of images.
    pub images: usize,
    /// `true` to add a readme of about two kilobytes to each image.
    pub readmes: bool,
    /// The number of undocumented fields in each image.
    pub unknown_fields: usize,
}

impl PageStyle {
    /// Creates the style of a flat list of images without readmes.
    pub fn flat(images: usize) -> Self {
        Self {
            images,
            readmes: false,
            unknown_fields: 0,
        }
    }
}

/// Words like those of the service's users: Chinese, English, digits and punctuation.
const WORDS: [&str; 24] = [
    "大模型",
    "图像生成",
    "一键启动",
    "语音合成",
    "开箱即用",
    "秋季版",
    "整合包",
    "数字人",
    "微调训练",
    "，",
    "。",
    "：",
    "ComfyUI",
    "Qwen",
    "vLLM",
    "WebUI",
    "Flux.1",
    "PyTorch 2.6",
    "CUDA 12.4",
    "RTX 4090",
    " ",
    ", ",
    "🚀",
    "v1.2.3",
];

fn one_of(rng: &mut fastrand::Rng, words: &[&'static str]) -> &'static str {
    words[rng.usize(..words.len())]
}

fn text(rng: &mut fastrand::Rng, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 16);
    while text.len() < bytes {
        text.push_str(one_of(rng, &WORDS));
    }
    text
}

/// Generates rich text with markup, line breaks and quotes, which are escaped in JSON.
fn readme(rng: &mut fastrand::Rng) -> String {
    let mut html = String::from("<h1>");
    let length = rng.usize(1400..2600);
    while html.len() < length {
        html.push_str(&text(rng, 60));
        html.push_str(one_of(
            rng,
            &[
                "</p>\n<p class=\"note\">",
                "<br/>\r\n",
                "\t- ",
                "</h1>\n",
                " → ",
            ],
        ));
    }
    html
}

fn id(rng: &mut fastrand::Rng) -> String {
    let tail: String = (0..12)
        .map(|_| {
            if rng.bool() {
                rng.lowercase()
            } else {
                rng.digit(10)
            }
        })
        .collect();
    format!("compshareImage-{tail}")
}

fn image(rng: &mut fastrand::Rng, style: PageStyle) -> Value {
    let time = rng.u32(1_690_000_000..1_760_000_000);
    let name_length = rng.usize(12..48);
    let description_length = rng.usize(300..1100);
    let mut image = json!({
        "CompShareImageId": id(rng),
        "Name": text(rng, name_length),
        "Author": text(rng, 12),
        "AuthInfo": rng.u8(0..3),
        "Status": one_of(rng, &["Available", "Offline", "Reviewing"]),
        "ImageType": one_of(rng, &["Community", "App", "Custom"]),
        "ImageOwnerAlias": "Community",
        "Container": one_of(rng, &["True", "False"]),
        "Visibility": 1,
        "Description": text(rng, description_length),
        "Cover": format!("https://images.example.com/cover/{}.png", rng.u64(..)),
        "Tags": (0..rng.usize(1..4)).map(|_| one_of(rng, &WORDS[..9])).collect::<Vec<_>>(),
        "Price": f64::from(rng.u32(1..300)) / 100.0 + 0.005,
        "Size": rng.u32(8_000..120_000),
        "CreateTime": time,
        "UpdateTime": time + rng.u32(..100_000),
        "PubTime": time + rng.u32(..100_000),
        "CreatedCount": rng.u32(..9_000),
        "FavoritesCount": rng.u32(..3_000),
        "ImageUseTime": rng.u32(..100_000),
        "GroupId": format!("g{:08x}", rng.u32(..)),
        "VersionName": format!("v{}.{}", rng.u8(..9), rng.u8(..20)),
        "VersionDesc": text(rng, 40),
        "AutoStart": rng.bool(),
        "SupportedGpuTypes": ["4090", "3090", "A100"],
        "Softwares": {
            "Framework": "PyTorch",
            "FrameworkVersion": "2.6.0",
            "CUDAVersion": "12.4",
            "Applications": ["ComfyUI", "JupyterLab"],
        },
        "SoftwarePorts": [
            {"Software": "ComfyUI", "Port": 8188},
            {"Software": "JupyterLab", "Port": 8888},
        ],
    });
    let Value::Object(fields) = &mut image else {
        return image;
    };
    if style.readmes {
        fields.insert("Readme".into(), readme(rng).into());
    }

    // Remove some fields at random.
    for field in [
        "Author",
        "Cover",
        "UpdateTime",
        "VersionDesc",
        "Softwares",
        "SoftwarePorts",
        "ImageUseTime",
    ] {
        if rng.u8(..8) == 0 {
            fields.remove(field);
        }
    }

    for index in 0..style.unknown_fields {
        let value = match index % 5 {
            0 => json!(rng.u32(..)),
            1 => json!(text(rng, 24)),
            2 => json!([rng.u8(..), rng.u8(..)]),
            3 => json!({"Level": rng.u8(..), "Word": text(rng, 9)}),
            _ => json!(rng.bool()),
        };
        fields.insert(format!("NewField{index}"), value);
    }
    image
}

/// Generates the images of a page.
pub fn rows(style: PageStyle, seed: u64) -> Vec<Value> {
    let mut rng = fastrand::Rng::with_seed(seed);
    (0..style.images).map(|_| image(&mut rng, style)).collect()
}

/// Generates a response with one page.
pub fn page(style: PageStyle, seed: u64) -> String {
    response(&rows(style, seed), style.images)
}

/// Generates the responses of a listing of `images` images, with `style.images` per page. The last
/// page is empty.
pub fn listing(images: usize, style: PageStyle, seed: u64) -> Vec<String> {
    let rows = rows(PageStyle { images, ..style }, seed);
    let pages = rows.chunks(style.images.max(1)).chain([&[][..]]);
    pages.map(|rows| response(rows, images)).collect()
}

fn response(rows: &[Value], total: usize) -> String {
    let mut body = Map::new();
    body.insert("Action".into(), "DescribeCommunityImagesResponse".into());
    body.insert("RetCode".into(), 0.into());
    body.insert("TotalCount".into(), total.into());
    body.insert("ImageSet".into(), rows.into());
    Value::from(body).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listing_has_every_row_once_and_a_last_empty_page() {
        let (style, seed) = (PageStyle::flat(20), 3);
        let pages = listing(50, style, seed);
        let lists: Vec<_> = pages
            .iter()
            .map(|page| serde_json::from_str::<compshare_model::ImageList>(page).unwrap())
            .collect();

        assert_eq!(
            lists
                .iter()
                .map(|list| list.images().count())
                .collect::<Vec<_>>(),
            [20, 20, 10, 0]
        );
        assert!(lists.iter().all(|list| list.total_count == Some(50)));

        let ids: std::collections::HashSet<_> = lists
            .iter()
            .flat_map(compshare_model::ImageList::images)
            .map(|image| image.id.clone())
            .collect();
        assert_eq!(ids.len(), 50);
        assert_eq!(
            pages[0],
            response(&rows(PageStyle::flat(50), seed)[..20], 50)
        );
    }

    #[test]
    fn page_is_deterministic_for_a_seed() {
        let style = PageStyle {
            readmes: true,
            ..PageStyle::flat(100)
        };
        assert_eq!(page(style, 1), page(style, 1));
        assert_ne!(page(style, 1), page(style, 2));
    }

    #[test]
    fn page_has_the_size_and_fields_of_its_style() {
        let style = PageStyle {
            readmes: true,
            ..PageStyle::flat(100)
        };
        let with_readmes = page(style, 1).len();
        assert!((300_000..420_000).contains(&with_readmes), "{with_readmes}");
        let without = page(PageStyle::flat(100), 1).len();
        assert!((120_000..180_000).contains(&without), "{without}");

        let unknown = page(
            PageStyle {
                unknown_fields: 5,
                ..style
            },
            1,
        );
        let list: compshare_model::ImageList = serde_json::from_str(&unknown).unwrap();
        assert!(list.image_set[0].extra.get("NewField4").is_some());
    }
}
