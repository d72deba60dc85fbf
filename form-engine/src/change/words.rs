//! Changes in plain words, Chinese and English.

use indexmap::IndexMap;
use serde_json::Value;

use super::{Severity, What};
use crate::{Text, fill};

/// One sentence, and what it means for the answers already there.
pub(super) fn of(title: &Text, severity: Severity, what: &What) -> Text {
    let bare = |language: &str| fill(title.get(language), &|_| None);
    let zh = format!("{}{}", zh(&bare("zh"), what), zh_meaning(severity));
    let en = format!("{}{}", en(&bare("en"), what), en_meaning(severity));
    Text::Localized(IndexMap::from([("zh".to_owned(), zh), ("en".to_owned(), en)]))
}

fn zh_meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Safe => "",
        Severity::Readable => "；已有的答案照常可读",
        Severity::NotComparable => "；前后的数据不能放在一起比较",
        Severity::Refuses => "；部分已有的答案按新版本无法再提交",
    }
}

fn en_meaning(severity: Severity) -> &'static str {
    match severity {
        Severity::Safe => "",
        Severity::Readable => "; earlier answers stay readable",
        Severity::NotComparable => ": figures before and after cannot be compared",
        Severity::Refuses => ": some earlier answers could not be given again",
    }
}

fn zh(title: &str, what: &What) -> String {
    match what {
        What::Added { required: true } => format!("新增必填题“{title}”"),
        What::Added { required: false } => format!("新增题目“{title}”"),
        What::Removed => format!("删除了“{title}”"),
        What::Renamed { to } => format!("“{title}”改存到 {to}"),
        What::Title { from, to } => format!("“{}”改为“{}”", from.get("zh"), to.get("zh")),
        What::Control { from, to } | What::Kind { from, to } => format!("“{title}”的题型由 {from} 改为 {to}"),
        What::Scale { from, to } => format!("“{title}”的分值由{}改为{}", zh_scale(*from), zh_scale(*to)),
        What::Types { from, to } => {
            format!("“{title}”的数据类型由 {} 改为 {}", types(from, "任意"), types(to, "任意"))
        }
        What::Limit { limit, from, to, .. } => zh_limit(title, limit, from, to),
        What::OptionAdded { label, .. } => format!("“{title}”新增选项“{}”", label.get("zh")),
        What::OptionRemoved { label, .. } => format!("“{title}”删除选项“{}”", label.get("zh")),
        What::OptionRenamed { from, to, .. } => {
            format!("“{title}”的选项“{}”改为“{}”", from.get("zh"), to.get("zh"))
        }
        What::RequiredNow => format!("“{title}”改为必填"),
        What::OptionalNow => format!("“{title}”改为选填"),
        What::Shows { .. } => format!("“{title}”的显示条件有变化"),
        What::RequiredWhen => format!("“{title}”的必填条件有变化"),
        What::Computed => format!("“{title}”的计算方式有变化"),
        What::Schema { keyword } => format!("表单结构的规则“{keyword}”有变化"),
    }
}

fn en(title: &str, what: &What) -> String {
    match what {
        What::Added { required: true } => format!("“{title}” is new and has to be answered"),
        What::Added { required: false } => format!("“{title}” is new"),
        What::Removed => format!("“{title}” is not asked any more"),
        What::Renamed { to } => format!("“{title}” is stored as {to} now"),
        What::Title { from, to } => format!("“{}” is now “{}”", from.get("en"), to.get("en")),
        What::Control { from, to } | What::Kind { from, to } => {
            format!("“{title}” was asked as {from} and is asked as {to}")
        }
        What::Scale { from, to } => {
            format!("the scale of “{title}” was {} and is {}", en_scale(*from), en_scale(*to))
        }
        What::Types { from, to } => {
            format!("“{title}” took {} and takes {}", types(from, "anything"), types(to, "anything"))
        }
        What::Limit { limit, from, to, .. } => en_limit(title, limit, from, to),
        What::OptionAdded { label, .. } => format!("“{title}” has the new option “{}”", label.get("en")),
        What::OptionRemoved { label, .. } => {
            format!("“{title}” has no option “{}” any more", label.get("en"))
        }
        What::OptionRenamed { from, to, .. } => {
            format!("the option “{}” of “{title}” is now “{}”", from.get("en"), to.get("en"))
        }
        What::RequiredNow => format!("“{title}” has to be answered now"),
        What::OptionalNow => format!("“{title}” can be left out now"),
        What::Shows { .. } => format!("“{title}” shows under other conditions"),
        What::RequiredWhen => format!("“{title}” has to be answered under other conditions"),
        What::Computed => format!("“{title}” is computed in another way"),
        What::Schema { keyword } => format!("the schema's `{keyword}` says something else"),
    }
}

fn types(names: &[String], any: &str) -> String {
    if names.is_empty() { any.to_owned() } else { names.join(" / ") }
}

fn zh_scale(scale: Option<(i64, i64)>) -> String {
    scale.map_or_else(|| "无分值".to_owned(), |(low, high)| format!(" {low}–{high} 分"))
}

fn en_scale(scale: Option<(i64, i64)>) -> String {
    scale.map_or_else(|| "none".to_owned(), |(low, high)| format!("{low}–{high}"))
}

fn zh_limit(title: &str, limit: &str, from: &Value, to: &Value) -> String {
    match (limit, to.is_null()) {
        ("minimum", false) => format!("“{title}”现在不能小于 {to}"),
        ("maximum", false) => format!("“{title}”现在不能大于 {to}"),
        ("min_length", false) => format!("“{title}”现在至少 {to} 个字"),
        ("max_length", false) => format!("“{title}”现在最多 {to} 个字"),
        ("min_items", false) => format!("“{title}”现在至少 {to} 项"),
        ("max_items", false) => format!("“{title}”现在最多 {to} 项"),
        (_, true) => format!("“{title}”的限制 {limit} 取消了（原为 {from}）"),
        (_, false) => format!("“{title}”的限制 {limit} 改为 {to}"),
    }
}

fn en_limit(title: &str, limit: &str, from: &Value, to: &Value) -> String {
    match (limit, to.is_null()) {
        ("minimum", false) => format!("“{title}” now takes nothing below {to}"),
        ("maximum", false) => format!("“{title}” now takes nothing above {to}"),
        ("min_length", false) => format!("“{title}” now takes {to} characters or more"),
        ("max_length", false) => format!("“{title}” now takes {to} characters at most"),
        ("min_items", false) => format!("“{title}” now takes {to} entries or more"),
        ("max_items", false) => format!("“{title}” now takes {to} entries at most"),
        (_, true) => format!("the limit {limit} of “{title}”, {from}, is gone"),
        (_, false) => format!("the limit {limit} of “{title}” is now {to}"),
    }
}
