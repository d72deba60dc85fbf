//! Statechart actions of a definition; work actions are read in `work.rs`.

use serde_json::Value;

use super::{Compiler, Node, code};
use crate::Key;
use crate::action::{Action, Branch, Expr, ForEach, Name, Send};
use crate::duration::Duration;

/// Every action an author may write; one per object.
pub(super) const ACTIONS: [&str; 16] = [
    "assign", "raise", "send", "cancel", "if", "foreach", "log", "assignee", "notify", "create", "update",
    "survey", "comment", "webhook", "tag", "start",
];

const SEND_MEMBERS: [&str; 14] = [
    "event",
    "eventexpr",
    "target",
    "targetexpr",
    "type",
    "typeexpr",
    "id",
    "idlocation",
    "delay",
    "delayexpr",
    "namelist",
    "params",
    "content",
    "calendar",
];

/// Members that say the same thing in two ways (SCXML §6.2.2).
const SEND_EXCLUSIVE: [&[&str]; 7] = [
    &["event", "eventexpr"],
    &["target", "targetexpr"],
    &["type", "typeexpr"],
    &["id", "idlocation"],
    &["delay", "delayexpr"],
    &["content", "namelist"],
    &["content", "params"],
];

impl Compiler<'_> {
    /// One block.
    pub(super) fn actions(&mut self, node: &Node<'_>) -> Vec<Action> {
        if node.value.is_object() {
            return self.action(node).into_iter().collect();
        }
        if !node.value.is_array() {
            self.wrong_type(node, "a list of actions");
        }
        node.items().filter_map(|item| self.action(&item)).collect()
    }

    /// One block, however its lists are nested.
    pub(super) fn flat_actions(&mut self, node: &Node<'_>) -> Vec<Action> {
        if node.items().any(|item| item.value.is_array()) {
            return node.items().flat_map(|block| self.actions(&block)).collect();
        }
        self.actions(node)
    }

    pub(super) fn action(&mut self, node: &Node<'_>) -> Option<Action> {
        let mut kinds = node.members().filter(|(name, _)| !name.starts_with("x-") && *name != "description");
        let (Some((kind, value)), None) = (kinds.next(), kinds.next()) else {
            self.refuse(code::TYPE, node.path.clone(), format!("expected one of `{}`", ACTIONS.join("`, `")));
            return None;
        };
        match kind {
            "assign" => self.assign(&value),
            "raise" => self.raise(&value),
            "send" => self.send(&value),
            "cancel" => self.cancel(&value),
            "if" => Some(Action::If(self.branches(&value))),
            "foreach" => self.for_each(&value),
            "log" => Some(self.log(&value)),
            "assignee" | "notify" | "create" | "update" | "survey" | "comment" | "webhook" | "tag"
            | "start" => self.work(kind, &value),
            other => {
                let message = format!("expected one of `{}`, found `{other}`", ACTIONS.join("`, `"));
                self.refuse(code::MEMBER_UNKNOWN, value.path, message);
                None
            }
        }
    }

    /// `{variable: value, …}`; also `{location, expr}` where no variable has those names.
    fn assign(&mut self, node: &Node<'_>) -> Option<Action> {
        if !node.value.is_object() {
            self.wrong_type(node, "variables with their new values");
            return None;
        }
        let is_pair = node.members().all(|(name, _)| ["location", "expr"].contains(&name))
            && !self.variable_names.contains("location");
        if let (true, Some(location), Some(value)) = (is_pair, node.get("location"), node.get("expr")) {
            let place = self.some_str(&location).and_then(|text| self.place(&text, &location.path));
            return Some(Action::Assign(place.zip(self.expr(&value)).into_iter().collect()));
        }
        let mut places = Vec::new();
        for (name, value) in node.members() {
            let (place, value) = (self.place(name, &value.path), self.expr(&value));
            places.extend(place.zip(value));
        }
        Some(Action::Assign(places))
    }

    fn raise(&mut self, node: &Node<'_>) -> Option<Action> {
        if node.value.is_object() {
            self.only(node, &["event", "data"]);
            let event = Key::from(self.needed_str(node, "event")?);
            return Some(Action::Raise { event, data: self.optional_computed(node, "data") });
        }
        let event = Key::from(self.some_str(node)?);
        Some(Action::Raise { event, data: crate::action::Computed::Literal(Value::Null) })
    }

    fn send(&mut self, node: &Node<'_>) -> Option<Action> {
        if !node.value.is_object() {
            self.wrong_type(node, "an object");
            return None;
        }
        self.only(node, &SEND_MEMBERS);
        self.at_most_one(node, &SEND_EXCLUSIVE);
        let id_location = self.optional_str(node, "idlocation");
        let delay = match (node.get("delay"), node.get("delayexpr")) {
            (Some(delay), _) => {
                let duration = self.duration(&delay)?;
                if duration != Duration::Elapsed(0) && node.value.get("target") == Some(&"#_internal".into())
                {
                    let message = "the internal queue takes no delayed events";
                    self.refuse(code::VALUE_INVALID, delay.path, message);
                }
                Expr::Literal(Value::from(duration.to_string()))
            }
            (None, Some(delay)) => self.expr(&delay)?,
            (None, None) => Expr::Literal(Value::Null),
        };
        let names = node.get("namelist").map_or_else(Vec::new, |names| self.words(&names));
        Some(Action::Send(Box::new(Send {
            event: self.name_or_expr(node, "event", "eventexpr"),
            target: self.name_or_expr(node, "target", "targetexpr"),
            kind: self.name_or_expr(node, "type", "typeexpr"),
            id: self.optional_str(node, "id").map(Key::from),
            id_location: id_location.and_then(|place| self.place(&place, &node.at("idlocation"))),
            delay,
            calendar: node
                .get("calendar")
                .and_then(|node| self.calendar_key(&node))
                .or_else(|| self.calendar.clone()),
            namelist: names.iter().filter_map(|(name, path)| self.place(name, path)).collect(),
            params: node.get("params").map_or_else(Vec::new, |params| self.params(&params)),
            content: node.get("content").and_then(|content| self.expr(&content)),
        })))
    }

    fn cancel(&mut self, node: &Node<'_>) -> Option<Action> {
        if !node.value.is_object() {
            return self.some_str(node).map(|id| Action::Cancel(Name::Fixed(Key::from(id))));
        }
        let names = if node.get("sendid").or_else(|| node.get("sendidexpr")).is_some() {
            ["sendid", "sendidexpr"]
        } else {
            ["id", "idexpr"]
        };
        self.only(node, &names);
        self.at_most_one(node, &[&names]);
        let name = self.name_or_expr(node, names[0], names[1]);
        if name.is_none() && self.problems.is_empty() {
            self.refuse(code::MEMBER_MISSING, node.at("id"), "expected `id` or `idexpr`");
        }
        name.map(Action::Cancel)
    }

    /// A list of branches, or `{cond, then, elseif, else}`; a branch without a condition is the last.
    fn branches(&mut self, node: &Node<'_>) -> Vec<Branch> {
        if !node.value.is_array() && !node.value.is_object() {
            self.wrong_type(node, "a list of branches");
        }
        let mut branches: Vec<Branch> = Vec::new();
        for branch in node.one_or_many() {
            if branches.last().is_some_and(|last| last.cond.is_none()) && self.problems.is_empty() {
                let message = "nothing may follow a branch without a condition";
                self.refuse(code::VALUE_INVALID, branch.path.clone(), message);
            }
            self.only(&branch, &["cond", "guard", "then", "elseif", "else"]);
            branches.push(self.one_branch(&branch));
            for other in branch.get("elseif").iter().flat_map(Node::one_or_many) {
                self.only(&other, &["cond", "guard", "then"]);
                branches.push(self.one_branch(&other));
            }
            if let Some(last) = branch.get("else") {
                branches.push(Branch { cond: None, then: self.actions(&last) });
            }
        }
        branches
    }

    fn one_branch(&mut self, node: &Node<'_>) -> Branch {
        self.at_most_one(node, &[&["cond", "guard"]]);
        let cond = node.get("cond").or_else(|| node.get("guard")).and_then(|cond| self.guard(&cond));
        let then = node.get("then").map_or_else(Vec::new, |then| self.actions(&then));
        Branch { cond, then }
    }

    fn for_each(&mut self, node: &Node<'_>) -> Option<Action> {
        self.only(node, &["array", "item", "index", "do"]);
        let array = match node.get("array") {
            Some(array) => self.expr(&array),
            None => {
                self.refuse(code::MEMBER_MISSING, node.at("array"), "expected `array`");
                None
            }
        };
        let item = self.needed_str(node, "item");
        let index = self.optional_str(node, "index");
        let body = node.get("do").map_or_else(Vec::new, |body| self.actions(&body));
        Some(Action::ForEach(Box::new(ForEach { array: array?, item: item?, index, body })))
    }

    /// Text, `{"script": …}`, or `{label, expr}`.
    fn log(&mut self, node: &Node<'_>) -> Action {
        let is_labelled = node.value.get("expr").is_some() || node.value.get("label").is_some();
        if !is_labelled {
            return Action::Log { label: None, value: self.computed(node) };
        }
        self.only(node, &["label", "expr"]);
        let value = match node.get("expr").and_then(|expr| self.expr(&expr)) {
            Some(Expr::Script(script)) => crate::action::Computed::Script(script),
            Some(Expr::Literal(value)) => crate::action::Computed::Literal(value),
            None => crate::action::Computed::Literal(Value::Null),
        };
        Action::Log { label: self.optional_str(node, "label"), value }
    }
}
