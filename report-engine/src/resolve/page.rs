//! A page of a list: its condition and its order, checked like a query's.

use form_engine::{Condition, Problem};

use crate::dataset::Dataset;
use crate::query::ResolvedPage;

use super::{Resolver, Situation};

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRequest<'a> {
    /// Which rows.
    pub filter: Option<&'a Condition>,
    /// Member names, the most important first; `true`: the largest first.
    pub order: &'a [(String, bool)],
    /// The most rows wanted.
    pub limit: u32,
}

/// Checks a page of a list and makes it ready to run.
///
/// # Errors
///
/// Every problem found; pointers start with `/filter` or `/order`.
pub fn resolve_page(
    request: &PageRequest<'_>,
    dataset: &Dataset,
    situation: &Situation,
) -> Result<ResolvedPage, Vec<Problem>> {
    let mut resolver = Resolver::new(dataset, situation);
    let mut filters = Vec::new();
    if let Some(condition) = &situation.row_filter {
        filters.push(resolver.condition(condition, "/row_filter", true));
    }
    if let Some(condition) = request.filter {
        filters.push(resolver.condition(condition, "/filter", false));
    }
    let mut order = Vec::new();
    for (index, (name, descending)) in request.order.iter().enumerate() {
        let path = format!("/order/{index}");
        let Some(member) = resolver.named(name, &path) else { continue };
        if resolver.kind(member) == crate::dataset::MemberType::TextList {
            let message = format!("`{name}` is a list and has no order");
            resolver.problem("report.field_type", &path, message);
        }
        order.push((member, *descending));
    }
    if resolver.problems.is_empty() {
        Ok(ResolvedPage { members: resolver.members, filters, order, limit: request.limit })
    } else {
        Err(resolver.problems)
    }
}
