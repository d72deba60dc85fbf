//! Writer: the parameters bound so far, and the few words in which the dialects differ.

use super::RawType;
use crate::query::Scalar;

/// The databases we write for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3.51 or newer.
    Sqlite,
    /// PostgreSQL 15 or newer.
    Postgres,
}

/// A value to bind.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameter {
    /// `TEXT`
    Text(String),
    /// `BIGINT`
    Integer(i64),
    /// `DOUBLE PRECISION`
    Real(f64),
    /// `BOOLEAN`
    Boolean(bool),
    /// `UUID`; in SQLite its 16 bytes.
    Id([u8; 16]),
}

/// Collects parameters while SQL is written.
pub(crate) struct Writer {
    dialect: Dialect,
    parameters: Vec<Parameter>,
    /// How many were bound before, by whoever the text is for.
    before: usize,
}

impl Writer {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self::after(dialect, 0)
    }

    /// For text that stands in other text with `before` parameters.
    pub(crate) fn after(dialect: Dialect, before: usize) -> Self {
        Self { dialect, parameters: Vec::new(), before }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn into_parameters(self) -> Vec<Parameter> {
        self.parameters
    }

    /// Binds a value and gives its place in the text.
    pub(crate) fn bind(&mut self, parameter: Parameter) -> String {
        self.parameters.push(parameter);
        let number = self.before + self.parameters.len();
        match self.dialect {
            Dialect::Sqlite => format!("?{number}"),
            Dialect::Postgres => format!("${number}"),
        }
    }

    pub(crate) fn bind_text(&mut self, text: &str) -> String {
        self.bind(Parameter::Text(text.to_owned()))
    }

    pub(crate) fn bind_scalar(&mut self, scalar: &Scalar) -> String {
        self.bind(match scalar {
            Scalar::Text(text) => Parameter::Text(text.clone()),
            Scalar::Number(number) => Parameter::Real(*number),
            Scalar::Boolean(truth) => Parameter::Boolean(*truth),
            Scalar::Instant(instant) => Parameter::Integer(*instant),
        })
    }

    /// The expression as a value of the type rows are read with.
    pub(crate) fn cast(&self, expression: &str, kind: RawType) -> String {
        let name = match (self.dialect, kind) {
            (Dialect::Sqlite | Dialect::Postgres, RawType::Text) => "TEXT",
            (Dialect::Sqlite, RawType::Integer | RawType::Boolean) => "INTEGER",
            (Dialect::Sqlite, RawType::Real) => "REAL",
            (Dialect::Postgres, RawType::Integer) => "BIGINT",
            (Dialect::Postgres, RawType::Real) => "DOUBLE PRECISION",
            (Dialect::Postgres, RawType::Boolean) => "BOOLEAN",
        };
        format!("CAST({expression} AS {name})")
    }

    /// The expression as a double.
    pub(crate) fn real(&self, expression: &str) -> String {
        self.cast(expression, RawType::Real)
    }

    /// The smaller of two doubles that are not NULL.
    pub(crate) fn smaller(&self, left: &str, right: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("MIN({left}, {right})"),
            Dialect::Postgres => format!("LEAST({left}, {right})"),
        }
    }

    /// The larger of two doubles that are not NULL.
    pub(crate) fn larger(&self, left: &str, right: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("MAX({left}, {right})"),
            Dialect::Postgres => format!("GREATEST({left}, {right})"),
        }
    }

    /// The whole part of a double that is not negative.
    pub(crate) fn whole(&self, expression: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => format!("CAST({expression} AS INTEGER)"),
            Dialect::Postgres => format!("FLOOR({expression})"),
        }
    }

    /// Keeps the planner from computing a subquery's columns again at each mention.
    pub(crate) fn fence(&self) -> &'static str {
        match self.dialect {
            // SQLite keeps the parsed document of a row; a fence would cost more than it saves.
            Dialect::Sqlite => "",
            Dialect::Postgres => " OFFSET 0",
        }
    }
    /// As [`Writer::fence`], for expressions that are too long to be repeated in any database.
    pub(crate) fn strong_fence(&self) -> &'static str {
        match self.dialect {
            Dialect::Sqlite => " LIMIT -1",
            Dialect::Postgres => " OFFSET 0",
        }
    }
}

/// `customer.tier` as `"customer"."tier"`, a bare column as one of the dataset's table `b`.
pub(crate) fn column(name: &str) -> String {
    match name.split_once('.') {
        Some((alias, column)) => format!("{}.{}", quote(alias), quote(column)),
        None => format!("b.{}", quote(name)),
    }
}

/// An identifier, safe whatever it holds.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
