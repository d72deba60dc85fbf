//! Clocks against an oracle that steps through every minute: what is used, when a warning and a breach come, through
//! pauses, changes of policy between elapsed and working time, and whatever the zone does to its clocks.

use flow_engine::{Effect, Happening, Scenario, simulate};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::calendars::{MINUTE_MS, Plan, plan};

/// A promise of so many minutes, elapsed or working.
#[derive(Debug, Clone, Copy)]
struct Promise {
    minutes: i64,
    working: bool,
}

impl Promise {
    fn document(self) -> String {
        // Halves and quarters of an hour are exact.
        if self.working { format!("{}wh", self.minutes as f64 / 60.0) } else { format!("{}m", self.minutes) }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Happens {
    Pause,
    Resume,
    /// The customer's tier changes, and with it the promise.
    Switch,
    Nothing,
}

/// A clock as the oracle keeps it.
#[derive(Debug)]
struct Counted {
    used: i64,
    paused: bool,
    vip: bool,
    warned: bool,
    breached: bool,
}

impl Counted {
    fn look(&mut self, promise: Promise) {
        if self.paused || self.breached {
            return;
        }
        // A policy may be so much shorter that both have passed; the warning is told first.
        self.warned |= self.used * 2 >= promise.minutes;
        self.breached |= self.used >= promise.minutes;
    }
}

fn promise() -> impl Strategy<Value = Promise> {
    (1_i64..160, any::<bool>()).prop_map(|(quarters, working)| Promise { minutes: quarters * 30, working })
}

fn happens() -> impl Strategy<Value = Happens> {
    prop::sample::select(vec![Happens::Pause, Happens::Resume, Happens::Switch, Happens::Nothing])
}

fn flow(usual: Promise, vip: Promise) -> Value {
    let toggle = json!({"actions": [{"assign": {"vip": "!vip"}}]});
    json!({"context": {"vip": false},
        "clocks": [{"name": "answer", "within": usual.document(), "calendar": "k", "warn_at": 0.5, "stops": ["stop"], "pauses_in": ["waiting"],
            "policies": [{"guard": "vip", "within": vip.document(), "calendar": "k"}]}],
        "states": {
            "working": {"on": {"pause": "waiting", "switch": toggle.clone(), "stop": "working"}},
            "waiting": {"on": {"resume": "working", "switch": toggle, "stop": "waiting"}}}})
}

/// Steps through the minutes up to the stop.
fn count(plan: &Plan, start: i64, usual: Promise, vip: Promise, events: &[(i64, Happens)]) -> Counted {
    let mut clock = Counted { used: 0, paused: false, vip: false, warned: false, breached: false };
    let holds = |clock: &Counted| if clock.vip { vip } else { usual };
    let mut now = start;
    for (wait, happens) in events {
        for _ in 0..*wait {
            clock.look(holds(&clock));
            if !clock.paused && (!holds(&clock).working || plan.works(now)) {
                clock.used += 1;
            }
            now += MINUTE_MS;
        }
        clock.look(holds(&clock));
        match happens {
            Happens::Pause => clock.paused = true,
            Happens::Resume => clock.paused = false,
            Happens::Switch => clock.vip = !clock.vip,
            Happens::Nothing => {}
        }
        clock.look(holds(&clock));
    }
    clock
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1_000), ..ProptestConfig::default() })]

    #[test]
    fn a_clock_counts_what_stepping_through_the_minutes_counts(
        (plan, start) in plan(), usual in promise(), vip in promise(),
        events in prop::collection::vec((0_i64..1_500, happens()), 1..6),
    ) {
        let names = events.iter().map(|(wait, happens)| {
            let name = match happens {
                Happens::Pause => "pause",
                Happens::Resume => "resume",
                Happens::Switch => "switch",
                Happens::Nothing => "unheard",
            };
            json!({"event": name, "after": wait * MINUTE_MS})
        });
        let events_given: Vec<Happening> =
            names.chain([json!("stop")]).map(|event| serde_json::from_value(event).expect("an event")).collect();
        let start_text = form_engine::moment::format(start);
        let scenario = Scenario {
            machine: flow(usual, vip), events: events_given, calendars: json!([plan.document()]), start: Some(start_text), ..Scenario::default()
        };
        let outcome = simulate(&scenario).map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
        let last = outcome.effects.iter().rev().find_map(|effect| match effect {
            Effect::Clock(reading) => Some(reading.clone()),
            _ => None,
        }).expect("the clock was stopped");
        let clock = count(&plan, start, usual, vip, &events);
        prop_assert_eq!(
            (last.used_ms, last.warned, last.breached), (clock.used * MINUTE_MS, clock.warned, clock.breached),
            "{:?} {:?} {:?}", usual, vip, events
        );
    }
}
