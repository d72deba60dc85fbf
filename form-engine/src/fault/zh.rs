//! Faults in Chinese.

use super::{Fault, listed, shown};

pub(super) fn message(fault: &Fault, title: &str) -> String {
    let of = |rest: &str| format!("“{title}”{rest}");
    match fault {
        Fault::Required => of("为必填项"),
        Fault::Type(types) => of(&format!("应为{}", kinds(types))),
        Fault::Choice(labels) => of(&format!("只能从以下选项中选择：{}", listed(labels, "zh", "、"))),
        Fault::Constant(value) => of(&format!("只能是 {}", shown(value))),
        Fault::Below { limit, inclusive: true } => of(&format!("不能小于 {limit}")),
        Fault::Below { limit, inclusive: false } => of(&format!("必须大于 {limit}")),
        Fault::Above { limit, inclusive: true } => of(&format!("不能大于 {limit}")),
        Fault::Above { limit, inclusive: false } => of(&format!("必须小于 {limit}")),
        Fault::MultipleOf(step) => of(&format!("必须是 {step} 的倍数")),
        Fault::TooShort(1) => of("不能为空"),
        Fault::TooShort(length) => of(&format!("至少需要 {length} 个字")),
        Fault::TooLong(length) => of(&format!("不能超过 {length} 个字")),
        Fault::Pattern => of("的格式不正确"),
        Fault::Format(format) => of(&format!("应为{}", format_name(format))),
        Fault::TooFewItems(count) => of(&format!("至少需要 {count} 项")),
        Fault::TooManyItems(count) => of(&format!("最多 {count} 项")),
        Fault::Repeated => of("中有重复项"),
        Fault::Contains => of("缺少符合要求的项"),
        Fault::UnknownMember => of("不是本表单的字段"),
        Fault::MemberName => of("中有不允许的名称"),
        Fault::TooFewMembers(count) => of(&format!("至少需要 {count} 项")),
        Fault::TooManyMembers(count) => of(&format!("最多 {count} 项")),
        Fault::NoShape => of("不符合任何一种允许的填写方式"),
        Fault::SeveralShapes => of("同时符合多种填写方式，无法确定是哪一种"),
        Fault::Forbidden => of("不允许填写"),
        #[cfg(feature = "schema")]
        Fault::Together(titles) if titles.is_empty() => of("不接受这些答案的组合"),
        #[cfg(feature = "schema")]
        Fault::Together(titles) => of(&format!("不能同时填写“{}”", titles.join("”和“"))),
        Fault::Encoding(encoding) => of(&format!("应为 {encoding} 编码的内容")),
        Fault::Consent => of("需要勾选同意"),
        Fault::Incomplete => of("请选到最后一级"),
        Fault::Nul => of("含有无法保存的字符"),
        Fault::Unmet => of("不符合填写要求"),
        Fault::TooComplex => of("的层级过深，无法校验"),
    }
}

#[cfg(feature = "schema")]
pub(super) fn alternatives(known: &crate::Alternatives, filled: usize, title: &str) -> String {
    let how = match (known.only_one, filled) {
        (true, 0 | 1) => "需要填写其中一组",
        (true, _) => "只能填写其中一组",
        (false, _) => "至少要填写其中一组",
    };
    format!("“{title}”{how}：{}", known.told(crate::Language::Zh))
}

fn kinds(types: &[&str]) -> String {
    let names: Vec<&str> = types.iter().map(|name| kind(name)).collect();
    if names.is_empty() { "空值".to_owned() } else { names.join("或") }
}

fn kind(name: &str) -> &'static str {
    match name {
        "string" => "文本",
        "integer" => "整数",
        "number" => "数字",
        "boolean" => "是或否",
        "array" => "列表",
        "object" => "一组字段",
        _ => "空值",
    }
}

fn format_name(format: &str) -> String {
    match format {
        "email" | "idn-email" => "有效的邮箱地址".to_owned(),
        "phone" => "有效的电话号码".to_owned(),
        "contact" => "有效的邮箱或手机号".to_owned(),
        "date" => "日期，例如 2026-03-01".to_owned(),
        "date-time" => "日期和时间，例如 2026-03-01T08:00:00+08:00".to_owned(),
        "time" => "时间，例如 08:00:00Z".to_owned(),
        "time-of-day" => "时间，例如 08:30".to_owned(),
        "id-number" => "有效的 18 位居民身份证号码".to_owned(),
        "signature" => "签名：完整姓名或手写签名".to_owned(),
        "upload" => "已上传的文件".to_owned(),
        "uri" | "iri" | "uri-reference" | "iri-reference" => "网址".to_owned(),
        "hostname" | "idn-hostname" => "主机名".to_owned(),
        "ipv4" | "ipv6" => " IP 地址".to_owned(),
        "uuid" => " UUID".to_owned(),
        "duration" => "时长，例如 P3D".to_owned(),
        other => format!(" {other} 格式"),
    }
}
