//! Scripts, guards and values of a definition, and the names they may use.

use std::collections::BTreeSet;
use std::sync::Arc;

use form_engine::{Condition, Names, Script, ScriptError, ScriptScope};
use serde_json::Value;

use super::{Compiler, MOST_NAMES, MOST_SCRIPTS, MOST_SOURCE, Node, Place, code};
use crate::Key;
use crate::action::{Computed, Expr, Name};
use crate::guard::{Asks, Expression, Guard, SYSTEM, Test};

impl Compiler<'_> {
    /// Notes which names are variables, before the first script is compiled.
    pub(super) fn declare(&mut self, root: &Node<'_>, places: &[Place<'_>]) {
        let mut variables: BTreeSet<String> = SYSTEM.iter().map(|name| (*name).to_owned()).collect();
        for place in places {
            let Some(context) = place.node.get("context") else { continue };
            for (name, node) in self.variables_of(&context, true) {
                self.declare_one(&name, &node.path, &mut variables);
            }
        }
        for (name, path) in loop_variables(root.value, "") {
            if !variables.contains(&name) {
                self.declare_one(&name, &path, &mut variables);
            }
        }
        self.too_many(variables.len(), MOST_NAMES, "variables", "/context");
        self.variable_names = variables.into_iter().take(MOST_NAMES).collect();
        self.rename();
    }

    /// Variables of a `context`: an object, or a list of `[name, value]`.
    pub(super) fn variables_of<'d>(&mut self, context: &Node<'d>, tells: bool) -> Vec<(String, Node<'d>)> {
        if context.value.is_object() {
            return context.members().map(|(name, node)| (name.to_owned(), node)).collect();
        }
        let pair = |item: Node<'d>| {
            let parts: Vec<Node<'d>> = item.items().collect();
            Some((parts.first()?.str()?.to_owned(), parts.get(1)?.clone()))
        };
        let pairs: Option<Vec<_>> =
            context.value.is_array().then(|| context.items().map(pair).collect()).flatten();
        if pairs.is_none() && tells {
            self.wrong_type(context, "variables by name");
        }
        pairs.unwrap_or_default()
    }

    fn declare_one(&mut self, name: &str, path: &str, variables: &mut BTreeSet<String>) {
        let is_root = ["data", "customer", "context"].contains(&name);
        if name.starts_with('_') || is_root || !Names::new(None::<String>, [name]).contains(name) {
            self.refuse(code::VALUE_INVALID, path, format!("`{name}` cannot be the name of a variable"));
        } else if !variables.insert(name.to_owned()) {
            self.refuse(code::KEY_DUPLICATE, path, format!("there is another variable `{name}`"));
        }
    }

    /// Fields scripts may name alone: the form's where it is known; of a work flow whose form is not, any.
    fn admit_fields(&mut self, source: &str) {
        if self.surroundings.fields.is_some() || !self.is_work {
            return;
        }
        let before = self.field_names.len();
        if before + self.variable_names.len() > MOST_NAMES {
            return;
        }
        for word in bare_words(source) {
            self.names.admit(&word);
            self.field_names.insert(word);
        }
    }

    fn rename(&mut self) {
        if let Some(fields) = &self.surroundings.fields {
            self.field_names.extend(fields.iter().cloned());
        }
        self.names = Names::new(&self.field_names, &self.variable_names);
    }

    pub(super) fn script(&mut self, source: &str, path: &str) -> Option<Expression> {
        self.scripts += 1;
        self.source += source.len();
        self.too_many(self.scripts, MOST_SCRIPTS, "scripts", path);
        self.too_many(self.source, MOST_SOURCE, "bytes of scripts", path);
        if self.is_too_large {
            return None;
        }
        self.admit_fields(source);
        match Script::compile(source, &self.names) {
            Ok(script) => {
                let reads = script.reads().iter().filter(|name| !self.variable_names.contains(*name));
                self.reads.extend(reads.cloned());
                let asks = Asks::of(source);
                self.asks = self.asks.and(asks);
                Some(Expression { asks, script })
            }
            Err(ScriptError { message, position }) => {
                let is_name = message.starts_with("unknown name");
                let code = if is_name { code::VARIABLE_UNKNOWN } else { code::SCRIPT_INVALID };
                let at = position
                    .map_or_else(String::new, |(line, column)| format!(" (line {line}, column {column})"));
                self.refuse(code, path, format!("`{source}`: {message}{at}"));
                None
            }
        }
    }

    pub(super) fn script_at(&mut self, node: &Node<'_>) -> Option<Expression> {
        let source = self.some_str(node)?;
        self.script(&source, &node.path)
    }

    /// Where every string is a script and anything else a literal.
    pub(super) fn expr(&mut self, node: &Node<'_>) -> Option<Expr> {
        match node.value {
            Value::String(source) => self.script(source, &node.path).map(Expr::Script),
            literal @ (Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_)) => Some(Expr::Literal(literal.clone())),
        }
    }

    /// Where only `{"script": …}` is computed, at any depth.
    pub(super) fn computed(&mut self, node: &Node<'_>) -> Computed {
        match node.value {
            Value::Object(members) if members.len() == 1 && members.contains_key("script") => {
                let script = node.get("script").and_then(|script| self.script_at(&script));
                script.map_or(Computed::Literal(Value::Null), Computed::Script)
            }
            Value::Object(_) => Computed::Object(
                node.members().map(|(name, member)| (name.to_owned(), self.computed(&member))).collect(),
            ),
            Value::Array(_) => Computed::Array(node.items().map(|item| self.computed(&item)).collect()),
            literal @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                Computed::Literal(literal.clone())
            }
        }
    }

    pub(super) fn optional_computed(&mut self, node: &Node<'_>, name: &str) -> Computed {
        node.get(name).map_or(Computed::Literal(Value::Null), |member| self.computed(&member))
    }

    /// A script, a condition, or plain true or false.
    pub(super) fn guard(&mut self, node: &Node<'_>) -> Option<Guard> {
        let guard = self.any_guard(node)?;
        if self.is_work && never_holds(&guard) {
            let message = format!("`{}` can never be true", guard.source);
            self.refuse(code::GUARD_NEVER, node.path.clone(), message);
        }
        Some(guard)
    }

    fn any_guard(&mut self, node: &Node<'_>) -> Option<Guard> {
        match node.value {
            Value::String(source) => {
                let test = Test::Script(self.script(source, &node.path)?);
                Some(Guard { source: Key::from(source.trim()), path: Key::from(node.path.as_str()), test })
            }
            Value::Bool(truth) => {
                let source = if *truth { "true" } else { "false" };
                Some(Guard {
                    source: Key::from(source),
                    path: Key::from(node.path.as_str()),
                    test: Test::Script(self.script(source, &node.path)?),
                })
            }
            Value::Object(_) => match Condition::parse(node.value, &node.path) {
                Ok(condition) => {
                    self.reads.extend(crate::guard::condition_fields(&condition));
                    let reads_lists = condition.fields().iter().any(|field| field.as_str().contains('*'));
                    Some(Guard {
                        source: Key::from(node.value.to_string()),
                        path: Key::from(node.path.as_str()),
                        test: Test::Condition { condition, reads_lists },
                    })
                }
                Err(problems) => {
                    let room = super::MOST_PROBLEMS.saturating_sub(self.problems.len());
                    self.problems.extend(problems.into_iter().take(room));
                    None
                }
            },
            Value::Null | Value::Number(_) | Value::Array(_) => {
                self.wrong_type(node, "a script or a condition");
                None
            }
        }
    }

    /// A name given as `event`, or computed as `eventexpr`.
    pub(super) fn name_or_expr(&mut self, node: &Node<'_>, fixed: &str, computed: &str) -> Option<Name> {
        if let Some(name) = self.optional_str(node, fixed) {
            return Some(Name::Fixed(Key::from(name)));
        }
        let script = node.get(computed)?;
        self.script_at(&script).map(Name::Computed)
    }

    /// `[[name, value], …]`, or an object.
    pub(super) fn params(&mut self, node: &Node<'_>) -> Vec<(String, Expr)> {
        if node.value.is_object() {
            return node
                .members()
                .filter_map(|(name, value)| Some((name.to_owned(), self.expr(&value)?)))
                .collect();
        }
        let mut params = Vec::new();
        for pair in node.items() {
            let parts: Vec<Node<'_>> = pair.items().collect();
            match (parts.first().and_then(Node::str), parts.get(1)) {
                (Some(name), Some(value)) if parts.len() == 2 => {
                    params.extend(self.expr(value).map(|value| (name.to_owned(), value)));
                }
                _ => self.wrong_type(&pair, "a name and a value"),
            }
        }
        params
    }

    /// A declared variable, or a member inside one.
    pub(super) fn place(&mut self, text: &str, path: &str) -> Option<crate::action::Place> {
        let Some(place) = crate::action::Place::parse(text) else {
            self.refuse(
                code::VARIABLE_UNKNOWN,
                path,
                format!("`{text}` is no variable and no member of one"),
            );
            return None;
        };
        let is_system = SYSTEM.contains(&place.variable.as_str()) || place.variable == "_event";
        let message = match (is_system, self.is_work) {
            // A bare statechart gets what the standard says: `error.execution` when it tries (SCXML §5.10).
            (true, false) => return Some(place),
            (true, true) => "cannot be changed",
            (false, _) if self.variable_names.contains(&place.variable) => return Some(place),
            (false, _) => "is not declared in `context`",
        };
        self.refuse(code::VARIABLE_UNKNOWN, path, format!("`{text}` {message}"));
        None
    }
}

/// True when a script reads nothing, so that it always answers the same, and the answer is not `true`.
fn never_holds(guard: &Guard) -> bool {
    let Test::Script(expression) = &guard.test else { return false };
    let source = expression.script.source();
    let names_nothing = bare_words(source).iter().all(|word| ["true", "false"].contains(&word.as_str()));
    let is_constant = names_nothing && expression.asks == Asks::default() && !source.contains("lookup");
    is_constant
        && !matches!(expression.script.holds(&mut ScriptScope::new(&Arc::new(Names::default()))), Ok(true))
}

/// Variables that `foreach` declares, wherever one stands (SCXML §4.6).
fn loop_variables(value: &Value, path: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let path = form_engine::pointer::join(path, name);
                if name == "foreach" {
                    let names = ["item", "index"]
                        .into_iter()
                        .filter_map(|role| Some((role, member.get(role)?.as_str()?)));
                    found.extend(names.map(|(role, name)| (name.to_owned(), format!("{path}/{role}"))));
                }
                found.extend(loop_variables(member, &path));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                found.extend(loop_variables(item, &form_engine::pointer::join(path, index)));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}

/// Words of a script that are neither texts, properties nor calls.
fn bare_words(source: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut chars = source.char_indices().peekable();
    let mut before = ' ';
    while let Some((start, c)) = chars.next() {
        if c == '"' || c == '\'' {
            let mut escaped = false;
            for (_, inner) in chars.by_ref() {
                if inner == c && !escaped {
                    break;
                }
                escaped = inner == '\\' && !escaped;
            }
        } else if c.is_alphabetic() || c == '_' {
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = chars.next_if(|(_, next)| next.is_alphanumeric() || *next == '_') {
                end = at + next.len_utf8();
            }
            if before != '.' && !before.is_alphanumeric() && !source[end..].trim_start().starts_with('(') {
                words.insert(source[start..end].to_owned());
            }
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    words
}
