//! What a caller may do with a case now, and what each act will ask.

use super::prepare::{Act, Context, Step, Subject};
use yanpan_kernel::{case::Transition, form::Answers, person::Grant};
use yanpan_rules::Value;

/// An act that may be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'a> {
    /// The act.
    pub transition: &'a Transition,
    /// The grant under which it may be done.
    pub grant: &'a Grant,
}

/// The acts that the caller may do with a case now, in the pack's order.
#[must_use]
pub fn offers<'a>(context: &'a Context<'a>, subject: Subject<'_>) -> Vec<Offer<'a>> {
    let from = subject.before().map(|case| case.state.as_str());
    let acts = context.definition.offered(from);
    acts.filter_map(|transition| offer(context, subject, transition)).collect()
}

/// The act, when the caller may do it now: its guard holds under a grant, and no check fails that answers cannot mend.
pub(super) fn offer<'a>(
    context: &'a Context<'a>,
    subject: Subject<'_>,
    transition: &'a Transition,
) -> Option<Offer<'a>> {
    let act = Act::default();
    let step = step(context, subject, transition, &act)?;
    let none = Answers::new();
    let known = subject.before().map_or(&none, |case| &case.answers);
    let grant = step.allowed(known).ok()?;
    let grant = context.caller.grants.iter().find(|own| own.id == grant.id)?;
    possible(&step, known, grant).then_some(Offer { transition, grant })
}

pub(super) fn step<'s>(
    context: &'s Context<'s>,
    subject: Subject<'s>,
    transition: &'s Transition,
    act: &'s Act,
) -> Option<Step<'s>> {
    let form = context.pack.forms.get(&context.definition.form)?;
    let unit = context.tree.get(subject.unit())?;
    Some(Step { context, form, transition, unit, before: subject.before(), act, happened_on: context.today })
}

/// Whether every check holds already or may come to hold by what the act asks, sets or decides.
pub(super) fn possible(step: &Step<'_>, known: &Answers, grant: &Grant) -> bool {
    let transition = step.transition;
    let mended = |name: &String| {
        let field = name.strip_prefix("case.");
        let field = field.and_then(|path| path.split('.').next()).unwrap_or_default();
        transition.ask.iter().any(|ask| ask.field == field) || transition.set.iter().any(|(key, _)| key == field)
    };
    transition.decide.is_some()
        || transition.checks.iter().all(|check| {
            let Ok(expression) = step.expression(&check.that) else { return false };
            expression.names_used().iter().any(mended)
                || expression.holds(&step.names(known, Some(grant), false)).unwrap_or(false)
        })
}

impl Offer<'_> {
    /// Which of the fields that the act asks must be answered, as things stand before the answers.
    #[must_use]
    pub fn needed(&self, context: &Context<'_>, subject: Subject<'_>) -> Vec<bool> {
        let act = Act::default();
        let none = Answers::new();
        let known = subject.before().map_or(&none, |case| &case.answers);
        let step = step(context, subject, self.transition, &act);
        let needs = |source: &str| {
            let names = step.as_ref().map(|step| (step, step.names(known, Some(self.grant), false)));
            names.is_some_and(|(step, names)| step.evaluate(source, &names) == Ok(Value::Bool(true)))
        };
        self.transition.ask.iter().map(|ask| needs(&ask.need)).collect()
    }
}

/// The acts by which the caller may open a case of a kind at one of the units of its grants, with that unit.
#[must_use]
pub fn openings<'a>(context: &'a Context<'a>) -> Vec<Offer<'a>> {
    let mut found: Vec<Offer<'a>> = Vec::new();
    for grant in &context.caller.grants {
        let subject = Subject::New(yanpan_kernel::id::Id::new(uuid::Uuid::nil()), grant.unit, "");
        for offer in offers(context, subject) {
            if !found.iter().any(|known| known.transition.verb == offer.transition.verb) {
                found.push(Offer { grant, ..offer });
            }
        }
    }
    found
}
