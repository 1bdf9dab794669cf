//! Who may do an act, in words: the guard is asked about each role as it would stand, and about each who acted before.

use super::offer::{possible, step};
use super::prepare::{Act, Context, Subject};
use yanpan_kernel::{
    case::{Case, Definition, Transition},
    id::Id,
    person::{Grant, Role},
    unit::Unit,
};

/// 「本单位的学校负责人、安全员,或上级主管部门(办理「申请销号」的人除外)」; `None` when nobody may as things stand.
#[must_use]
pub fn who_may(context: &Context<'_>, case: &Case, transition: &Transition) -> Option<String> {
    let act = Act::default();
    let step = step(context, Subject::Existing(case), transition, &act)?;
    let guard = step.expression(&transition.who).ok()?;
    let holds = |role: Role, actor: &str| {
        let grant = as_if(context, case.unit, role);
        let mut names = step.names(&case.answers, Some(&grant), false);
        names.actor = actor.to_owned();
        guard.holds(&names).unwrap_or(false) && possible(&step, &case.answers, &grant)
    };
    let may: Vec<Role> = Role::ALL.into_iter().filter(|role| holds(*role, "")).collect();
    let first = *may.first()?;
    let own: Vec<&str> = may.iter().filter(|role| is_own(**role)).map(|role| role.title()).collect();
    let mut who: Vec<String> = Vec::new();
    if !own.is_empty() {
        who.push(format!("本单位的{}", own.join("、")));
    }
    who.extend(may.iter().filter(|role| !is_own(**role)).map(|role| format!("上级{}", role.title())));
    let read = guard.names_used();
    let barred = case
        .done
        .iter()
        .filter(|(verb, done)| read.contains(&format!("case.by.{verb}")) && !holds(first, &done.actor.to_string()));
    let titles: Vec<String> = barred.map(|(verb, _)| format!("「{}」", act_title(context.definition, verb))).collect();
    let except = if titles.is_empty() { String::new() } else { format!("(办理{}的人除外)", titles.join("、")) };
    Some(format!("{}{except}", who.join("，或")))
}

/// Roles that people of the unit itself hold.
const fn is_own(role: Role) -> bool {
    matches!(role, Role::Head | Role::SafetyOfficer | Role::Teacher)
}

/// A grant of this role as its holders have it: in the unit itself, or one level up.
fn as_if(context: &Context<'_>, unit: Id<Unit>, role: Role) -> Grant {
    let above = context.tree.parent(unit).unwrap_or(unit);
    let nobody = uuid::Uuid::nil();
    Grant {
        id: Id::new(nobody),
        account: Id::new(nobody),
        role,
        unit: if is_own(role) { unit } else { above },
        valid_from: context.today,
        valid_to: None,
    }
}

/// The title of an act of a case, also of those that no pack defines.
#[must_use]
pub fn act_title<'a>(definition: &'a Definition, verb: &'a str) -> &'a str {
    let known = definition.transitions.iter().find(|transition| transition.verb == verb);
    known.map_or_else(
        || match verb {
            "inherit" => "由承继单位接办",
            "undo_import" => "撤销导入",
            other => other,
        },
        |transition| transition.title.as_str(),
    )
}
