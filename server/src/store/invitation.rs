//! One-use links to a form, bound to the submission they are about.

mod entity {
    use crate::ids::{CustomerId, InvitationId, SubmissionId, TeamId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "invitation")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: InvitationId,
        pub team_id: TeamId,
        pub form_key: String,
        pub submission_id: Option<SubmissionId>,
        pub link: Option<String>,
        pub customer_id: Option<CustomerId>,
        pub token_hash: Vec<u8>,
        pub created_at: i64,
        pub used_at: Option<i64>,
        pub used_by: Option<SubmissionId>,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Invitation;

use sea_orm::{ConnectionTrait, DbErr};

use entity::ActiveModel;

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Invitation>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}
