//! Statechart actions of a definition; work actions are read in `work.rs`.

use serde_json::Value;

use super::{Compiler, Node, code};
use crate::Key;
use crate::action::{Action, Branch, Expr, ForEach, Name, Send};

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

impl Compiler<'_> {
    /// One block.
    pub(super) fn actions(&mut self, node: &Node<'_>) -> Vec<Action> {
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

    fn action(&mut self, node: &Node<'_>) -> Option<Action> {
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

    fn assign(&mut self, node: &Node<'_>) -> Option<Action> {
        if !node.value.is_object() {
            self.wrong_type(node, "variables with their new values");
            return None;
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
        let id_location = self.optional_str(node, "idlocation");
        let delay = match (node.get("delay"), node.get("delayexpr")) {
            (Some(delay), _) => Expr::Literal(Value::from(self.duration(&delay)?.to_string())),
            (None, Some(delay)) => self.expr(&delay)?,
            (None, None) => Expr::Literal(Value::Null),
        };
        let namelist = self.strs(node.get("namelist"));
        let names =
            namelist.iter().flat_map(|(names, path)| names.split_whitespace().map(move |name| (name, path)));
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
            namelist: names.filter_map(|(name, path)| self.place(name, path)).collect(),
            params: node.get("params").map_or_else(Vec::new, |params| self.params(&params)),
            content: node.get("content").and_then(|content| self.expr(&content)),
        })))
    }

    fn cancel(&mut self, node: &Node<'_>) -> Option<Action> {
        if !node.value.is_object() {
            return self.some_str(node).map(|id| Action::Cancel(Name::Fixed(Key::from(id))));
        }
        self.only(node, &["id", "idexpr"]);
        let name = self.name_or_expr(node, "id", "idexpr");
        if name.is_none() && self.problems.is_empty() {
            self.refuse(code::MEMBER_MISSING, node.at("id"), "expected `id` or `idexpr`");
        }
        name.map(Action::Cancel)
    }

    fn branches(&mut self, node: &Node<'_>) -> Vec<Branch> {
        if !node.value.is_array() {
            self.wrong_type(node, "a list of branches");
        }
        let mut branches = Vec::new();
        for branch in node.items() {
            self.only(&branch, &["cond", "then"]);
            let cond = branch.get("cond").and_then(|cond| self.guard(&cond));
            let then = branch.get("then").map_or_else(Vec::new, |then| self.actions(&then));
            branches.push(Branch { cond, then });
        }
        branches
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
