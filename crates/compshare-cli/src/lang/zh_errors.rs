//! Errors of the library, in Chinese. What the service says stays as it came.
//!
//! Kinds are told by what they are. Reasons for refusing a setting or ending a listing are sentences of the library: those
//! that a command can meet stand here, and tests bring them about; any other is shown as the library says it.

use compshare_client::model::FlattenError;
use compshare_client::sign::ParamsError;
use compshare_client::transport::TransportErrorKind;
use compshare_client::{BodyFault, Error, ErrorKind};

use super::{fill, zh, zh_ret_codes};

/// What settings are called there.
const SUBJECTS: [(&str, &str); 9] = [
    ("the base URL", "请求地址"),
    ("the public key", "公钥"),
    ("the private key", "私钥"),
    ("the security token", "令牌"),
    ("the region", "地域"),
    ("the zone", "可用区"),
    ("the project id", "项目 ID"),
    ("the proxy in HTTPS_PROXY", "HTTPS_PROXY 中的代理"),
    ("the proxy in ALL_PROXY", "ALL_PROXY 中的代理"),
];

/// What is wrong with one of them.
const FAULTS: [(&str, &str); 15] = [
    (
        "has no scheme; write https:// before the host",
        "没有协议，请在主机名前写上 https://",
    ),
    (
        "has a fragment (#...); leave it out",
        "含有片段（#...），请去掉",
    ),
    ("is not a URL", "不是合法的 URL"),
    (
        "has a scheme other than https and http",
        "的协议不是 https 或 http",
    ),
    (
        "has a query (?...); leave it out",
        "含有查询参数（?...），请去掉",
    ),
    (
        "has a user name or password in it; leave them out",
        "含有用户名或密码，请去掉",
    ),
    ("has no host", "没有主机名"),
    (
        "has a port that is no number from 1 to 65535",
        "的端口不是 1 到 65535 之间的整数",
    ),
    (
        "is not https, and whoever reads a signed request can repeat it",
        "不是 https，看到已签名请求的人可以重新发送它",
    ),
    ("is empty", "为空"),
    (
        "has a control character in it; is there a line break at its end?",
        "含有控制字符；末尾是否有换行？",
    ),
    ("begins or ends with white space", "的开头或末尾有空白"),
    (
        "has white space or control characters in it",
        "含有空白或控制字符",
    ),
    (
        "has a scheme other than http, the only one that is supported",
        "的协议不是 http，而只支持 http",
    ),
    (
        "has a user name or password that cannot be read",
        "的用户名或密码无法解读",
    ),
];

/// Between the name of the profile file and the place in it.
const UNEXPECTED: &str = " is not as expected at line ";

/// Reasons without such a subject.
const OTHERS: [(&str, &str); 3] = [
    (
        "a page has rows, but none with an id that was not there before",
        "一页中有数据，但没有任何新的 ID",
    ),
    (
        "no group says whether it is a favourite (IsFavorite), so favourites cannot be told apart",
        "没有任何镜像组给出是否已收藏（IsFavorite），因此无法找出收藏的镜像",
    ),
    (
        "the answer is about other images than the one that was asked for",
        "响应中的镜像不是所查询的镜像",
    ),
];

/// All that is known of a failed call, in one line.
pub(super) fn message(error: &Error, resume_at: Option<u64>) -> String {
    let what = match error.ret_code() {
        Some(code) => {
            let meaning = zh_ret_codes::entry(code)
                .map(|(meaning, _)| format!("（{meaning}）"))
                .unwrap_or_default();
            let message = error
                .message()
                .map(|message| format!("：{message}"))
                .unwrap_or_default();
            format!("RetCode {code}{meaning}{message}")
        }
        None => match (reason(error), error.kind()) {
            // The setting that is wrong says it all.
            (Some(reason), ErrorKind::Config) => {
                fill(zh::TEXTS.cfg_settings, &[("cause", &reason)])
            }
            (Some(reason), kind) => format!("{}：{reason}", summary(kind)),
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
        resume_at.map(|offset| fill(zh::TEXTS.err_resume, &[("offset", &offset.to_string())])),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let notes = if notes.is_empty() {
        String::new()
    } else {
        format!(" [{}]", notes.join("，"))
    };
    let action = if error.action().is_empty() {
        String::new()
    } else {
        format!("{}：", error.action())
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

/// Why no answer came.
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

/// What is wrong with a body that should have been an answer.
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
        BodyFault::Shape => "响应的字段不符合该 API",
        BodyFault::Encoded => "响应使用了未请求的内容编码",
        _ => "响应不符合 API 的格式",
    }
}

/// What is known beyond the kind: in Chinese where the library says it, else in the words of the system or the service.
fn reason(error: &Error) -> Option<String> {
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
    // The kind says it all; the cause only names the timer that ran out.
    let detail = error
        .detail()
        .filter(|_| error.kind() != ErrorKind::Timeout)?;
    Some(said(detail).unwrap_or_else(|| detail.to_owned()))
}

/// `reason` in Chinese, if it is one of those that are known.
pub(super) fn said(reason: &str) -> Option<String> {
    if let Some(variable) = reason.strip_suffix(" is not valid text") {
        return Some(format!("{variable} 不是合法的 UTF-8"));
    }
    if let Some((path, place)) = reason
        .strip_prefix("the profile file ")
        .and_then(|rest| rest.rsplit_once(UNEXPECTED))
    {
        let (line, column) = place.split_once(", column ")?;
        return Some(format!(
            "{path} 不是凭证配置文件：第 {line} 行第 {column} 列有误"
        ));
    }
    if let Some((_, chinese)) = OTHERS.iter().find(|(english, _)| *english == reason) {
        return Some((*chinese).to_owned());
    }
    SUBJECTS.iter().find_map(|(english, subject)| {
        let fault = reason.strip_prefix(english)?.trim_start();
        let (_, chinese) = FAULTS.iter().find(|(english, _)| *english == fault)?;
        Some(format!("{subject}{chinese}"))
    })
}

#[cfg(test)]
mod tests {
    use compshare_client::sign::Credentials;
    use compshare_client::{Config, ConfigBuilder, ProxyChoice};

    use super::*;

    fn reason(builder: ConfigBuilder) -> String {
        builder.build().unwrap_err().detail().unwrap().to_owned()
    }

    fn with_url(url: &str) -> ConfigBuilder {
        Config::builder()
            .keys("public", "private")
            .proxy(ProxyChoice::None)
            .base_url(url)
    }

    /// All reasons that the library gives for refusing settings; each of `FAULTS` is among them.
    #[test]
    fn what_the_library_refuses_is_told_in_chinese() {
        let settings = || with_url("https://api.compshare.cn");
        let mut reasons: Vec<String> = [
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
        .map(|url| reason(with_url(url)))
        .into();
        reasons.extend([
            reason(settings().region("a b")),
            reason(settings().zone("a b")),
            reason(settings().project_id("a b")),
            reason(settings().security_token("")),
            reason(Config::builder().keys("", "private")),
            reason(Config::builder().keys("public", "a\u{1}b")),
            Credentials::new(" a", "b").unwrap_err().to_string(),
        ]);
        // Where a program names a proxy, the library does not say where that comes from.
        for proxy in [
            "http://a b",
            "socks5://proxy",
            "http://%zz@proxy",
            "http://:80",
        ] {
            let reason = reason(settings().proxy(ProxyChoice::Url(proxy.to_owned())));
            reasons.push(reason.replace("the proxy", "the proxy in HTTPS_PROXY"));
            reasons.push(reason.replace("the proxy", "the proxy in ALL_PROXY"));
        }
        for reason in &reasons {
            let chinese = said(reason).unwrap_or_else(|| panic!("{reason} is not in Chinese"));
            let english = ["the ", "has ", " is "]
                .iter()
                .any(|word| chinese.contains(word));
            assert!(!english, "{reason}: {chinese}");
        }
        for (fault, _) in FAULTS {
            assert!(
                reasons.iter().any(|reason| reason.ends_with(fault)),
                "the library does not say: {fault}"
            );
        }
    }

    #[test]
    fn what_is_not_known_is_left_alone() {
        assert_eq!(said("the moon is empty"), None);
        assert_eq!(said("the region is upside down"), None);
    }
}
