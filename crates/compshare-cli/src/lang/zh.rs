//! 简体中文。

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    about: "优云智算 GPU 云的命令行工具。",
    examples: "\
示例：
  compshare config set                        保存密钥
  compshare doctor                            检查一切是否就绪
  compshare image favorites                   列出收藏的镜像
  compshare call DescribeCompShareInstance    调用任意 API

设置的优先级：命令行选项，其次环境变量（COMPSHARE_PUBLIC_KEY、
COMPSHARE_PRIVATE_KEY、COMPSHARE_SECURITY_TOKEN、COMPSHARE_REGION、
COMPSHARE_PROJECT_ID、COMPSHARE_BASE_URL），最后是凭证配置。

退出码：0 成功；1 服务拒绝或应答不可用；2 用法或设置有误；
3 网络故障或超时；130 被中断。",
    usage: "用法：",
    commands: "命令",
    command_value: "命令",
    arguments: "参数",
    options: "选项",
    global_options: "通用选项",
    help: "显示帮助",
    version: "显示版本",
    version_command: "显示版本",

    opt_profile: "使用哪个凭证配置 [环境变量：COMPSHARE_PROFILE]",
    opt_region: "地域，例如 cn-wlcb [环境变量：COMPSHARE_REGION]",
    opt_zone: "可用区，例如 cn-wlcb-01",
    opt_project_id: "项目，子账号必须指定 [环境变量：COMPSHARE_PROJECT_ID]",
    opt_base_url: "请求发往的地址 [环境变量：COMPSHARE_BASE_URL]",
    opt_timeout: "整条命令的时限（秒），包括所有请求和等待；0 表示一天之内不限 [默认：每次调用 90]",
    opt_retries: "读操作失败后重试的次数，0 到 20 [默认：2]",
    opt_output: "输出格式：table、json、jsonl、csv 或 ids",
    opt_json: "即 --output json",
    opt_color: "颜色：auto、always 或 never",
    opt_lang: "语言：zh 或 en [环境变量：COMPSHARE_LANG]",
    opt_verbose: "在标准错误输出每次请求的情况；-vv 还显示请求和应答，但不含密钥和签名",
    opt_yes: "不再询问",

    val_name: "NAME",
    val_region: "REGION",
    val_zone: "ZONE",
    val_project: "ID",
    val_url: "URL",
    val_seconds: "SECONDS",
    val_number: "N",
    val_format: "FORMAT",
    val_when: "WHEN",
    val_lang: "LANG",
    val_param: "KEY=VALUE",
    val_file: "FILE",
    val_action: "ACTION",
    val_effect: "EFFECT",
    val_shell: "SHELL",
    val_folder: "FOLDER",

    call_about: "调用任意 API",
    call_examples: "\
示例：
  compshare call DescribeCompShareInstance -p Limit=10
  compshare call DescribeCommunityImages -p Tag.0=LLM --output table
  compshare call UpdateCompShareImage --params update.json
  compshare call TerminateCompShareInstance -p UHostId=uhost-1 --dry-run

名称以 Describe、Get、List、Check 开头的视为读操作，可以重试；
其余视为写操作。可用 --effect 另行指定。",
    call_action: "API 的名称，拼写与文档一致",
    call_param: "一个参数，可重复。列表写作 Key.0=...，对象写作 Key.Sub=...",
    call_params: "含参数的 JSON 对象文件；- 表示标准输入。-p 优先",
    call_effect: "该 API 的性质：read 或 write [默认：按名称判断]",
    call_dry_run: "只显示请求，不发送；签名会被遮盖",

    sign_about: "显示参数如何签名，用于排查返回码 171",
    sign_examples: "\
示例：
  compshare sign -p Action=DescribeFavoriteImages -p Region=cn-wlcb

显示被签名的文本（不含附加在末尾的私钥）和签名。
只签名给出的参数以及公钥。得到签名的人即可发送该请求，请勿外传。",

    config_about: "管理凭证配置",
    config_examples: "\
示例：
  compshare config set
  compshare config set --name work < keys.txt
  compshare config list

配置文件与优云智算自带的命令行工具相同；不带子命令时等同于 config set。",
    config_set_about: "把密钥保存到凭证配置",
    config_set_examples: "\
示例：
  compshare config set
  compshare config set --name work --no-activate
  printf '%s\\n' \"$PUBLIC\" \"$PRIVATE\" | compshare config set --name ci

密钥通过提示输入；标准输入不是终端时从中读取：第一行公钥，第二行私钥。
--region、--zone、--project-id 会一并保存。",
    config_list_about: "列出凭证配置",
    config_list_examples: "\
示例：
  compshare config list
  compshare config list --output json",
    config_use_about: "选择要使用的凭证配置",
    config_use_examples: "\
示例：
  compshare config use work",
    config_delete_about: "删除凭证配置",
    config_delete_examples: "\
示例：
  compshare config delete work
  compshare config delete work --yes",
    config_path_about: "显示配置文件的位置",
    config_path_examples: "\
示例：
  compshare config path",
    config_name: "凭证配置的名称 [默认：--profile，否则 default]",
    config_activate: "此后使用该配置（默认）",
    config_no_activate: "此后不使用该配置",
    config_profile_arg: "凭证配置的名称",

    doctor_about: "检查设置、连接和密钥",
    doctor_examples: "\
示例：
  compshare doctor
  compshare doctor --profile work --output json

会发送两个不改变任何状态的请求。退出码取决于第一个失败的检查项。",

    image_about: "管理镜像",
    image_examples: "\
示例：
  compshare image favorites",
    favorites_about: "列出收藏的镜像",
    favorites_examples: "\
示例：
  compshare image favorites --region cn-wlcb
  compshare image favorites --output ids | head
  compshare image favorites --limit 20 --output csv > favorites.csv",
    favorites_limit: "总共最多列出的镜像数 [默认：全部]",
    favorites_offset: "跳过的镜像数 [默认：0]",

    completion_about: "输出 Shell 的命令补全脚本",
    completion_examples: "\
示例：
  compshare completion bash > ~/.local/share/bash-completion/completions/compshare
  compshare completion zsh > ~/.zfunc/_compshare
  compshare completion fish > ~/.config/fish/completions/compshare.fish",
    completion_shell: "Shell：bash、zsh、fish、elvish 或 powershell",
    man_about: "输出手册页，或为每个命令各写一页",
    man_examples: "\
示例：
  compshare man | man -l -
  compshare man --dir ~/.local/share/man/man1",
    man_dir: "把所有手册页写入该目录",

    prompt_public: "公钥：",
    prompt_private: "私钥（不显示）：",
    prompt_confirm: "{question} [y/N] ",
    prompt_again: "请回答 y 或 n。",
    confirm_call: "确定要发送 {action} 吗？该操作可能无法撤销。",
    confirm_delete: "确定要删除凭证配置 {name} 吗？",
    aborted: "已取消，未做任何更改",
    saved: "已保存凭证配置 {name}",
    using: "正在使用凭证配置 {name}",
    deleted: "已删除凭证配置 {name}",
    written: "已将 {count} 页写入 {path}",

    error: "错误",
    warning: "警告",
    hint_separator: "；",
    yes: "是",
    no: "否",
    no_rows: "没有结果。",
    progress: "已获取 {count} 行",
    progress_of: "已获取 {count} 行，共 {total} 行",
    fewer_than_total: "服务声称共有 {total} 行，实际只给出 {count} 行",
    rows_without_id: "{count} 行没有标识，已略去",
    word_ok: "正常",
    word_warning: "警告",
    word_failed: "失败",

    col_id: "ID",
    col_name: "名称",
    col_type: "类型",
    col_author: "作者",
    col_status: "状态",
    col_price: "价格/时",
    col_version: "版本",
    col_tags: "标签",
    col_profile: "凭证配置",
    col_active: "使用中",
    col_source: "来源",
    col_check: "检查项",
    col_detail: "详情",
    col_advice: "建议",
    col_key: "字段",
    col_value: "值",

    src_option: "命令行选项",
    src_environment: "环境变量",
    src_profile: "凭证配置",
    src_default: "默认值",
    src_mixed: "凭证配置和环境变量",
    src_file: "文件",
    src_unset: "未设置",

    use_unknown_option: "此处没有选项 {name}",
    use_unknown_command: "此处没有命令 {name}",
    use_did_you_mean: "是否想输入 {name}？",
    use_missing: "缺少 {name}",
    use_value_missing: "{name} 需要一个值",
    use_invalid_value: "{value} 不能作为 {name} 的值",
    use_one_of: "可用的值：{values}",
    use_conflict: "{name} 与 {other} 不能同时使用",
    use_twice: "{name} 出现了两次",
    use_command_missing: "缺少命令",
    use_not_text: "有参数不是合法的 UTF-8",
    use_unexpected: "无法理解这些参数",
    use_too_many: "多余的参数 {value}",
    use_see_help: "用 --help 查看可用的参数",
    use_number: "应为 {min} 到 {max} 之间的整数",
    use_param_form: "参数应写作 KEY=VALUE",
    use_param_twice: "参数 {name} 出现了两次",
    use_params_file: "无法读取 {path}：{cause}",
    use_params_json: "{path} 不是 JSON 对象：{cause}",
    use_keys_on_command_line: "不从命令行读取密钥，以免被他人看到",
    use_sign_action: "缺少参数 Action",
    use_no_terminal: "此操作需要确认，但没有终端可供询问",
    use_yes_hint: "用 --yes 确认",
    use_profile_name: "凭证配置的名称不能为空，也不能含有控制字符",
    use_format: "此处不能使用该输出格式",
    use_no_ids: "应答中没有带标识的列表",
    use_action_name: "API 名称只能由字母和数字组成",

    cfg_no_keys: "没有密钥：未设置 {which}",
    cfg_no_keys_hint: "请运行 `compshare config set`，或设置 COMPSHARE_PUBLIC_KEY 和 COMPSHARE_PRIVATE_KEY",
    cfg_profile_overruled: "环境变量中的密钥优先于凭证配置 {name} 中的密钥",
    cfg_no_profile: "没有名为 {name} 的凭证配置",
    cfg_no_place: "没有可存放凭证配置的主目录",
    cfg_unreadable: "无法读取 {path}：{cause}",
    cfg_broken: "{path} 不是凭证配置文件：{cause}",
    cfg_unwritable: "无法写入 {path}：{cause}",
    cfg_open: "其他用户可以读取 {path}（权限 {mode}），请执行 chmod 600",
    cfg_stdin_keys: "标准输入的第一行应为公钥，第二行应为私钥",
    cfg_key_refused: "密钥有误：{cause}",
    cfg_settings: "设置有误：{cause}",

    err_request: "无法构造请求",
    err_connect: "无法建立连接",
    err_tls: "TLS 握手失败",
    err_timeout: "未能在时限内收到完整的应答",
    err_interrupted: "应答未完成，连接就中断了",
    err_too_large: "应答超过允许的大小",
    err_protocol: "应答不是合法的 HTTP",
    err_redirect: "服务返回了重定向",
    err_status: "服务返回了错误状态",
    err_body: "应答不符合 API 的格式",
    err_service: "服务拒绝了请求",
    err_paging: "列表无法继续",
    err_request_id: "请求 ID {id}",
    err_http: "HTTP {status}",
    err_attempts: "共尝试 {count} 次",
    err_resume: "可用 --offset {offset} 继续",
    err_write: "无法写入输出：{cause}",
    err_internal: "内部错误（{place}），请报告此问题",
    err_read: "无法读取标准输入：{cause}",

    hint_network: "请检查网络、请求地址和代理；`compshare doctor` 可逐项检查",
    hint_tls: "请检查系统时间、请求地址，以及代理是否替换了证书",
    hint_timeout: "请重试，或用 --timeout 放宽时限",
    hint_not_found_action: "请检查 API 名称的拼写；无论文档如何，服务可能并未提供该 API",
    hint_signature: "请检查私钥是否完整、是否与公钥匹配；`compshare sign` 可显示被签名的内容",
    hint_public_key: "请检查公钥是否完整、是否有效、是否属于该服务；`compshare config set` 可重新保存",
    hint_iam: "请用 --project-id 指定项目；否则请向账号所有者申请权限",
    hint_not_found: "请检查标识、--region 和 --zone",
    hint_throttled: "请稍候，并减少请求",
    hint_parameter: "请检查消息中提到的参数，以及 --region 和 --project-id",
    hint_later: "请稍后再试",
    hint_rights: "请向账号所有者申请权限",
    hint_redirect: "请检查请求地址；请求带有签名，因此不跟随重定向",
    hint_unknown_outcome: "操作可能已生效，请先确认再重新发送",

    doc_other: "设置",
    doc_region: "地域",
    doc_zone: "可用区",
    doc_project: "项目",
    doc_url: "请求地址",
    doc_program: "程序",
    doc_file: "配置文件",
    doc_file_none: "{path} 不存在",
    doc_profile: "凭证配置",
    doc_keys: "密钥",
    doc_keys_mixed: "公钥来自{public}，私钥来自{private}",
    doc_settings: "{value}（来源：{source}）",
    doc_proxy: "代理",
    doc_proxy_none: "无",
    doc_endpoint: "服务地址",
    doc_endpoint_ok: "{url} 在 {time} 秒内应答",
    doc_access: "访问",
    doc_access_ok: "密钥有效",
    doc_access_unknown: "服务未说明密钥是否有效",
    doc_clock: "时钟",
    doc_clock_ok: "与服务相差 {seconds} 秒",
    doc_clock_off: "与服务相差 {seconds} 秒",
    doc_clock_unknown: "服务没有给出时间",
    doc_clock_hint: "请校准系统时间：签名不含时间，但证书含有",
    doc_skipped: "未检查",
    doc_favorites: "收藏",
    doc_favorites_ok: "DescribeFavoriteImages 可用",
    doc_favorites_missing: "服务未提供 DescribeFavoriteImages（RetCode 161）",
    doc_favorites_hint: "`compshare call DescribeCommunityImages` 的 IsFavorite 可判断是否收藏",
    doc_mixed_hint: "请确认两者属于同一对",
    doc_region_hint: "多数 API 需要地域：--region、COMPSHARE_REGION 或 `compshare config set --region`",

    log_answer: "{action}：第 {attempt} 次：HTTP {status}，{bytes} 字节，{time} 秒",
    log_no_answer: "{action}：第 {attempt} 次：{cause}，{time} 秒",
    log_request: "请求",
};
