//! Plans of drafts: made in the background, watched, cancelled, and made again when memory was needed for others.

use super::keep::Draft;
use crate::{
    App, Caller,
    import::plan::{Plan, plan},
    ports::Progress,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;
use yanpan_kernel::{id::Id, problem::Problem};

/// Plans kept in memory; the rest are made again when they are asked for.
const MOST: usize = 4;

type Made = Option<Result<Arc<Plan>, Problem>>;

/// The reading of one draft.
#[derive(Debug)]
pub struct Work {
    /// How far it is.
    pub progress: Arc<Progress>,
    made: watch::Sender<Made>,
}

impl Work {
    /// The plan, or why there is none; nothing while the file is being read.
    #[must_use]
    pub fn made(&self) -> Made {
        self.made.borrow().clone()
    }

    /// Waits until the plan is made.
    pub async fn done(&self) {
        // The sender is `self`, so that waiting cannot fail.
        let _ = self.made.subscribe().wait_for(Option::is_some).await;
    }
}

/// Drafts that are being read or have been.
#[derive(Debug, Default)]
pub struct Desk(Mutex<BTreeMap<Id<Draft>, Arc<Work>>>);

impl Desk {
    fn works(&self) -> MutexGuard<'_, BTreeMap<Id<Draft>, Arc<Work>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops the reading of a draft and forgets its plan.
    pub(super) fn clear(&self, id: Id<Draft>) {
        if let Some(work) = self.works().remove(&id) {
            work.progress.cancel();
        }
    }

    /// The work on a draft; a new one when there is none, `true` then.
    fn take(&self, id: Id<Draft>) -> (Arc<Work>, bool) {
        let mut works = self.works();
        if let Some(work) = works.get(&id) {
            return (work.clone(), false);
        }
        while works.len() >= MOST {
            let oldest = works.iter().find(|(_, work)| work.made().is_some()).map(|(id, _)| *id);
            let Some(oldest) = oldest else { break };
            works.remove(&oldest);
        }
        let work = Arc::new(Work { progress: Arc::default(), made: watch::Sender::new(None) });
        works.insert(id, work.clone());
        (work, true)
    }
}

/// The reading of a draft, begun if need be.
///
/// # Errors
/// When the draft's file cannot be read.
pub async fn working(app: &Arc<App>, caller: &Caller, draft: &Draft) -> Result<Arc<Work>, Problem> {
    let (work, new) = app.desk.take(draft.id);
    if new {
        let upload = match draft.upload(app).await {
            Ok(upload) => upload,
            Err(problem) => {
                app.desk.clear(draft.id);
                return Err(problem);
            }
        };
        let (app, caller, work) = (app.clone(), caller.clone(), work.clone());
        tokio::spawn(async move {
            let made = plan(&app, &caller, &upload, &work.progress).await;
            work.made.send_replace(Some(made.map(Arc::new)));
        });
    }
    Ok(work)
}
