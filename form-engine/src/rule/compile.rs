//! From rules as written to rules that can be settled: paths known, conditions answerable, scripts compiled.

#[cfg(feature = "script")]
use std::sync::Arc;

#[cfg(feature = "script")]
use super::row_of;
use super::{Formula, Target};
use crate::definition::Computed;
#[cfg(feature = "script")]
use crate::script::{Names, Script};
use crate::{Condition, FieldPath, Operand, Problem, pointer};

/// Collects the targets of all rules, and what is wrong with them.
pub(super) struct Compiler<'c> {
    pub(super) fields: &'c [&'c str],
    pub(super) targets: Vec<Target>,
    pub(super) problems: &'c mut Vec<Problem>,
}

impl Compiler<'_> {
    pub(super) fn target(&mut self, path: &str) -> &mut Target {
        let at = self.targets.iter().position(|target| target.path == path).unwrap_or_else(|| {
            self.targets.push(Target { path: path.to_owned(), ..Target::default() });
            self.targets.len() - 1
        });
        &mut self.targets[at]
    }

    /// Notes a path that is neither a field, nor a group or list of some, nor inside a field that takes anything.
    pub(super) fn known(&mut self, path: &str, at: &str) {
        if path.is_empty() || path.ends_with("/*") {
            let message = "a rule names fields, not the whole form or a whole row";
            self.problems.push(Problem::new("form.rule_field", at, message));
        } else if !self.is_known(path) {
            let message = format!("the schema has no field `{path}`");
            self.problems.push(Problem::new("form.field_missing", at, message));
        }
    }

    fn is_known(&self, path: &str) -> bool {
        let generic = |text: &str| -> String {
            text.split('/')
                .map(|token| if token.parse::<usize>().is_ok() { "*" } else { token })
                .collect::<Vec<_>>()
                .join("/")
        };
        let wanted = generic(path);
        self.fields.iter().any(|field| {
            let field = generic(field);
            pointer::is_within(&field, &wanted) || pointer::is_within(&wanted, &field)
        })
    }

    pub(super) fn condition(&mut self, when: Option<&Condition>, at: &str) {
        let Some(when) = when else { return };
        for path in when.fields() {
            match path {
                FieldPath::Document(path) if self.is_known(path) => {}
                FieldPath::Document(path) => {
                    let message = format!("the schema has no field `{path}`");
                    self.problems.push(Problem::new("form.field_missing", at, message));
                }
                FieldPath::Column(name) => {
                    let message =
                        format!("`{name}` is a column of stored submissions, unknown while a form is filled");
                    self.problems.push(Problem::new("form.rule_column", at, message));
                }
            }
        }
        let mut outside = false;
        when.walk(&mut |condition| {
            if let Condition::Leaf { value: Operand::Now { .. } | Operand::Caller(_), .. } = condition {
                outside = true;
            }
        });
        if outside {
            let message = "a form's rules know neither the time nor who asks";
            self.problems.push(Problem::new("form.rule_outside", at, message));
        }
    }

    #[cfg_attr(
        not(feature = "script"),
        expect(unused_variables, clippy::unused_self, reason = "scripts run on the server")
    )]
    pub(super) fn formula(&mut self, path: &str, to: &Computed, at: &str) -> Option<Formula> {
        match to {
            Computed::Literal(value) => Some(Formula::Literal(value.clone())),
            #[cfg(not(feature = "script"))]
            Computed::Script(_) => None,
            #[cfg(feature = "script")]
            Computed::Script(source) => {
                let row = row_of(path);
                let of = |prefix: &str| -> Vec<String> {
                    let below =
                        self.fields.iter().filter_map(|field| field.strip_prefix(prefix)?.strip_prefix('/'));
                    below
                        .filter_map(|rest| rest.split('/').next())
                        .map(|key| pointer::unescape(key).into_owned())
                        .collect()
                };
                let row = if row.is_empty() { Vec::new() } else { of(row) };
                let names = Arc::new(Names::new(of("").into_iter().chain(row.clone()), Vec::<String>::new()));
                match Script::compile(source, &names) {
                    Ok(script) => Some(Formula::Script { script, names, row }),
                    Err(error) => {
                        let place = error.position.map_or_else(String::new, |(line, column)| {
                            format!(" (line {line}, column {column})")
                        });
                        let message = format!("the script does not compile: {error}{place}");
                        self.problems.push(Problem::new("form.script", format!("{at}/script"), message));
                        None
                    }
                }
            }
        }
    }
}
