//! The writer: one task that takes what is queued, runs each act in a savepoint and commits once; another that answers all when
//! the commit is on the disk.
//!
//! There is no timer: while one group is written, the next gathers in the queue. They have threads of their own, so that no act
//! that is being written queues behind requests that are being read.

use crate::{fault::internal, log::Log, opened::Base, session::Session};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};
use yanpan_app::ports::Act;
use yanpan_kernel::problem::{Problem, STORE_UNAVAILABLE};

/// Acts that may share one commit.
pub(crate) const MOST_ACTS: usize = 1_000;

/// Acts of which all that wait share a commit. Of more only half do: while they are written, those who were answered before
/// get their next acts ready, instead of everybody waiting for the writer and then the writer for everybody.
const FEW_ACTS: usize = 8;

/// Groups that may wait for the disk.
const MOST_GROUPS: usize = 16;

/// Values written after which SQLite's log is moved into the file, some 4,000 pages: by the writer, because beside it the log
/// would grow as fast as it is moved, but between groups, because nobody need wait for it to be answered.
const MOST_LOGGED: usize = 50_000;

/// An act that waits, and whom to tell.
pub(crate) struct Queued {
    pub act: Act,
    pub answer: oneshot::Sender<Result<(), Problem>>,
}

/// An answer that is given once the group is durable.
type Answer = (oneshot::Sender<Result<(), Problem>>, Result<(), Problem>);

/// The transaction as a whole is lost.
struct Lost(Problem);

/// Runs until the last store handle is gone and the queue is empty.
pub(crate) async fn run(base: Base, log: Option<Log>, mut queue: mpsc::Receiver<Queued>) {
    let (written, groups) = mpsc::channel(MOST_GROUPS);
    let answering = tokio::spawn(answer(log, groups));
    let mut waiting = Vec::with_capacity(MOST_ACTS);
    let mut logged = 0;
    while queue.recv_many(&mut waiting, (queue.len() / 2).clamp(FEW_ACTS, MOST_ACTS)).await > 0 {
        let (answers, values) = group(&base, &mut waiting).await;
        logged += values;
        if written.send(answers).await.is_err() {
            tracing::error!("nobody is left to answer acts");
            break;
        }
        if logged > MOST_LOGGED {
            logged = 0;
            base.checkpoint().await;
        }
        // Whoever was just answered may have the next act ready: let it join this group instead of forming its own.
        tokio::task::yield_now().await;
    }
    drop(written);
    if let Err(error) = answering.await {
        tracing::error!(%error, "the last acts were not answered");
    }
    base.close().await;
}

/// Answers groups of acts once what they committed is on the disk. PostgreSQL has seen to that itself.
async fn answer(mut log: Option<Log>, mut groups: mpsc::Receiver<Vec<Answer>>) {
    let mut some = Vec::with_capacity(MOST_GROUPS);
    while groups.recv_many(&mut some, MOST_GROUPS).await > 0 {
        let durable = match &mut log {
            Some(log) => log.synced().await,
            None => Ok(()),
        };
        for (answer, result) in some.drain(..).flatten() {
            // Whoever asked may have gone away.
            let _ = answer.send(result.and_then(|()| durable.clone()));
        }
    }
}

/// Runs the acts that wait; gives their answers and how many values they wrote.
async fn group(base: &Base, waiting: &mut Vec<Queued>) -> (Vec<Answer>, usize) {
    let (session, transaction) = match base.begin_write().await {
        Ok(begun) => begun,
        Err(problem) => {
            return (waiting.drain(..).map(|queued| (queued.answer, Err(problem.clone()))).collect(), 0);
        }
    };
    let mut answers = Vec::with_capacity(waiting.len());
    let mut acts = waiting.drain(..);
    for queued in acts.by_ref().filter(|queued| !queued.answer.is_closed()) {
        match one(&session, queued.act).await {
            Ok(result) => answers.push((queued.answer, result)),
            Err(Lost(problem)) => {
                answers.push((queued.answer, Err(problem.clone())));
                answers.extend(acts.map(|queued| (queued.answer, Err(problem.clone()))));
                answers.iter_mut().for_each(|(_, result)| *result = Err(problem.clone()));
                return (answers, 0);
            }
        }
    }
    let written = session.written().await;
    if let Err(problem) = session.commit().await
        && !base.has_committed(transaction).await
    {
        answers.iter_mut().for_each(|(_, result)| *result = Err(problem.clone()));
    }
    (answers, written)
}

/// Runs one act in the open savepoint and opens the next one.
async fn one(session: &Session, act: Act) -> Result<Result<(), Problem>, Lost> {
    let ran = AssertUnwindSafe(async { act(session).await }).catch_unwind().await;
    let result = ran.unwrap_or_else(|_| Err(internal("an act panicked")));
    let settled = session.settle();
    let kept = match result.and(settled) {
        Ok(()) => session.keep().await,
        Err(problem) => Err(problem),
    };
    if kept.is_err() {
        session.undo().await.map_err(|_| Lost(Problem::new(&STORE_UNAVAILABLE, &[])))?;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use yanpan_kernel::problem::FORBIDDEN;

    #[tokio::test]
    async fn what_did_not_reach_the_disk_is_not_acknowledged() {
        let (group, groups) = mpsc::channel(1);
        let [(done, done_said), (refused, refused_said)] = [(); 2].map(|()| oneshot::channel());
        group.send(vec![(done, Ok(())), (refused, Err(Problem::new(&FORBIDDEN, &[])))]).await.unwrap();
        drop(group);
        answer(Some(Log::of(Path::new("/there/is/no/such.db"))), groups).await;
        assert!(done_said.await.unwrap().unwrap_err().is(&STORE_UNAVAILABLE));
        assert!(refused_said.await.unwrap().unwrap_err().is(&FORBIDDEN));
    }
}
