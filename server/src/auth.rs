//! Who is asking, and what they may do.
//!
//! Every handler takes one of the scopes below as an argument; there is no other
//! way to learn the team, and store functions cannot be asked without one. How a
//! [`Caller`] is recognised is in `auth/recognise.rs`; what public links may do is
//! no business of this module: a public link is never a weak user.

pub mod cookie;
pub mod limit;
pub mod password;
pub mod recognise;
pub mod scope;
pub mod secret;
pub mod throttle;
pub mod totp;

use api_types::Role;
use form_engine::Language;

pub use scope::{Admin, Agent, Anyhow, Designer, Viewer};

use crate::ids::{SessionId, TeamId, TokenId, UserId};

/// A recognised user, working in one team. As a handler's argument: any member may call.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// Whose data.
    pub team: TeamId,
    /// What they may do in `team`.
    pub role: Role,
    /// Key of their department in `team`.
    pub department: Option<String>,
    /// As colleagues see them.
    pub name: String,
    /// To answer in.
    pub language: Language,
    /// How they were recognised.
    pub via: Via,
}

/// How a caller was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// By the browser's cookie.
    Session(SessionId),
    /// By a bearer token.
    Token(TokenId),
    /// By sitting at the machine: subcommands and demo data.
    Console,
    /// An admin looks at what this colleague sees, and can do nothing meanwhile.
    SeenBy(UserId),
}

impl Caller {
    /// At least as strong as `role`?
    pub fn is(&self, role: Role) -> bool {
        // INVARIANT: `Role` is declared strongest first.
        self.role <= role
    }
}

/// What stands between strangers and us.
#[derive(Default)]
pub struct Guard {
    /// Hashes and checks them.
    pub passwords: password::Passwords,
    /// Slows down guessing.
    pub throttle: throttle::Throttle,
    /// Bounds what comes without signing in.
    pub limit: limit::Limit,
}
