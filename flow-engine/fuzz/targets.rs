//! What hostile bytes are given to. Shared by `cargo fuzz` and by the tests, which replay what was saved.
//!
//! A target panics when something that must always hold does not.

use flow_engine::{Calendars, Event, Inputs, Snapshot, compile, start, transition};
use serde_json::{Value, json};

/// What takes the bytes.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also the folder of its corpus.
pub const TARGETS: [(&str, Target); 1] = [("flow", flow)];

/// Events for every machine; most mean nothing to it.
const EVENTS: [&str; 5] = ["solve", "t", "go", "clock.breach.first_reply", "e.x"];

/// A flow compiles or says why not; what compiles comes to rest or says that it does not, and its snapshot survives storing.
pub fn flow(bytes: &[u8]) {
    let Ok(document) = serde_json::from_slice::<Value>(bytes) else { return };
    let machine = match compile(&document) {
        Ok(machine) => machine,
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a reason");
            return;
        }
    };
    let data = json!({"score": 3, "about": "product", "items": [1, "x", null]});
    let calendars = Calendars::new();
    let inputs = Inputs { data: &data, customer: &Value::Null, calendars: &calendars, facts: &Value::Null };
    let Ok(mut step) = start(&machine, &inputs, 0) else { return };
    for (event, now_ms) in EVENTS.into_iter().zip((1..).map(|turn| turn * 86_400_000)) {
        let stored = serde_json::to_string(&step.snapshot).expect("plain data");
        let snapshot: Snapshot = serde_json::from_str(&stored).expect("what was written");
        assert_eq!(snapshot, step.snapshot, "a snapshot does not survive storing");
        let event = Event::new(event, json!({"n": 1}));
        let Ok(next) = transition(&machine, &snapshot, &event, &inputs, now_ms) else { return };
        let again = transition(&machine, &snapshot, &event, &inputs, now_ms).expect("it came to rest before");
        assert_eq!(
            (&again.snapshot, &again.effects),
            (&next.snapshot, &next.effects),
            "the same step came out otherwise"
        );
        step = next;
    }
}
