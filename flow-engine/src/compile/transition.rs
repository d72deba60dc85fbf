//! Transitions: the ordered list, and its shorthands `on`, `always` and `after`.

use super::{Compiler, Kind, MOST_TRANSITIONS, MOST_WORDS, Node, Transition, code};
use crate::Key;
use crate::action::Expr;
use crate::duration::Duration;
use crate::machine::{After, Delay, Descriptor, Domain, transition_domain};

const MEMBERS: [&str; 10] =
    ["event", "guard", "cond", "target", "internal", "actions", "label", "require", "description", "type"];
const AFTER_MEMBERS: [&str; 8] =
    ["delay", "calendar", "guard", "cond", "target", "internal", "actions", "description"];

impl Compiler<'_> {
    pub(super) fn transitions_of(&mut self, state: usize, node: &Node<'_>) {
        if self.states[state].kind.is_history() {
            return;
        }
        if let Some(list) = node.get("transitions") {
            for item in list.one_or_many() {
                if self.is_too_large {
                    return;
                }
                self.only(&item, &MEMBERS);
                let events = item.get("event").map_or_else(Vec::new, |event| self.descriptors(&event));
                self.transition(state, &item, events);
            }
        }
        for (event, value) in node.get("on").iter().flat_map(Node::members) {
            for item in value.one_or_many() {
                if item.value.is_object() {
                    self.only(&item, &MEMBERS[1..]);
                }
                let events = event.split_whitespace().take(MOST_WORDS).map(Descriptor::parse).collect();
                self.transition(state, &item, events);
            }
        }
        for item in node.get("always").iter().flat_map(Node::one_or_many) {
            self.only(&item, &["guard", "cond", "target", "internal", "actions", "type", "description"]);
            self.transition(state, &item, Vec::new());
        }
        if state != 0 {
            self.after(state, node);
        }
    }

    fn after(&mut self, state: usize, node: &Node<'_>) {
        for (position, item) in node.get("after").iter().flat_map(Node::one_or_many).enumerate() {
            self.only(&item, &AFTER_MEMBERS);
            let send_id = Key::from(format!("after.{}.{position}", self.states[state].key));
            let calendar = item
                .get("calendar")
                .and_then(|node| self.calendar_key(&node))
                .or_else(|| self.calendar.clone());
            if let Some(delay) = self.delay(&item, calendar.as_ref()) {
                self.states[state].after.push(After { send_id: send_id.clone(), delay, calendar });
            }
            self.transition(state, &item, vec![Descriptor::Exact(send_id)]);
        }
    }

    /// A duration, a number of milliseconds, or `{"script": …}`.
    fn delay(&mut self, item: &Node<'_>, calendar: Option<&Key>) -> Option<Delay> {
        let Some(node) = item.get("delay") else {
            self.refuse(code::MEMBER_MISSING, item.at("delay"), "expected `delay`");
            return None;
        };
        if let Some(script) = node.get("script") {
            return Some(Delay::Computed(Expr::Script(self.script_at(&script)?)));
        }
        let duration = self.duration(&node)?;
        if duration.needs_calendar() && calendar.is_none() {
            self.refuse(
                code::CALENDAR_MISSING,
                item.at("calendar"),
                format!("expected a calendar for `{duration}`"),
            );
        }
        Some(Delay::Fixed(duration))
    }

    pub(super) fn duration(&mut self, node: &Node<'_>) -> Option<Duration> {
        let duration = match (node.value.as_f64(), node.str()) {
            (Some(ms), _) => Duration::parse(&format!("{ms}ms")),
            (None, Some(text)) => Duration::parse(text),
            (None, None) => None,
        };
        if duration.is_none() {
            let message = format!("expected a duration such as `24h` or `3wd`, found `{}`", node.value);
            self.refuse(code::DURATION_INVALID, node.path.clone(), message);
        }
        duration
    }

    pub(super) fn descriptors(&mut self, node: &Node<'_>) -> Vec<Descriptor> {
        if node.str().is_some_and(|text| text.trim().is_empty()) {
            return Vec::new();
        }
        self.words(node).iter().map(|(word, _)| Descriptor::parse(word)).collect()
    }

    /// A transition object, or just its target.
    fn transition(&mut self, source: usize, node: &Node<'_>, events: Vec<Descriptor>) {
        self.too_many(self.transitions.len() + 1, MOST_TRANSITIONS, "transitions", &node.path);
        if self.is_too_large {
            return;
        }
        let (target, guard, actions) = if node.value.is_object() {
            self.at_most_one(node, &[&["guard", "cond"], &["internal", "type"]]);
            let guard = node.get("guard").or_else(|| node.get("cond"));
            (node.get("target"), guard, node.get("actions"))
        } else {
            (Some(node.clone()), None, None)
        };
        let targets = self.targets(target);
        let guard = guard.and_then(|guard| self.guard(&guard));
        let actions = actions.map_or_else(Vec::new, |actions| self.flat_actions(&actions));
        let require = self.strs(node.get("require")).into_iter().map(|(pointer, _)| pointer).collect();
        let internal = self.is_internal(node);
        let domain = self.domain(source, &targets, internal);
        let index = self.transitions.len();
        self.states[source].has_eventless |= events.is_empty();
        self.states[source].transitions.push(index);
        let transition = Transition {
            source,
            path: Key::from(node.path.as_str()),
            events,
            guard,
            targets,
            domain,
            actions,
            label: self.text(node, "label"),
            require,
        };
        self.transitions.push(transition);
    }

    /// `internal: true`, or SCXML's own `type: "internal"`.
    fn is_internal(&mut self, node: &Node<'_>) -> bool {
        let Some(kind) = node.get("type") else { return self.bool(node, "internal") };
        match kind.str() {
            Some("internal") => true,
            Some("external") => false,
            Some(_) | None => {
                let message = format!("expected `internal` or `external`, found `{}`", kind.value);
                self.refuse(code::VALUE_INVALID, kind.path, message);
                false
            }
        }
    }

    fn domain(&self, source: usize, targets: &[usize], internal: bool) -> Domain {
        if targets.is_empty() {
            Domain::Nowhere
        } else if targets.iter().any(|target| self.states[*target].kind.is_history()) {
            Domain::Remembered { internal }
        } else {
            Domain::Within(transition_domain(&self.states, source, targets, internal))
        }
    }

    /// State keys, checked to exist and to be able to be active together (SCXML §3.13).
    pub(super) fn targets(&mut self, node: Option<Node<'_>>) -> Vec<usize> {
        let Some(node) = node.filter(|node| !node.value.is_null()) else { return Vec::new() };
        let mut targets: Vec<usize> = Vec::new();
        for (key, path) in self.words(&node) {
            let Some(target) = self.state_at(&key, &path).filter(|target| !targets.contains(target)) else {
                continue;
            };
            if let Some(other) = targets.iter().find(|other| !self.together(target, **other)) {
                let message = format!("`{key}` and `{}` cannot be active together", self.states[*other].key);
                self.refuse(code::TARGETS_CONFLICT, path.as_str(), message);
            }
            targets.push(target);
        }
        targets
    }

    /// True when both lie in different regions of a parallel state, or one lies in the other.
    fn together(&self, a: usize, b: usize) -> bool {
        let inside = |state: usize, of: usize| of <= state && state < self.states[of].end;
        if inside(a, b) || inside(b, a) {
            return true;
        }
        let mut common = self.states[a].parent;
        while !inside(b, common) {
            common = self.states[common].parent;
        }
        self.states[common].kind == Kind::Parallel
    }
}
