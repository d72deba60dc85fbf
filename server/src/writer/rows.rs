//! The rows of a batch, waiting to go in together.

use sea_orm::{ConnectionTrait, DbErr};

use crate::store;

/// A row that can wait for the end of the batch.
pub trait Row {
    /// Puts it with its like.
    fn join(self, rows: &mut Rows);
}

macro_rules! rows {
    ($($module:ident: $row:ident),+ $(,)?) => {
        /// Rows by table, in the order in which tables refer to each other.
        #[derive(Default)]
        pub struct Rows {
            $($module: Vec<store::$module::$row>,)+
        }

        impl Rows {
            /// Inserts everything, one statement per table.
            pub async fn insert(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
                $(store::$module::insert_all(db, self.$module).await?;)+
                Ok(())
            }
        }

        $(impl Row for store::$module::$row {
            fn join(self, rows: &mut Rows) {
                rows.$module.push(self);
            }
        })+
    };
}

rows! {
    customer: Customer,
    identity: CustomerIdentity,
    submission: Submission,
    instance: Instance,
    visit: Visit,
    task: Task,
    timer: Timer,
    clock: ClockRow,
    event: EventRow,
    notification: Notification,
    outbox: Message,
    invitation: Invitation,
    recipient: Recipient,
    member_invitation: MemberInvitation,
    idempotency: Idempotency,
}
