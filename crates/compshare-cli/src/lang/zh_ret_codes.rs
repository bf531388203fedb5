//! Meaning and advice of RetCodes in Chinese.

use compshare_client::model::RetCode;

/// Returns the meaning of a code and the advice, for every code with a meaning in the library.
///
/// The advice is empty if the library has none, or if [`hint_for`](crate::failure) covers it.
#[allow(clippy::too_many_lines, reason = "a table")]
pub(super) fn meaning_and_advice(code: RetCode) -> Option<(&'static str, &'static str)> {
    Some(match code {
        RetCode::SUCCESS => ("成功", ""),
        RetCode::API_TIMED_OUT => ("接口处理超过 60 秒", ""),
        RetCode::UPSTREAM_DATA_WRONG => ("上游数据有误", ""),
        RetCode::GATEWAY_FAILED => ("网关或认证服务故障", ""),
        RetCode::SERVICE_NOT_AVAILABLE => ("服务不可用", ""),
        RetCode::THROTTLED => ("请求被限流", ""),
        RetCode::ACTION_MISSING => ("缺少 Action", "请指定参数 Action"),
        RetCode::ACTION_NOT_FOUND => ("接口不存在", ""),
        RetCode::SIGNATURE_MISSING => ("缺少签名", ""),
        RetCode::SIGNATURE_WRONG => ("签名错误", ""),
        RetCode::USER_NOT_FOUND => ("用户不存在", ""),
        RetCode::TOKEN_NOT_FOUND => ("令牌不存在", ""),
        RetCode::RIGHT_MISSING => ("缺少权限", ""),
        RetCode::PARAMETER_MISSING => ("缺少参数", ""),
        RetCode::PARAMETER_OUT_OF_RANGE => ("参数超出范围", ""),
        RetCode::PARAMETER_NOT_AVAILABLE => ("参数不可用或相互冲突", ""),
        RetCode::NO_PERMISSION => ("没有该操作的权限", ""),
        RetCode::PARAMETER_FORMAT => ("参数格式有误", ""),
        RetCode::PROJECT_NOT_FOUND => ("项目不存在", ""),
        RetCode::ZONE_FORBIDDEN => ("没有该可用区的权限", "请换一个可用区，或申请该可用区的权限"),
        RetCode::IP_FORBIDDEN => (
            "不允许从该 IP 地址访问",
            "请把本机的公网 IP 加入账号的白名单",
        ),
        RetCode::SECURITY_LOCK => ("安全锁校验未通过", "请在控制台解锁该操作"),
        RetCode::IAM_FORBIDDEN => ("IAM 鉴权未通过", ""),
        RetCode::BALANCE_TOO_LOW => ("余额不足", "请为账号充值"),
        RetCode::ROLE_NOT_FOUND => ("角色不存在", "请检查申请临时密钥所用的角色"),
        RetCode::TEAM_QUOTA_TOO_LOW => ("团队配额不足", "请提高团队的配额"),

        RetCode::INSTANCE_IN_ARREARS => ("实例已欠费", "请支付订单"),
        RetCode::INSTANCE_EXPIRED => ("实例已到期", "请为实例续费"),
        RetCode::IMAGE_GPU_MISMATCH => ("镜像不支持该 GPU 型号", "请更换镜像或 GPU 型号"),
        RetCode::RESOURCES_SHORT => ("资源不足", "请更换可用区或规格，或者等待：可能需要数小时"),
        RetCode::USE_TIME_TASK_RUNNING => ("正在更新镜像的使用时长", ""),
        RetCode::NOT_VERIFIED => ("账号未实名认证", "请在控制台完成实名认证"),
        RetCode::STATE_MISMATCH => ("实例与容器的状态不一致", ""),
        RetCode::QUOTA_TOO_LOW => ("配额不足", "请申请提高配额"),
        RetCode::OPERATION_RUNNING => ("实例正在执行其他操作", "请在操作完成后再试"),
        RetCode::PACKAGE_NOT_BOUGHT => ("未购买套餐", "请购买套餐"),
        RetCode::RESOURCE_CHECK_FAILED => ("资源校验未通过", ""),
        RetCode::CFS_MOUNTED => ("共享文件存储仍被运行中的实例挂载", "请先卸载，或关闭该实例"),
        RetCode::IMAGE_SYNCHRONIZING => ("镜像正在同步", "请在镜像同步完成后再试"),
        RetCode::DISK_MIGRATING => ("系统盘正在迁移", ""),
        RetCode::INSTANCE_STARTING => ("实例正在启动", "请在实例启动后再试"),
        RetCode::COMMUNITY_IMAGE_SYNCHRONIZING => (
            "社区镜像正在同步到该可用区",
            "请在镜像同步完成后再试，或换一个可用区",
        ),
        RetCode::ZONE_WITHOUT_SYNCHRONIZED_IMAGES => {
            ("该可用区不支持同步自制镜像", "请换一个可用区")
        }
        RetCode::ZONE_IMAGE_TYPE_MISMATCH => ("该可用区不支持此类镜像", "请更换可用区或镜像"),
        RetCode::PAID_IMAGE => ("实例使用的是付费镜像", ""),
        RetCode::INSTANCE_NOT_STOPPED => ("实例未关机", "请先关闭实例"),
        RetCode::IMAGE_NOT_USABLE => ("镜像不可用", "请更换镜像"),
        RetCode::IMAGE_NOT_USABLE_HERE => ("镜像在此处不可用", "请更换镜像或规格"),
        RetCode::RESOURCE_NOT_FOUND => ("资源不存在", ""),
        RetCode::SECURITY_GROUP_WRONG => ("安全组有误", ""),
        RetCode::DISK_SIZE => ("磁盘大小不符合要求", "请换一个大小：磁盘只能扩容"),
        RetCode::DISK_RESIZE => ("磁盘不能改为该大小", "请换一个大小：磁盘只能扩容"),
        RetCode::PRICE_QUERY_FAILED => ("价格查询失败", ""),
        RetCode::HOST_QUOTA_TOO_LOW => ("主机配额不足", "请申请提高配额"),
        RetCode::BILL_NOT_AVAILABLE => ("账单不可用", ""),
        RetCode::ORDER_NOT_AVAILABLE => ("订单不可用", ""),
        RetCode::BILL_EXPIRED => ("账单或订单不可用或已过期", ""),
        RetCode::STATE_UPDATE_FAILED => ("状态更新失败", ""),
        RetCode::CHARGE_TYPE => ("不支持该计费方式", "请更换计费方式"),
        RetCode::ACCOUNT_NOT_VERIFIED => ("账号未实名认证或没有权限", "请完成实名认证"),
        RetCode::PASSWORD_RULE => (
            "密码不符合规则",
            "密码应为 8 到 32 个字符，至少包含两类字符",
        ),
        RetCode::DISK_SMALLER_THAN_IMAGE => ("系统盘小于镜像", "请选择更大的系统盘"),
        RetCode::CPU_MEMORY_MISMATCH => ("CPU 与内存不匹配", "请更换规格"),
        RetCode::SHARED_IMAGE_NOT_SHAREABLE => ("他人共享的镜像不能再共享", ""),
        RetCode::DISK_NOT_FOUND => ("磁盘或资源不存在", ""),
        RetCode::SOLD_OUT => ("已售罄", "请更换可用区或 GPU 型号"),
        RetCode::DISK_NOT_EXTENDABLE => ("系统盘不能以这种方式扩容", ""),
        RetCode::PRICE_MAPPING_NOT_AVAILABLE => ("产品价格映射不可用", ""),
        RetCode::QUOTA_QUERY_FAILED => ("配额查询失败", ""),
        RetCode::PROXY_NETWORK_FAILED => ("代理网络分配失败", ""),
        RetCode::CPU_PLATFORM_MISMATCH => ("CPU 平台不匹配", "请更换 CPU 平台"),
        RetCode::PAGING_OUT_OF_RANGE => ("分页超出范围", "Offset 应不小于 0，Limit 应为 1 到 100"),
        RetCode::METADATA_NOT_AVAILABLE => ("元数据服务不可用", ""),
        RetCode::EXPIRED_OR_UNPAID => ("已到期或未支付", "请续费或支付订单"),
        RetCode::SERVICE_ERROR => ("服务错误", "请稍后再试；若仍失败，请联系平台客服"),
        RetCode::NOT_CHANGEABLE_NOW => ("资源当前不能修改", ""),
        RetCode::UPSTREAM_TIMED_OUT => ("上游超时", ""),
        RetCode::TOO_FREQUENT | RetCode::TOO_FREQUENT_COMPSHARE => ("操作过于频繁", ""),
        RetCode::NO_START_WITHOUT_GPU => ("实例不能以无卡模式启动", "请以带卡模式启动"),
        RetCode::START_WITHOUT_GPU_RUNNING => ("实例正在以无卡模式启动", "请等待启动完成"),
        RetCode::WITHOUT_GPU_LIMIT => ("无卡模式的实例数已达上限", "请先关闭其中一个"),
        RetCode::UPSTREAM_FAILED
        | RetCode::DEPENDENCY_FAILED_8498
        | RetCode::DEPENDENCY_FAILED_8510
        | RetCode::DEPENDENCY_FAILED_8520
        | RetCode::DEPENDENCY_FAILED_8580 => ("上游依赖故障", ""),
        RetCode::INSTANCE_BUSY => ("实例正在执行任务", "请等待任务完成"),
        RetCode::POWER_STATE => ("实例的开关机状态不符", "请先将实例开机或关机"),
        RetCode::ORDER_UNFINISHED => ("有未完成的订单", "请完成或取消订单"),
        RetCode::ORDER_UNPAID => ("有未支付的订单", "请支付或取消订单"),
        RetCode::ORDER_PENDING => ("有未完成或未支付的订单", "请支付或取消订单"),
        RetCode::TARGET_ACCOUNT_NOT_FOUND => ("目标账号不存在或没有权限", ""),
        RetCode::CREATING_IMAGE => ("实例正在制作镜像", ""),
        RetCode::VERSION_NAME_EXISTS => ("镜像版本名称已存在", ""),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translates_every_ret_code_with_a_meaning() {
        let mut known = 0;
        for code in (0..300_000).map(RetCode) {
            let (english, chinese) = (code.meaning(), meaning_and_advice(code));
            assert_eq!(
                english.is_some(),
                chinese.is_some(),
                "{code}: {english:?} {chinese:?}"
            );
            let Some((meaning, advice)) = chinese else {
                continue;
            };
            known += 1;
            let is_chinese =
                |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(is_chinese(meaning), "{code}: {meaning}");
            assert!(advice.is_empty() || is_chinese(advice), "{code}: {advice}");
            assert!(
                advice.is_empty() || code.advice().is_some(),
                "{code}: {advice}"
            );
        }
        assert!(known > 90);
    }

    #[test]
    fn chinese_documents_have_the_meanings_of_the_program() {
        for name in ["errors.md", "faq.md"] {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/zh");
            // The published crate lacks the repository's documents.
            let Ok(document) = std::fs::read_to_string(format!("{folder}/{name}")) else {
                return;
            };
            let rows = document.lines().filter_map(|line| {
                let mut cells = line.split('|').skip(1).map(str::trim);
                let code = cells.next()?.trim_matches('`').parse().ok()?;
                Some((RetCode(code), cells.next()?))
            });

            let mut count = 0;
            for (code, documented) in rows {
                let (meaning, _) = meaning_and_advice(code).unwrap();
                assert_eq!(documented, meaning, "{name}: {code}");
                count += 1;
            }
            assert!(count > 25, "{name}");
        }
    }
}
