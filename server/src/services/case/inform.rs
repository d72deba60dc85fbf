//! Telling colleagues what concerns them: rows for their notifications, in the transaction of the cause.
//!
//! Nobody is told of what they did themselves, nor of sample answers. What is said again replaces what was not read yet.

use api_types::NotificationKind;
use serde_json::{Value, json};

use super::Case;
use super::message::shortened;
use crate::error::ApiError;
use crate::feed::Entity;
use crate::ids::UserId;
use crate::store;
use crate::store::notification::Notification;

/// Signs of a text that are kept.
pub(in crate::services) const TOLD: usize = 120;

impl Case<'_> {
    /// Tells somebody.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn inform(
        &mut self,
        user: UserId,
        kind: NotificationKind,
        facts: Value,
    ) -> Result<(), ApiError> {
        if Some(user) == self.actor || self.row.channel == store::sample::CHANNEL {
            return Ok(());
        }
        // A new submission has told nothing yet; a note is never told twice.
        if self.stored.is_some() && kind != NotificationKind::Mentioned {
            self.withdraw(kind, Some(user)).await?;
        }
        let row = Notification {
            id: self.app.ids.next(),
            team_id: self.catalog.team,
            user_id: user,
            kind: kind.word().to_owned(),
            submission_id: Some(self.row.id),
            actor_id: self.actor,
            data: facts.to_string(),
            created_at: self.now_ms,
            read_at: None,
        };
        self.batch.changed(self.catalog.team, Entity::Notification, user, None);
        self.add(row).await
    }

    /// Tells whoever has to see to it: who has it, else the head of its department.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn inform_responsible(&mut self, kind: NotificationKind, facts: Value) -> Result<(), ApiError> {
        let (assignee, department) = (self.row.assignee_id, self.row.department_key.clone());
        let responsible = match (assignee, department) {
            (Some(user), _) => Some(user),
            (None, Some(department)) => self.staff().await?.head(&department),
            (None, None) => None,
        };
        match responsible {
            Some(user) => self.inform(user, kind, facts).await,
            None => Ok(()),
        }
    }

    /// Tells every colleague a note names: `@` and their name.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn inform_named(&mut self, text: &str) -> Result<(), ApiError> {
        if !text.contains('@') {
            return Ok(());
        }
        let staff = self.staff().await?;
        let people: Vec<(UserId, &str)> = staff
            .people
            .iter()
            .filter(|person| person.works_here)
            .map(|person| (person.id, person.name.as_str()))
            .collect();
        for user in named(text, &people) {
            self.inform(user, NotificationKind::Mentioned, json!({"text": shortened(text, TOLD)})).await?;
        }
        Ok(())
    }

    /// What was told and not read no longer holds.
    pub(super) async fn withdraw(
        &mut self,
        kind: NotificationKind,
        user: Option<UserId>,
    ) -> Result<(), ApiError> {
        let (team, id) = (self.catalog.team, self.row.id);
        for user in store::notification::withdraw(self.batch.write(), team, id, kind.word(), user).await? {
            self.batch.changed(team, Entity::Notification, user, None);
        }
        Ok(())
    }
}

/// Whom a text names, each once. Of names that begin alike the longest counts.
fn named(text: &str, people: &[(UserId, &str)]) -> Vec<UserId> {
    let mut named = Vec::new();
    for (at, _) in text.match_indices('@') {
        let rest = &text[at + '@'.len_utf8()..];
        let meant = people.iter().filter(|(_, name)| !name.is_empty() && rest.starts_with(name));
        let longest = meant.clone().map(|(_, name)| name.len()).max();
        for (user, _) in meant.filter(|(_, name)| Some(name.len()) == longest) {
            if !named.contains(user) {
                named.push(*user);
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_meant_and_everybody_is_named_once() {
        let id = |number: u128| UserId(uuid::Uuid::from_u128(number));
        let people = [(id(1), "张三"), (id(2), "张三丰"), (id(3), "Ann Lee"), (id(4), "")];
        assert_eq!(named("@张三丰 看一下，也请 @Ann Lee 和 @张三丰", &people), [id(2), id(3)]);
        assert_eq!(named("@张三，好", &people), [id(1)]);
        assert_eq!(named("write to ann@example.com", &people), []);
        assert_eq!(named("@nobody @", &people), []);
    }
}
