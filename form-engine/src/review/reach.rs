//! Which questions can ever show, and which rules can ever apply.

use super::Finding;
use super::solve::{Formula, Solver};
use crate::definition::Rule;
use crate::form::Form;
use crate::pointer;

pub(super) fn findings(form: &Form) -> Vec<Finding> {
    let solver = Solver::new(form);
    let rules = &form.definition().rules;
    let mut findings = Vec::new();
    let mut dead: Vec<&str> = Vec::new();
    for target in form.rules.targets.iter().filter(|target| target.can_hide()) {
        let below_dead = dead.iter().any(|path| pointer::is_within(&target.path, path));
        if below_dead || solver.satisfiable(&solver.visible(&target.path)) {
            continue;
        }
        dead.push(&target.path);
        let required =
            form.fields().iter().any(|field| field.required && pointer::is_within(&field.path, &target.path));
        let jumped = target.shows.is_empty() && target.hides.iter().any(|clause| !clause.paths.is_empty());
        let whatever = if required { ", and it is required" } else { "" };
        let (code, message) = if jumped {
            ("form.unreachable", format!("no way through the form leads to `{}`{whatever}", target.path))
        } else {
            (
                "form.never_shows",
                format!("`{}` can never show: its rules contradict each other{whatever}", target.path),
            )
        };
        findings.push(Finding::stops(code, place(rules, &target.path), message));
    }
    for (index, rule) in rules.iter().enumerate() {
        let Some(when) = &rule.when else { continue };
        let told = rule.show.iter().any(|path| dead.iter().any(|dead| pointer::is_within(path, dead)));
        if !told && !solver.satisfiable(&solver.holds(when)) {
            let message = "this rule never applies: its condition contradicts itself or the schema";
            findings.push(Finding::warns("form.rule_never", format!("/rules/{index}/when"), message));
        }
    }
    let mut always = false;
    for (index, thanks) in form.publish().thanks.iter().enumerate() {
        let at = format!("/publish/thanks/{index}");
        let possible = thanks.when.as_ref().is_none_or(|when| solver.satisfiable(&solver.holds(when)));
        if always || !possible {
            let why = if always {
                "an earlier one always fits"
            } else {
                "its condition contradicts itself or the schema"
            };
            findings.push(Finding::warns(
                "form.thanks_never",
                at,
                format!("this thank-you is never shown: {why}"),
            ));
        }
        always |=
            thanks.when.as_ref().is_none_or(|when| !solver.satisfiable(&Formula::not(solver.holds(when))));
    }
    findings
}

/// The first rule that says whether `path` shows; all of them when it is none alone.
fn place(rules: &[Rule], path: &str) -> String {
    let lists = |rule: &Rule| {
        let offer = rule.offer.as_ref().map(|offer| offer.fields.clone()).unwrap_or_default();
        [("show", rule.show.clone()), ("hide", rule.hide.clone()), ("offer", offer)]
    };
    let named = rules.iter().enumerate().find_map(|(index, rule)| {
        lists(rule).into_iter().find_map(|(name, paths)| {
            let at = paths.iter().position(|named| named == path)?;
            Some(format!("/rules/{index}/{name}/{at}"))
        })
    });
    // One that always jumps is the likelier reason.
    let always = rules.iter().rposition(|rule| rule.jump.is_some() && rule.when.is_none());
    let jump = always.or_else(|| rules.iter().position(|rule| rule.jump.is_some()));
    named.or_else(|| jump.map(|index| format!("/rules/{index}/jump"))).unwrap_or_else(|| "/rules".to_owned())
}
