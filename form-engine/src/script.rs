//! The script sandbox: an expression language that always ends.
//!
//! Built from nothing rather than trimmed: rhai's packages hold `sleep`, `replace`, `pad` and
//! closures, and its operation limit does not bound them. Only [`library`] is registered, and
//! [`lexer`] lets nothing but expressions reach the parser. This folder is the only place that
//! names rhai. It decides what a script may say and what it sees; what a result is for (a guard,
//! a formula, an assignee) is the caller's.

mod lexer;
mod library;
mod scope;
mod value;

use std::sync::LazyLock;

use rhai::{AST, Dynamic, Engine, EvalAltResult, Position};
use serde_json::Value;

pub use scope::{Names, ScriptScope};

/// Longest source, bytes.
const MAX_SOURCE: usize = 4_096;
/// Deepest nesting of expressions; a chain of operators nests too. Bounds the recursion of evaluation.
const MAX_DEPTH: usize = 100;
/// Longest text a script may make, bytes.
const MAX_TEXT: usize = 65_536;
/// Longest list and widest object a script may make.
const MAX_ITEMS: usize = 10_000;

static ENGINE: LazyLock<Engine> = LazyLock::new(sandbox);

/// A compiled expression. Cheap to run again and again; holds no data.
#[derive(Debug, Clone)]
pub struct Script {
    ast: AST,
    source: String,
    reads: Vec<String>,
    edits: Vec<lexer::Edit>,
}

/// Why a script does not compile, or stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ScriptError {
    /// For people: lower case, no full stop.
    pub message: String,
    /// Line and column of the source, from 1, where known.
    pub position: Option<(usize, usize)>,
}

impl ScriptError {
    fn new(message: impl Into<String>, position: Option<(usize, usize)>) -> Self {
        Self { message: message.into(), position }
    }
}

impl Script {
    /// Compiles an expression that may use `names`.
    ///
    /// # Errors
    ///
    /// Whatever is not an expression of the profile: loops, closures, assignments, `eval`; an unknown
    /// variable or function; a source that is too long, too deep or too wide.
    pub fn compile(source: &str, names: &Names) -> Result<Self, ScriptError> {
        if source.len() > MAX_SOURCE {
            return Err(ScriptError::new(
                format!("a script holds at most {MAX_SOURCE} bytes, found {}", source.len()),
                None,
            ));
        }
        let lexed = lexer::lex(source)?;
        for (name, position) in &lexed.calls {
            if !library::NAMES.contains(&name.as_str()) {
                return Err(ScriptError::new(format!("unknown function `{name}`"), Some(*position)));
            }
        }
        let ast =
            ENGINE.compile_expression_with_scope(&names.declared(&lexed.reads), &lexed.source).map_err(
                |error| ScriptError::new(explain_parse(&error.0), original(error.position(), &lexed.edits)),
            )?;
        Ok(Self { ast, source: source.to_owned(), reads: lexed.reads, edits: lexed.edits })
    }

    /// The source as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The fields it may read: bare names, and `data.x` or `data["x"]` as `x`; each once, in order of appearance.
    /// A name that is not a field may be among them.
    pub fn reads(&self) -> &[String] {
        &self.reads
    }

    /// Runs it.
    ///
    /// # Errors
    ///
    /// A wrong type (arithmetic with a missing value, say), or a result that JSON cannot hold.
    pub fn evaluate(&self, scope: &mut ScriptScope) -> Result<Value, ScriptError> {
        let result = self.run(scope)?;
        value::to_json(&result).map_err(|message| ScriptError::new(message, None))
    }

    /// Runs it as a guard.
    ///
    /// # Errors
    ///
    /// As [`Script::evaluate`]; also when the result is neither `true` nor `false`.
    pub fn holds(&self, scope: &mut ScriptScope) -> Result<bool, ScriptError> {
        let result = self.run(scope)?;
        result.as_bool().map_err(|found| {
            ScriptError::new(format!("expected true or false, found {}", value::kind(found)), None)
        })
    }

    fn run(&self, scope: &mut ScriptScope) -> Result<Dynamic, ScriptError> {
        ENGINE
            .eval_ast_with_scope(scope.inner(), &self.ast)
            .map_err(|error| ScriptError::new(explain_run(&error), original(error.position(), &self.edits)))
    }
}

impl PartialEq for Script {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

/// The engine every script is compiled and run with.
fn sandbox() -> Engine {
    let mut engine = Engine::new_raw();
    library::register(&mut engine);
    engine.set_allow_looping(false).set_allow_statement_expression(false).set_allow_shadowing(false);
    engine.set_strict_variables(true).set_max_expr_depths(MAX_DEPTH);
    engine.set_max_string_size(MAX_TEXT).set_max_array_size(MAX_ITEMS).set_max_map_size(MAX_ITEMS);
    for word in ["eval", "Fn", "call", "curry", "print", "debug", "is_def_var", "type_of", "this"] {
        engine.disable_symbol(word);
    }
    engine
}

fn original(position: Position, edits: &[lexer::Edit]) -> Option<(usize, usize)> {
    let (line, column) = (position.line()?, position.position().unwrap_or(1));
    Some((line, lexer::original_column(edits, line, column)))
}

fn explain_parse(error: &rhai::ParseErrorType) -> String {
    use rhai::ParseErrorType as E;
    if let E::VariableUndefined(name) = error {
        return format!("unknown name `{name}`");
    }
    lower(&error.to_string())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "rhai has many errors; the others say enough themselves")]
fn explain_run(error: &EvalAltResult) -> String {
    match error {
        EvalAltResult::ErrorFunctionNotFound(signature, _) => not_found(signature),
        EvalAltResult::ErrorMismatchDataType(expected, found, _) if !expected.is_empty() => {
            format!("expected {}, found {}", value::kind(expected), value::kind(found))
        }
        EvalAltResult::ErrorRuntime(message, _) => message.to_string(),
        EvalAltResult::ErrorDataTooLarge(what, _) => format!("{} grew too large", lower(what)),
        other => {
            // rhai appends the position, which the error carries apart.
            let text = other.to_string();
            lower(text.split(" (line ").next().unwrap_or(&text))
        }
    }
}

/// rhai's `+ ((), f64)` as words.
fn not_found(signature: &str) -> String {
    let (name, rest) = signature.split_once(" (").unwrap_or((signature, ""));
    let kinds: Vec<&str> = rest.trim_end_matches(')').split(", ").filter(|kind| !kind.is_empty()).collect();
    // The missing value's type is written `()`, whose parenthesis the trimming may have taken.
    let kinds: Vec<&str> =
        kinds.into_iter().map(|kind| value::kind(if kind == "(" { "()" } else { kind })).collect();
    format!(
        "`{name}` cannot take {}",
        if kinds.is_empty() { "no values".to_owned() } else { kinds.join(" and ") }
    )
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect::<String>().trim_end_matches('.').to_owned()
}
