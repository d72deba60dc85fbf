//! How the server says no: one error type, one RFC 9457 answer.
//!
//! Decides status, code and wording of every refusal. An error travels as a value;
//! its body is written by `render`, which knows the caller's language and the
//! request's id. The cause of a 5xx is logged beside that id and never sent.

mod render;
mod text;

pub use render::{problem_bodies, refuse};

use axum::http::StatusCode;
use form_engine::Problem;
use sea_orm::{DbErr, RuntimeErr};

/// Why a request was refused.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No session or token came with the request, or it is no longer valid.
    #[error("not signed in")]
    Unauthenticated,
    /// Unknown login or wrong password; which of them is not said.
    #[error("wrong login or password")]
    WrongCredentials,
    /// Login and password are right; a code of the authenticator is asked for as well.
    #[error("second step needed")]
    SecondStep,
    /// The code is wrong, over, or was used before.
    #[error("wrong code")]
    WrongCode,
    /// The caller may know of it but not do it.
    #[error("the role does not allow it")]
    Forbidden,
    /// The team asks owners and admins for the second step, and the caller has none on.
    #[error("second step owed")]
    SecondStepOwed,
    /// A cookie request that a foreign page may have sent.
    #[error("cross-site request")]
    CrossSite,
    /// Absent, or another team's: the caller cannot tell.
    #[error("{kind} `{id}` not found")]
    NotFound {
        /// `form`, `submission` … as in the address.
        kind: &'static str,
        /// As asked for.
        id: String,
    },
    /// A one-use link that was used, taken back or never there, or is too old; which of them is not said.
    #[error("the link is over")]
    LinkOver,
    /// No such address.
    #[error("no such address")]
    NoRoute,
    /// The address exists, the method does not.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// Possible in general, not in the present state.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The document sent breaks its rules.
    #[error("{} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// An `Idempotency-Key` seen before came with another body.
    #[error("idempotency key reused")]
    KeyReused,
    /// Not parseable; the text says where.
    #[error("malformed: {0}")]
    Malformed(String),
    /// A body of another type than this route takes.
    #[error("unsupported media type")]
    UnsupportedMedia,
    /// A body over the route's limit.
    #[error("body larger than {limit_bytes} bytes")]
    TooLarge {
        /// The route's limit.
        limit_bytes: usize,
    },
    /// Too often from this caller.
    #[error("too many requests")]
    TooMany {
        /// Sent as `Retry-After`.
        retry_after_s: u32,
    },
    /// The request took too long to arrive or to answer.
    #[error("timeout")]
    Timeout,
    /// A queue is full or the server is stopping; nothing was stored.
    #[error("overloaded")]
    Overloaded,
    /// The disk is full; nothing was stored.
    #[error("storage full")]
    StorageFull,
    /// The database failed.
    #[error("storage failed")]
    Storage(#[source] DbErr),
    /// A fault of the server.
    #[error("internal fault")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What stands in the way for now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Somebody saved in between.
    #[error("stale revision")]
    Stale,
    /// Nothing in the present state listens to the event.
    #[error("event `{event}` not accepted")]
    NotAccepted {
        /// As sent.
        event: String,
    },
    /// The key is in use.
    #[error("`{0}` is taken")]
    Taken(String),
    /// The same request is being worked on.
    #[error("in progress")]
    InProgress,
    /// The form takes no submissions any more.
    #[error("form closed")]
    FormClosed,
    /// The form takes no submissions yet.
    #[error("form not open yet")]
    FormNotOpen,
    /// The form has all the submissions it wanted.
    #[error("quota reached")]
    QuotaReached,
    /// Only invited people may answer, and no invitation came along.
    #[error("invitation needed")]
    InvitationNeeded,
    /// The form asks for a password first.
    #[error("password needed")]
    PasswordNeeded,
    /// This customer, device or invitation has answered.
    #[error("answered before")]
    AnsweredBefore,
    /// A team keeps at least one owner.
    #[error("last owner")]
    LastOwner,
    /// What belongs to the person is theirs to change, since they work in other teams too.
    #[error("works elsewhere too")]
    Elsewhere,
    /// Open work is handed over before somebody leaves.
    #[error("holds work")]
    HoldsWork,
    /// The second step is on already.
    #[error("second step is on")]
    SecondStepOn,
}

impl ApiError {
    /// The document's problems as a refusal.
    pub fn invalid(problems: Vec<Problem>) -> Self {
        Self::Invalid(problems)
    }

    /// One problem as a refusal.
    pub fn problem(code: &'static str, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(code, path, message)])
    }

    /// Absent, or as good as absent for this caller.
    pub fn not_found(kind: &'static str, id: impl ToString) -> Self {
        Self::NotFound { kind, id: id.to_string() }
    }

    /// A fault of ours, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated | Self::WrongCredentials | Self::SecondStep | Self::WrongCode => {
                StatusCode::UNAUTHORIZED
            }
            Self::Forbidden | Self::CrossSite | Self::SecondStepOwed => StatusCode::FORBIDDEN,
            Self::NotFound { .. } | Self::LinkOver | Self::NoRoute => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Invalid(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Timeout | Self::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
            Self::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::Storage(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Stable and made for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "auth.required",
            Self::WrongCredentials => "auth.credentials",
            Self::SecondStep => "auth.second_step",
            Self::WrongCode => "auth.code",
            Self::Forbidden => "auth.forbidden",
            Self::SecondStepOwed => "auth.second_step_owed",
            Self::CrossSite => "auth.cross_site",
            Self::NotFound { .. } | Self::NoRoute => "request.not_found",
            Self::LinkOver => "request.link_over",
            Self::MethodNotAllowed => "request.method",
            Self::Conflict(conflict) => conflict.code(),
            Self::Invalid(_) => "request.invalid",
            Self::KeyReused => "request.key_reused",
            Self::Malformed(_) => "request.malformed",
            Self::UnsupportedMedia => "request.media_type",
            Self::TooLarge { .. } => "request.too_large",
            Self::TooMany { .. } => "request.too_many",
            Self::Timeout => "server.timeout",
            Self::Overloaded => "server.overloaded",
            Self::StorageFull => "server.storage_full",
            Self::Storage(_) | Self::Internal(_) => "server.fault",
        }
    }

    /// Seconds for `Retry-After`, where trying again makes sense.
    pub fn retry_after_s(&self) -> Option<u32> {
        match self {
            Self::TooMany { retry_after_s } => Some(*retry_after_s),
            Self::Timeout | Self::Overloaded => Some(1),
            Self::StorageFull => Some(30),
            Self::Unauthenticated
            | Self::WrongCredentials
            | Self::SecondStep
            | Self::WrongCode
            | Self::Forbidden
            | Self::CrossSite
            | Self::SecondStepOwed
            | Self::NotFound { .. }
            | Self::LinkOver
            | Self::NoRoute
            | Self::MethodNotAllowed
            | Self::Conflict(_)
            | Self::Invalid(_)
            | Self::KeyReused
            | Self::Malformed(_)
            | Self::UnsupportedMedia
            | Self::TooLarge { .. }
            | Self::Storage(_)
            | Self::Internal(_) => None,
        }
    }
}

impl Conflict {
    fn code(&self) -> &'static str {
        match self {
            Self::Stale => "conflict.stale",
            Self::NotAccepted { .. } => "conflict.event",
            Self::Taken(_) => "conflict.taken",
            Self::InProgress => "conflict.in_progress",
            Self::FormClosed => "form.closed",
            Self::FormNotOpen => "form.not_open",
            Self::QuotaReached => "form.quota_reached",
            Self::PasswordNeeded => "form.password_needed",
            Self::InvitationNeeded => "form.invitation_needed",
            Self::AnsweredBefore => "form.answered_before",
            Self::LastOwner => "conflict.last_owner",
            Self::Elsewhere => "conflict.elsewhere",
            Self::HoldsWork => "conflict.holds_work",
            Self::SecondStepOn => "conflict.second_step_on",
        }
    }
}

impl From<DbErr> for ApiError {
    /// A full disk and a full pool are no faults of the server: they pass, and callers may try again.
    fn from(error: DbErr) -> Self {
        if matches!(error, DbErr::ConnectionAcquire(_)) {
            return Self::Overloaded;
        }
        match storage_code(&error).as_deref() {
            // SQLITE_FULL, SQLITE_IOERR_WRITE, PostgreSQL disk_full
            Some("13" | "778" | "53100") => Self::StorageFull,
            // SQLITE_BUSY and its snapshot form; PostgreSQL too_many_connections, cannot_connect_now, admin_shutdown
            Some("5" | "517" | "53300" | "57P03" | "57P01") => Self::Overloaded,
            Some(_) | None => Self::Storage(error),
        }
    }
}

impl From<Vec<Problem>> for ApiError {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Invalid(problems)
    }
}

/// The database's own error code: SQLite's extended result code, PostgreSQL's SQLSTATE.
fn storage_code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))
    | DbErr::Conn(RuntimeErr::SqlxError(cause))) = error
    else {
        return None;
    };
    cause.as_database_error().and_then(|fault| fault.code()).map(|code| code.into_owned())
}
