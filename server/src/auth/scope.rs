//! The scopes a handler can ask for, each an extractor: the signature says who may call.

use std::ops::Deref;

use api_types::Role;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::{Caller, recognise};
use crate::app::App;
use crate::error::ApiError;

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        recognise::caller(parts, app).await
    }
}

/// A member who may still owe the second step of signing in: for their own account and nothing of the team's.
#[derive(Debug, Clone)]
pub struct Anyhow(pub Caller);

impl FromRequestParts<App> for Anyhow {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        recognise::anyhow(parts, app).await.map(|(caller, _)| Self(caller))
    }
}

/// Declares a scope: callers whose role is at least the named one.
macro_rules! scope {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub Caller);

        impl FromRequestParts<App> for $name {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
                let caller = recognise::caller(parts, app).await?;
                if caller.is(Role::$name) { Ok(Self(caller)) } else { Err(ApiError::Forbidden) }
            }
        }

        impl Deref for $name {
            type Target = Caller;

            fn deref(&self) -> &Caller {
                &self.0
            }
        }
    )+};
}

scope!(
    /// Changes who belongs to the team and what they may do.
    Admin,
    /// Draws, publishes, imports.
    Designer,
    /// Works tickets; sees customers.
    Agent,
    /// Looks at boards and lists.
    Viewer,
);
