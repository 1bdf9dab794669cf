//! Facts as one Arrow batch in the columns of their kind.

use super::{
    column::{days, fill},
    schema::Shape,
};
use datafusion::arrow::{
    array::{ArrayRef, Date32Array, Int64Array, RecordBatch, StringViewBuilder},
    error::ArrowError,
};
use jiff::civil::Date;
use std::sync::Arc;
use yanpan_app::ports::Fact;
use yanpan_kernel::case::Stage;

/// The batch of these facts, in their order; `superseded_by` is empty, for it depends on what follows.
///
/// # Errors
/// Only when a column does not fit the shape.
pub(crate) fn batch(shape: &Shape, facts: &[Fact]) -> Result<RecordBatch, ArrowError> {
    let mut columns: Vec<ArrayRef> = vec![
        integers(facts, |fact| fact.entry),
        texts(facts, |fact| Some(fact.subject.to_string())),
        integers(facts, |fact| fact.sequence),
        texts(facts, |fact| Some(fact.unit.to_string())),
        texts(facts, |fact| Some(&fact.verb)),
        texts(facts, |fact| Some(&fact.state)),
        texts(facts, |fact| fact.stage_before.map(Stage::key)),
        texts(facts, |fact| Some(fact.stage.key())),
        texts(facts, |fact| Some(&fact.number)),
        dates(facts, |fact| Some(fact.happened_on)),
        integers(facts, |fact| fact.recorded_at),
        texts(facts, |fact| Some(fact.actor.to_string())),
        dates(facts, |fact| Some(fact.opened_on)),
        dates(facts, |fact| fact.closed_on),
        Arc::new(Int64Array::new_null(facts.len())),
    ];
    for field in &shape.fields {
        let answers: Vec<_> = facts.iter().map(|fact| fact.answers.get(&field.key)).collect();
        let filled = fill(&field.kind, &answers)?;
        if filled.unread > 0 {
            tracing::warn!(
                kind = shape.kind,
                field = field.key,
                rows = filled.unread,
                "answers do not fit their column"
            );
        }
        columns.push(filled.column);
    }
    RecordBatch::try_new(shape.columns.clone(), columns)
}

fn integers(facts: &[Fact], value: impl Fn(&Fact) -> i64) -> ArrayRef {
    Arc::new(facts.iter().map(value).collect::<Int64Array>())
}

fn dates(facts: &[Fact], value: impl Fn(&Fact) -> Option<Date>) -> ArrayRef {
    Arc::new(facts.iter().map(|fact| value(fact).map(days)).collect::<Date32Array>())
}

/// Equal texts are stored once: ids, states and verbs repeat in every ledger.
fn texts<'a, T: AsRef<str>>(facts: &'a [Fact], value: impl Fn(&'a Fact) -> Option<T>) -> ArrayRef {
    let mut builder = StringViewBuilder::with_capacity(facts.len()).with_deduplicate_strings();
    for fact in facts {
        builder.append_option(value(fact));
    }
    Arc::new(builder.finish())
}
