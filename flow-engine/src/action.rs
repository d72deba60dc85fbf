//! Actions as compiled: what a state or transition does when it runs.
//!
//! Statechart actions work on the flow itself; work actions become [`Effect`](crate::Effect)s.
//! How each is performed is in `step/act.rs` and `step/work.rs`.

use form_engine::Text;
use serde_json::Value;

use crate::Key;
use crate::guard::{Expression, Guard};
use crate::machine::Assignment;

/// One action of a block.
#[derive(Debug)]
pub(crate) enum Action {
    Assign(Vec<(Place, Expr)>),
    Raise { event: Key, data: Computed },
    Send(Box<Send>),
    Cancel(Name),
    If(Vec<Branch>),
    ForEach(Box<ForEach>),
    Log { label: Option<String>, value: Computed },
    Assignee(Assignment),
    Notify { to: To, template: String, data: Computed },
    Create { form: String, data: Computed, link: Option<String> },
    Update { data: Vec<(String, Computed)> },
    Survey { form: String, to: To, link: Option<String> },
    Comment { text: Text },
    Webhook { url: Computed, data: Computed },
    Tag { add: Vec<Computed>, remove: Vec<Computed> },
    StartFlow { flow: String, data: Computed },
}

/// A value in a position where every string is a script.
#[derive(Debug)]
pub(crate) enum Expr {
    Literal(Value),
    Script(Expression),
}

/// A value in a position where only `{"script": …}` is one.
#[derive(Debug)]
pub(crate) enum Computed {
    Literal(Value),
    Script(Expression),
    Object(Vec<(String, Computed)>),
    Array(Vec<Computed>),
}

/// A name that stands in the document or is computed.
#[derive(Debug)]
pub(crate) enum Name {
    Fixed(Key),
    Computed(Expression),
}

/// A variable, or a member deep inside one: `order.lines`.
#[derive(Debug)]
pub(crate) struct Place {
    pub variable: String,
    pub members: Vec<String>,
}

/// One arm of an `if`; without a condition it is the last.
#[derive(Debug)]
pub(crate) struct Branch {
    pub cond: Option<Guard>,
    pub then: Vec<Action>,
}

#[derive(Debug)]
pub(crate) struct ForEach {
    pub array: Expr,
    pub item: String,
    pub index: Option<String>,
    pub body: Vec<Action>,
}

/// SCXML §6.2.
#[derive(Debug)]
pub(crate) struct Send {
    pub event: Option<Name>,
    pub target: Option<Name>,
    pub kind: Option<Name>,
    pub id: Option<Key>,
    pub id_location: Option<Place>,
    pub delay: Expr,
    pub calendar: Option<Key>,
    pub namelist: Vec<Place>,
    pub params: Vec<(String, Expr)>,
    pub content: Option<Expr>,
}

/// To whom a message goes, where an address may still be computed.
#[derive(Debug)]
pub(crate) enum To {
    Assignee,
    Head,
    Customer,
    Department(Computed),
    User(Computed),
    Address(Computed),
}

impl Place {
    /// `order.lines`, `list[0]`, `order["any key"]`; None for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(['.', '[']).unwrap_or(text.len());
        let (variable, mut rest) = text.split_at(end);
        let mut members = Vec::new();
        while !rest.is_empty() {
            let member;
            (member, rest) = if let Some(inside) = rest.strip_prefix('[') {
                let quote = inside.chars().next().filter(|c| ['"', '\''].contains(c));
                match quote {
                    Some(quote) => inside[1..].split_once(&format!("{quote}]"))?,
                    None => inside
                        .split_once(']')
                        .filter(|(index, _)| index.bytes().all(|b| b.is_ascii_digit()))?,
                }
            } else {
                let name = rest.strip_prefix('.')?;
                name.split_at(name.find(['.', '[']).unwrap_or(name.len()))
            };
            members.push(Some(member.trim()).filter(|member| !member.is_empty())?.to_owned());
        }
        let variable = Some(variable.trim()).filter(|variable| !variable.is_empty())?.to_owned();
        Some(Self { variable, members })
    }

    /// A variable of the engine's own.
    pub fn is_system(&self) -> bool {
        self.variable.starts_with('_')
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.variable)?;
        self.members.iter().try_for_each(|member| write!(f, ".{member}"))
    }
}
