//! The texts of the program: English, then Chinese.

texts! {
    colon: ": ", "：";
    about: "The CompShare GPU cloud on the command line", "优云智算 GPU 云的命令行工具";
    examples: "\
Examples:
  compshare config set                        store a key pair
  compshare doctor                            check settings, connection and keys
  compshare image favorites                   list the favorite images
  compshare instance list                     list the instances
  compshare call DescribeCompShareInstance    call any action of the API",
    "\
示例：
  compshare config set                        保存密钥
  compshare doctor                            检查设置、连接和密钥
  compshare image favorites                   列出收藏的镜像
  compshare instance list                     列出实例
  compshare call DescribeCompShareInstance    调用任意接口";
    problems_note: "Problems: https://github.com/compshare-rs/compshare-rs/blob/main/docs/faq.md",
        "故障排查：https://github.com/compshare-rs/compshare-rs/blob/main/docs/zh/faq.md";
    settings_note: "Settings are read from options, then from the environment, then from the profile.",
        "设置的优先级：命令行选项，其次环境变量，最后是配置文件。";
    exit_status_list: "\
0  Success
1  The service refused the request or sent an unusable response
2  Wrong usage or settings; nothing was sent
3  Network failure or timeout
130  Interrupted",
    "\
0  成功
1  服务拒绝了请求，或响应不可用
2  用法或设置有误，未发送任何请求
3  网络故障或超时
130  被中断";
    variable_list: "\
COMPSHARE_PUBLIC_KEY  Public key
COMPSHARE_PRIVATE_KEY  Private key
COMPSHARE_SECURITY_TOKEN  Token of temporary keys
COMPSHARE_PROFILE  Profile
COMPSHARE_REGION  Region; none sends no region
COMPSHARE_ZONE  Zone
COMPSHARE_PROJECT_ID  Project
COMPSHARE_BASE_URL  Base URL of the API
COMPSHARE_LANG  Language: zh or en
COMPSHARE_CONFIG_FILE  Profile file
HTTPS_PROXY, ALL_PROXY, NO_PROXY  Proxy
SSL_CERT_FILE, SSL_CERT_DIR  Further root certificates
NO_COLOR, CLICOLOR, CLICOLOR_FORCE  Colors",
    "\
COMPSHARE_PUBLIC_KEY  公钥
COMPSHARE_PRIVATE_KEY  私钥
COMPSHARE_SECURITY_TOKEN  临时密钥的令牌
COMPSHARE_PROFILE  凭证配置
COMPSHARE_REGION  地域；none 表示不发送地域
COMPSHARE_ZONE  可用区
COMPSHARE_PROJECT_ID  项目 ID
COMPSHARE_BASE_URL  请求地址
COMPSHARE_LANG  语言：zh 或 en
COMPSHARE_CONFIG_FILE  配置文件的位置
HTTPS_PROXY, ALL_PROXY, NO_PROXY  代理
SSL_CERT_FILE, SSL_CERT_DIR  额外的根证书
NO_COLOR, CLICOLOR, CLICOLOR_FORCE  颜色";
    file_list: "\
~/.config/compshare/config.json  Profiles; in XDG_CONFIG_HOME if that is set",
    "\
~/.config/compshare/config.json  凭证配置；若设置了 XDG_CONFIG_HOME 则位于其中";
    examples_caption: "Examples:", "示例：";
    usage: "Usage: ", "用法：";
    commands: "Commands", "命令";
    command_value: "COMMAND", "命令";
    arguments: "Arguments", "参数";
    options: "Options", "选项";
    global_options: "Options of every command", "通用选项";
    options_value: "[OPTIONS]", "[选项]";
    help: "Print help; -h prints a summary", "显示帮助；-h 只显示摘要";
    help_about: "Print the help of a command", "显示命令的帮助";
    help_command: "The command, such as image list", "命令，例如 image list";
    help_more: "'{command} --help' shows examples and the options of every command.",
        "`{command} --help` 显示示例和通用选项。";
    version: "Print the version", "显示版本";

    opt_profile: "Profile with the keys [environment: COMPSHARE_PROFILE]",
        "使用哪个凭证配置 [环境变量：COMPSHARE_PROFILE]";
    opt_region: "Region; none sends no region [default: cn-wlcb] [environment: COMPSHARE_REGION]",
        "地域；none 表示不发送地域 [默认：cn-wlcb] [环境变量：COMPSHARE_REGION]";
    opt_zone: "Zone, such as cn-wlcb-01 [environment: COMPSHARE_ZONE]",
        "可用区，例如 cn-wlcb-01 [环境变量：COMPSHARE_ZONE]";
    opt_project_id: "Project; sub-accounts must name one [environment: COMPSHARE_PROJECT_ID]",
        "项目 ID，子账号必须指定 [环境变量：COMPSHARE_PROJECT_ID]";
    opt_base_url: "Base URL of the API [environment: COMPSHARE_BASE_URL]",
        "请求发往的地址 [环境变量：COMPSHARE_BASE_URL]";
    opt_timeout: "Seconds for the whole command, including retries and waits; 0 means the maximum, one day [default: 90 for each call]",
        "整条命令的时限（秒），包括所有请求和等待；0 表示最长的一天 [默认：每次调用 90]";
    opt_retries: "Number of retries of a failed read, 0 to 20 [default: 2]",
        "读操作失败后重试的次数，0 到 20 [默认：2]";
    opt_output: "table, wide (all columns, nothing cut), json, jsonl, csv or ids",
        "输出格式：table、wide（所有列，不截断）、json、jsonl、csv 或 ids";
    opt_columns: "Columns of a table or CSV in this order, separated by commas, such as id,name,price",
        "table、wide 和 csv 的列及其顺序，用逗号分隔，例如 id,name,price";
    opt_json: "Shorthand for --output json", "即 --output json";
    opt_color: "Colors: auto, always or never", "颜色：auto、always 或 never";
    opt_lang: "Language: zh or en [environment: COMPSHARE_LANG]",
        "语言：zh 或 en [环境变量：COMPSHARE_LANG]";
    opt_verbose: "Log each request to stderr; -vv also logs requests and responses, with secrets masked",
        "在标准错误输出每次请求的情况；-vv 还显示请求和响应，并遮盖敏感信息";
    opt_show_sensitive: "Print passwords and tokens instead of ****", "显示密码和令牌，而不是 ****";
    opt_yes: "Do not ask for confirmation", "不再询问";

    call_about: "Call any action of the API", "调用任意接口";
    call_note: "\
The effects of the image actions are known. Other actions called Describe...,
Get..., List... and Check... are treated as reads and may be retried; the rest as
writes. --effect overrides this.",
    "\
镜像相关接口的类型是已知的。其他名称以 Describe、Get、List、Check 开头的
视为读操作，可以重试；其余视为写操作。可用 --effect 另行指定。";
    call_action: "The action, spelled as in the documentation of the API",
        "接口名称，拼写与文档一致";
    call_param: "A parameter; repeatable. Lists are Key.0=..., objects Key.Sub=...",
        "一个参数，可重复。列表写作 Key.0=...，对象写作 Key.Sub=...";
    call_params: "A JSON file with parameters; - reads standard input; -p takes precedence",
        "含参数的 JSON 对象文件；- 表示标准输入。-p 优先";
    call_effect: "Effect of the action: read or write [default: by its name]",
        "该接口是读操作还是写操作：read 或 write [默认：按名称判断]";
    call_record: "Print the names and kinds of parameters and response without their values, to report a new field",
        "只输出参数和响应的字段名和类型，不含值，用于报告新字段";
    call_dry_run: "Print the request without sending it; keys, passwords, tokens and the signature are masked",
        "只显示请求，不发送；密钥、密码、令牌和签名会被遮盖";

    sign_about: "Show how parameters are signed, to find the cause of RetCode 171",
        "显示参数如何签名，用于排查 RetCode 171";
    sign_note: "\
Prints the text that is signed, without the private key that is appended to it,
and the signature. Only the parameters you give and the public key are signed.
Anyone with the signature can send the request: keep it private.",
    "\
显示被签名的文本（不含附加在末尾的私钥）和签名。
只签名给出的参数以及公钥。得到签名的人即可发送该请求，请勿外传。";

    config_about: "Keep key pairs in profiles", "管理凭证配置";
    config_note: "\
The file is the one of CompShare's own command line; without a command, this is
`config set`.",
    "\
配置文件与优云智算自带的命令行工具相同；不带子命令时等同于 config set。";
    config_set_about: "Store a key pair or one setting in a profile", "把密钥或单项设置保存到凭证配置";
    config_set_note: "\
KEY is region, zone, project_id, base_url, lang, public_key or private_key. The
region none sends no region. A private key is asked for, or read from standard
input, never an argument.

Without KEY, both keys are asked for; Enter keeps a stored one. If standard input
is no terminal, they are read from it: the public key on the first line, the
private key on the second. --region, --zone, --project-id, --base-url and --lang
are stored as well; if the profile has keys already, nothing else changes.",
    "\
KEY 可为 region、zone、project_id、base_url、lang、public_key 或 private_key。
region 为 none 表示不发送地域。私钥只能通过提示输入或从标准输入读取，不能写在命令行上。

不带 KEY 时依次询问公钥和私钥，直接按回车保留已保存的值；标准输入不是终端时从中
读取：第一行公钥，第二行私钥。--region、--zone、--project-id、--base-url 和 --lang
会一并保存；凭证配置已有密钥时，只修改这些设置。";
    config_key: "Name of the setting", "设置的名称";
    config_value: "Its value", "设置的值";
    config_get_about: "Print a setting", "显示一项设置";
    config_get_note: "\
Without --name, this is the value in effect: of an option, the environment, the
profile or the default. If there is none, the exit status is 2.",
    "\
不带 --name 时显示实际生效的值，来自命令行选项、环境变量、凭证配置或默认值；
没有值时退出码为 2。";
    config_get_name: "Print what this profile stores", "显示该凭证配置中保存的值";
    config_unset_about: "Remove a setting from a profile", "从凭证配置中删除一项设置";
    config_list_about: "List the profiles and the settings in effect", "列出凭证配置和生效的设置";
    config_use_about: "Select a profile", "选择要使用的凭证配置";
    config_delete_about: "Delete a profile", "删除凭证配置";
    config_path_about: "Print the path of the profile file", "显示配置文件的位置";
    config_name: "Name of the profile [default: the one in use]",
        "凭证配置的名称 [默认：正在使用的配置]";
    config_activate: "Use this profile from now on (the default if keys are asked for)",
        "保存后切换到该配置（询问密钥时的默认行为）";
    config_no_activate: "Do not use this profile from now on", "保存后不切换到该配置";
    config_profile_arg: "Name of the profile", "凭证配置的名称";

    doctor_about: "Check settings, connection and keys", "检查设置、连接和密钥";
    doctor_note: "\
Sends two requests that change nothing. The exit status is that of the first
check that failed.",
    "\
会发送两个不改变任何状态的请求。退出码取决于第一个失败的检查项。";

    image_about: "Work with images", "管理镜像";
    favorites_about: "List the favorite images", "列出收藏的镜像";
    favorites_note: "A favorite that is a group of versions is shown as the version to use.",
        "收藏的若是版本组，所在行显示其中可用的版本。";
    favorites_limit: "Maximum number of images to list [default: all]",
        "最多列出多少个镜像 [默认：全部]";
    favorites_offset: "Number of images to skip [default: 0]", "跳过前面多少个镜像 [默认：0]";

    zone_about: "Work with regions and zones", "查看地域和可用区";
    zone_list_about: "List regions and zones", "列出地域和可用区";
    zone_list_note: "The zones of all regions are listed, unless --region names one. `compshare zones` is short for this.",
        "列出所有地域的可用区，除非用 --region 指定了地域。可简写为 `compshare zones`。";

    // Units and limits of prices.

    use_memory: "expected a size with its unit in whole gigabytes, such as 64GB", "应为带单位的整数 GB，例如 64GB";
    use_disk_size: "expected a size in gigabytes, such as 100GB", "应为以 GB 为单位的大小，例如 100GB";
    use_max_price: "expected an amount in yuan, such as 2.5", "应为金额（元），例如 2.5";
    opt_max_price: "Stop if the price is above this amount in yuan, or unknown",
        "价格高于该金额（元）或无法得知时不执行";
    opt_quantity: "Number of months or days to pay for [default: 1]", "购买的月数或天数 [默认：1]";
    opt_coupon: "Id of a coupon", "代金券 ID";
    price_above: "the price of {price} yuan is above --max-price {max}", "价格 {price} 元高于 --max-price {max}";
    price_unknown_max: "the price is unknown, so it may be above --max-price {max}",
        "无法得知价格，可能高于 --max-price {max}";
    price_unknown: "an unknown price", "未知的价格";
    price_for: "{price} for {count} periods", "{price}（共 {count} 个周期）";

    // Creating instances.

    instance_create_about: "Create instances", "创建实例";
    instance_create_note: "\
At a terminal, missing properties are asked for, from what is on sale now. Stock
and price are shown before the question. Without a terminal, --gpu, --zone, --image,
--charge and --yes are required.

The request is sent once. If its response is lost, the new instance is searched
by a random text in its remark. With --wait, the exit status is 0 once it is
running.",
    "\
在终端中，未指定的内容会从当前在售的规格中选择；确认之前会显示库存和价格。没有终端
时，必须指定 --gpu、--zone、--image、--charge 和 --yes。

请求只发送一次。若没有收到响应，会按备注中的随机文本查找新实例。带 --wait 时，实例
运行后退出码才为 0。";
    instance_create_gpu: "GPU type, such as 4090", "GPU 型号，例如 4090";
    instance_create_count: "Number of GPUs of each instance", "每个实例的 GPU 数量";
    instance_create_cpu: "Number of cores", "CPU 核数";
    instance_create_memory: "Memory with its unit, such as 64GB", "内存大小，须带单位，例如 64GB";
    instance_create_image: "Id of the image", "镜像 ID";
    instance_create_charge: "Charge type: Postpay, Spot, Day, Month or Dynamic; there is no default",
        "计费方式：Postpay、Spot、Day、Month 或 Dynamic；没有默认值";
    instance_create_disk: "System disk, such as 200GB or 200GB:CLOUD_SSD [default: 100GB:CLOUD_SSD]",
        "系统盘，例如 200GB 或 200GB:CLOUD_SSD [默认：100GB:CLOUD_SSD]";
    instance_create_data_disk: "Data disk, which outlives the instance, such as 500GB; repeatable",
        "数据盘，删除实例后仍保留，例如 500GB；可重复";
    instance_create_name: "Name of the instance", "实例名称";
    instance_create_remark: "Remark", "备注";
    instance_create_max_count: "Number of instances [default: 1]", "实例数量 [默认：1]";
    instance_create_platform: "CPU platform: Auto, Intel/Auto or Amd/Auto [default: Auto]",
        "CPU 平台：Auto、Intel/Auto 或 Amd/Auto [默认：Auto]";
    instance_create_firewall: "Id of a firewall [default: made from the ports of the image]",
        "防火墙 ID [默认：按镜像的端口创建]";
    instance_create_us3: "Mount object storage; for container images", "挂载对象存储，仅用于容器镜像";
    instance_create_cfs: "Mount the shared file storage of the zone", "挂载该可用区的共享文件存储";
    instance_create_password: "Read the login password from standard input [default: made by the service]",
        "从标准输入读取登录密码 [默认：由服务端生成]";
    instance_created: "Created the instance {id}", "已创建实例 {id}";
    instance_create_recovered: "the response was lost; the instance was found by its remark {token}",
        "未收到响应；已按备注 {token} 找到实例";
    instance_create_fewer: "{found} of {count} instances were found; look for others with {token} in their remark",
        "只找到 {count} 个实例中的 {found} 个；请查找备注含 {token} 的其他实例";
    instance_create_interrupted: "the instance may have been created: check with `compshare instance list`",
        "实例可能已创建，请用 `compshare instance list` 检查";
    instance_create_look: "`compshare instance list --json` shows the remarks", "可用 `compshare instance list --json` 查看备注";
    instance_create_again: "check with `compshare instance list` before you try again", "重试之前请先用 `compshare instance list` 检查";
    instance_create_login: "log in with `compshare instance ssh {id}`", "可用 `compshare instance ssh {id}` 登录";
    instance_password: "password: {password}", "密码：{password}";
    create_missing_hint: "at a terminal they are asked for; `compshare instance search` shows what is on sale",
        "在终端中运行时会逐项询问；可用 `compshare instance search` 查看在售的规格";
    create_ask_offer: "GPU and zone, by number: ", "GPU 和可用区（序号）：";
    create_ask_size: "Size, by number: ", "规格（序号）：";
    create_ask_image: "Image, by number or id: ", "镜像（序号或 ID）：";
    create_ask_charge: "Charge type, by number: ", "计费方式（序号）：";
    create_postpay: "by the second, billed hourly; free while stopped, but for its disks", "按秒计费，按小时出账；关机后只收磁盘费用";
    create_spot: "as Postpay, cheaper; may be taken back at any time", "同 Postpay，价格更低，但随时可能被回收";
    create_day: "a day in advance", "预付一天";
    create_month: "a month in advance, renewed automatically", "预付一个月，自动续费";
    create_dynamic: "an hour in advance, renewed hourly; not in every zone", "预付一小时，每小时自动续费；部分可用区不支持";
    create_favorite: "favorite", "收藏";
    create_own: "own", "自制";
    create_platform: "platform", "平台";
    create_stock: "{stock} GPUs in stock", "库存 {stock} 卡";
    create_spot_stock: ", {stock} as Spot", "，抢占式 {stock} 卡";
    create_stock_unknown: "stock unknown", "库存未知";
    create_in_stock: "in stock", "有货";
    create_sold_out: "sold out", "售罄";
    create_not_sold: "{gpu} is not on sale: {place}", "未在售：{gpu} {place}";
    create_sold_zones: "it is on sale in {zones}", "在售的可用区：{zones}";
    create_sold_gpus: "GPU types on sale there: {gpus}", "该处在售的 GPU 型号：{gpus}";
    create_pod_disk: "{zone} has container instances, which have no data disks", "{zone} 只有容器实例，不支持数据盘";
    create_no_size: "{zone} has no such size of {gpu}", "{zone} 没有该规格的 {gpu}";
    create_no_disk: "disks of the type {disk_type} are not on sale here", "此处不提供 {disk_type} 类型的磁盘";
    create_disk_size: "{size} is out of range for a {disk_type} disk: {min} to {max}",
        "{disk_type} 磁盘的大小 {size} 超出范围：{min} 到 {max}";
    create_image_status: "the image {id} is not ready: {status}", "镜像 {id} 尚不可用：{status}";
    create_image_type: "{zone} does not accept images of the type {image_type}: {id}",
        "{zone} 不支持 {image_type} 类型的镜像：{id}";
    create_image_gpu: "the image {id} is not made for {gpu}, but for {gpus}", "镜像 {id} 不适用于 {gpu}，适用于 {gpus}";
    create_per_hour: "{price}, about ¥{yuan}/h", "{price}，约 ¥{yuan}/时";
    create_at_most: "{price}, at most ¥{yuan}", "{price}，最多 ¥{yuan}";
    create_data_disk: "data {size} {disk_type}", "数据盘 {size} {disk_type}";
    create_stock_not_listed: "the service did not report the stock", "服务端未返回库存";
    create_no_stock: "{gpu} of this size is not in stock in {zone}", "{zone} 暂无该规格的 {gpu}";
    create_no_stock_hint: "try another size, or `compshare instance search --available`", "请换一种规格，或用 `compshare instance search --available` 查看";
    create_stock_elsewhere: "in stock in {zones}", "以下可用区有货：{zones}";
    create_confirm_one: "Create the instance for {price}?", "确定要创建该实例吗？价格：{price}。";
    create_confirm_several: "Create {count} instances for {price} in all?", "确定要创建 {count} 个实例吗？总价：{price}。";
    prompt_number: "Please enter a number from 1 to {max}.", "请输入 1 到 {max} 之间的序号。";

    // Logging in to instances.

    ssh_about: "Log in to an instance with ssh", "用 ssh 登录实例";
    ssh_note: "\
The login command of the instance runs with the ssh of this system, without a
shell. ssh gets the password through this program when it asks for it. Host keys
are checked as configured for ssh.

Behind --, one argument is a command line for the remote shell; several are the
words of a command. The exit status is that of ssh.",
    "\
用本机的 ssh 执行实例的登录命令，不经过 Shell。ssh 询问密码时由本程序提供。主机密钥
按 ssh 自身的配置检查。

-- 之后若只有一个参数，则视为远程 Shell 的命令行；若有多个，则为一条命令的各个部分。
退出码与 ssh 相同。";
    ssh_command: "Remote command, behind --", "远程命令，写在 -- 之后";
    ssh_print: "Print the command instead of running it", "只显示命令，不执行";
    ssh_no_auto_password: "Enter the password at the terminal", "在终端手动输入密码";
    ssh_accept_new: "Accept the host key of a new host; a changed key is still refused",
        "接受新主机的密钥；密钥有变化时仍会拒绝";
    ssh_connect_timeout: "Seconds for connecting", "连接的时限（秒）";
    ssh_not_running: "{instance} is not running: {state}", "{instance}未在运行：{state}";
    ssh_start: "start it with `compshare instance start {id}`", "请用 `compshare instance start {id}` 开机";
    ssh_wait: "wait for it with `compshare instance wait {id}`", "请用 `compshare instance wait {id}` 等待";
    ssh_no_login: "{instance} has no login command", "{instance} 没有登录命令";
    ssh_odd_login: "the login command of {instance} is not plain: {command}",
        "{instance} 的登录命令不符合预期：{command}";
    ssh_odd_login_hint: "expected `ssh -p PORT USER@HOST`; check it before running it yourself",
        "应为 `ssh -p 端口 用户@主机`；自行执行前请先检查";
    ssh_no_password: "the service did not send the password", "服务端未返回密码";
    ssh_waiting_port: "waiting for {host}, port {port} …", "正在等待 {host} 的端口 {port} …";
    ssh_port_late: "{host}, port {port}, does not accept connections after {seconds} s",
        "{host} 的端口 {port} 在 {seconds} 秒后仍无法连接";
    ssh_missing: "ssh cannot be run: {cause}", "无法运行 ssh：{cause}";

    // Disks.

    disk_about: "Work with data disks", "管理数据盘";
    disk_note: "Data disks are paid for until they are deleted, also while detached or while the instance is stopped.",
        "数据盘在删除之前一直计费，卸载后或实例关机期间也不例外。";
    disk_list_about: "List disks, attached or not", "列出磁盘，包括未挂载的";
    disk_list_instance: "Disks of this instance", "该实例的磁盘";
    disk_list_note: "The disks of all regions are listed, unless --region or --zone names one.",
        "列出所有地域的磁盘，除非用 --region 或 --zone 指定。";
    disk_disk: "Id or name of a disk", "磁盘的 ID 或名称";
    disk_instance: "Id or name of the instance", "实例的 ID 或名称";
    disk_price_about: "Show the price of growing an attached disk", "显示扩容已挂载磁盘的价格";
    disk_new_size: "The new size, such as 200GB", "新的大小，例如 200GB";
    disk_resize_about: "Grow a disk", "扩容磁盘";
    disk_resize_note: "Disks only grow. The file system on it has to be grown in the instance.",
        "磁盘只能扩容。文件系统需在实例中另行扩展。";
    disk_resize_confirm: "Grow the disk {disk} to {size} for {price}?", "确定要把磁盘 {disk} 扩容到 {size} 吗？价格：{price}。";
    disk_resized: "Grew the disk {disk} to {size}", "已把磁盘 {disk} 扩容到 {size}";
    disk_only_grows: "disks only grow: {disk} cannot be changed to {size}",
        "磁盘只能扩容：{disk} 不能改为 {size}";
    disk_price_detached: "the service has no price for the detached disk {disk}",
        "服务端不提供未挂载磁盘 {disk} 的价格";
    disk_create_about: "Create a data disk and attach it", "创建并挂载数据盘";
    disk_create_note: "\
There is no default charge type: Month pays for a month in advance. Container
instances have no data disks; `compshare instance resize` grows theirs.",
    "\
计费方式没有默认值：Month 会预付一个月。容器实例不支持数据盘，可用
`compshare instance resize` 扩容。";
    disk_size: "Size, such as 100GB", "大小，例如 100GB";
    disk_charge: "Charge type: Postpay, Dynamic, Day or Month", "计费方式：Postpay、Dynamic、Day 或 Month";
    disk_type: "Type: SSDDataDisk, RSSDDataDisk (for A800), DataDisk or EfficiencyDataDisk [default: SSDDataDisk]",
        "类型：SSDDataDisk、RSSDDataDisk（用于 A800）、DataDisk 或 EfficiencyDataDisk [默认：SSDDataDisk]";
    disk_name: "Name [default: data]", "名称 [默认：data]";
    disk_create_confirm: "Create the disk {name} ({size}, {disk_type}) on {instance} for {price}, until it is deleted?",
        "确定要在 {instance} 上创建磁盘 {name}（{size}，{disk_type}）吗？价格：{price}，删除之前一直计费。";
    disk_created: "Created the disk {name} ({disk}) on {instance}", "已在 {instance} 上创建磁盘 {name}（{disk}）";
    disk_no_id: "the response has no id of the disk {name}", "响应中没有磁盘 {name} 的 ID";
    disk_pod: "{id} is a container instance, which has no data disks", "{id} 是容器实例，不支持数据盘";
    disk_attach_about: "Attach a disk to an instance", "挂载磁盘";
    disk_attach_note: "Disk and instance must be in the same zone.", "磁盘与实例须在同一可用区。";
    disk_attach_type: "Type of the disk [default: looked up]", "磁盘类型 [默认：自动查找]";
    disk_attach_confirm: "Attach the disk {disk} to {instance}?", "确定要把磁盘 {disk} 挂载到 {instance} 吗？";
    disk_attach_done: "Attached the disk {disk} to {instance}", "已把磁盘 {disk} 挂载到 {instance}";
    disk_attached: "the disk {disk} is attached to {instance}", "磁盘 {disk} 已挂载到 {instance}";
    disk_other_zone: "the disk {disk} is in {from}, but {instance} in {to}", "磁盘 {disk} 在 {from}，而 {instance} 在 {to}";
    disk_detach_about: "Detach a data disk from a stopped instance", "从已关机的实例卸载数据盘";
    disk_detach_note: "Unmount its file system first. A detached disk keeps its data, and is still paid for.",
        "请先卸载其中的文件系统。卸载后数据保留，并继续计费。";
    disk_detach_instance: "Id or name of the instance [default: looked up]", "实例的 ID 或名称 [默认：自动查找]";
    disk_device: "Device, such as /dev/vdb [default: looked up]", "设备，例如 /dev/vdb [默认：自动查找]";
    disk_detach_confirm: "Detach the disk {disk} ({device}) from {instance}?", "确定要从 {instance} 卸载磁盘 {disk}（{device}）吗？";
    disk_detach_done: "Detached the disk {disk} from {instance}", "已从 {instance} 卸载磁盘 {disk}";
    disk_detached: "the disk {disk} is not attached", "磁盘 {disk} 未挂载";
    disk_in_use: "the disk {disk} cannot be detached while {instance} is running", "{instance} 正在运行，不能卸载磁盘 {disk}";
    disk_stop_first: "unmount it, then stop the instance with `compshare instance stop {id}`",
        "请先卸载文件系统，再用 `compshare instance stop {id}` 关机";
    disk_no_device: "the device of the disk {disk} is unknown; set it with --device /dev/vdb",
        "无法得知磁盘 {disk} 的设备，请用 --device /dev/vdb 指定";
    disk_disks: "Ids or names of disks", "磁盘的 ID 或名称";
    disk_delete_about: "Delete detached disks for good", "永久删除未挂载的磁盘";
    disk_delete_note: "All disks are looked up before the first one is deleted. A disk that is still being detached is tried again, for 12 seconds.",
        "先查找全部磁盘，再逐个删除。仍在卸载中的磁盘会在 12 秒内重试。";
    disk_delete_confirm: "Delete for good, with all data: {disks}?", "确定要永久删除以下磁盘及其数据吗：{disks}？";
    disk_deleted: "Deleted the disk {disk}", "已删除磁盘 {disk}";
    disk_detach_first: "detach it with `compshare disk detach {disk}`", "请先用 `compshare disk detach {disk}` 卸载";
    disk_not_found: "disk {name} not found", "找不到磁盘 {name}";
    disk_not_found_hint: "`compshare disk list` lists the disks", "可用 `compshare disk list` 列出磁盘";
    disk_ambiguous: "several disks have the name {name}: {ids}", "有多个磁盘名为 {name}：{ids}";
    col_instance: "INSTANCE", "实例";

    completion_about: "Print completions for a shell", "输出 Shell 的命令补全脚本";
    completion_shell: "bash, zsh, fish, elvish or powershell",
        "Shell：bash、zsh、fish、elvish 或 powershell";
    man_name: "Name", "名称";
    man_synopsis: "Synopsis", "用法";
    man_description: "Description", "描述";
    exit_status: "Exit status", "退出码";
    variables: "Environment", "环境变量";
    man_files: "Files", "文件";
    man_see_also: "See also", "参见";
    man_about: "Print the manual page, or write one for every command",
        "输出 man 手册页，或为每个命令各生成一页";
    man_dir: "Write all pages into this folder", "把所有手册页写入该目录";

    prompt_keys_url: "Create keys at https://console.compshare.cn/uaccount/api_manage",
        "密钥可在 https://console.compshare.cn/uaccount/api_manage 获取";
    prompt_public: "Public key: ", "公钥：";
    prompt_public_kept: "Public key [{key}]: ", "公钥 [{key}]：";
    prompt_private: "Private key (not shown): ", "私钥（输入时不显示）：";
    prompt_private_kept: "Private key (not shown) [****]: ", "私钥（输入时不显示）[****]：";
    prompt_empty: "Please enter a value.", "请输入内容。";
    prompt_doctor: "Run `compshare doctor` to check the keys.", "请运行 `compshare doctor` 检查密钥。";
    prompt_confirm: "{question} [y/N] ", "{question}[y/N] ";
    prompt_again: "Please answer y or n.", "请回答 y 或 n。";
    confirm_call: "Send {action}, which may not be undone?",
        "确定要发送 {action} 吗？该操作可能无法撤销。";
    confirm_delete: "Delete the profile {name}?", "确定要删除凭证配置 {name} 吗？";
    aborted: "nothing was done", "已取消，未做任何更改";
    saved: "Stored the profile {name}", "已保存凭证配置 {name}";
    saved_key: "Stored {key} in the profile {name}", "已将 {key} 保存到凭证配置 {name}";
    saved_lang: "Stored the language {value}", "已保存语言设置 {value}";
    removed_key: "The profile {name} has no {key} now", "凭证配置 {name} 中已没有 {key}";
    removed_lang: "No {key} is stored now", "已不再保存 {key}";
    using: "Using the profile {name}", "正在使用凭证配置 {name}";
    deleted: "Deleted the profile {name}", "已删除凭证配置 {name}";
    written: "Wrote {count} pages to {path}", "已将 {count} 页写入 {path}";

    error: "error", "错误";
    warning: "warning", "警告";
    hint_separator: "; ", "；";
    yes: "yes", "是";
    no: "no", "否";
    active_settings: "settings", "仅设置";
    no_rows: "Nothing found.", "没有结果。";
    progress: "{count} rows so far …", "已获取 {count} 条 …";
    progress_of: "{count} rows of {total} so far …", "已获取 {count} 条，共 {total} 条 …";
    waiting: "waiting for {host} …", "正在等待 {host} …";
    waiting_read: "waiting for {host} … (attempt {attempt} of {max})",
        "正在等待 {host} …（第 {attempt} 次，共 {max} 次）";
    retrying: "retrying in {seconds} s (attempt {attempt} of {max})",
        "{seconds} 秒后重试（第 {attempt} 次，共 {max} 次）";
    fewer_than_total: "the service reported a total of {total}, but returned {count} rows",
        "服务端返回的总数为 {total}，实际只收到 {count} 条";
    rows_without_id: "skipped rows without an identifier: {count}",
        "有 {count} 条没有 ID，已略过";
    word_ok: "ok", "正常";
    word_warning: "warning", "警告";
    word_failed: "failed", "失败";

    col_id: "ID", "ID";
    col_name: "NAME", "名称";
    col_type: "TYPE", "类型";
    col_author: "AUTHOR", "作者";
    col_status: "STATUS", "状态";
    col_price: "PRICE", "价格";
    col_version: "VERSION", "版本";
    col_tags: "TAGS", "标签";
    col_profile: "PROFILE", "凭证配置";
    col_active: "ACTIVE", "使用中";
    col_source: "SOURCE", "来源";
    col_setting: "SETTING", "设置";
    col_region: "REGION", "地域";
    col_project: "PROJECT", "项目";
    col_address: "ADDRESS", "请求地址";
    col_check: "CHECK", "检查项";
    col_detail: "DETAIL", "详情";
    col_advice: "WHAT TO DO", "建议";
    col_key: "FIELD", "字段";
    col_value: "VALUE", "值";

    src_option: "option", "命令行选项";
    src_environment: "environment", "环境变量";
    src_profile: "profile", "配置文件";
    src_default: "default", "默认值";
    src_profile_of: "profile {name}", "凭证配置 {name}";
    src_file: "file", "文件";
    src_unset: "not set", "未设置";

    use_unknown_option: "unexpected argument '{name}'", "未知选项：{name}";
    use_unexpected_argument: "unexpected argument '{value}'", "多余的参数：{value}";
    use_unknown_command: "unknown command '{name}'", "未知命令：{name}";
    use_did_you_mean: "did you mean '{name}'?", "您是不是要输入 {name}？";
    use_missing: "the following required arguments were not provided: {name}", "缺少必需的参数：{name}";
    use_needs: "'{name}' requires '{other}'", "{name} 需要与 {other} 一起使用";
    use_value_missing: "a value is required for '{name}' but none was supplied", "{name} 需要一个值";
    use_invalid_value: "invalid value '{value}' for '{name}'", "{name} 的值 {value} 无效";
    use_possible_values: "possible values: {values}", "可用的值：{values}";
    use_conflict: "the argument '{name}' cannot be used with '{other}'", "{name} 与 {other} 不能同时使用";
    use_twice: "the argument '{name}' cannot be used multiple times", "{name} 出现了多次";
    use_command_missing: "'{command}' requires a command", "{command} 需要一个命令";
    use_possible_commands: "possible commands: {values}", "可用的命令：{values}";
    use_not_text: "an argument is not valid UTF-8", "有参数不是合法的 UTF-8";
    use_unexpected: "the arguments cannot be parsed", "无法解析这些参数";
    use_see_help: "run '{command} --help' for its arguments", "用 `{command} --help` 查看可用的参数";
    use_see_commands: "run '{command} --help' for a list", "用 `{command} --help` 查看可用的命令";
    use_number: "expected a whole number from 0 to {max}", "应为 0 到 {max} 之间的整数";
    use_param_form: "invalid value for '--param <KEY=VALUE>': expected KEY=VALUE",
        "--param 的值无效：应写作 KEY=VALUE";
    use_param_twice: "the parameter '{name}' cannot be used multiple times", "参数 {name} 出现了多次";
    use_unreadable: "{path} cannot be read: {cause}", "无法读取 {path}：{cause}";
    use_params_json: "{path} is not a JSON object: {cause}", "{path} 不是 JSON 对象：{cause}";
    use_file_too_large: "more than {max} bytes", "超过 {max} 字节";
    use_not_utf8: "not valid UTF-8", "不是 UTF-8 文本";
    use_line_too_long: "a line is longer than {max} bytes", "有一行超过 {max} 字节";
    use_keys_on_command_line: "keys are not accepted on the command line, where other users can see them",
        "不从命令行读取密钥，以免被他人看到";
    use_no_terminal: "confirmation is required, and there is no terminal to ask at",
        "此操作需要确认，但没有终端可供询问";
    use_yes_hint: "pass --yes to confirm", "用 --yes 确认";
    use_profile_name: "the name of a profile must not be empty or have control characters",
        "凭证配置的名称不能为空，也不能含有控制字符";
    use_columns_format: "'--columns' works only with '--output table, wide or csv'",
        "--columns 只能与 --output table、wide 或 csv 一起使用";
    use_no_column: "invalid value '{name}' for '--columns <NAMES>'", "--columns 的值“{name}”无效";
    use_columns: "valid columns: {valid}", "可用的列：{valid}";
    use_format: "invalid value '{format}' for '--output <FORMAT>' of this command",
        "该命令的 --output 不支持 {format}";
    use_no_ids: "the response has no list with identifiers", "响应中没有带 ID 的列表";
    use_action_name: "expected letters and digits only", "只能由字母和数字组成";

    cfg_no_keys: "no keys: {which} is not set", "未配置密钥：请设置 {which}";
    cfg_no_keys_hint: "run `compshare config set`, or set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY; create keys at https://console.compshare.cn/uaccount/api_manage",
        "请运行 `compshare config set`，或设置 COMPSHARE_PUBLIC_KEY 和 COMPSHARE_PRIVATE_KEY；密钥可在 https://console.compshare.cn/uaccount/api_manage 获取";
    cfg_keys_mixed: "the public key is from {public}, but the private key from {private}",
        "公钥与私钥的来源不同（公钥：{public}；私钥：{private}）";
    cfg_keys_mixed_hint: "set COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY both, or neither to use a profile",
        "请同时设置 COMPSHARE_PUBLIC_KEY 和 COMPSHARE_PRIVATE_KEY，或都不设置而使用凭证配置";
    cfg_profile_note: "note: {settings} from the profile {name}, keys from the environment",
        "提示：{settings}来自凭证配置 {name}，密钥来自环境变量";
    cfg_no_profiles: "no profiles; `compshare config set` creates one",
        "没有凭证配置；请运行 `compshare config set` 创建";
    cfg_value_empty: "the value of {key} is empty", "{key} 的值为空";
    cfg_value_empty_hint: "`compshare config unset {key}` removes it",
        "可用 `compshare config unset {key}` 删除该设置";
    cfg_value_unset: "{key} is not set", "{key} 未设置";
    cfg_private_key_hidden: "the private key is not shown", "不显示私钥";
    cfg_unknown_lang: "ignoring COMPSHARE_LANG={name}; expected zh or en",
        "COMPSHARE_LANG={name} 既不是 zh 也不是 en，已忽略";
    cfg_stdin_key: "expected the private key on the first line of standard input",
        "标准输入的第一行应为私钥";
    cfg_profile_overruled: "keys of the environment override those of the profile {name}",
        "环境变量中的密钥优先于凭证配置 {name} 中的密钥";
    cfg_no_profile: "profile {name} does not exist", "没有名为 {name} 的凭证配置";
    cfg_no_place: "no home folder for the profile file", "找不到主目录，无处存放凭证配置";
    cfg_broken: "{path} is not a profile file: {cause}", "{path} 不是凭证配置文件：{cause}";
    cfg_unwritable: "{path} cannot be written: {cause}", "无法写入 {path}：{cause}";
    cfg_open: "{path} is readable by other users (mode {mode}); run chmod 600 on it",
        "其他用户可以读取 {path}（权限 {mode}），请执行 chmod 600";
    cfg_stdin_keys: "expected the public key and the private key on two lines of standard input",
        "标准输入的第一行应为公钥，第二行应为私钥";
    cfg_roots: "no certificates in {path}, from {variable}: {cause}", "{variable} 指定的 {path} 无法提供证书：{cause}";
    cfg_no_certificate: "it has no usable PEM certificate", "其中没有可用的 PEM 证书";
    cfg_settings: "{cause}", "设置有误：{cause}";

    err_resume: "the listing can continue at --offset {offset}", "可用 --offset {offset} 继续";
    err_write: "the output cannot be written: {cause}", "无法写入输出：{cause}";
    err_interrupted: "interrupted", "已中断";
    err_internal: "internal error at {place}; please report it",
        "内部错误（{place}），请报告此问题";
    err_read: "standard input cannot be read: {cause}", "无法读取标准输入：{cause}";

    hint_network: "check the network, the base URL and the proxy; `compshare doctor` checks all of them",
        "请检查网络、请求地址和代理；`compshare doctor` 可逐项检查";
    hint_tls: "check the clock and the base URL; behind a proxy that re-signs TLS traffic, set SSL_CERT_FILE to its root certificate",
        "请检查系统时间和请求地址；若代理替换了证书，请将 SSL_CERT_FILE 设为其根证书文件";
    hint_timeout: "try again, or allow more time with --timeout", "请重试，或用 --timeout 放宽时限";
    hint_not_found_action: "check the spelling of the action; the service may not offer it despite its documentation",
        "请检查接口名称的拼写；无论文档如何，服务可能并未提供该接口";
    hint_signature: "check that the private key is complete and matches the public key; `compshare sign` shows the signed text",
        "请检查私钥是否完整、是否与公钥匹配；`compshare sign` 可显示被签名的内容";
    hint_public_key: "check that the public key is complete, has not been deleted, and belongs to CompShare; `compshare config set` stores another",
        "请检查公钥是否完整、是否有效、是否属于该服务；`compshare config set` 可重新保存";
    hint_iam: "set the project with --project-id, or ask the account's owner for permission",
        "请用 --project-id 指定项目；否则请向账号所有者申请权限";
    hint_not_found: "check the identifier, --region and --zone", "请检查 ID、--region 和 --zone";
    hint_throttled: "wait, and send fewer requests", "请稍候再试，并降低请求频率";
    hint_parameter: "check the parameter named in the message, --region, --zone and --project-id",
        "请检查消息中提到的参数，以及 --region、--zone 和 --project-id";
    hint_later: "try again later", "请稍后再试";
    hint_rights: "ask the account's owner for permission", "请向账号所有者申请权限";
    hint_redirect: "check the base URL; redirects are not followed, since the request is signed",
        "请检查请求地址；请求带有签名，因此不跟随重定向";
    hint_html: "check the base URL; the response may come from a proxy or a login page",
        "请检查请求地址，以及响应是否来自代理或登录页";
    hint_zone: "set one with --zone cn-wlcb-01, COMPSHARE_ZONE or `compshare config set zone cn-wlcb-01`",
        "可用 --zone cn-wlcb-01、COMPSHARE_ZONE 或 `compshare config set zone cn-wlcb-01` 设置可用区";
    hint_unknown_outcome: "it may have taken effect: check before sending it again",
        "操作可能已生效，请先确认再重新发送";
    hint_faq: "see https://github.com/compshare-rs/compshare-rs/blob/main/docs/faq.md",
        "参见 https://github.com/compshare-rs/compshare-rs/blob/main/docs/zh/faq.md";

    doc_other: "settings", "设置";
    doc_region: "region", "地域";
    doc_zone: "zone", "可用区";
    doc_project: "project", "项目";
    doc_url: "address", "请求地址";
    doc_program: "program", "程序";
    doc_file: "profile file", "配置文件";
    doc_file_none: "{path} does not exist", "{path} 不存在";
    doc_profile: "profile", "凭证配置";
    doc_keys: "keys", "密钥";
    doc_settings: "{value} ({source})", "{value}（来源：{source}）";
    doc_proxy: "proxy", "代理";
    doc_proxy_none: "none", "无";
    doc_roots: "certificates", "证书";
    doc_roots_bundled: "bundled roots", "内置根证书";
    doc_endpoint: "endpoint", "连接";
    doc_endpoint_ok: "{url} responds within {time} s", "{url} 在 {time} 秒内响应";
    doc_access: "access", "鉴权";
    doc_access_ok: "the keys are accepted", "密钥有效";
    doc_access_unknown: "the keys could not be verified", "服务未说明密钥是否有效";
    doc_clock: "clock", "时钟";
    doc_clock_skew: "differs from the service's by {seconds} s", "与服务端相差 {seconds} 秒";
    doc_clock_unknown: "the service did not send a Date header", "服务端没有发送 Date 响应头";
    doc_clock_hint: "set the clock: signatures have no timestamp, but certificates expire",
        "请校准系统时间：签名与时间无关，但证书有有效期";
    doc_skipped: "skipped", "未检查";
    doc_favorites: "favorites", "收藏";
    doc_favorites_ok: "DescribeFavoriteImages is available", "DescribeFavoriteImages 可用";
    doc_favorites_missing: "DescribeFavoriteImages is not offered (RetCode 161)",
        "服务未提供 DescribeFavoriteImages（RetCode 161）";
    doc_favorites_hint: "`compshare image favorites` lists them from the community instead",
        "`compshare image favorites` 仍可从社区中找出收藏的镜像";
    doc_lang: "language", "语言";
    doc_zone_other: "{zone} is not a zone of the region {region}", "{zone} 不属于地域 {region}";
    doc_zone_hint: "set both: `compshare config set region cn-wlcb`, `compshare config set zone cn-wlcb-01`",
        "请同时设置：`compshare config set region cn-wlcb`、`compshare config set zone cn-wlcb-01`";

    log_answer: "{action}: attempt {attempt}: HTTP {status}, {bytes} bytes in {time} s",
        "{action}：第 {attempt} 次：HTTP {status}，{bytes} 字节，{time} 秒";
    log_no_answer: "{action}: attempt {attempt}: {cause} after {time} s",
        "{action}：第 {attempt} 次：{cause}，{time} 秒";
    log_request: "request", "请求";
    log_not_json: "(left out: a JSON document that is not complete)", "（已省略：JSON 文档不完整）";

    // Image lists.

    favorites_all: "List all images (the default)", "列出全部（默认）";
    favorites_via: "Where favorites are read: documented (DescribeFavoriteImages), community (groups with IsFavorite), or auto: the first if the service has it, else the second [default: auto]",
        "获取方式：documented（DescribeFavoriteImages）、community（社区中标有 IsFavorite 的版本组）或 auto：服务提供前者则用前者，否则用后者 [默认：auto]";
    favorites_way: "listed by {action} ({way})", "通过 {action} 列出（{way}）";
    hint_favorites: "the service does not offer it; `compshare image favorites --via community` finds the favorites in the community",
        "服务未提供该接口；`compshare image favorites --via community` 可从社区中找出收藏的镜像";

    list_about: "List images of the platform, the community or the account",
        "列出镜像：平台镜像、社区镜像、自制镜像等";
    list_note: "\
Filters by source:
  custom, shared               --id
  platform                     --id, --name, --author, --type and one --tag
  community, published, user   all but --type; --user is for user only

Images of community, published and user are in version groups: table, csv and ids
have a row for each version, json and jsonl an item for each group; --limit and
--offset count groups.",
    "\
各来源支持的筛选条件：
  custom、shared               --id
  platform                     --id、--name、--author、--type 和一个 --tag
  community、published、user   除 --type 外的全部；--user 仅用于 user

community、published、user 的镜像以版本组为单位：table、csv 和 ids 每行一个
版本，json 和 jsonl 每项一个版本组，--limit 和 --offset 按版本组计数。";
    list_source: "Images to list: platform, community, custom (made by the account), shared (with the account), published (by the account) or user (by one user) [default: platform]",
        "镜像来源：platform（平台）、custom（自制）、community（社区）、shared（他人共享）、published（自己发布）、user（某个用户）[默认：platform]";
    list_id: "The image with this id", "该 ID 的镜像";
    list_group: "Images of this version group", "该版本组的镜像";
    list_name: "Images whose name is or contains this text", "名称为该文本或包含该文本的镜像";
    list_author: "Images by this author", "该作者的镜像";
    list_query: "Images with this text in their name or author",
        "名称或作者包含该文本的镜像";
    list_tag: "Images with this tag; repeatable, or several separated by commas: all of them must match",
        "带有该标签的镜像；可重复，也可用逗号分隔：须同时带有所有标签";
    list_type: "Platform images of this type: System, App, Game or Other",
        "该类型的平台镜像：System、App、Game 或 Other";
    list_free: "Free images", "免费镜像";
    list_paid: "Paid images", "付费镜像";
    list_official: "Official images", "官方镜像";
    list_unofficial: "Images that are not official", "非官方镜像";
    list_autostart: "Images that start their software with the instance", "程序随实例自动启动的镜像";
    list_no_autostart: "Images that do not start their software with the instance",
        "程序不随实例自动启动的镜像";
    list_sort: "Sort by PubTime, Favor, FavoritesCount, CreatedCount, ImageUseTime or Price, in descending order",
        "排序字段：PubTime、Favor、FavoritesCount、CreatedCount、ImageUseTime 或 Price，从大到小";
    list_ascending: "Sort in ascending order", "从小到大排序";
    list_user: "Organization id of the user, for --source user",
        "用户的组织 ID，用于 --source user";
    list_limit: "Maximum number of images to list [default: 20]", "最多列出多少个镜像 [默认：20]";
    list_all: "List all images", "列出全部镜像";
    list_unsupported: "'{option}' works only with '--source {sources}'",
        "{option} 只能与 --source {sources} 一起使用";
    or: " or ", " 或 ";
    comma: ", ", "、";
    list_one_tag: "'--source platform' accepts one tag only", "平台镜像只能按一个标签筛选";
    list_more_unknown: "{count} shown, and there are more; --offset {next} shows more, --all shows all",
        "已列出 {count} 个，还有更多；用 --offset {next} 查看更多，用 --all 查看全部";
    list_more_maybe: "{count} shown, and there may be more; --offset {next} shows more, --all shows all",
        "已列出 {count} 个，可能还有更多；用 --offset {next} 查看更多，用 --all 查看全部";
    list_limit_zero: "--limit 0 lists nothing", "--limit 0 不列出任何内容";
    list_left_out: "columns left out: {columns}; -o wide shows all of them",
        "未显示的列：{columns}；用 -o wide 查看所有列";
    list_more_groups: "{count} of {total} groups; --offset {next} shows more, --all shows all",
        "已列出 {count} 个版本组，共 {total} 个；用 --offset {next} 查看更多，用 --all 查看全部";
    list_more: "{count} of {total}; --offset {next} shows more, --all shows all",
        "已列出 {count} 个，共 {total} 个；用 --offset {next} 查看更多，用 --all 查看全部";

    show_about: "Show the details of an image", "显示一个镜像的全部信息";
    show_note: "\
Without --source, the image is searched in platform, custom, community, shared
and published, in this order. The output names the source.",
    "\
不带 --source 时，依次在 platform、custom、community、shared、published 中查找，
并显示镜像的来源。";
    show_source: "Source to search: platform, custom, community, shared or published [default: all]",
        "在哪里查找：platform、custom、community、shared 或 published [默认：全部]";
    show_nowhere: "image {id} not found (searched: {sources})",
        "找不到镜像 {id}（已查找：{sources}）";

    tags_about: "List the tags that images can be filtered by", "列出可用于查找镜像的标签";

    shares_about: "List the accounts that an image is shared with", "列出镜像共享给了哪些账号";
    shares_image: "Id of an image of the account", "镜像 ID，须为自己的镜像";

    progress_about: "Show the progress of an image that is being made", "显示镜像的制作进度";
    progress_note: "\
With --wait, the exit status is 0 if the image is ready, 1 if making it failed,
3 if it is not ready in time.",
    "\
带 --wait 时的退出码：0 镜像就绪；1 制作失败；3 在时限内未就绪。";
    progress_wait: "Wait until it is ready or has failed", "等待直到就绪或失败";
    progress_timeout: "Maximum wait in seconds [default: 1800]", "等待的时限（秒）[默认：1800]";
    progress_interval: "Polling interval in seconds [default: 5]",
        "两次查询的间隔（秒）[默认：5]";
    progress_percent: "{image}: {percent} %", "{image}：已完成 {percent} %";
    progress_left: "{image}: {percent} %, {seconds} s left",
        "{image}：已完成 {percent} %，预计剩余 {seconds} 秒";
    progress_ready: "{image} is ready", "{image} 已就绪";
    progress_failed: "making {image} failed", "{image} 制作失败";
    progress_failed_why: "making {image} failed: {reason}", "{image} 制作失败：{reason}";
    progress_late: "{image} is not ready after {seconds} s", "{image} 在 {seconds} 秒后仍未就绪";
    progress_goes_on: "the image is still being made: `{command}` keeps waiting",
        "镜像仍在制作：用 `{command}` 继续等待";

    col_group: "GROUP", "版本组";
    col_group_name: "GROUP NAME", "版本组名称";
    col_author_level: "AUTHOR LEVEL", "作者认证";
    col_backed_by: "PROVIDER", "提供方";
    col_is_official: "FROM OFFICIAL IMAGE", "源自官方镜像";
    col_container: "CONTAINER", "容器镜像";
    col_visibility: "VISIBILITY", "可见性";
    col_charged: "CHARGED", "收费";
    col_size: "SIZE", "大小";
    col_created: "CREATED", "创建时间";
    col_updated: "UPDATED", "更新时间";
    col_published: "PUBLISHED", "发布时间";
    col_instances: "INSTANCES", "创建实例数";
    col_favorites: "FAVORITES", "收藏数";
    col_recommended: "RECOMMENDED", "推荐数";
    col_use_time: "USE TIME", "使用时长";
    col_is_favorite: "MY FAVORITE", "已收藏";
    col_changes: "CHANGES", "版本说明";
    col_autostart: "AUTOSTART", "自动启动";
    col_gpus: "SUPPORTED GPUS", "支持的 GPU";
    col_made_on: "MADE ON", "制作所用 GPU";
    col_ports: "PORTS", "端口";
    col_firewall: "OPEN PORTS", "开放端口";
    col_cover: "COVER", "封面";
    col_qr_code: "QR CODE", "二维码";
    col_failure: "FAILURE", "失败原因";
    col_owner: "OWNER", "所有者";
    col_software: "SOFTWARE", "软件";
    col_zone: "ZONE", "可用区";
    col_zones: "ZONES", "支持的可用区";
    col_description: "DESCRIPTION", "描述";
    col_readme: "README", "使用说明";
    col_account_id: "ACCOUNT ID", "账号 ID";
    col_account: "ACCOUNT", "账号";
    col_category: "CATEGORY", "分类";
    col_tag: "TAG", "标签";
    col_percent: "DONE", "进度";
    col_time_left: "TIME LEFT", "剩余时间";
    col_time_total: "TOTAL TIME", "总时间";

    val_free: "free", "免费";
    val_price: "¥{yuan}/h", "¥{yuan}/时";
    val_hours: "{hours} h", "{hours} 小时";
    val_seconds: "{seconds} s", "{seconds} 秒";

    // Image changes.

    favorite_about: "Add community images to the favorites", "收藏社区镜像";
    favorite_note: "\
All images are looked up before the first change. Existing favorites stay.",
    "\
先查找全部镜像，再逐个收藏；已收藏的不受影响。";
    unfavorite_about: "Remove community images from the favorites", "取消收藏社区镜像";
    favorite_what: "A version group, or an image in one (compshareImage-...)",
        "版本组，或其中某个镜像（compshareImage-...）";
    favorite_added: "Added group {group} to the favorites, by {action}",
        "已收藏版本组 {group}（{action}）";
    favorite_removed: "Removed group {group} from the favorites, by {action}",
        "已取消收藏版本组 {group}（{action}）";
    favorite_no_group: "no group of the community has the image {image}",
        "社区中没有包含镜像 {image} 的版本组";

    share_about: "Share an image of the account with others", "把自己的镜像共享给其他账号";
    share_note: "\
Accounts are sent in batches of 10. If some do not exist, the image is still
shared with the others, and the exit status is 1.",
    "\
超过 10 个账号时，每 10 个一批发送。若有账号不存在，其余账号仍会得到镜像，
退出码为 1。";
    unshare_about: "Stop sharing an image", "取消镜像共享";
    share_account: "Account number", "账号的数字 ID";
    share_confirm: "Stop sharing image {image} with {accounts}?",
        "确定要取消镜像 {image} 对 {accounts} 的共享吗？";
    share_done: "Shared the image {image} with {accounts}", "已把镜像 {image} 共享给 {accounts}";
    unshare_done: "The image {image} is no longer shared with {accounts}",
        "已取消镜像 {image} 对 {accounts} 的共享";
    share_invalid: "these accounts do not exist: {accounts}", "以下账号不存在：{accounts}";
    use_account: "expected an account number such as 50123456",
        "应为账号的数字 ID，例如 50123456";

    create_about: "Make an image from an instance", "用实例制作镜像";
    create_note: "\
If no zone is set, the zone of the instance is looked up. A container must be
running meanwhile. The exit status is 0 once the image is being made, or with
--wait once it is ready; 1 if it failed, 3 if it is not ready in time.",
    "\
未设置可用区时，会先查询实例所在的可用区。制作期间容器实例必须处于运行状态。
退出码：开始制作即为 0，带 --wait 时镜像就绪才为 0；1 制作失败；
3 在时限内未就绪。";
    create_instance: "Id of the instance", "源实例";
    create_name: "The image's name; must be unique within the account",
        "镜像名称，同一账号内不可重复";
    create_wait: "Wait until the image is ready (the default at a terminal)",
        "等待镜像就绪（在终端中为默认）";
    create_no_wait: "Do not wait until the image is ready", "不等待镜像就绪";
    create_confirm: "Make the image {name} from the instance {instance}?",
        "确定要用实例 {instance} 制作镜像 {name} 吗？";
    create_begun: "Making the image {image} ({name})", "正在制作镜像 {image}（{name}）";
    create_no_id: "the image {name} is being made, but the response has no id; check before sending it again",
        "镜像 {name} 正在制作，但服务没有给出其 ID：请先确认再重新发送";
    use_no_zone: "making an image requires a zone", "制作镜像需要指定可用区";
    create_no_instance: "instance {instance} not found, or its zone is missing in the response",
        "没有找到实例 {instance} 及其可用区";

    copy_about: "Copy an image of the account", "复制自己的镜像";
    copy_name: "Name of the copy [default: chosen by the service]", "副本的名称 [默认：由服务决定]";
    copy_done: "Copying the image {image} to {copy}", "正在把镜像 {image} 复制为 {copy}";
    copy_no_id: "the image {image} is being copied, but the response has no id; check before sending it again",
        "镜像 {image} 正在复制，但服务没有给出副本的 ID：请先确认再重新发送";

    publish_about: "Publish an image of the account to the community", "把自己的镜像发布到社区";
    publish_note: "\
Only container images that are ready can be published. They are reviewed before
others can see them.",
    "\
只能发布已就绪的容器镜像，审核通过后他人才能看到。";
    publish_version: "Name of the version, such as v1.0", "版本名称，例如 v1.0";
    publish_group: "Version group to add the version to [default: a new group]",
        "作为哪个版本组的新版本 [默认：新的版本组]";
    publish_name: "Name of the image in the community", "镜像在社区中的名称";
    publish_price: "Price in yuan per hour, with at most two decimals [default: 0, free]",
        "价格（元/小时），最多两位小数 [默认：0，即免费]";
    publish_confirm: "Publish the image {image} as version {version} for {price} yuan per hour?",
        "确定要把镜像 {image} 发布为版本 {version} 吗？价格为每小时 {price} 元。";
    publish_done: "Published the image {image} as version {version}; it is reviewed before others see it",
        "已把镜像 {image} 发布为版本 {version}，审核通过后他人才能看到";

    update_about: "Change the details or the visibility of an image", "修改镜像的信息或可见性";
    update_take_off: "take it off the community", "从社区下线";
    update_note: "\
Fields without an option stay unchanged. Of a published version, little beyond
description and readme can be changed.",
    "\
未指定的内容保持不变。已发布的版本只能修改描述、使用说明等少数内容。";
    update_version: "Name of the version", "版本名称";
    update_group: "Version group", "版本组";
    update_name: "Name of the image", "镜像名称";
    update_price: "Price in yuan per hour, with at most two decimals",
        "价格（元/小时），最多两位小数";
    update_visibility: "Visibility: 0 owner only, 1 everyone", "可见性：0 仅自己，1 所有人";
    update_nothing: "no changes were given", "没有要修改的内容";
    update_done: "Changed the image {image}", "已修改镜像 {image}";

    details_version_description: "Changes in this version", "版本说明";
    details_description: "A short description", "简短的描述";
    details_cover: "Cover picture, at most 2 MiB; - reads standard input",
        "封面图片，最大 2 MiB；- 表示标准输入";
    details_readme: "Readme in UTF-8, at most 1 MiB; - reads standard input",
        "UTF-8 使用说明，最大 1 MiB；- 表示标准输入";
    details_tag: "A tag; repeatable, or several separated by commas",
        "标签；可重复，也可用逗号分隔";
    details_gpu: "A supported GPU type; repeatable, or several separated by commas",
        "支持的 GPU 型号；可重复，也可用逗号分隔";
    details_autostart: "Start the image's software with the instance", "程序随实例自动启动";
    details_no_autostart: "Do not start the image's software with the instance", "程序不随实例自动启动";
    use_price: "expected a price such as 0.5: at least 0, with at most two decimals",
        "应为价格，例如 0.5：不能为负，最多两位小数";
    use_empty_file: "{path} is empty", "{path} 是空的";
    use_one_stdin: "only one option can read standard input", "只有一个选项可以读取标准输入";

    delete_about: "Delete an image of the account for good", "永久删除自己的镜像";
    delete_note: "\
A published image must first be taken off the community, with
`compshare image update IMAGE --visibility 0`.",
    "\
已发布的镜像须先用 `compshare image update IMAGE --visibility 0` 下线。";
    delete_confirm: "Delete {image} for good?", "确定要永久删除镜像 {image} 吗？";
    own_name: "{name} ({id})", "{name}（{id}）";
    own_created: "created {time}", "创建于 {time}";
    own_share: "1 share", "已共享给 1 个账号";
    own_shares: "{count} shares", "已共享给 {count} 个账号";
    delete_done: "Deleted the image {image}", "已删除镜像 {image}";

    change_image: "Id of the image", "镜像 ID";
    change_unconfirmed: "may or may not have been applied: {names}", "未能确认是否完成：{names}";
    hint_shared_image: "this image was shared with the account: only its owner can share it",
        "该镜像由他人共享而来，只有其所有者可以共享";
    hint_account: "check the number of the target account",
        "请检查要共享给的账号 ID";
    hint_password_state: "a virtual machine must be stopped, a container running",
        "虚拟机须先关机，容器须处于运行状态";
    hint_version_name: "choose another --version: the group already has this one",
        "版本组中已有该版本，请换一个 --version";
    hint_paid_image: "the instance runs a paid image: only its publisher can make an image from it",
        "实例使用的是付费镜像，只有其发布者可以用它制作镜像";
    hint_making_image: "only one image of an instance can be made at a time: wait until it is ready",
        "一个实例同时只能制作一个镜像，请等待当前镜像就绪";
    hint_publishable: "only container images that are ready can be published",
        "只能发布已就绪的容器镜像";
    hint_published: "take it off the community first: `compshare image update IMAGE --visibility 0`",
        "请先下线：`compshare image update IMAGE --visibility 0`";

    // Instances.

    instance_about: "Work with GPU instances", "管理 GPU 实例";
    instance_argument: "Id or name of an instance", "实例的 ID 或名称";
    instance_list_about: "List the instances of the account", "列出账号下的实例";
    instance_list_note: "\
All regions are searched, unless --region or --zone names one. Passwords and the
paths of addresses are masked, unless --show-sensitive is set.",
    "\
在所有地域中查找，除非用 --region 或 --zone 指定。密码和地址中的路径会被遮盖，除非
使用 --show-sensitive。";
    instance_list_id: "The instance with this id; repeatable, or several separated by commas",
        "该 ID 的实例；可重复，也可用逗号分隔";
    instance_list_name: "Instances whose name contains this text", "名称包含该文本的实例";
    instance_list_state: "Instances in this state, such as Running or Stopped; repeatable",
        "处于该状态的实例，例如 Running 或 Stopped；可重复";
    instance_list_gpu: "Instances with this GPU type, such as 4090; repeatable",
        "该 GPU 型号的实例，例如 4090；可重复";
    instance_list_charge: "Instances with this charge type: Postpay, Spot, Dynamic, Day, Month or Year; repeatable",
        "该计费方式的实例：Postpay、Spot、Dynamic、Day、Month 或 Year；可重复";
    instance_list_without_gpu: "Instances that run without a GPU", "正以无卡模式运行的实例";
    instance_list_tag: "Instances of this business group", "该业务组的实例";
    instance_list_vpc: "Instances in this virtual network", "该 VPC 中的实例";
    instance_list_subnet: "Instances in this subnet", "该子网中的实例";
    instance_list_disk: "Instances that this disk can be attached to", "可以挂载该磁盘的实例";
    instance_list_limit: "Maximum number of instances to list [default: all]",
        "最多列出多少个实例 [默认：全部]";
    instance_show_about: "Show the details of an instance", "显示一个实例的全部信息";
    instance_not_found: "instance {name} not found", "找不到实例 {name}";
    instance_not_found_hint: "`compshare instance list` lists the instances", "可用 `compshare instance list` 列出实例";
    instance_ambiguous: "several instances have the name {name}: {ids}", "有多个实例名为 {name}：{ids}";
    instance_ambiguous_hint: "use an id", "请改用 ID";

    col_configuration: "SIZE", "配置";
    col_state: "STATE", "状态";
    col_gpu: "GPU", "GPU 型号";
    col_login: "ADDRESS", "地址";
    col_charge: "CHARGE", "计费方式";
    col_size_with_gpu: "SIZE WITH GPU", "带卡配置";
    col_disk_price: "DISK PRICE", "磁盘价格";
    col_image_price: "IMAGE PRICE", "镜像价格";
    col_stopped_price: "PRICE IF STOPPED", "关机后的价格";
    col_auto_renew: "AUTO RENEW", "自动续费";
    col_image: "IMAGE", "镜像";
    col_image_id: "IMAGE ID", "镜像 ID";
    col_ips: "IP", "IP 地址";
    col_ssh: "SSH", "SSH 登录";
    col_password: "PASSWORD", "密码";
    col_files_password: "FILE BROWSER PASSWORD", "文件浏览器密码";
    col_disks: "DISKS", "磁盘";
    col_started: "STARTED", "启动时间";
    col_planned_stop: "PLANNED STOP", "定时关机";
    col_expires: "EXPIRES", "到期时间";
    col_released: "DELETED AT", "释放时间";
    col_remark: "REMARK", "备注";

    val_price_day: "¥{yuan}/day", "¥{yuan}/天";
    val_price_month: "¥{yuan}/month", "¥{yuan}/月";
    val_price_year: "¥{yuan}/year", "¥{yuan}/年";
    val_price_once: "¥{yuan}", "{yuan} 元";

    // Changes of instances.

    instance_these: "these {count} instances", "这 {count} 个实例";
    instance_already: "{label} is already {state}", "{label}已处于{state}状态";
    instance_is_running: "{label} is running", "{label}正在运行";
    instance_stop_first: "stop it first: `compshare instance stop {id} --wait`",
        "请先关机：`compshare instance stop {id} --wait`";
    instance_total: ", in total {price}", "，合计 {price}";
    instance_wait: "Wait until it is done (the default at a terminal)", "等待操作完成（在终端中为默认）";
    instance_no_wait: "Do not wait until it is done", "不等待操作完成";
    instance_wait_timeout: "Maximum wait in seconds [default: 600]", "等待的时限（秒）[默认：600]";
    instance_wait_interval: "Polling interval in seconds [default: 3]", "两次查询的间隔（秒）[默认：3]";
    instance_wait_about: "Wait until instances have a state", "等待实例进入某个状态";
    instance_wait_note: "\
The exit status is 0 if all instances have the state, 1 if the installation of
one failed or it does not exist, 3 if one does not have it in time. SSH may need
some minutes more than Running.",
    "\
退出码：0 全部进入该状态；1 有实例创建失败或不存在；3 在时限内未进入。
进入 Running 之后，SSH 可能还需要几分钟才可用。";
    instance_wait_state: "State to wait for: Running, Stopped or Deleted [default: Running]",
        "等待的状态：Running、Stopped 或 Deleted [默认：Running]";
    instance_reached: "{label} is now {state}", "{label}已进入{state}状态";
    instance_failed: "the installation of {label} failed", "{label}创建失败";
    instance_gone: "{label} does not exist any more", "{label}已不存在";
    instance_late: "{label} is not {state} after {seconds} s", "{label}在 {seconds} 秒后仍未进入{state}状态";
    instance_goes_on: "the instance goes on changing: `{command}` keeps waiting",
        "实例的操作仍在进行：用 `{command}` 继续等待";

    instance_start_about: "Start stopped instances", "开机";
    instance_start_note: "\
A stopped instance has no claim on a GPU: if none is in stock, it stays stopped.
The price is that of computing and of the image; disks cost in any case.",
    "\
关机的实例不保留 GPU：若没有库存，实例保持关机。显示的价格包括计算和镜像；磁盘始终计费。";
    instance_start_without_gpu: "Start without GPUs: A (2 cores, 4 GB) or B (8 cores, 16 GB; not for containers)",
        "无卡开机：A（2 核 4 GB）或 B（8 核 16 GB，容器实例不支持）";
    instance_pod_without_gpu: "{label} is a container instance, which has only --without-gpu A",
        "{label}是容器实例，只支持 --without-gpu A";
    instance_start_plan: "{what}: {price}{stock}", "{what}：费用 {price}{stock}";
    instance_start_plan_prepaid: "{what}: paid in advance ({charge})", "{what}：已预付（{charge}）";
    instance_start_plan_without_gpu: "{what}: without GPUs, size {spec}; the API has no price for it",
        "{what}：无卡模式，规格 {spec}，接口不提供其价格";
    instance_no_stock: ", out of stock now", "，当前无库存";
    instance_start_confirm: "Start {what}?", "确定要开机吗：{what}？";
    instance_starting: "Starting {label}", "正在开机：{label}";

    instance_stop_about: "Stop running instances", "关机";
    instance_stop_note: "\
A stopped instance with the charge type Postpay is deleted after 7 days, by the
documentation. Its disks cost beyond the free quota, and its GPUs can be sold to
others. Instances that are paid in advance cost the same.",
    "\
文档说明：按量付费的实例关机 7 天后会被删除。磁盘超出免费额度的部分继续计费，GPU
可能被他人占用。预付费实例的费用不变。";
    instance_stop_plan: "{what}: costs {price} while it is stopped", "{what}：关机期间费用为 {price}";
    instance_stop_plan_unknown: "{what}: its disks may go on costing", "{what}：磁盘可能继续计费";
    instance_stop_plan_prepaid: "{what}: paid in advance ({charge}), stopping it saves nothing",
        "{what}：已预付（{charge}），关机不会节省费用";
    instance_stop_confirm: "Stop {what}?", "确定要关机吗：{what}？";
    instance_stopping: "Stopping {label}", "正在关机：{label}";
    instance_reboot_about: "Reboot running instances", "重启";
    instance_reboot_confirm: "Reboot {what}?", "确定要重启吗：{what}？";
    instance_rebooting: "Rebooting {label}", "正在重启：{label}";

    instance_delete_about: "Delete stopped instances for good", "永久删除已关机的实例";
    instance_delete_note: "\
Data disks are kept and go on costing, unless --delete-disks is set. The refund
of an instance that is paid in advance is shown.",
    "\
数据盘会保留并继续计费，除非使用 --delete-disks。预付费实例会显示退款金额。";
    instance_delete_disks: "Delete the data disks as well, with all their data", "同时删除数据盘及其中的数据";
    instance_delete_confirm: "Delete for good: {what}?", "确定要永久删除吗：{what}？";
    instance_disks_kept: "; its data disks are kept and go on costing: {disks}",
        "；数据盘会保留并继续计费：{disks}";
    instance_disks_deleted: "; with its data disks: {disks}", "；同时删除数据盘：{disks}";
    instance_refund: "; refund {price}", "；退款 {price}";
    instance_deleted: "Deleted {label}", "已删除 {label}";
    instance_deleted_keeping: "Deleted {label}; its data disks go on costing: {disks}",
        "已删除 {label}；数据盘继续计费：{disks}";

    instance_rename_about: "Rename an instance", "重命名实例";
    instance_rename_name: "The new name; at most 63 characters, not unique", "新的名称，最多 63 个字符，可以重复";
    use_name_length: "a name has at most {max} characters", "名称最多 {max} 个字符";
    instance_renamed: "Renamed {label} to {name}", "已将 {label}重命名为 {name}";

    instance_resize_about: "Change the size of a stopped instance, or grow one of its disks",
        "变更已关机实例的配置，或扩容其磁盘";
    instance_resize_note: "\
The instance stays stopped. GPUs, cores and memory must be a size on sale, see
`compshare instance search --image IMAGE`; those without an option stay as they
are. --dry-run shows the price.",
    "\
变更后实例保持关机。GPU、CPU 和内存须为在售的配置，见
`compshare instance search --image IMAGE`；未指定的保持不变。--dry-run 显示价格。";
    instance_resize_gpu: "Number of GPUs", "GPU 数量";
    instance_resize_cpu: "Number of cores", "CPU 核数";
    instance_resize_memory: "Memory with its unit, such as 64GB", "内存及单位，例如 64GB";
    instance_resize_disk: "Id of a disk to grow: the system disk, or the disk of a container", "要扩容的磁盘 ID：系统盘，或容器实例的磁盘";
    instance_resize_disk_size: "New size of the disk, such as 200GB", "磁盘的新大小，例如 200GB";
    instance_resize_without_gpu: "Size without GPUs: A (2 cores, 4 GB) or B (8 cores, 16 GB)",
        "无卡配置：A（2 核 4 GB）或 B（8 核 16 GB）";
    instance_resize_nothing: "no new size was given", "没有指定新的配置";
    instance_resize_all: "--gpu, --cpu and --memory are all required: the size of the instance is unknown",
        "无法得知实例的配置，须同时指定 --gpu、--cpu 和 --memory";
    instance_resize_plan: "{what}: to {size} for {cost}", "{what}：变更为 {size}，价格：{cost}";
    instance_resize_refund: "a refund of {price}", "退款 {price}";
    instance_resize_confirm: "Resize {what}?", "确定要变更配置吗：{what}？";
    instance_size_without_gpu: "size {spec} without GPUs", "无卡规格 {spec}";
    instance_resizing: "Resizing {label} to {size}", "正在将 {label}变更为 {size}";

    instance_reinstall_about: "Install an image on a stopped instance, which erases its system disk",
        "为已关机的实例重装镜像，会清空系统盘";
    instance_reinstall_note: "\
No document says whether the instance is running afterwards, so there is no
--wait: see `compshare instance wait`.",
    "\
文档没有说明重装后实例是否运行，因此没有 --wait，请使用 `compshare instance wait`。";
    instance_reinstall_image: "Id of the image", "镜像 ID";
    instance_reinstall_password: "Ask for a new password", "设置新密码";
    instance_reinstall_confirm: "Erase the system disk and install {image}: {what}?",
        "确定要清空系统盘并安装镜像 {image} 吗：{what}？";
    instance_reinstalling: "Installing {image} on {label}", "正在为 {label}安装镜像 {image}";
    instance_password_about: "Set the password of an instance", "重置实例的登录密码";
    instance_password_note: "\
The password is asked for without echo, or read from standard input, never an
argument. It has 8 to 32 characters of at least two classes. A virtual machine
must be stopped, a container running.",
    "\
密码通过提示输入（不显示）或从标准输入读取，不能写在命令行上。密码为 8 到 32 个字符，
至少包含两类字符。虚拟机须先关机，容器须处于运行状态。";
    instance_password_stdin: "Read the password from the first line of standard input", "从标准输入的第一行读取密码";
    instance_password_confirm: "Set a new password: {what}?", "确定要重置密码吗：{what}？";
    instance_password_done: "Set the password of {label}", "已重置 {label}的密码";
    prompt_password: "New password (not shown): ", "新密码（输入时不显示）：";
    prompt_password_again: "Again: ", "再次输入：";
    password_differs: "the two passwords differ", "两次输入的密码不一致";
    password_stdin_empty: "expected the password on the first line of standard input", "标准输入的第一行应为密码";

    schedule_about: "Plan when an instance is stopped", "管理定时关机";
    schedule_show_about: "Show the planned stop of an instance", "显示实例的定时关机时间";
    schedule_set_about: "Plan the stop of a running instance; replaces an earlier plan", "设置定时关机，替换已有的设置";
    schedule_note: "Spot instances cannot be planned for. The project is looked up if none is set.",
        "抢占式实例不支持定时关机。未设置项目时会自动查询。";
    schedule_at: "Time, at least 5 minutes ahead: with its offset, such as 2026-01-31T22:00:00+08:00, or Unix seconds",
        "时间，至少 5 分钟之后：带时区，例如 2026-01-31T22:00:00+08:00，或 Unix 秒数";
    schedule_in: "Time from now, such as 30m, 8h or 7d", "从现在起的时长，例如 30m、8h 或 7d";
    schedule_extend_about: "Move the planned stop of an instance to later", "推迟定时关机";
    schedule_by: "Time to add, such as 30m, 2h or 1d", "推迟的时长，例如 30m、2h 或 1d";
    schedule_cancel_about: "Cancel the planned stop of an instance, which then goes on costing",
        "取消定时关机，实例会继续运行并计费";
    schedule_cancel_confirm: "Let {label} run on, without a planned stop?", "确定要取消 {label}的定时关机吗？";
    schedule_none: "no stop of {label} is planned", "{label}没有定时关机";
    schedule_done: "{label} will be stopped at {time}", "{label}将于 {time} 关机";
    schedule_canceled: "Canceled the planned stop of {label}", "已取消 {label}的定时关机";
    schedule_spot: "{label} is a spot instance, whose stop cannot be planned", "{label}是抢占式实例，不支持定时关机";
    use_time: "expected a time with its offset, such as 2026-01-31T22:00:00+08:00, or Unix seconds",
        "应为带时区的时间，例如 2026-01-31T22:00:00+08:00，或 Unix 秒数";
    use_delay: "expected a duration such as 30m, 8h or 7d", "应为时长，例如 30m、8h 或 7d";
    use_time_early: "a planned stop must be at least {minutes} minutes ahead", "定时关机须在至少 {minutes} 分钟之后";

    monitor_about: "Show the current load of instances", "显示实例当前的负载";
    monitor_note: "Shows the latest value of each metric. With one instance, network and disk are included.",
        "显示每项指标的最新值。只有一个实例时还包括网络和磁盘。";
    metric_cpu: "CPU", "CPU 使用率";
    metric_memory: "memory", "内存使用率";
    metric_system_disk: "system disk", "系统盘使用率";
    metric_data_disk: "data disk", "数据盘使用率";
    metric_gpu: "GPU", "GPU 使用率";
    metric_gpu_memory: "GPU memory", "显存使用率";
    metric_net_in: "network in", "网络入流量";
    metric_net_out: "network out", "网络出流量";
    metric_disk_read: "disk read", "磁盘读";
    metric_disk_write: "disk write", "磁盘写";

    price_about: "Show the price of a new instance", "查询新建实例的价格";
    price_note: "\
Prices are in yuan for a period of the charge type: an hour for Postpay, Spot and
Dynamic. A price does not mean that the zone sells the GPU: see
`compshare instance search`.",
    "\
价格单位为元，周期取决于计费方式：Postpay、Spot 和 Dynamic 为每小时。有价格不代表该
可用区有售，见 `compshare instance search`。";
    price_gpu: "GPU type, such as 4090", "GPU 型号，例如 4090";
    price_count: "Number of GPUs [default: 1]", "GPU 数量 [默认：1]";
    price_cpu: "Number of cores [default: the smallest on sale]", "CPU 核数 [默认：在售的最小值]";
    price_memory: "Memory with its unit, such as 64GB [default: the smallest on sale]",
        "内存及单位，例如 64GB [默认：在售的最小值]";
    price_charge: "Charge type: Postpay, Spot, Dynamic, Day, Month or Year [default: those that the service returns]",
        "计费方式：Postpay、Spot、Dynamic、Day、Month 或 Year [默认：由服务端决定]";
    price_quantity: "Number of months or days [default: 1]", "月数或天数 [默认：1]";
    price_disk: "Size of the system disk [default: 100GB]", "系统盘大小 [默认：100GB]";
    price_disk_type: "Type of the system disk: CLOUD_SSD, CLOUD_RSSD, CLOUD_NORMAL, LOCAL_NORMAL or LOCAL_SSD [default: CLOUD_SSD]",
        "系统盘类型：CLOUD_SSD、CLOUD_RSSD、CLOUD_NORMAL、LOCAL_NORMAL 或 LOCAL_SSD [默认：CLOUD_SSD]";
    price_volume: "Size of a data disk; repeatable", "数据盘大小，可重复";
    price_image: "Id of the image, which may be paid", "镜像 ID，镜像可能收费";
    price_no_zone: "a price requires a zone", "查询价格需要指定可用区";
    price_no_size: "no size with {gpus}×{gpu} is on sale in {zone}", "{zone} 没有 {gpus}×{gpu} 的在售配置";
    price_no_size_hint: "`compshare instance search` lists the sizes on sale", "可用 `compshare instance search` 查看在售的配置";
    price_of: "{size}, system disk {disk}, periods: {quantity}", "{size}，系统盘 {disk}，周期数：{quantity}";

    search_about: "List GPUs on sale with stock and price", "列出在售的 GPU、库存和价格";
    search_note: "\
A row is the smallest size of a GPU type in a zone, without disks. With --image,
every size has a row, and its stock is checked for this image. Stock may change
at any moment. --region and --zone limit the list.",
    "\
每行是一个可用区中某 GPU 型号的最小配置，不含磁盘。带 --image 时列出所有配置，并检查
该镜像可用的库存。库存随时可能变化。可用 --region 和 --zone 缩小范围。";
    search_gpu: "GPU type, such as 4090; repeatable", "GPU 型号，例如 4090；可重复";
    search_spot: "Stock and prices of spot instances", "抢占式实例的库存和价格";
    search_available: "Only what is in stock", "只列出有库存的";
    search_charge: "Charge type of the prices: Postpay, Spot, Dynamic, Day, Month or Year [default: Postpay]",
        "价格的计费方式：Postpay、Spot、Dynamic、Day、Month 或 Year [默认：Postpay]";
    search_image: "Check the stock for this image", "检查可用于该镜像的库存";
    search_disk: "Size of the system disk, for --image [default: 100GB]", "系统盘大小，用于 --image [默认：100GB]";
    search_disk_type: "Type of the system disk, for --image [default: CLOUD_SSD]", "系统盘类型，用于 --image [默认：CLOUD_SSD]";
    search_no_price: "Leave out the prices, which take a request for each row", "不查询价格（每行需要一次请求）";

    col_metric: "METRIC", "指标";
    col_device: "DEVICE", "设备";
    col_time: "TIME", "时间";
    col_total: "TOTAL", "合计";
    col_computing: "COMPUTING", "计算";
    col_system_disk: "SYSTEM DISK", "系统盘";
    col_stock: "STOCK", "库存";
    col_in_stock: "IN STOCK", "有货";
    col_max_gpus: "MAX GPUS", "最多 GPU";
    col_vram: "VRAM", "显存";
    col_zone_name: "ZONE NAME", "可用区名称";
}
