//! The whole schema's verdict. Only here and below is jsonschema named.
//!
//! It builds the derived validator within bounds, and turns what it finds into faults; how faults
//! are worded it does not know.

mod keyword;

use std::sync::{Arc, OnceLock};

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::json::Json;
use jsonschema::{PatternOptions, Retrieve, ValidationError, ValidationOptions, ValidatorMap};
use serde_json::Value;

use crate::definition::FormDefinition;
use crate::document::Place;
use crate::fault::Fault;
use crate::field::Field;
use crate::plan::{Found, Plan, Undecided};
use crate::schema::cost;
use crate::schema::draft::Draft;
use crate::schema::portable;
use crate::schema::refs::Refs;
use crate::{Problem, Text, pointer};
pub(crate) use keyword::{Keyword, Scalar};

/// Steps of backtracking a pattern may take on one text.
const BACKTRACK_LIMIT: usize = 50_000;
/// Bytes a compiled pattern may take.
const PATTERN_SIZE: usize = 1 << 20;
/// Visits a document may cost in all.
const MAX_WORK: u64 = 400_000;
/// The same for a schema that stands alone, whose documents nobody sends from outside.
const MAX_BARE_WORK: u64 = 1_000_000;
/// Longest schema, bytes as JSON, of which a costly document is told where it fails: that takes compiling it again.
const MAX_PARTS_SIZE: usize = 64 * 1024;
/// Visits up to which every error is collected; beyond, one problem says where it fails.
const MAX_COLLECT: u64 = 20_000;
/// Faults told of one document.
const MAX_FAULTS: usize = 50;

/// A derived schema, compiled.
#[derive(Debug)]
pub(crate) struct Validator {
    whole: jsonschema::Validator,
    /// The schema it was built of, for costs and for saying where a costly one fails.
    schema: Value,
    refs: Refs,
    /// Nothing multiplies, so documents need no measuring.
    plain: bool,
    assertions: Assertions,
    /// The same in a form that judges in one go, where the schema is plain enough.
    plan: Option<Plan>,
    /// Visits a document may cost in all.
    most_work: u64,
    /// Every subschema by itself, made when a costly document first fails.
    parts: OnceLock<Option<ValidatorMap>>,
}

/// How a schema's keywords are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Assertions {
    pub(crate) draft: Draft,
    /// Whether formats are asserted; `None` for as the draft says.
    formats: Option<bool>,
}

/// What the schema says of a document: nothing, or faults with their pointers.
pub(crate) type Verdict = Result<(), Vec<(String, Fault)>>;

impl Validator {
    /// Compiles the derived `schema` of `definition`, which asks for `fields`; `None` after a problem was noted.
    pub(crate) fn build(
        definition: &FormDefinition,
        mut schema: Value,
        fields: &[Arc<Field>],
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let draft = match Draft::detect(&schema) {
            Ok(draft) => draft,
            Err(uri) => {
                let message =
                    format!("unknown `$schema` `{uri}`; expected draft-04, 06, 07, 2019-09 or 2020-12");
                problems.push(Problem::new("form.schema_unknown_draft", "/schema/$schema", message));
                return None;
            }
        };
        if let Value::Object(members) = &mut schema {
            members.shift_remove("$schema");
        }
        let unused = Refs::new(&schema).dropped;
        portable::drop_definitions(&mut schema, &unused);
        portable::prepare(&mut schema);
        // A definition's formats are asserted; a bare schema's follow its draft.
        let assertions = Assertions { draft, formats: (!definition.bare).then_some(true) };
        match options(assertions).build(&schema) {
            Ok(whole) => {
                let refs = Refs::new(&schema);
                let most_work = if definition.bare { MAX_BARE_WORK } else { MAX_WORK };
                let plain = cost::is_plain(&schema);
                let plan = Plan::build(&schema, assertions, fields);
                let parts = OnceLock::new();
                Some(Self { whole, plain, schema, refs, assertions, plan, most_work, parts })
            }
            Err(error) => {
                problems.push(refusal(&error));
                None
            }
        }
    }

    /// True when the schema is plain enough for a plan.
    #[cfg(test)]
    pub(crate) fn has_plan(&self) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.has_controls)
    }

    /// Judges what stands at `root` by the plan, the author's controls with it.
    pub(crate) fn planned<'d, P: Place<'d>>(&self, root: P) -> Result<Vec<Found<'_>>, Undecided> {
        let plan = self.plan.as_ref().filter(|plan| plan.has_controls).ok_or(Undecided)?;
        plan.judge(root, true)
    }

    /// Judges `document`.
    pub(crate) fn verdict(&self, document: &Value) -> Verdict {
        let planned = self.plan.as_ref().ok_or(Undecided).and_then(|plan| plan.judge(document, false));
        match planned {
            Ok(found) if found.is_empty() => Ok(()),
            Ok(found) => Err(found.into_iter().map(Found::into_parts).collect()),
            Err(Undecided) => self.thorough(document),
        }
    }

    /// Judges `document` by the whole schema.
    fn thorough(&self, document: &Value) -> Verdict {
        let work =
            if self.plain { 0 } else { cost::work(&self.schema, &self.refs, document, self.most_work) };
        if work >= self.most_work {
            return Err(vec![(String::new(), Fault::TooComplex)]);
        }
        if self.whole.is_valid(document) {
            return Ok(());
        }
        if work > MAX_COLLECT {
            return Err(vec![(self.deepest(document), Fault::Unmet)]);
        }
        let mut faults: Vec<(String, Fault)> = Vec::new();
        for error in self.whole.iter_errors(document) {
            collect(&error, document, &mut faults);
            if faults.len() >= MAX_FAULTS {
                faults.truncate(MAX_FAULTS);
                break;
            }
        }
        if faults.is_empty() {
            faults.push((String::new(), Fault::Unmet));
        }
        Err(faults)
    }

    /// The deepest pointer, along properties and items, whose own subschema fails.
    fn deepest(&self, document: &Value) -> String {
        let small = || self.schema.to_string().len() <= MAX_PARTS_SIZE;
        let parts = || if small() { options(self.assertions).build_map(&self.schema).ok() } else { None };
        let Some(map) = self.parts.get_or_init(parts) else { return String::new() };
        let (mut at, mut below, mut value) = (String::new(), "#".to_owned(), document);
        while let Some((token, schema, child)) = failing_child(map, &below, value) {
            (at, below, value) = (pointer::join(&at, token), schema, child);
        }
        at
    }
}

fn failing_child<'v>(
    map: &ValidatorMap,
    below: &str,
    value: &'v Value,
) -> Option<(String, String, &'v Value)> {
    let fails =
        |schema: &String, child: &Value| map.get(schema).is_some_and(|validator| !validator.is_valid(child));
    match value {
        Value::Object(members) => members.iter().find_map(|(key, child)| {
            let schema = format!("{below}/properties/{}", pointer::escape(key));
            fails(&schema, child).then(|| (key.clone(), schema, child))
        }),
        Value::Array(items) => {
            let schema = format!("{below}/items");
            let at = items.iter().position(|item| fails(&schema, item))?;
            Some((at.to_string(), schema, &items[at]))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn options<F: Json>(assertions: Assertions) -> ValidationOptions<'static, Arc<dyn Retrieve>, F> {
    let draft = match assertions.draft {
        Draft::Draft04 => jsonschema::Draft::Draft4,
        Draft::Draft06 => jsonschema::Draft::Draft6,
        Draft::Draft07 => jsonschema::Draft::Draft7,
        Draft::Draft201909 => jsonschema::Draft::Draft201909,
        Draft::Draft202012 => jsonschema::Draft::Draft202012,
    };
    let patterns = PatternOptions::fancy_regex()
        .backtrack_limit(BACKTRACK_LIMIT)
        .size_limit(PATTERN_SIZE)
        .dfa_size_limit(PATTERN_SIZE);
    let options = jsonschema::options_for::<F>().with_draft(draft).with_pattern_options(patterns).offline();
    match assertions.formats {
        Some(asserted) => options.should_validate_formats(asserted),
        None => options,
    }
}

/// Why a schema does not compile, at the keyword that is wrong.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others say enough themselves")]
fn refusal(error: &ValidationError<'_>) -> Problem {
    let error = cause(error);
    if let ValidationErrorKind::Referencing(cause) = error.kind() {
        let message = format!("a reference cannot be followed: {cause}");
        return Problem::new("form.schema_reference", "/schema", lower(&message));
    }
    let path = format!("/schema{}", error.instance_path());
    let keyword = path.rsplit('/').find(|token| token.parse::<usize>().is_err()).unwrap_or("schema");
    let found = shortened(error.instance());
    let message = match error.kind() {
        ValidationErrorKind::Format { format } if format == "regex" => {
            format!("`{found}` is no pattern that can be compiled")
        }
        ValidationErrorKind::Type { kind } => {
            format!("`{keyword}` must be {}, found `{found}`", types(kind).join(" or "))
        }
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::AnyOf { .. } => {
            format!("`{keyword}` cannot be `{found}`")
        }
        _ => format!("`{keyword}` is not valid: {}", lower(&error.masked_with("the value").to_string())),
    };
    Problem::new("form.schema_invalid", path, message)
}

/// Where a keyword takes one of several shapes, as `items` does, what is wrong in one of them: the deepest says most.
fn cause<'e, 'v>(error: &'e ValidationError<'v>) -> &'e ValidationError<'v> {
    let ValidationErrorKind::AnyOf { context } = error.kind() else { return error };
    let depth = |error: &ValidationError<'_>| error.instance_path().as_str().matches('/').count();
    let below = context.iter().flatten().map(cause);
    below.fold(error, |deepest, found| if depth(found) > depth(deepest) { found } else { deepest })
}

/// Enough of a value to recognise it.
fn shortened(value: &Value) -> String {
    const SHOWN: usize = 60;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if text.chars().count() <= SHOWN { text } else { text.chars().take(SHOWN).chain(['…']).collect() }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect::<String>().trim_end_matches('.').to_owned()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the others are told one by one in `fault`")]
fn collect(error: &ValidationError<'_>, document: &Value, faults: &mut Vec<(String, Fault)>) {
    use ValidationErrorKind as K;
    let at = error.instance_path().as_str().to_owned();
    let below = |names: &[String]| -> Vec<(String, Fault)> {
        names.iter().map(|name| (pointer::join(&at, name), Fault::UnknownMember)).collect()
    };
    let fault = match error.kind() {
        K::Required { property } => {
            let name = property.as_str().map_or_else(|| property.to_string(), str::to_owned);
            faults.push((pointer::join(&at, name), Fault::Required));
            return;
        }
        K::AdditionalProperties { unexpected } | K::UnevaluatedProperties { unexpected } => {
            faults.extend(below(unexpected));
            return;
        }
        K::AnyOf { context } | K::OneOfNotValid { context } => {
            shape(&at, context, document, faults);
            return;
        }
        K::Not { schema } => match barred(schema).unwrap_or_default().as_slice() {
            // Of a group it is the answers that do not go together.
            [] if error.instance().is_object() => Fault::Together(Vec::new()),
            [] => Fault::Forbidden,
            [only] => {
                faults.push((pointer::join(&at, only), Fault::Forbidden));
                return;
            }
            several => Fault::Together(several.to_vec()),
        },
        // `additionalProperties: false` beside no `properties` fails as a schema that takes nothing.
        K::FalseSchema if error.schema_path().as_str().ends_with("/additionalProperties") => {
            let members = pointer::get(document, &at).and_then(Value::as_object);
            let names: Vec<String> = members.into_iter().flat_map(|all| all.keys().cloned()).collect();
            faults.extend(below(&names));
            return;
        }
        other => fault(other, error.instance()),
    };
    faults.push((at, fault));
}

/// The faults of the one branch that was meant, if it can be told: the only one whose type fits.
fn shape(
    at: &str,
    context: &[Vec<ValidationError<'static>>],
    document: &Value,
    faults: &mut Vec<(String, Fault)>,
) {
    let constants: Option<Vec<Text>> = context.iter().map(|branch| constant(at, branch)).collect();
    if let Some(labels) = constants.filter(|labels| !labels.is_empty()) {
        faults.push((at.to_owned(), Fault::Choice(labels)));
        return;
    }
    let other_kind = |error: &ValidationError<'_>| {
        let own = error.instance_path().as_str() == at;
        own && matches!(error.kind(), ValidationErrorKind::Type { .. } | ValidationErrorKind::FalseSchema)
    };
    let meant: Vec<_> = context.iter().filter(|branch| !branch.iter().any(other_kind)).collect();
    let only = if let [only] = meant[..] { Some(only) } else { nearest(&meant) };
    match only {
        Some(branch) if !branch.is_empty() => {
            branch.iter().for_each(|error| collect(error, document, faults))
        }
        Some(_) | None => faults.push((at.to_owned(), Fault::NoShape)),
    }
}

/// The branch that lacks least, if it is one alone and nothing given has to go for it.
fn nearest<'b>(meant: &[&'b Vec<ValidationError<'static>>]) -> Option<&'b Vec<ValidationError<'static>>> {
    let least = meant.iter().map(|branch| branch.len()).min()?;
    let mut near = meant.iter().filter(|branch| branch.len() == least);
    let (one, None) = (near.next()?, near.next()) else { return None };
    let has_to_go = |error: &ValidationError<'_>| {
        matches!(
            error.kind(),
            ValidationErrorKind::AdditionalProperties { .. }
                | ValidationErrorKind::UnevaluatedProperties { .. }
                | ValidationErrorKind::Constant { .. }
                | ValidationErrorKind::Enum { .. }
        )
    };
    (!one.iter().any(has_to_go)).then_some(*one)
}

/// The label of a branch that is one constant.
#[expect(clippy::wildcard_enum_match_arm, reason = "only these two are constants")]
fn constant(at: &str, branch: &[ValidationError<'static>]) -> Option<Text> {
    branch.iter().filter(|error| error.instance_path().as_str() == at).find_map(|error| match error.kind() {
        ValidationErrorKind::Constant { expected_value } => Some(label(expected_value)),
        ValidationErrorKind::Enum { options } => match options.as_array().map(Vec::as_slice) {
            Some([only]) => Some(label(only)),
            _ => None,
        },
        _ => None,
    })
}

/// An option that has no label of its own.
pub(crate) fn label(value: &Value) -> Text {
    Text::Plain(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

fn number(limit: &Value) -> serde_json::Number {
    limit.as_number().cloned().unwrap_or_else(|| 0.into())
}

fn fault(kind: &ValidationErrorKind, instance: &Value) -> Fault {
    use ValidationErrorKind as K;
    match kind {
        K::AdditionalItems { limit } => Fault::TooManyItems(*limit as u64),
        K::AnyOf { .. } | K::OneOfNotValid { .. } => Fault::NoShape,
        K::OneOfMultipleValid { .. } => Fault::SeveralShapes,
        K::BacktrackLimitExceeded { .. } | K::RegexEngineFailure { .. } | K::Pattern { .. } => Fault::Pattern,
        K::Constant { expected_value } => Fault::Constant(expected_value.as_ref().clone()),
        K::Contains => Fault::Contains,
        K::ContentEncoding { content_encoding } => Fault::Encoding(content_encoding.clone()),
        K::ContentMediaType { content_media_type } => Fault::Encoding(content_media_type.clone()),
        K::FromUtf8 { .. } => Fault::Encoding("UTF-8".to_owned()),
        K::Custom { .. } | K::Referencing(_) => Fault::Unmet,
        K::Enum { options } => Fault::Choice(options.as_array().into_iter().flatten().map(label).collect()),
        K::Maximum { limit } => Fault::Above { limit: number(limit), inclusive: true },
        K::ExclusiveMaximum { limit } => Fault::Above { limit: number(limit), inclusive: false },
        K::Minimum { limit } => Fault::Below { limit: number(limit), inclusive: true },
        K::ExclusiveMinimum { limit } => Fault::Below { limit: number(limit), inclusive: false },
        K::FalseSchema | K::Not { .. } => Fault::Forbidden,
        K::Format { format } => Fault::Format(format.clone()),
        K::MaxItems { limit } => Fault::TooManyItems(*limit),
        K::MinItems { limit } => Fault::TooFewItems(*limit),
        K::MaxLength { limit } => Fault::TooLong(*limit),
        K::MinLength { limit } => Fault::TooShort(*limit),
        K::MaxProperties { limit } => Fault::TooManyMembers(*limit),
        K::MinProperties { limit } => Fault::TooFewMembers(*limit),
        K::MultipleOf { multiple_of } => {
            crate::number::from_f64(*multiple_of).map_or(Fault::Unmet, Fault::MultipleOf)
        }
        K::PropertyNames { .. } => Fault::MemberName,
        K::Required { .. } => Fault::Required,
        K::Type { kind } => Fault::Type(types(kind)),
        K::AdditionalProperties { .. } | K::UnevaluatedProperties { .. } => Fault::UnknownMember,
        K::UnevaluatedItems { unexpected } => {
            let kept = instance.as_array().map_or(0, Vec::len).saturating_sub(unexpected.len());
            Fault::TooManyItems(kept as u64)
        }
        K::UniqueItems => Fault::Repeated,
    }
}

/// The members that a forbidden schema asks for, where it asks for nothing else.
fn barred(forbidden: &Value) -> Option<Vec<String>> {
    let members = forbidden.as_object()?;
    let only = members.iter().all(|(keyword, value)| match keyword.as_str() {
        "required" | "title" | "description" | "$comment" => true,
        "type" => value == "object",
        _ => false,
    });
    let names = members.get("required")?.as_array().filter(|_| only)?;
    names.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}

fn types(kind: &TypeKind) -> Vec<&'static str> {
    let name = |kind: jsonschema::JsonType| match kind {
        jsonschema::JsonType::Array => "array",
        jsonschema::JsonType::Boolean => "boolean",
        jsonschema::JsonType::Integer => "integer",
        jsonschema::JsonType::Null => "null",
        jsonschema::JsonType::Number => "number",
        jsonschema::JsonType::Object => "object",
        jsonschema::JsonType::String => "string",
    };
    match kind {
        TypeKind::Single(kind) => vec![name(*kind)],
        TypeKind::Multiple(kinds) => kinds.iter().map(name).filter(|name| *name != "null").collect(),
    }
}
