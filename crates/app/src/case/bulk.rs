//! Doing the same with many cases at once: each stands or falls for itself.

use super::act::{Target, act};
use super::prepare::Act;
use crate::{App, Caller};
use futures::future::join_all;
use std::{collections::HashMap, sync::Arc};
use yanpan_kernel::{case::Case, id::Id, problem::Problem};

/// A case with which it could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The case as it was named.
    pub id: Id<Case>,
    /// Its number; empty when the caller cannot see it.
    pub number: String,
    /// Why.
    pub problems: Vec<Problem>,
}

/// Does one act with each of these cases of a kind, as last seen. Returns those done and those refused, in order.
///
/// # Errors
/// `STORE_UNAVAILABLE` before anything was done.
pub async fn act_on_many(
    app: &Arc<App>,
    caller: &Caller,
    kind: &str,
    wanted: &[(Id<Case>, i64)],
    doing: &Act,
) -> Result<(Vec<Id<Case>>, Vec<Refused>), Problem> {
    let ids: Vec<Id<Case>> = wanted.iter().map(|(id, _)| *id).collect();
    let seen = app.store.read().await?.cases(&ids, &caller.scope()).await?;
    let seen = seen.into_iter().filter(|row| row.case.kind == kind);
    let numbers: HashMap<Id<Case>, String> = seen.map(|row| (row.case.id, row.case.number)).collect();
    let acts = wanted.iter().map(|(id, revision)| {
        let target = Target::Existing { id: *id, kind: Some(kind.to_owned()), revision: Some(*revision) };
        act(app, caller, target, doing.clone())
    });
    let (mut done, mut refused) = (Vec::new(), Vec::new());
    for (id, acted) in ids.iter().zip(join_all(acts).await) {
        match acted {
            Ok(_) => done.push(*id),
            Err(problems) => {
                refused.push(Refused { id: *id, number: numbers.get(id).cloned().unwrap_or_default(), problems });
            }
        }
    }
    Ok((done, refused))
}
