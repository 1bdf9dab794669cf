//! The writer: one task that takes what is queued, runs each act in a savepoint, commits once and answers all.
//!
//! There is no timer: while one commit waits for the disk, the next group gathers in the queue.

use crate::{fault::internal, opened::Base, session::Session};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};
use yanpan_app::ports::Act;
use yanpan_kernel::problem::{Problem, STORE_UNAVAILABLE};

/// Acts that may share one commit.
pub(crate) const MOST_ACTS: usize = 1_000;

/// Values written after which SQLite's log is moved into the file, some 4,000 pages: by the writer, because beside it the log
/// would grow as fast as it is moved, but once everybody is answered, because nobody need wait for it.
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
pub(crate) async fn run(base: Base, mut queue: mpsc::Receiver<Queued>) {
    let mut waiting = Vec::with_capacity(MOST_ACTS);
    let mut logged = 0;
    while queue.recv_many(&mut waiting, MOST_ACTS).await > 0 {
        let (answers, values) = group(&base, &mut waiting).await;
        logged += values;
        for (answer, result) in answers {
            // Whoever asked may have gone away.
            let _ = answer.send(result);
        }
        if logged > MOST_LOGGED {
            logged = 0;
            base.checkpoint().await;
        }
        // Whoever was just answered may have the next act ready: let it join this group instead of forming its own.
        tokio::task::yield_now().await;
    }
    base.close().await;
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
