//! The audit log: lines that are added and never changed, each sealed with the hash of the one before.

mod entity {
    use crate::ids::{TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub team_id: TeamId,
        /// Counts from 1 in a team, without gaps.
        #[sea_orm(primary_key, auto_increment = false)]
        pub seq: i64,
        pub at: i64,
        pub actor_id: Option<UserId>,
        /// As they were called then.
        pub actor_name: String,
        /// `session`, `token`, `console`, `system`.
        pub via: String,
        pub action: String,
        /// What kind of thing it was done to.
        pub kind: String,
        /// Which: an id or a key.
        pub subject: String,
        /// As people knew it then.
        pub title: String,
        /// JSON.
        pub before: Option<String>,
        /// JSON.
        pub after: Option<String>,
        /// SHA-256 of the line before's hash and of everything above.
        pub hash: Vec<u8>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as AuditLine;

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};

use crate::ids::{TeamId, UserId};
use entity::{ActiveModel, Column, Entity};

impl AuditLine {
    /// The hash this line must have after one with the hash `before`; of the first line nothing comes before.
    pub fn sealed(&self, before: &[u8]) -> Vec<u8> {
        let mut hash = Sha256::new();
        let mut part = |bytes: Option<&[u8]>| {
            // Lengths keep parts apart: no two lines are written alike.
            let length = bytes.map_or(u64::MAX, |bytes| bytes.len() as u64);
            hash.update(length.to_le_bytes());
            hash.update(bytes.unwrap_or_default());
        };
        part(Some(before));
        part(Some(self.team_id.0.as_bytes()));
        part(Some(&self.seq.to_le_bytes()));
        part(Some(&self.at.to_le_bytes()));
        part(self.actor_id.as_ref().map(|id| id.0.as_bytes().as_slice()));
        let texts = [&self.actor_name, &self.via, &self.action, &self.kind, &self.subject, &self.title];
        texts.into_iter().for_each(|text| part(Some(text.as_bytes())));
        part(self.before.as_ref().map(String::as_bytes));
        part(self.after.as_ref().map(String::as_bytes));
        hash.finalize().to_vec()
    }
}

/// Adds lines to the chains of their teams; `seq` and `hash` are given here. Nobody else writes for these teams meanwhile.
pub async fn append(db: &impl ConnectionTrait, lines: Vec<AuditLine>) -> Result<(), DbErr> {
    let mut sealed: Vec<AuditLine> = Vec::with_capacity(lines.len());
    for mut line in lines {
        let last = match sealed.iter().rev().find(|known| known.team_id == line.team_id) {
            Some(last) => Some((last.seq, last.hash.clone())),
            None => last(db, line.team_id).await?.map(|last| (last.seq, last.hash)),
        };
        let (seq, before) = last.unwrap_or_default();
        line.seq = seq + 1;
        line.hash = line.sealed(&before);
        sealed.push(line);
    }
    super::insert_all::<ActiveModel>(db, sealed).await
}

/// The last line of a team's chain.
pub async fn last(db: &impl ConnectionTrait, team: TeamId) -> Result<Option<AuditLine>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).order_by_desc(Column::Seq).one(db).await
}

/// Lines from `after` on, oldest first.
pub async fn from(
    db: &impl ConnectionTrait,
    team: TeamId,
    after: i64,
    limit: u64,
) -> Result<Vec<AuditLine>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Seq.gt(after));
    ours.order_by_asc(Column::Seq).limit(limit).all(db).await
}

/// Which lines.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Before this one.
    pub before: Option<i64>,
    /// By this person alone.
    pub actor: Option<UserId>,
    /// Done to this kind of thing alone.
    pub kind: Option<String>,
    /// Done to this thing alone.
    pub subject: Option<String>,
}

/// The newest lines.
pub async fn page(
    db: &impl ConnectionTrait,
    team: TeamId,
    wanted: &Wanted,
    limit: u64,
) -> Result<Vec<AuditLine>, DbErr> {
    let mut ours = Entity::find().filter(Column::TeamId.eq(team));
    if let Some(before) = wanted.before {
        ours = ours.filter(Column::Seq.lt(before));
    }
    if let Some(actor) = wanted.actor {
        ours = ours.filter(Column::ActorId.eq(actor));
    }
    if let Some(kind) = &wanted.kind {
        ours = ours.filter(Column::Kind.eq(kind));
    }
    if let Some(subject) = &wanted.subject {
        ours = ours.filter(Column::Subject.eq(subject));
    }
    ours.order_by_desc(Column::Seq).limit(limit).all(db).await
}

/// Every team that has a log.
pub async fn teams_of_any(db: &impl ConnectionTrait) -> Result<Vec<TeamId>, DbErr> {
    let teams = Entity::find().select_only().column(Column::TeamId).distinct();
    teams.order_by_asc(Column::TeamId).into_tuple().all(db).await
}
