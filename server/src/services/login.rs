//! What people sign in with: a mail address, a mobile number or a user name, written in one way.

use form_engine::{Problem, phone};

use crate::app::App;
use crate::error::{ApiError, Conflict};
use crate::ids::UserId;
use crate::store;
use crate::store::user::User;
use crate::writer::Batch;

/// Longest user name.
const MAX_NAME: usize = 64;

/// How a login is stored and compared: without case, surrounding space, or the decoration of telephone numbers.
pub fn normal(given: &str) -> String {
    mobile(given).unwrap_or_else(|| given.trim().to_lowercase())
}

/// The number, where it can be a mobile's: eleven digits as in China, or with a country code.
pub fn mobile(given: &str) -> Option<String> {
    let number = phone(given)?;
    let is_chinese = number.len() == 11 && number.starts_with('1') && number.as_bytes()[1] >= b'3';
    (is_chinese || number.starts_with('+') && number.len() >= 8).then_some(number)
}

/// The address in the way it is stored.
pub fn mail(given: &str) -> Option<String> {
    let mail = given.trim().to_lowercase();
    mail.parse::<lettre::Address>().is_ok().then_some(mail)
}

/// The login in the way it is stored, or what is wrong with it.
///
/// # Errors
///
/// One problem at `path`.
pub fn check(given: &str, path: &str) -> Result<String, Problem> {
    let login = normal(given);
    let is_name = || {
        let chars = login.chars().count();
        let letter = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        (2..=MAX_NAME).contains(&chars)
            && login.chars().all(letter)
            && login.chars().any(|c| c.is_alphabetic())
    };
    if mobile(given).is_some() || mail(given).is_some() || is_name() {
        return Ok(login);
    }
    let message = format!(
        "expected a mail address, a mobile number, or a name of 2 to {MAX_NAME} letters, digits, `.`, `_`, `-`; found `{}`",
        given.trim()
    );
    Err(Problem::new("member.login", path, message))
}

/// Whom a login names: the one who signs in with it, else the only one who has it as mail address or mobile number.
///
/// # Errors
///
/// When the database does not answer.
pub async fn find(app: &App, given: &str) -> Result<Option<User>, ApiError> {
    let login = normal(given);
    let exact = store::user::by_login(app.db.read(), &login).await?;
    let mut others = store::user::by_contact(app.db.read(), &login).await?;
    // Two people with one address are told apart by their logins alone.
    Ok(exact.or_else(|| others.pop().filter(|_| others.is_empty())))
}

/// Refuses a login that names somebody already, also as their mail address or mobile number; `own`: whose it is to be.
///
/// # Errors
///
/// [`Conflict::Taken`].
pub async fn free(batch: &Batch, login: &str, own: Option<UserId>) -> Result<(), ApiError> {
    let exact = store::user::by_login(batch.read(), login).await?;
    let others = store::user::by_contact(batch.read(), login).await?;
    let is_other = |user: &User| Some(user.id) != own;
    if exact.iter().chain(&others).any(is_other) {
        return Err(Conflict::Taken(login.to_owned()).into());
    }
    Ok(())
}

/// Mail address and mobile number that a login brings with it.
pub fn contacts(login: &str) -> (Option<String>, Option<String>) {
    (mail(login), mobile(login))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_written_in_one_way() {
        for (given, stored) in [
            (" Wang.Fang@Example.COM ", "wang.fang@example.com"),
            ("+86 138-0013-8000", "13800138000"),
            ("138 0013 8000", "13800138000"),
            ("+44 20 7946 0958", "+442079460958"),
            ("WangFang", "wangfang"),
            ("王芳", "王芳"),
            ("fang_w-2", "fang_w-2"),
        ] {
            assert_eq!(check(given, "/login").as_deref(), Ok(stored));
        }
        for wrong in ["", "x", "12345", "a b", "fang@", "fang@@x.cn", "<b>", "20261126"] {
            assert!(check(wrong, "/login").is_err(), "{wrong}");
        }
    }
}
