//! Chinese messages for errors of the library. Messages of the service are not translated.
//!
//! An untranslated reason is shown in English.

use compshare_client::model::FlattenError;
use compshare_client::sign::ParamsError;
use compshare_client::transport::{TimeLimit, TransportErrorKind};
use compshare_client::{
    BodyFault, Error, ErrorKind, Origin, Reason, Setting, SettingFault, sanitize,
};

use super::texts::CHINESE;
use super::{fill, zh_ret_codes};

/// Returns the message of a failed call in one line.
pub(super) fn message(error: &Error, resume_at: Option<u64>) -> String {
    let what = match error.ret_code() {
        Some(code) => {
            let mut what = format!("RetCode {code}");
            if let Some((meaning, _)) = zh_ret_codes::meaning_and_advice(code) {
                what = format!("{what}（{meaning}）");
            }
            match error.message() {
                Some(message) => format!("{what}：{message}"),
                None => what,
            }
        }
        None => match (detail(error), error.kind()) {
            // The detail names the setting, so a summary is redundant.
            (Some(detail), ErrorKind::Config) => fill(CHINESE.cfg_settings, &[("cause", &detail)]),
            (Some(detail), kind) => format!("{}：{detail}", summary(kind)),
            (None, kind) => summary(kind).to_owned(),
        },
    };

    let status = error
        .http_status()
        .filter(|_| error.ret_code().is_none() || error.kind() == ErrorKind::Status);
    let notes = [
        status.map(|status| format!("HTTP {}", status.as_u16())),
        error.request_id().map(|id| format!("请求 ID {id}")),
        Some(error.attempts())
            .filter(|count| *count > 1)
            .map(|count| format!("共尝试 {count} 次")),
        error
            .retry_after()
            .map(|delay| format!("服务要求等待 {} 秒", delay.as_secs())),
        // Without a RetCode, it is the detail.
        error.ret_code().and(error.reason()).and_then(reason),
        resume_at.map(|offset| fill(CHINESE.err_resume, &[("offset", &offset.to_string())])),
    ];

    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let notes = match notes.join("，").as_str() {
        "" => String::new(),
        notes => format!(" [{notes}]"),
    };

    let action = match error.action() {
        "" => String::new(),
        action => format!("{action}："),
    };
    format!("{action}{what}{notes}")
}

fn summary(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Config => "设置有误",
        ErrorKind::Request => "无法构造请求",
        ErrorKind::Connect => transport(TransportErrorKind::Connect),
        ErrorKind::Tls => transport(TransportErrorKind::Tls),
        ErrorKind::Timeout => transport(TransportErrorKind::Timeout),
        ErrorKind::Interrupted => transport(TransportErrorKind::Interrupted),
        ErrorKind::TooLarge => transport(TransportErrorKind::TooLarge),
        ErrorKind::Protocol => transport(TransportErrorKind::Protocol),
        ErrorKind::Redirect => "服务返回了重定向",
        ErrorKind::Status => "服务返回了错误状态",
        ErrorKind::Body(fault) => body(fault),
        ErrorKind::Paging => "列表无法继续",
        _ => "服务拒绝了请求",
    }
}

/// Describes a transport error.
pub(super) fn transport(kind: TransportErrorKind) -> &'static str {
    match kind {
        TransportErrorKind::Connect => "无法建立连接",
        TransportErrorKind::ConnectTimeout => "未能在时限内建立连接",
        TransportErrorKind::Tls => "TLS 握手失败",
        TransportErrorKind::Timeout => "未能在时限内收到完整的响应",
        TransportErrorKind::Interrupted => "响应未完成，连接就中断了",
        TransportErrorKind::TooLarge => "响应超过允许的大小",
        TransportErrorKind::Protocol => "响应不是合法的 HTTP",
        _ => "无法发送请求",
    }
}

/// Describes an invalid body.
fn body(fault: BodyFault) -> &'static str {
    match fault {
        BodyFault::Empty => "响应内容为空",
        BodyFault::Html => "响应是 HTML 网页",
        BodyFault::ByteOrderMark => "响应以字节顺序标记（BOM）开头",
        BodyFault::NotUtf8 => "响应不是 UTF-8",
        BodyFault::Truncated => "响应中的 JSON 不完整",
        BodyFault::TrailingData => "响应的 JSON 对象之后还有内容",
        BodyFault::TooDeep => "响应中的 JSON 嵌套过深",
        BodyFault::NotJson => "响应不是 JSON",
        BodyFault::NotAnObject => "响应不是 JSON 对象",
        BodyFault::NoRetCode => "响应中没有可用的 RetCode",
        BodyFault::Shape => "响应的字段不符合该接口",
        BodyFault::Encoded => "响应使用了未请求的内容编码",
        _ => "响应不符合接口的格式",
    }
}

/// Returns the detail of an error: translated if it is a reason of the library, otherwise the text
/// of the system or the service.
pub(super) fn detail(error: &Error) -> Option<String> {
    if let Some(reason) = error.reason().and_then(reason) {
        return Some(reason);
    }

    let source = std::error::Error::source(error);
    if let Some(error) = source.and_then(|source| source.downcast_ref::<ParamsError>()) {
        return Some(match error {
            ParamsError::EmptyKey => "有参数没有名称".to_owned(),
            ParamsError::Reserved(key) => format!("参数 {key:?} 由签名生成，请勿指定"),
            ParamsError::Duplicate(key) => format!("参数 {key:?} 出现了两次"),
            ParamsError::TooDeep(key) => format!("参数 {key:?} 的值嵌套过深"),
            other => other.to_string(),
        });
    }

    if let Some(FlattenError::TooDeep { key }) =
        source.and_then(|source| source.downcast_ref::<FlattenError>())
    {
        return Some(format!("参数 {key:?} 的值嵌套过深"));
    }

    if let Some(limit) = error.root_cause().and_then(|cause| cause.downcast_ref()) {
        return time_limit(*limit);
    }
    Some(error.detail()?.to_owned())
}

fn time_limit(limit: TimeLimit) -> Option<String> {
    let seconds = limit.duration().as_secs_f64();
    let seconds = (seconds * 10.0).round() / 10.0;
    match limit {
        TimeLimit::Connect(_) => Some(format!("用时超过 {seconds} 秒")),
        TimeLimit::Idle(_) => Some(format!("{seconds} 秒内没有收到任何数据")),
        TimeLimit::Attempt(_) => Some(format!("时限为 {seconds} 秒")),
        _ => None,
    }
}

fn reason(reason: &Reason) -> Option<String> {
    Some(match reason {
        Reason::Setting {
            setting,
            origin,
            fault,
            ..
        } => format!("{}{}", subject(*setting, origin)?, self::fault(*fault)?),
        Reason::VariableNotText(name) => format!("{name} 不是合法的 UTF-8"),
        Reason::NothingNew => "一页中有数据，但没有任何新的 ID".to_owned(),
        Reason::NoFavoriteFlag => {
            "没有任何版本组给出是否已收藏（IsFavorite），因此无法找出收藏的镜像".to_owned()
        }
        Reason::OtherImages => "响应中的镜像不是所查询的镜像".to_owned(),
        Reason::NoVersion(group) => format!("社区版本组 {group} 中没有可收藏或已收藏的版本"),
        Reason::TooManyPages => "页数超过上限".to_owned(),
        Reason::OffsetTooLarge => "下一页的 Offset 超出范围".to_owned(),
        Reason::InstanceNotFound(name) => format!("没有 ID 或名称为 {name:?} 的实例"),
        Reason::AmbiguousName { name, ids } => {
            let ids: Vec<_> = ids.iter().map(|id| sanitize(id.as_str())).collect();
            format!("有多个实例名为 {name:?}：{}", ids.join("、"))
        }
        Reason::NoProject => "账号没有默认项目，请设置项目 ID".to_owned(),
        Reason::NotCreated { token } => format!("没有创建任何实例：没有备注含 {token} 的实例"),
        Reason::OutcomeUnknown { token } => {
            format!("无法确定是否已创建；再次创建之前，请先查找备注含 {token} 的实例")
        }
        _ => return None,
    })
}

fn subject(setting: Setting, origin: &Origin) -> Option<String> {
    if let (Setting::Proxy, Origin::Environment(name)) = (setting, origin) {
        return Some(format!("{} 中的代理", name.to_ascii_uppercase()));
    }

    let subject = match setting {
        Setting::BaseUrl => "请求地址",
        Setting::PublicKey => "公钥",
        Setting::PrivateKey => "私钥",
        Setting::SecurityToken => "令牌",
        Setting::Region => "地域",
        Setting::Zone => "可用区",
        Setting::ProjectId => "项目 ID",
        Setting::Proxy => "代理",
        _ => return None,
    };
    Some(subject.to_owned())
}

/// Describes an invalid setting of a command.
fn fault(fault: SettingFault) -> Option<&'static str> {
    Some(match fault {
        SettingFault::Empty => "为空",
        SettingFault::ControlCharacter => "含有控制字符；末尾是否有换行？",
        SettingFault::WhiteSpace => "含有空白或控制字符",
        SettingFault::NoScheme => "没有协议，请在主机名前写上 https://",
        SettingFault::SchemeNotHttps => "的协议不是 https 或 http",
        SettingFault::ProxyScheme => "的协议不是 http、socks5 或 socks5h",
        SettingFault::SocksLogin => "的用户名或密码不是 1 到 255 字节，而 SOCKS 要求如此",
        SettingFault::NotAUrl => "不是合法的 URL",
        SettingFault::Fragment => "含有片段（#...），请去掉",
        SettingFault::Query => "含有查询参数（?...），请去掉",
        SettingFault::Login => "含有用户名或密码，请去掉",
        SettingFault::LoginUnreadable => "的用户名或密码无法解读",
        SettingFault::NoHost => "没有主机名",
        SettingFault::Port => "的端口不是 1 到 65535 之间的整数",
        SettingFault::PlainHttp => "不是 https，看到已签名请求的人可以重新发送它",
        SettingFault::Unusable => "无法使用",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use compshare_client::{Config, ConfigBuilder, ProxyChoice};

    use super::*;

    fn with_url(url: &str) -> ConfigBuilder {
        Config::builder()
            .keys("public", "private")
            .proxy(ProxyChoice::Direct)
            .base_url(url)
    }

    /// Covers every reason for which the library rejects a setting of a command.
    #[test]
    fn translates_reasons_of_the_library() {
        let settings = || with_url("https://api.compshare.cn");
        let mut refused: Vec<ConfigBuilder> = [
            "api.compshare.cn",
            "https://api.compshare.cn/#a",
            "https://a b",
            "ftp://api.compshare.cn",
            "https://api.compshare.cn/?a=b",
            "https://me:hush@api.compshare.cn",
            "https://:443",
            "https://api.compshare.cn:0",
            "http://api.compshare.cn",
        ]
        .map(with_url)
        .into();
        refused.extend([
            settings().region("a b"),
            settings().zone("a b"),
            settings().project_id("a b"),
            settings().security_token(""),
            Config::builder().keys("", "private"),
            Config::builder().keys("public", "a\u{1}b"),
        ]);
        for proxy in [
            "http://a b",
            "socks4://proxy",
            "socks5://me@proxy",
            "http://%zz@proxy",
            "http://:80",
        ] {
            refused.push(settings().proxy(ProxyChoice::Url(proxy.to_owned())));
        }
        for builder in refused {
            let error = builder.build().unwrap_err();
            let chinese = error.reason().and_then(reason);
            let chinese = chinese.unwrap_or_else(|| panic!("{error} is not in Chinese"));
            let english = ["the ", "has ", " is "]
                .iter()
                .any(|word| chinese.contains(word));
            assert!(!english, "{error}: {chinese}");
        }
    }

    #[test]
    fn names_the_variable_of_a_proxy() {
        for name in ["https_proxy", "HTTPS_PROXY"] {
            assert_eq!(
                subject(Setting::Proxy, &Origin::Environment(name)).as_deref(),
                Some("HTTPS_PROXY 中的代理")
            );
        }
    }

    #[test]
    fn keeps_unknown_texts_unchanged() {
        assert_eq!(reason(&Reason::LimitZero), None);
        let error = with_url("https://a").max_body(0).build().unwrap_err();
        assert_eq!(detail(&error).as_deref(), error.detail());
    }

    #[test]
    fn chinese_faq_has_the_summaries_of_the_program() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/zh/faq.md");
        // The published crate lacks the repository's documents.
        let Ok(document) = std::fs::read_to_string(path) else {
            return;
        };
        for kind in [
            ErrorKind::Connect,
            ErrorKind::Tls,
            ErrorKind::Timeout,
            ErrorKind::Interrupted,
            ErrorKind::TooLarge,
            ErrorKind::Protocol,
            ErrorKind::Redirect,
            ErrorKind::Status,
            ErrorKind::Body(BodyFault::Html),
            ErrorKind::Body(BodyFault::NoRetCode),
            ErrorKind::Body(BodyFault::Truncated),
            ErrorKind::Body(BodyFault::Shape),
            ErrorKind::Paging,
        ] {
            let name = match kind {
                ErrorKind::Body(fault) => format!("{fault:?}"),
                kind => format!("{kind:?}"),
            };
            let row = format!("\n| {} | `{name}` | ", summary(kind));
            assert!(document.contains(&row), "no row {row}");
        }
    }
}
