//! A bounded thread pool for callers that must not take every core.

use super::Error;

/// Runs `work` on `count` threads (0: one per core). The result does not depend on `count`.
///
/// # Errors
/// [`Error::Numeric`] when the system refuses the threads.
pub fn on_threads<T: Send>(count: usize, work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
    pool.map(|pool| pool.install(work)).map_err(|_| Error::Numeric("the system refused to start threads"))
}
