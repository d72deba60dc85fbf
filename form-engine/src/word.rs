//! Words of scripts: which a field's name cannot be. Known without the sandbox, too, since renaming a field rewrites scripts.

/// Names of documents every script may use.
pub(crate) const ROOTS: [&str; 4] = ["data", "customer", "context", "_event"];
/// The states `In("…")` asks about; scripts cannot say the name.
pub(crate) const ACTIVE: &str = "_active_states";
/// The tables `lookup` reads; scripts cannot say the name.
pub(crate) const TABLES: &str = "_tables";

/// Words that start something that is no expression, or that rhai keeps for itself.
const RESERVED: [&str; 60] = [
    "true",
    "false",
    "if",
    "else",
    "switch",
    "in",
    "let",
    "const",
    "while",
    "loop",
    "for",
    "do",
    "until",
    "unless",
    "break",
    "continue",
    "return",
    "throw",
    "try",
    "catch",
    "fn",
    "private",
    "import",
    "export",
    "as",
    "global",
    "this",
    "is",
    "goto",
    "exit",
    "match",
    "case",
    "default",
    "void",
    "null",
    "nil",
    "public",
    "protected",
    "new",
    "static",
    "use",
    "with",
    "module",
    "package",
    "super",
    "spawn",
    "thread",
    "go",
    "sync",
    "async",
    "await",
    "yield",
    "Fn",
    "call",
    "curry",
    "eval",
    "print",
    "debug",
    "type_of",
    "is_def_var",
];

/// True when a field of this name needs `data["…"]`.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word) || ["var", "is_def_fn", "is_shared", ACTIVE, TABLES, "_"].contains(&word)
}

/// True when a bare name can be written so: letters, digits and `_`, not starting with a digit.
pub(crate) fn is_identifier(word: &str) -> bool {
    let starts = word.starts_with(|c: char| c.is_alphabetic() || c == '_');
    starts && word.chars().any(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '_')
}
