//! From a definition to a [`Form`], or all of its problems.

use crate::definition::FormDefinition;
use crate::form::Form;
use crate::rule::Rules;
use crate::schema::leaves;
use crate::sheet::Sheet;
use crate::{Problem, control, layout, schema};

/// Checks `definition` and prepares it for submissions.
///
/// Without the feature `schema` (in a browser) the schema's own faults are not looked for: what is
/// published was checked by the server.
///
/// # Errors
///
/// Every problem found, so that an editor can mark them all at once. The list is never empty.
pub fn compile(definition: &FormDefinition) -> Result<Form, Vec<Problem>> {
    let refs = schema::refs::Refs::new(&definition.schema);
    #[cfg(feature = "schema")]
    if refs.count() > MANY_REFERENCES {
        return with_room(|| checked(definition, &refs, schema::cost::MAX_CHAIN_WITH_ROOM))
            .unwrap_or_else(|| checked(definition, &refs, schema::cost::MAX_CHAIN));
    }
    checked(definition, &refs, schema::cost::MAX_CHAIN)
}

/// Fewer references cannot make a chain longer than an ordinary stack holds.
#[cfg(feature = "schema")]
const MANY_REFERENCES: usize = 40;
/// Stack for the longest chain, bytes. Only what is used of it becomes memory.
#[cfg(feature = "schema")]
const ROOM: usize = 64 << 20;

/// Runs `work` on a stack of its own; none where the system gives no more threads.
#[cfg(feature = "schema")]
fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(ROOM).spawn_scoped(scope, work).ok()?;
        Some(worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn checked(
    definition: &FormDefinition,
    refs: &schema::refs::Refs,
    chain: usize,
) -> Result<Form, Vec<Problem>> {
    let mut problems = Vec::new();
    schema::cost::check(&definition.schema, definition.bare, chain, refs, &mut problems);
    if !problems.is_empty() {
        // Nothing below is safe to run on a schema without bounds.
        return Err(problems);
    }
    let whole = layout::asked_whole(definition);
    let leaves = leaves::collect(&definition.schema, refs, &whole);
    let fields = layout::fields(definition, refs, &leaves);
    let pages = layout::pages(definition, &fields, &mut problems);
    control::check(definition, &fields, &mut problems);
    let paths: Vec<&str> = fields.iter().map(|field| field.path.as_str()).collect();
    let rules = Rules::compile(definition, &paths, &mut problems);
    let (lists, tuples, titles) = (leaves.lists, leaves.tuples, leaves.titles);
    #[cfg(feature = "schema")]
    {
        let hideable: Vec<&str> = rules.hideable().collect();
        let lift = schema::lift::lift(&definition.schema, refs, &hideable, &mut problems);
        let validator = crate::validator::Validator::build(definition, lift.schema, &mut problems);
        match validator {
            Some(validator) if problems.is_empty() => {
                let definition = definition.clone();
                let sheet = Sheet { fields, lists, tuples, rules, lifted: lift.lifted };
                Ok(Form { definition, sheet, titles, pages, validator })
            }
            _ => Err(problems),
        }
    }
    #[cfg(not(feature = "schema"))]
    {
        // The derived validator is the server's; here the fields' own `required` tells the same.
        let hidden = |path: &str| rules.hideable().any(|hidden| hidden == path);
        let lifted = fields
            .iter()
            .filter(|field| field.required && hidden(&field.path))
            .map(|field| field.path.clone())
            .collect();
        let definition = definition.clone();
        if problems.is_empty() {
            Ok(Form { definition, sheet: Sheet { fields, lists, tuples, rules, lifted }, titles, pages })
        } else {
            Err(problems)
        }
    }
}
