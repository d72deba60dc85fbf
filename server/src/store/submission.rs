//! Submissions, tickets among them.

mod entity {
    use crate::ids::{CustomerId, DefinitionId, SubmissionId, TeamId, UserId};
    use sea_orm::entity::prelude::*;

    #[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "submission")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SubmissionId,
        pub team_id: TeamId,
        pub form_id: DefinitionId,
        pub form_key: String,
        pub version_number: i32,
        pub is_ticket: bool,
        pub number: i64,
        /// The document, as text: the order of its keys is the author's.
        pub data: String,
        pub customer_id: Option<CustomerId>,
        pub parent_id: Option<SubmissionId>,
        pub parent_link: Option<String>,
        pub channel: String,
        /// Active state of the flow beside it.
        pub state: Option<String>,
        pub is_open: bool,
        pub is_breached: bool,
        pub assignee_id: Option<UserId>,
        pub department_key: Option<String>,
        /// JSON array of texts.
        pub tags: String,
        pub language: String,
        pub receipt: String,
        /// SHA-256 of the progress link's token; absent when nothing was opened.
        pub progress_hash: Option<Vec<u8>>,
        pub created_by: Option<UserId>,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use entity::Model as Submission;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Statement,
};

use crate::ids::{CustomerId, DefinitionId, SubmissionId, TeamId, UserId};
use entity::{ActiveModel, Column, Entity};

/// Stores new rows.
pub async fn insert_all(db: &impl ConnectionTrait, rows: Vec<Submission>) -> Result<(), DbErr> {
    super::insert_all::<ActiveModel>(db, rows).await
}

/// The submission, or none, also when it belongs to another team.
pub async fn get(
    db: &impl ConnectionTrait,
    team: TeamId,
    id: SubmissionId,
) -> Result<Option<Submission>, DbErr> {
    Entity::find_by_id(id).filter(Column::TeamId.eq(team)).one(db).await
}

/// The submission, of whatever team: who asks has shown a key that names it.
pub async fn get_of_any_team(
    db: &impl ConnectionTrait,
    id: SubmissionId,
) -> Result<Option<Submission>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The submission a progress link opens, of whatever team: the link is the right to see it.
pub async fn by_progress_of_any_team(
    db: &impl ConnectionTrait,
    hash: &[u8],
) -> Result<Option<Submission>, DbErr> {
    Entity::find().filter(Column::ProgressHash.eq(hash)).one(db).await
}

/// The submission of a form that a receipt names.
pub async fn by_receipt(
    db: &impl ConnectionTrait,
    team: TeamId,
    form_key: &str,
    receipt: &str,
) -> Result<Option<Submission>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::FormKey.eq(form_key));
    ours.filter(Column::Receipt.eq(receipt)).one(db).await
}

/// Open tickets of somebody, oldest first.
pub async fn held(
    db: &impl ConnectionTrait,
    team: TeamId,
    by: UserId,
    limit: u64,
) -> Result<Vec<SubmissionId>, DbErr> {
    let theirs = held_in(team, by).order_by_asc(Column::Id).limit(limit).all(db).await?;
    Ok(theirs.into_iter().map(|row| row.id).collect())
}

/// How many open tickets somebody has.
pub async fn count_held(db: &impl ConnectionTrait, team: TeamId, by: UserId) -> Result<u64, DbErr> {
    held_in(team, by).count(db).await
}

fn held_in(team: TeamId, by: UserId) -> sea_orm::Select<Entity> {
    let theirs = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::AssigneeId.eq(by));
    theirs.filter(Column::IsTicket.eq(true)).filter(Column::IsOpen.eq(true))
}

/// Every submission that a receipt names, of whatever team: who asks has to name a contact of it, too.
pub async fn by_receipt_of_any_team(
    db: &impl ConnectionTrait,
    receipt: &str,
) -> Result<Vec<Submission>, DbErr> {
    Entity::find().filter(Column::Receipt.eq(receipt)).limit(10).all(db).await
}

/// What `parent` led to, oldest first.
pub async fn children(
    db: &impl ConnectionTrait,
    team: TeamId,
    parent: SubmissionId,
) -> Result<Vec<Submission>, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::ParentId.eq(parent));
    ours.order_by_asc(Column::CreatedAt).all(db).await
}

/// The newest submissions of `customers`, at most `each` of one, newest first.
pub async fn of_customers(
    db: &impl ConnectionTrait,
    team: TeamId,
    customers: Vec<CustomerId>,
    each: u64,
) -> Result<Vec<Submission>, DbErr> {
    const PLACE: &str = "row_number() over (partition by customer_id order by created_at desc, id desc)";
    let place = Alias::new("place");
    let theirs = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::CustomerId.is_in(customers));
    let ranked = theirs.select_only().column(Column::Id).expr_as(Expr::cust(PLACE), "place").into_query();
    let newest = Query::select()
        .column(Column::Id)
        .from_subquery(ranked, Alias::new("ranked"))
        .and_where(Expr::col(place).lte(each))
        .take();
    let newest = Entity::find().filter(Column::Id.in_subquery(newest));
    newest.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).all(db).await
}

/// The highest number the form has given; 0 before the first. What an erased submission had stays given.
pub async fn last_number(db: &impl ConnectionTrait, form: DefinitionId) -> Result<i64, DbErr> {
    const LAST: &str = "select max(number) from (select max(number) as number from submission where form_id = $1 \
        union all select value from counter where scope = $1 and name = $2) given";
    let values = [form.0.into(), super::counter::LAST_NUMBER.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), LAST, values);
    let row = db.query_one_raw(statement).await?;
    let last: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?.flatten();
    Ok(last.unwrap_or(0))
}

/// Documents of a form, a page of them, in the order of their numbers: those after number `after`.
pub async fn documents(
    db: &impl ConnectionTrait,
    form: DefinitionId,
    after: i64,
    limit: u64,
) -> Result<Vec<(i64, String)>, DbErr> {
    let ours = Entity::find().select_only().column(Column::Number).column(Column::Data);
    let ours = ours.filter(Column::FormId.eq(form)).filter(Column::Number.gt(after));
    ours.order_by_asc(Column::Number).limit(limit).into_tuple().all(db).await
}

/// Stores a changed submission; its id, team, form and number stay.
pub async fn update(db: &impl ConnectionTrait, row: &Submission) -> Result<(), DbErr> {
    Entity::update_many()
        .set(row.clone().into_active_model().reset_all_but_keys())
        .filter(Column::TeamId.eq(row.team_id))
        .filter(Column::Id.eq(row.id))
        .exec(db)
        .await?;
    Ok(())
}

impl ActiveModel {
    /// Every value is written but those that never change.
    fn reset_all_but_keys(self) -> Self {
        use sea_orm::{ActiveModelTrait, ActiveValue::NotSet};
        let mut all = self.reset_all();
        (all.id, all.team_id, all.form_id, all.number) = (NotSet, NotSet, NotSet, NotSet);
        all
    }
}

/// The channel of what a member enters by hand.
pub const BY_STAFF: &str = "staff";
/// The channel of what came with a file.
pub const IMPORTED: &str = "import";

/// What a member has handed in, newest first, from before `before`.
pub async fn handed_in(
    db: &impl ConnectionTrait,
    team: TeamId,
    by: UserId,
    before: Option<SubmissionId>,
    limit: u64,
) -> Result<Vec<Submission>, DbErr> {
    let mut theirs = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::CreatedBy.eq(by));
    theirs = theirs.filter(Column::Channel.ne(IMPORTED));
    if let Some(before) = before {
        theirs = theirs.filter(Column::Id.lt(before));
    }
    theirs.order_by_desc(Column::Id).limit(limit).all(db).await
}

/// How many of the team's are in a department's hands.
pub async fn count_in_department(db: &impl ConnectionTrait, team: TeamId, key: &str) -> Result<u64, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::DepartmentKey.eq(key));
    ours.count(db).await
}

/// How many of the team's are a customer's.
pub async fn count_of_customer(
    db: &impl ConnectionTrait,
    team: TeamId,
    customer: CustomerId,
) -> Result<u64, DbErr> {
    let ours = Entity::find().filter(Column::TeamId.eq(team)).filter(Column::CustomerId.eq(customer));
    ours.count(db).await
}

/// Those of `ids` that are the team's, in no order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    team: TeamId,
    ids: &[SubmissionId],
) -> Result<Vec<Submission>, DbErr> {
    Entity::find().filter(Column::TeamId.eq(team)).filter(Column::Id.is_in(ids.to_vec())).all(db).await
}
