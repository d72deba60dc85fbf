//! Tickets in the order of their urgency: a read over submissions and clocks.

use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

use crate::ids::{SubmissionId, TeamId, UserId};
use crate::store::report::{Visible, seen};

/// What of the tickets the asker may see.
#[derive(Debug, Clone, Default)]
pub struct Sight {
    /// Which; all when absent.
    pub visible: Option<Visible>,
    /// Forms some fields of which are hidden: their tickets are not searched by what they say.
    pub unread: Vec<String>,
}

/// Which tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// Open and assigned to this person.
    Of(UserId),
    /// Open and assigned to nobody.
    Unassigned,
    /// Open in this department.
    Department(String),
    /// Every open one.
    Open,
    /// Open, with a broken promise.
    Breached,
    /// Finished.
    Closed,
}

/// A ticket's place in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// When its next promise runs out; far away without one. Of finished tickets: minus their last change.
    pub rank: i64,
    /// Which ticket.
    pub id: SubmissionId,
}

impl Place {
    /// As a cursor.
    pub fn encode(&self) -> String {
        format!("{}.{}", self.rank, self.id)
    }

    /// From a cursor.
    pub fn decode(text: &str) -> Option<Self> {
        let (rank, id) = text.split_once('.')?;
        Some(Self { rank: rank.parse().ok()?, id: id.parse().ok()? })
    }
}

/// Sorts after every promise.
const NO_PROMISE: i64 = 9_000_000_000_000_000;

impl View {
    fn condition(&self, values: &mut Vec<Value>) -> String {
        let mut bind = |value: Value| {
            values.push(value);
            format!("${}", values.len())
        };
        match self {
            Self::Of(user) => format!("s.is_open and s.assignee_id = {}", bind(user.0.into())),
            Self::Unassigned => "s.is_open and s.assignee_id is null".to_owned(),
            Self::Department(key) => format!("s.is_open and s.department_key = {}", bind(key.clone().into())),
            Self::Open => "s.is_open".to_owned(),
            Self::Breached => "s.is_open and s.is_breached".to_owned(),
            Self::Closed => "not s.is_open".to_owned(),
        }
    }

    fn rank(&self) -> String {
        match self {
            Self::Closed => "-s.updated_at".to_owned(),
            Self::Of(_) | Self::Unassigned | Self::Department(_) | Self::Open | Self::Breached => format!(
                "coalesce((select min(c.due_at) from clock c where c.submission_id = s.id \
                 and c.stopped_at is null and c.state in ('running', 'breached')), {NO_PROMISE})"
            ),
        }
    }
}

/// The next places of a view, after `after`; with words, only tickets that hold them.
pub async fn page(
    db: &impl ConnectionTrait,
    team: TeamId,
    view: &View,
    sight: &Sight,
    search: &str,
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Place>, DbErr> {
    let mut values: Vec<Value> = vec![team.0.into()];
    let condition = view.condition(&mut values);
    let mut text = format!(
        "select t.rank, t.id from (select {} as rank, s.id as id from submission s \
         left join customer u on u.id = s.customer_id where s.team_id = $1 and s.is_ticket and {condition}",
        view.rank()
    );
    text.push_str(&seen("s.id", sight.visible.as_ref(), db, &mut values));
    if !search.is_empty() {
        values.push(format!("%{}%", escaped(search)).into());
        let words = values.len();
        values.push(search.trim_start_matches(['#', 'T', 't', '-']).to_owned().into());
        let number = values.len();
        let mut said = format!(
            "(lower(s.data) like lower(${words}) escape '!' or lower(u.name) like lower(${words}) escape '!')"
        );
        for form in &sight.unread {
            values.push(form.clone().into());
            said.push_str(&format!(" and s.form_key <> ${}", values.len()));
        }
        text.push_str(&format!(" and (({said}) or cast(s.number as text) = ${number})"));
    }
    text.push_str(") t");
    if let Some(after) = after {
        values.push(after.rank.into());
        let rank = values.len();
        values.push(after.id.0.into());
        let id = values.len();
        text.push_str(&format!(" where t.rank > ${rank} or (t.rank = ${rank} and t.id > ${id})"));
    }
    text.push_str(&format!(" order by t.rank, t.id limit {limit}"));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let rows = db.query_all_raw(statement).await?;
    let read = |row: &sea_orm::QueryResult| -> Result<Place, DbErr> {
        Ok(Place { rank: row.try_get_by_index(0)?, id: SubmissionId(row.try_get_by_index(1)?) })
    };
    rows.iter().map(read).collect()
}

/// How many tickets a view holds.
pub async fn count(
    db: &impl ConnectionTrait,
    team: TeamId,
    view: &View,
    sight: &Sight,
) -> Result<u64, DbErr> {
    let mut values: Vec<Value> = vec![team.0.into()];
    let condition = view.condition(&mut values);
    let mut text =
        format!("select count(*) from submission s where s.team_id = $1 and s.is_ticket and {condition}");
    text.push_str(&seen("s.id", sight.visible.as_ref(), db, &mut values));
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let row = db.query_one_raw(statement).await?;
    let count: Option<i64> = row.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}

/// Signs that `like` reads as patterns stand for themselves.
fn escaped(words: &str) -> String {
    words.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}
