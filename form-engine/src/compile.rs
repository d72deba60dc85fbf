//! From a definition to a [`Form`], or all of its problems.

use std::sync::Arc;

use crate::definition::FormDefinition;
use crate::field::Field;
use crate::form::Form;
use crate::rule::Rules;
use crate::schema::leaves;
use crate::sheet::Sheet;
use crate::{Problem, layout, pointer, schema};

/// Checks `definition` and prepares it for submissions.
///
/// Without the feature `schema` (in a browser) the schema's own faults are not looked for: what is
/// published was checked by the server.
///
/// # Errors
///
/// Every problem found, so that an editor can mark them all at once. The list is never empty.
pub fn compile(definition: &FormDefinition) -> Result<Form, Vec<Problem>> {
    let mut problems = Vec::new();
    let refs = schema::refs::Refs::new(&definition.schema);
    schema::cost::check(&definition.schema, &refs, &mut problems);
    if !problems.is_empty() {
        // Nothing below is safe to run on a schema without bounds.
        return Err(problems);
    }
    let leaves = leaves::collect(&definition.schema, &refs);
    let fields = layout::fields(definition, &refs, &leaves);
    let pages = layout::pages(definition, &fields, &mut problems);
    let rules = Rules::compile(definition, &fields, &pages, &mut problems);
    #[cfg(feature = "script")]
    let defaults = crate::arrive::compile(definition, &fields, &mut problems);
    check_option_quotas(definition, &fields, &mut problems);
    let (lists, tuples, titles) = (leaves.lists, leaves.tuples, leaves.titles);
    #[cfg(feature = "schema")]
    {
        let hideable: Vec<&str> = rules.hideable().collect();
        let lift = schema::lift::lift(&definition.schema, &refs, &hideable, &mut problems);
        let validator = crate::validator::Validator::build(definition, lift.schema, &mut problems);
        match validator {
            Some(validator) if problems.is_empty() => {
                let definition = definition.clone();
                let sheet = Sheet { fields, lists, tuples, rules, lifted: lift.lifted };
                let form = Form {
                    definition,
                    sheet,
                    titles,
                    pages,
                    #[cfg(feature = "script")]
                    defaults,
                    validator,
                };
                Ok(form)
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
            let sheet = Sheet { fields, lists, tuples, rules, lifted };
            Ok(Form {
                definition,
                sheet,
                titles,
                pages,
                #[cfg(feature = "script")]
                defaults,
            })
        } else {
            Err(problems)
        }
    }
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
