//! 简体中文。

use super::Texts;

pub(super) static TEXTS: Texts = Texts {
    colon: "：",
    about: "优云智算 GPU 云的命令行工具。",
    examples: "\
示例：
  compshare config set                        保存密钥
  compshare doctor                            检查一切是否就绪
  compshare image favorites                   列出收藏的镜像
  compshare call DescribeCompShareInstance    调用任意 API

设置的优先级：命令行选项，其次环境变量（COMPSHARE_PUBLIC_KEY、
COMPSHARE_PRIVATE_KEY、COMPSHARE_SECURITY_TOKEN、COMPSHARE_REGION、COMPSHARE_ZONE、
COMPSHARE_PROJECT_ID、COMPSHARE_BASE_URL），最后是凭证配置。

退出码：0 成功；1 服务拒绝或响应不可用；2 用法或设置有误；
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
    opt_zone: "可用区，例如 cn-wlcb-01 [环境变量：COMPSHARE_ZONE]",
    opt_project_id: "项目 ID，子账号必须指定 [环境变量：COMPSHARE_PROJECT_ID]",
    opt_base_url: "请求发往的地址 [环境变量：COMPSHARE_BASE_URL]",
    opt_timeout: "整条命令的时限（秒），包括所有请求和等待；0 表示不限，最长一天 [默认：每次调用 90]",
    opt_retries: "读操作失败后重试的次数，0 到 20 [默认：2]",
    opt_output: "输出格式：table、json、jsonl、csv 或 ids",
    opt_json: "即 --output json",
    opt_color: "颜色：auto、always 或 never",
    opt_lang: "语言：zh 或 en [环境变量：COMPSHARE_LANG]",
    opt_verbose: "在标准错误输出每次请求的情况；-vv 还显示请求和响应，但不含密钥和签名",
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

镜像相关 API 的类型是已知的。其他名称以 Describe、Get、List、Check 开头的
视为读操作，可以重试；其余视为写操作。可用 --effect 另行指定。",
    call_action: "API 的名称，拼写与文档一致",
    call_param: "一个参数，可重复。列表写作 Key.0=...，对象写作 Key.Sub=...",
    call_params: "含参数的 JSON 对象文件；- 表示标准输入。-p 优先",
    call_effect: "该 API 是读操作还是写操作：read 或 write [默认：按名称判断]",
    call_dry_run: "只显示请求，不发送；签名会被遮盖",

    sign_about: "显示参数如何签名，用于排查 RetCode 171",
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
--region、--zone、--project-id、--base-url 会一并保存。",
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
    config_activate: "保存后切换到该配置（默认）",
    config_no_activate: "保存后不切换到该配置",
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
  compshare image favorites
  compshare image list --source community --query qwen
  compshare image show compshareImage-1pl06yxr5lvm",
    favorites_about: "列出收藏的镜像",
    favorites_examples: "\
示例：
  compshare image favorites --region cn-wlcb
  compshare image favorites --output ids | head
  compshare image favorites --limit 20 --output csv > favorites.csv
  compshare image favorites --via community --json

每个收藏对应一个镜像组，所在行显示其中可用的版本。",
    favorites_limit: "最多列出多少个镜像 [默认：全部]",
    favorites_offset: "跳过前面多少个镜像 [默认：0]",

    completion_about: "输出 Shell 的命令补全脚本",
    completion_examples: "\
示例：
  compshare completion bash > ~/.local/share/bash-completion/completions/compshare
  compshare completion zsh > ~/.zfunc/_compshare
  compshare completion fish > ~/.config/fish/completions/compshare.fish",
    completion_shell: "Shell：bash、zsh、fish、elvish 或 powershell",
    man_about: "输出 man 手册页，或为每个命令各生成一页",
    man_examples: "\
示例：
  compshare man | man -l -
  compshare man --dir ~/.local/share/man/man1",
    man_dir: "把所有手册页写入该目录",

    prompt_public: "公钥：",
    prompt_private: "私钥（输入时不显示）：",
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
    fewer_than_total: "服务称共有 {total} 行，实际只返回 {count} 行",
    rows_without_id: "有 {count} 行没有 ID，已略过",
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
    col_region: "地域",
    col_project: "项目",
    col_address: "请求地址",
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

    use_unknown_option: "没有选项 {name}",
    use_unknown_command: "没有命令 {name}",
    use_did_you_mean: "是否想输入 {name}？",
    use_missing: "缺少 {name}",
    use_needs: "{name} 需要与 {other} 一起使用",
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
    use_file_too_large: "超过 {max} 字节",
    use_not_utf8: "不是 UTF-8 文本",
    use_line_too_long: "有一行超过 {max} 字节",
    use_keys_on_command_line: "不从命令行读取密钥，以免被他人看到",
    use_sign_action: "缺少参数 Action",
    use_no_terminal: "此操作需要确认，但没有终端可供询问",
    use_yes_hint: "用 --yes 确认",
    use_profile_name: "凭证配置的名称不能为空，也不能含有控制字符",
    use_format: "此处不能使用该输出格式",
    use_no_ids: "响应中没有带 ID 的列表",
    use_action_name: "API 名称只能由字母和数字组成",

    cfg_no_keys: "没有密钥：未设置 {which}",
    cfg_no_keys_hint: "请运行 `compshare config set`，或设置 COMPSHARE_PUBLIC_KEY 和 COMPSHARE_PRIVATE_KEY",
    cfg_profile_overruled: "环境变量中的密钥优先于凭证配置 {name} 中的密钥",
    cfg_no_profile: "没有名为 {name} 的凭证配置",
    cfg_no_place: "找不到主目录，无处存放凭证配置",
    cfg_unreadable: "无法读取 {path}：{cause}",
    cfg_broken: "{path} 不是凭证配置文件：{cause}",
    cfg_unwritable: "无法写入 {path}：{cause}",
    cfg_open: "其他用户可以读取 {path}（权限 {mode}），请执行 chmod 600",
    cfg_stdin_keys: "标准输入的第一行应为公钥，第二行应为私钥",
    cfg_settings: "设置有误：{cause}",

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
    hint_not_found: "请检查 ID、--region 和 --zone",
    hint_throttled: "请稍候再试，并降低请求频率",
    hint_parameter: "请检查消息中提到的参数，以及 --region、--zone 和 --project-id",
    hint_later: "请稍后再试",
    hint_rights: "请向账号所有者申请权限",
    hint_redirect: "请检查请求地址；请求带有签名，因此不跟随重定向",
    hint_html: "请检查请求地址，以及响应是否来自代理或登录页",
    hint_zone: "可用 --zone、COMPSHARE_ZONE 或 `compshare config set --zone` 设置可用区",
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
    doc_endpoint: "连接",
    doc_endpoint_ok: "{url} 在 {time} 秒内响应",
    doc_access: "鉴权",
    doc_access_ok: "密钥有效",
    doc_access_unknown: "服务未说明密钥是否有效",
    doc_clock: "时钟",
    doc_clock_ok: "与服务端相差 {seconds} 秒",
    doc_clock_off: "与服务端相差 {seconds} 秒",
    doc_clock_unknown: "服务端没有给出时间",
    doc_clock_hint: "请校准系统时间：签名与时间无关，但证书有有效期",
    doc_skipped: "未检查",
    doc_favorites: "收藏",
    doc_favorites_ok: "DescribeFavoriteImages 可用",
    doc_favorites_missing: "服务未提供 DescribeFavoriteImages（RetCode 161）",
    doc_favorites_hint: "`compshare image favorites` 仍可从社区中找出收藏的镜像",
    doc_mixed_hint: "请确认两者是同一对密钥",
    doc_region_hint: "CompShare 文档要求所有 API 都指定地域：--region、COMPSHARE_REGION 或 `compshare config set --region`",

    log_answer: "{action}：第 {attempt} 次：HTTP {status}，{bytes} 字节，{time} 秒",
    log_no_answer: "{action}：第 {attempt} 次：{cause}，{time} 秒",
    log_request: "请求",

    // 镜像列表。
    val_image: "IMAGE",
    val_source: "SOURCE",
    val_group: "GROUP",
    val_text: "TEXT",
    val_tag: "TAG",
    val_type: "TYPE",
    val_field: "FIELD",
    val_way: "WAY",

    favorites_all: "列出全部（默认）",
    favorites_via: "获取方式：documented（DescribeFavoriteImages）、community（社区中标有 IsFavorite 的镜像组）或 auto：服务提供前者则用前者，否则用后者 [默认：auto]",
    favorites_way: "通过 {action} 列出（{way}）",
    hint_favorites: "服务未提供该 API；`compshare image favorites --via community` 可从社区中找出收藏的镜像",

    list_about: "列出镜像：平台镜像、社区镜像、自制镜像等",
    list_examples: "\
示例：
  compshare image list
  compshare image list --source community --query qwen --free --sort FavoritesCount
  compshare image list --source community --tag ComfyUI --all --output csv
  compshare image list --source custom --all --output ids

各来源支持的筛选条件：
  custom、shared               --id
  platform                     --id、--name、--author、--type 和一个 --tag
  community、published、user   除 --type 外的全部；--user 仅用于 user

community、published、user 的镜像以镜像组为单位：table、csv 和 ids 每行一个版本，
json 和 jsonl 每项一个镜像组，--limit 和 --offset 按镜像组计数。",
    list_source: "镜像来源：platform（平台）、custom（自制）、community（社区）、shared（他人共享）、published（自己发布）、user（某个用户） [默认：platform]",
    list_id: "该 ID 的镜像",
    list_group: "该镜像组的镜像",
    list_name: "名称为该文本或包含该文本的镜像",
    list_author: "该作者的镜像",
    list_query: "名称或作者包含该文本的镜像",
    list_tag: "带有该标签的镜像；可重复，也可用逗号分隔：须同时带有所有标签",
    list_type: "该类型的平台镜像：System、App、Game 或 Other",
    list_free: "免费镜像",
    list_paid: "付费镜像",
    list_official: "官方镜像",
    list_unofficial: "非官方镜像",
    list_autostart: "程序随实例自动启动的镜像",
    list_no_autostart: "程序不随实例自动启动的镜像",
    list_sort: "排序字段：PubTime、Favor、FavoritesCount、CreatedCount、ImageUseTime 或 Price，从大到小",
    list_ascending: "从小到大排序",
    list_user: "用户的组织 ID，用于 --source user",
    list_limit: "最多列出多少个镜像 [默认：20]",
    list_all: "列出全部镜像",
    list_unsupported: "来源为 {source} 的镜像不支持 {options}",
    list_one_tag: "平台镜像只能按一个标签筛选",
    list_ascending_alone: "--ascending 需要与 --sort 一起使用：它把该字段的排序改为从小到大",
    list_user_missing: "--source user 需要 --user",
    list_more_groups: "已列出 {count} 个镜像组，共 {total} 个；用 --offset {next} 查看更多，用 --all 查看全部",
    list_more: "已列出 {count} 个，共 {total} 个；用 --offset {next} 查看更多，用 --all 查看全部",

    show_about: "显示一个镜像的全部信息",
    show_examples: "\
示例：
  compshare image show compshareImage-1pl06yxr5lvm
  compshare image show compshareImage-1pl06yxr5lvm --source custom --output json

不带 --source 时，依次在 platform、custom、community、shared、published 中查找，
并显示镜像的来源。",
    show_image: "镜像 ID",
    show_source: "在哪里查找：platform、custom、community、shared 或 published [默认：全部]",
    show_nowhere: "找不到镜像 {id}（已查找：{sources}）",

    tags_about: "列出可用于查找镜像的标签",
    tags_examples: "\
示例：
  compshare image tags
  compshare image tags --output ids",

    shares_about: "列出镜像共享给了哪些账号",
    shares_examples: "\
示例：
  compshare image shares compshareImage-1pl06yxr5lvm
  compshare image shares compshareImage-1pl06yxr5lvm --output ids",
    shares_image: "镜像 ID，须为自己的镜像",

    progress_about: "显示镜像的制作进度",
    progress_examples: "\
示例：
  compshare image progress compshareImage-1pl06yxr5lvm --zone cn-wlcb-01
  compshare image progress compshareImage-1pl06yxr5lvm --zone cn-wlcb-01 --wait

带 --wait 时的退出码：0 镜像就绪；1 制作失败；3 在时限内未就绪。",
    progress_image: "镜像 ID",
    progress_wait: "等待直到就绪或失败",
    progress_timeout: "等待的时限（秒） [默认：1800]",
    progress_interval: "两次查询的间隔（秒） [默认：5]",
    progress_percent: "{image}：已完成 {percent} %",
    progress_left: "{image}：已完成 {percent} %，预计剩余 {seconds} 秒",
    progress_ready: "{image} 已就绪",
    progress_failed: "{image} 制作失败",
    progress_failed_why: "{image} 制作失败：{reason}",
    progress_late: "{image} 在 {seconds} 秒后仍未就绪",
    progress_late_hint: "镜像仍在制作：可用更大的 --wait-timeout 再次等待",

    col_group: "镜像组",
    col_group_name: "镜像组名称",
    col_author_level: "作者认证",
    col_backed_by: "归属",
    col_is_official: "源自官方",
    col_container: "容器镜像",
    col_visibility: "可见性",
    col_charged: "收费",
    col_size: "大小/MB",
    col_created: "创建时间",
    col_updated: "更新时间",
    col_published: "发布时间",
    col_instances: "创建实例数",
    col_favorites: "收藏数",
    col_recommended: "推荐数",
    col_use_time: "使用时长",
    col_is_favorite: "已收藏",
    col_changes: "版本说明",
    col_autostart: "自动启动",
    col_gpus: "推荐 GPU",
    col_made_on: "制作所用 GPU",
    col_ports: "端口",
    col_firewall: "开放端口",
    col_cover: "封面",
    col_qr_code: "二维码",
    col_failure: "失败原因",
    col_owner: "所有者",
    col_software: "软件",
    col_zone: "可用区",
    col_zones: "支持的可用区",
    col_description: "描述",
    col_readme: "说明文档",
    col_account_id: "账号 ID",
    col_account: "账号",
    col_category: "分类",
    col_tag: "标签",
    col_percent: "完成/%",
    col_time_left: "剩余/秒",
    col_time_total: "总计/秒",

    // 修改镜像。
    val_group_or_image: "GROUP-OR-IMAGE",
    val_account: "ACCOUNT",
    val_instance: "INSTANCE",
    val_version: "VERSION",
    val_price: "YUAN",
    val_gpu: "GPU",
    val_visibility: "0|1",

    favorite_about: "收藏社区镜像",
    favorite_examples: "\
示例：
  compshare image favorite qYl0zvqlo03V
  compshare image favorite compshareImage-1pl06yxr5lvm compshareImage-2qm17zys6mwn

先查找全部镜像，再逐个收藏；已收藏的不受影响。",
    unfavorite_about: "取消收藏社区镜像",
    unfavorite_examples: "\
示例：
  compshare image unfavorite qYl0zvqlo03V
  compshare image unfavorite compshareImage-1pl06yxr5lvm",
    favorite_what: "镜像组，或其中某个镜像（compshareImage-...）",
    favorite_added: "已收藏镜像组 {group}（{action}）",
    favorite_removed: "已取消收藏镜像组 {group}（{action}）",
    favorite_no_group: "社区中没有包含镜像 {image} 的镜像组",

    share_about: "把自己的镜像共享给其他账号",
    share_examples: "\
示例：
  compshare image share compshareImage-1pl06yxr5lvm 50123456
  compshare image share compshareImage-1pl06yxr5lvm 50123456 50123457 --output json

超过 10 个账号时，每 10 个一批发送。若有账号不存在，其余账号仍会得到镜像，
退出码为 1。",
    unshare_about: "取消镜像共享",
    unshare_examples: "\
示例：
  compshare image unshare compshareImage-1pl06yxr5lvm 50123456
  compshare image unshare compshareImage-1pl06yxr5lvm 50123456 50123457 --yes",
    share_account: "账号的数字 ID",
    share_confirm: "确定要取消镜像 {image} 对 {accounts} 的共享吗？",
    share_done: "已把镜像 {image} 共享给 {accounts}",
    unshare_done: "已取消镜像 {image} 对 {accounts} 的共享",
    share_invalid: "以下账号不存在：{accounts}",
    use_account: "应为账号的数字 ID，例如 50123456",

    create_about: "用实例制作镜像",
    create_examples: "\
示例：
  compshare image create --instance uhost-1pl07y4wkaaq --name nightly --zone cn-wlcb-01
  compshare image create --instance uhost-1pl07y4wkaaq --name nightly --yes --wait

未设置可用区时，会先查询实例所在的可用区。制作期间容器实例必须处于运行状态。
退出码：开始制作即为 0，带 --wait 时镜像就绪才为 0；1 制作失败；3 在时限内未就绪。",
    create_instance: "源实例",
    create_name: "镜像名称，同一账号内不可重复",
    create_description: "简短的描述",
    create_wait: "等待镜像就绪（在终端中为默认）",
    create_no_wait: "不等待镜像就绪",
    create_confirm: "确定要用实例 {instance} 制作镜像 {name} 吗？",
    create_begun: "正在制作镜像 {image}（{name}）",
    create_no_id: "镜像 {name} 正在制作，但服务没有给出其 ID：请先确认再重新发送",
    create_late_hint: "镜像仍在制作：用 `compshare image progress {image}{place} --wait` 继续等待",
    use_no_zone: "制作镜像需要指定可用区",
    create_no_instance: "没有找到实例 {instance} 及其可用区",

    copy_about: "复制自己的镜像",
    copy_examples: "\
示例：
  compshare image copy compshareImage-1pl06yxr5lvm
  compshare image copy compshareImage-1pl06yxr5lvm --name second",
    copy_name: "副本的名称 [默认：由服务决定]",
    copy_done: "正在把镜像 {image} 复制为 {copy}",
    copy_no_id: "镜像 {image} 正在复制，但服务没有给出副本的 ID：请先确认再重新发送",

    publish_about: "把自己的镜像发布到社区",
    publish_examples: "\
示例：
  compshare image publish compshareImage-1pl06yxr5lvm --version v1.0 --name ComfyUI --tag AIGC,ComfyUI
  compshare image publish compshareImage-1pl06yxr5lvm --version v1.1 --group qYl0zvqlo03V --yes
  compshare image publish compshareImage-1pl06yxr5lvm --version v1.0 --price 0.5 --readme README.md --cover cover.png

只能发布已就绪的容器镜像，审核通过后他人才能看到。",
    publish_version: "版本名称，例如 v1.0",
    publish_group: "作为哪个镜像组的新版本 [默认：新的镜像组]",
    publish_name: "镜像在社区中的名称",
    publish_price: "价格（元/小时），最多两位小数 [默认：0，即免费]",
    publish_confirm: "确定要把镜像 {image} 发布为版本 {version} 吗？价格为每小时 {price} 元。",
    publish_done: "已把镜像 {image} 发布为版本 {version}，审核通过后他人才能看到",

    update_about: "修改镜像的信息或可见性",
    update_examples: "\
示例：
  compshare image update compshareImage-1pl06yxr5lvm --description nightly
  compshare image update compshareImage-1pl06yxr5lvm --readme - < README.md
  compshare image update compshareImage-1pl06yxr5lvm --visibility 0    从社区下架

未指定的内容保持不变。已发布的版本只能修改描述、说明文档等少数内容。",
    update_version: "版本名称",
    update_group: "镜像组",
    update_name: "镜像名称",
    update_price: "价格（元/小时），最多两位小数",
    update_visibility: "可见性：0 仅自己，1 所有人",
    update_nothing: "没有要修改的内容",
    update_done: "已修改镜像 {image}",

    details_version_description: "版本说明",
    details_description: "简短的描述",
    details_cover: "封面图片，最大 2 MiB；- 表示标准输入",
    details_readme: "UTF-8 说明文档，最大 1 MiB；- 表示标准输入",
    details_tag: "标签；可重复，也可用逗号分隔",
    details_gpu: "推荐的 GPU 型号；可重复，也可用逗号分隔",
    details_autostart: "程序随实例自动启动",
    details_no_autostart: "程序不随实例自动启动",
    use_price: "应为价格，例如 0.5：不能为负，最多两位小数",
    use_empty_file: "{path} 是空的",
    use_one_stdin: "标准输入只能用于一个文件",

    delete_about: "永久删除自己的镜像",
    delete_examples: "\
示例：
  compshare image delete compshareImage-1pl06yxr5lvm --zone cn-wlcb-01
  compshare image delete compshareImage-1pl06yxr5lvm --zone cn-wlcb-01 --yes

已发布的镜像须先用 `compshare image update IMAGE --visibility 0` 下架。",
    delete_confirm: "确定要永久删除镜像 {image} 吗？",
    delete_done: "已删除镜像 {image}",

    change_image: "镜像 ID",
    change_unconfirmed: "未能确认是否完成：{names}",
    hint_shared_image: "该镜像由他人共享而来，只有其所有者可以共享",
    hint_account: "请检查要共享给的账号 ID",
    hint_version_name: "镜像组中已有该版本，请换一个 --version",
    hint_paid_image: "实例使用的是付费镜像，只有其发布者可以用它制作镜像",
    hint_making_image: "一个实例同时只能制作一个镜像，请等待当前镜像就绪",
    hint_publishable: "只能发布已就绪的容器镜像",
    hint_published: "请先下架：`compshare image update IMAGE --visibility 0`",
};
