//! From a definition to a [`Form`], or all of its problems.

use std::sync::Arc;

#[cfg(feature = "schema")]
use crate::Text;
use crate::definition::FormDefinition;
use crate::field::Field;
use crate::form::Form;
use crate::rule::Rules;
use crate::schema::leaves;
use crate::sheet::Sheet;
use crate::{Problem, control, layout, pointer, schema};

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
    let rules = Rules::compile(definition, &fields, &pages, &mut problems);
    #[cfg(feature = "script")]
    let defaults = crate::arrive::compile(definition, &fields, &mut problems);
    check_option_quotas(definition, &fields, &mut problems);
    let (lists, tuples, titles, shapes) = (leaves.lists, leaves.tuples, leaves.titles, leaves.shapes);
    let hideable: Vec<&str> = rules.hideable().collect();
    let lift = schema::lift::lift(&definition.schema, refs, &hideable, &mut problems);
    #[cfg(feature = "schema")]
    let Some(validator) = crate::validator::Validator::build(definition, lift.schema, &fields, &mut problems)
    else {
        return Err(problems);
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    #[cfg(feature = "schema")]
    let takes_as_sent = {
        let says_answers = |text: &Text| text.all().any(|text| text.contains("{{"));
        let titles = fields.iter().map(|field| &field.title).chain([&definition.title]);
        rules.is_empty() && lift.lifted.is_empty() && !titles.into_iter().any(says_answers)
    };
    Ok(Form {
        definition: definition.clone(),
        sheet: Sheet { fields, lists, tuples, rules, lifted: lift.lifted },
        titles,
        shapes,
        #[cfg(feature = "schema")]
        branches: leaves.branches,
        pages,
        #[cfg(feature = "script")]
        defaults,
        #[cfg(feature = "schema")]
        validator,
        #[cfg(feature = "schema")]
        takes_as_sent,
    })
}

/// Quotas name options that can be chosen.
fn check_option_quotas(definition: &FormDefinition, fields: &[Arc<Field>], problems: &mut Vec<Problem>) {
    for quota in &definition.publish.option_quotas {
        let at = pointer::join("/publish/option_quotas", &quota.field);
        let Some(field) = fields.iter().find(|field| field.path == quota.field) else {
            let message = format!("the schema has no field `{}`", quota.field);
            problems.push(Problem::new("form.field_missing", at, message));
            continue;
        };
        if !field.options.iter().any(|option| option.text() == quota.option) {
            let message = format!("`{}` has no option `{}`", quota.field, quota.option);
            problems.push(Problem::new("form.option_missing", pointer::join(&at, &quota.option), message));
        }
    }
}
