//! Deciding many tasks at once: each has its own result, and one that fails stops no other.

use super::{Act, Acted, Desk, Facts, Refusal};

/// One task of a batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<'a> {
    /// The task.
    pub desk: &'a Desk,
    /// What the act depends on there.
    pub facts: &'a Facts,
}

/// The same act at every desk, with a result for each, in order.
///
/// Only decisions and copies can be made in a batch (`features.md` §4: no added signers in a batch).
pub fn decide_all(user: &str, act: &Act, batch: &[Batch<'_>]) -> Vec<Result<Acted, Refusal>> {
    let one = |item: &Batch<'_>| match act {
        Act::Decide { .. } | Act::Copy { .. } => item.desk.act(user, act, item.facts),
        Act::Transfer { .. } => Err(Refusal::NotInBatch { act: "transfer" }),
        Act::Delegate { .. } => Err(Refusal::NotInBatch { act: "delegate" }),
        Act::AddSigners { .. } => Err(Refusal::NotInBatch { act: "add_signer" }),
        Act::Return { .. } => Err(Refusal::NotInBatch { act: "return" }),
        Act::Withdraw => Err(Refusal::NotInBatch { act: "withdraw" }),
        Act::Urge => Err(Refusal::NotInBatch { act: "urge" }),
    };
    batch.iter().map(one).collect()
}
