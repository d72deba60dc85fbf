//! Work actions of a definition: assignment, messages, records.

use form_engine::{Text, pointer};

use super::{Compiler, Node, code};
use crate::action::{Action, Computed, To};
use crate::effect::By;
use crate::machine::{Above, Assignment, WhoRule};

const WHO: [&str; 7] = ["user", "role", "department", "head", "field", "manager", "managers"];
/// Levels of managers one rule may name.
const HIGHEST: u64 = 20;

impl Compiler<'_> {
    pub(super) fn work(&mut self, kind: &str, node: &Node<'_>) -> Option<Action> {
        match kind {
            "assignee" => self.assignment(node).map(Action::Assignee),
            "notify" => self.notify(node),
            "create" => self.create(node),
            "update" => self.update(node),
            "survey" => self.survey(node),
            "comment" => self.comment(node),
            "webhook" => self.webhook(node),
            "tag" => Some(self.tag(node)),
            _ => self.start_flow(node),
        }
    }

    /// `"starter"`, `"keep"`, or `{department: …, by}` and its like.
    pub(super) fn assignment(&mut self, node: &Node<'_>) -> Option<Assignment> {
        match node.str() {
            Some("starter") => return Some(Assignment::to(WhoRule::Starter)),
            Some("keep") => return Some(Assignment::to(WhoRule::Keep)),
            Some(_) | None => {}
        }
        let named: Vec<&str> = WHO.into_iter().filter(|who| node.get(who).is_some()).collect();
        let [who] = named.as_slice() else {
            let message = format!("expected `starter`, `keep`, or one of `{}`", WHO.join("`, `"));
            self.refuse(code::VALUE_INVALID, node.path.clone(), message);
            return None;
        };
        self.only(node, &[who, "by", "skills", "at_work"]);
        let by = self.by(node);
        let skills = node.get("skills").map_or_else(Vec::new, |skills| skills.one_or_many());
        let skills = skills.iter().map(|skill| self.computed(skill)).collect();
        let at_work = self.bool(node, "at_work");
        let value = node.get(who).expect("just found");
        let who = match *who {
            "user" => WhoRule::User(self.computed(&value)),
            "role" => WhoRule::Role(self.computed(&value)),
            "department" => WhoRule::Department(self.department(&value)),
            "head" => WhoRule::Head(self.department(&value)),
            "manager" => {
                let (of, level) = self.above(&value, "level")?;
                WhoRule::Manager { of, level }
            }
            "managers" => {
                let (of, levels) = self.above(&value, "levels")?;
                WhoRule::Managers { of, levels }
            }
            _ => WhoRule::Field(self.pointer(&value)?),
        };
        Some(Assignment { who, by, skills, at_work })
    }

    /// `"starter"`, `"assignee"`, `{"user": …}`, or `{"of": one of these, level}`.
    fn above(&mut self, node: &Node<'_>, count: &str) -> Option<(Above, u32)> {
        let whole = node.get("of");
        if whole.is_some() {
            self.only(node, &["of", count]);
        }
        let levels = whole.as_ref().and_then(|_| node.get(count)).map_or(Some(1), |levels| {
            let number = levels.value.as_u64().filter(|number| (1..=HIGHEST).contains(number));
            if number.is_none() {
                let message = format!("expected a number from 1 to {HIGHEST}, found `{}`", levels.value);
                self.refuse(code::VALUE_INVALID, levels.path, message);
            }
            number.and_then(|number| u32::try_from(number).ok())
        });
        let of = whole.unwrap_or_else(|| node.clone());
        let of = match (of.str(), of.get("user")) {
            (Some("starter"), _) => Above::Starter,
            (Some("assignee"), _) => Above::Assignee,
            (None, Some(user)) => Above::User(self.computed(&user)),
            (Some(_) | None, _) => {
                let message = "expected `starter`, `assignee`, or `{\"user\": …}`";
                self.refuse(code::VALUE_INVALID, of.path, message);
                return None;
            }
        };
        Some((of, levels?))
    }

    fn by(&mut self, node: &Node<'_>) -> By {
        match self.optional_str(node, "by").as_deref() {
            None | Some("least_loaded") => By::LeastLoaded,
            Some("round_robin") => By::RoundRobin,
            Some("first") => By::First,
            Some(other) => {
                let message = format!("expected `least_loaded`, `round_robin` or `first`, found `{other}`");
                self.refuse(code::VALUE_INVALID, node.at("by"), message);
                By::LeastLoaded
            }
        }
    }

    fn department(&mut self, node: &Node<'_>) -> Computed {
        if let Some(key) = node.str() {
            self.outside(
                self.surroundings.departments.as_ref(),
                code::DEPARTMENT_UNKNOWN,
                "department",
                key,
                &node.path,
            );
        }
        self.computed(node)
    }

    fn pointer(&mut self, node: &Node<'_>) -> Option<String> {
        match node.str() {
            Some(text) if pointer::is_pointer(text) => Some(text.to_owned()),
            _ => {
                self.wrong_type(node, "a field such as `/contact`");
                None
            }
        }
    }

    fn to(&mut self, node: &Node<'_>) -> Option<To> {
        let Some(to) = node.get("to") else {
            self.refuse(code::MEMBER_MISSING, node.at("to"), "expected `to`");
            return None;
        };
        match to.str() {
            Some("assignee") => return Some(To::Assignee),
            Some("head") => return Some(To::Head),
            Some("customer") => return Some(To::Customer),
            Some(_) | None => {}
        }
        let found =
            ["department", "user", "address"].into_iter().find_map(|name| Some((name, to.get(name)?)));
        match found {
            Some(("department", value)) => Some(To::Department(self.department(&value))),
            Some(("user", value)) => Some(To::User(self.computed(&value))),
            Some((_, value)) => Some(To::Address(self.computed(&value))),
            None => {
                let expected = "expected `assignee`, `head`, `customer`, or an object with `department`, `user` or `address`";
                self.refuse(code::VALUE_INVALID, to.path, expected);
                None
            }
        }
    }

    fn notify(&mut self, node: &Node<'_>) -> Option<Action> {
        self.only(node, &["to", "template", "data"]);
        let to = self.to(node);
        let template = self.needed_str(node, "template")?;
        let known = self.surroundings.templates.as_ref();
        self.outside(known, code::TEMPLATE_UNKNOWN, "template", &template, &node.at("template"));
        Some(Action::Notify { to: to?, template, data: self.optional_computed(node, "data") })
    }

    fn form(&mut self, node: &Node<'_>) -> Option<String> {
        let form = self.needed_str(node, "form")?;
        self.outside(self.surroundings.forms.as_ref(), code::FORM_UNKNOWN, "form", &form, &node.at("form"));
        Some(form)
    }

    fn create(&mut self, node: &Node<'_>) -> Option<Action> {
        self.only(node, &["form", "data", "link"]);
        let form = self.form(node)?;
        let data = self.optional_computed(node, "data");
        Some(Action::Create { form, data, link: self.optional_str(node, "link") })
    }

    fn survey(&mut self, node: &Node<'_>) -> Option<Action> {
        self.only(node, &["form", "to", "link"]);
        let (form, to) = (self.form(node), self.to(node));
        Some(Action::Survey { form: form?, to: to?, link: self.optional_str(node, "link") })
    }

    /// `{"data": {pointer: value}}`, or the pointers directly.
    fn update(&mut self, node: &Node<'_>) -> Option<Action> {
        let values = node.get("data").unwrap_or_else(|| node.clone());
        if !values.value.is_object() {
            self.wrong_type(&values, "fields with their new values");
            return None;
        }
        let mut data = Vec::new();
        for (field, value) in values.members() {
            if !pointer::is_pointer(field) || field.is_empty() {
                self.refuse(
                    code::VALUE_INVALID,
                    value.path.clone(),
                    format!("expected a field such as `/status`, found `{field}`"),
                );
            }
            data.push((field.to_owned(), self.computed(&value)));
        }
        Some(Action::Update { data })
    }

    fn comment(&mut self, node: &Node<'_>) -> Option<Action> {
        let text = serde_json::from_value::<Text>(node.value.clone()).ok().filter(|text| !text.is_empty());
        if text.is_none() {
            self.wrong_type(node, "text, or one text per language");
        }
        text.map(|text| Action::Comment { text })
    }

    fn webhook(&mut self, node: &Node<'_>) -> Option<Action> {
        self.only(node, &["url", "key", "data"]);
        let Some(url) = node.get("url").or_else(|| node.get("key")) else {
            self.refuse(code::MEMBER_MISSING, node.at("url"), "expected `url` or `key`");
            return None;
        };
        Some(Action::Webhook { url: self.computed(&url), data: self.optional_computed(node, "data") })
    }

    /// A tag, a list of tags, or `{add, remove}`.
    fn tag(&mut self, node: &Node<'_>) -> Action {
        let mut list = |node: Option<Node<'_>>| -> Vec<Computed> {
            node.map_or_else(Vec::new, |node| node.one_or_many())
                .iter()
                .map(|tag| self.computed(tag))
                .collect()
        };
        if node.get("add").is_none() && node.get("remove").is_none() {
            return Action::Tag { add: list(Some(node.clone())), remove: Vec::new() };
        }
        let (add, remove) = (list(node.get("add")), list(node.get("remove")));
        self.only(node, &["add", "remove"]);
        Action::Tag { add, remove }
    }

    fn start_flow(&mut self, node: &Node<'_>) -> Option<Action> {
        self.only(node, &["flow", "data"]);
        let flow = self.needed_str(node, "flow")?;
        self.outside(self.surroundings.flows.as_ref(), code::FLOW_UNKNOWN, "flow", &flow, &node.at("flow"));
        Some(Action::StartFlow { flow, data: self.optional_computed(node, "data") })
    }
}
