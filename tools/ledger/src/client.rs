//! One customer after the other, and what each of them saw.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::http::Connection;

/// What a client saw of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// 201: promised.
    Ok,
    /// The connection broke before the answer; it may be in or out.
    Unknown,
    /// Another status: it must be out.
    Refused(u16),
}

/// Every answer that was ever sent, by its key.
pub type Ledger = BTreeMap<String, Seen>;

/// Sends answers under the keys `NAME-0`, `NAME-1` … until the connection breaks or `stop` is set.
pub fn answer_until_killed(host: &str, name: &str, stop: &AtomicBool) -> Ledger {
    let mut ledger = Ledger::new();
    let Ok(mut connection) = Connection::open(host) else { return ledger };
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let key = format!("{name}-{number}");
        let seen = send(&mut connection, &key);
        ledger.insert(key, seen);
        if seen == Seen::Unknown {
            break;
        }
    }
    ledger
}

/// Sends the answer of `key`, for the first time or again.
pub fn send(connection: &mut Connection, key: &str) -> Seen {
    let headers = [("idempotency-key", key)];
    match connection.send("POST", "/api/v1/public/forms/nps/submissions", &headers, Some(&answer(key))) {
        Ok(answer) if answer.status == 201 => Seen::Ok,
        Ok(answer) => Seen::Refused(answer.status),
        Err(_) => Seen::Unknown,
    }
}

/// A low score, so that every answer opens a ticket.
fn answer(key: &str) -> Value {
    json!({ "score": 3, "reason": key, "about": "delivery", "contact": format!("{key}@ledger.example") })
}
