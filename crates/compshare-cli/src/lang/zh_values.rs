//! Chinese translations of terms of the API, for tables.

/// Translates a term of the API.
pub(super) fn translate(word: &str) -> Option<&'static str> {
    Some(match word {
        "Available" | "Normal" => "可用",
        "UnAvailable" => "不可用",
        "Making" => "制作中",
        "Reviewing" => "审核中",
        "Offline" => "已下线",
        "System" => "系统",
        "App" => "应用",
        "Game" => "游戏",
        "Other" => "其他",
        "Custom" | "custom" => "自制",
        "Community" | "community" => "社区",
        "Official" | "official" => "官方",
        "platform" => "平台",
        "shared" => "他人共享",
        "published" => "自己发布",
        "private" => "仅自己可见",
        "public" => "公开",
        "ordinary" => "普通创作者",
        "certified" => "认证创作者",
        _ => return None,
    })
}
