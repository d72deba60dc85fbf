//! What only one kind of field needs besides the schema, as the layout gives it.

use indexmap::IndexMap;

use super::{Serial, cascade};
use crate::{Condition, Text};

/// What only one kind needs. Closed: a kind that needs more is told by the compiler where.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Detail {
    /// Most kinds need nothing.
    #[default]
    None,
    /// The steps of a cascade.
    Tree(Vec<Branch>),
    /// Which text a consent agrees to.
    Version(String),
    /// How a serial number is written.
    Serial(Serial),
    /// Which records may be linked.
    Record(RecordLink),
    /// Which files may be sent.
    Files(Files),
}

/// One option of one step of a cascade.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// What is stored.
    pub value: String,
    /// What is read.
    pub label: Text,
    /// The options of the next step; none, and the choice ends here.
    pub below: Vec<Branch>,
}

impl Branch {
    /// Every way from the first step to the last, in the author's order.
    pub fn paths(tree: &[Branch]) -> Vec<Vec<&Branch>> {
        cascade::paths(tree)
    }
}

/// Records of another form that may be linked.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordLink {
    /// Key of that form.
    pub form: String,
    /// Pointer of the value people know a record by; its number when absent.
    pub label: Option<String>,
    /// Only those records.
    pub filter: Option<Condition>,
    /// Pointers of this form, and those of the record they are filled from.
    pub fill: IndexMap<String, String>,
}

/// Files that may be sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Files {
    /// Media types or endings, as browsers take them: `application/pdf`, `.csv`; any when empty.
    pub accept: Vec<String>,
    /// Bytes of one file at most.
    pub max_bytes: Option<u64>,
}
