//! The words of every refusal, in Chinese and English.
//!
//! Titles say the status, details say what happened. Texts about a document's own
//! faults come from the engines and are passed on as they are.

use axum::http::StatusCode;
use form_engine::Language;

use super::{ApiError, Conflict};

/// The status in words.
pub(super) fn title(status: StatusCode, language: Language) -> &'static str {
    let (zh, en) = match status.as_u16() {
        400 => ("请求无法解析", "bad request"),
        401 => ("尚未登录", "not signed in"),
        403 => ("没有权限", "forbidden"),
        404 => ("没有找到", "not found"),
        405 => ("不支持这种请求方法", "method not allowed"),
        409 => ("与当前状态冲突", "conflict"),
        413 => ("内容过大", "content too large"),
        415 => ("不支持这种内容类型", "unsupported media type"),
        422 => ("内容有误", "invalid content"),
        429 => ("请求过于频繁", "too many requests"),
        503 => ("服务暂时繁忙", "service unavailable"),
        507 => ("存储空间不足", "insufficient storage"),
        _ => ("服务器出错", "server error"),
    };
    pick(language, zh, en)
}

fn pick<T>(language: Language, zh: T, en: T) -> T {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// What happened here.
pub(super) fn detail(error: &ApiError, language: Language) -> String {
    let (zh, en): (String, String) = match error {
        ApiError::Unauthenticated => {
            ("请先登录，或提供有效的访问令牌".into(), "a session or an API token is needed".into())
        }
        ApiError::WrongCredentials => ("账号或密码不正确".into(), "wrong login or password".into()),
        ApiError::SecondStep => {
            ("请输入身份验证器上的动态码".into(), "a code of the authenticator is needed".into())
        }
        ApiError::WrongCode => {
            ("动态码不正确、已过期或已使用过".into(), "the code is wrong, over, or was used before".into())
        }
        ApiError::Forbidden => {
            ("当前角色不允许这项操作".into(), "the caller's role does not allow this".into())
        }
        ApiError::SecondStepOwed => (
            "团队要求所有者和管理员开启两步验证，请先在个人设置中开启".into(),
            "the team asks owners and admins for two-step sign-in; switch it on first".into(),
        ),
        ApiError::CrossSite => {
            ("拒绝来自其他网站的请求".into(), "requests from other sites are refused".into())
        }
        ApiError::NotFound { kind, id } => (
            format!("找不到{} `{id}`", noun(kind)),
            format!("{} `{id}` does not exist", kind.replace('_', " ")),
        ),
        ApiError::LinkOver => (
            "链接已失效：可能已被使用、撤回或过期".into(),
            "the link is over: used, taken back, or too old".into(),
        ),
        ApiError::NoRoute => ("这个地址不存在".into(), "there is nothing at this address".into()),
        ApiError::MethodNotAllowed => {
            ("这个地址不支持这种请求方法".into(), "this address does not take this method".into())
        }
        ApiError::Conflict(conflict) => conflict_detail(conflict),
        ApiError::Invalid(problems) => {
            (format!("共 {} 处需要修改", problems.len()), format!("{} to correct", count(problems.len())))
        }
        ApiError::KeyReused => (
            "同一个 `Idempotency-Key` 之前带过不同的内容".into(),
            "this `Idempotency-Key` came with another body before".into(),
        ),
        ApiError::Malformed(place) => {
            (format!("内容无法解析：{place}"), format!("the body cannot be parsed: {place}"))
        }
        ApiError::UnsupportedMedia => {
            ("这个地址不接受这种内容类型".into(), "this address does not take this content type".into())
        }
        ApiError::TooLarge { limit_bytes } => {
            (format!("内容不能超过 {limit_bytes} 字节"), format!("at most {limit_bytes} bytes are taken"))
        }
        ApiError::TooMany { retry_after_s } => {
            (format!("请在 {retry_after_s} 秒后重试"), format!("try again in {retry_after_s} s"))
        }
        ApiError::Timeout => ("处理超时，请重试".into(), "this took too long; try again".into()),
        ApiError::Overloaded => (
            "服务繁忙，内容未保存，请稍后重试".into(),
            "the server is busy; nothing was stored; try again".into(),
        ),
        ApiError::StorageFull => {
            ("存储空间已满，内容未保存".into(), "the disk is full; nothing was stored".into())
        }
        ApiError::Storage(_) | ApiError::Internal(_) => {
            ("服务器内部出错，原因已记入日志".into(), "a fault of the server; its cause is in the log".into())
        }
    };
    pick(language, zh, en)
}

fn count(problems: usize) -> String {
    if problems == 1 { "1 problem".into() } else { format!("{problems} problems") }
}

fn conflict_detail(conflict: &Conflict) -> (String, String) {
    match conflict {
        Conflict::Stale => (
            "内容已被他人修改，请重新载入后再保存".into(),
            "it was saved by somebody else in between; load it again".into(),
        ),
        Conflict::NotAccepted { event } => {
            (format!("当前状态不接受操作 `{event}`"), format!("the present state does not accept `{event}`"))
        }
        Conflict::Taken(key) => (format!("`{key}` 已被占用"), format!("`{key}` is taken")),
        Conflict::InProgress => ("相同的请求正在处理".into(), "the same request is being worked on".into()),
        Conflict::FormClosed => ("表单已截止".into(), "the form is closed".into()),
        Conflict::FormNotOpen => ("表单尚未开放".into(), "the form is not open yet".into()),
        Conflict::PasswordNeeded => {
            ("填写这份表单需要密码".into(), "the form asks for a password first".into())
        }
        Conflict::QuotaReached => {
            ("表单的名额已满".into(), "the form has all the submissions it takes".into())
        }
        Conflict::InvitationNeeded => (
            "只有收到邀请的人可以填写，请使用邀请链接打开".into(),
            "only invited people may answer; open it by the link of the invitation".into(),
        ),
        Conflict::AnsweredBefore => ("已经提交过，不能重复提交".into(), "this was answered before".into()),
        Conflict::LastOwner => ("团队至少要保留一位所有者".into(), "a team keeps at least one owner".into()),
        Conflict::Elsewhere => (
            "此人还在其他团队工作，只能由本人修改".into(),
            "this person works in other teams too; only they can change it".into(),
        ),
        Conflict::HoldsWork => (
            "此人还有未完成的工作，请先交接".into(),
            "this person still holds open work; hand it over first".into(),
        ),
        Conflict::SecondStepOn => {
            ("两步验证已经开启".into(), "the second step of signing in is on already".into())
        }
    }
}

/// The Chinese word for the kind of a thing that was not found.
fn noun(kind: &str) -> &'static str {
    match kind {
        "form" => "表单",
        "flow" => "流程",
        "submission" => "提交记录",
        "definition" => "定义",
        "version" => "版本",
        "dashboard" => "看板",
        "dataset" => "数据集",
        "customer" => "客户",
        "member" | "user" => "成员",
        "department" => "部门",
        "team" => "团队",
        "token" => "令牌",
        "task" => "任务",
        "app" => "应用",
        "message" => "消息",
        "import" => "导入任务",
        "invitation" => "邀请",
        "link" => "链接",
        "session" => "登录记录",
        _ => "对象",
    }
}
