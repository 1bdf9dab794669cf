//! Threads of the engine's own: planning recurses deeply and running takes long, and neither may harm the server's threads.

use crate::failure::Failure;
use datafusion::error::DataFusionError;
use std::{future::Future, io, pin::Pin};
use tokio::{
    runtime::{Builder, Runtime},
    task::JoinHandle,
};

/// Stack of each thread in bytes: many times what the deepest question that is let through needs.
const STACK: usize = 64 << 20;

/// A few threads with deep stacks.
#[derive(Debug)]
pub(crate) struct Lane(Option<Runtime>);

impl Lane {
    /// Starts so many threads.
    ///
    /// # Errors
    /// When the system gives none.
    pub(crate) fn new(threads: usize) -> io::Result<Self> {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(threads.max(1)).thread_stack_size(STACK).thread_name("analysis").enable_time();
        Ok(Self(Some(builder.build()?)))
    }

    /// Runs work to its end; it is given up when nobody waits any more.
    ///
    /// # Errors
    /// The work's own failure, or that it broke off.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Failure>> + Send + 'static,
    ) -> Result<T, Failure> {
        let Some(runtime) = &self.0 else { return Err(Failure::Slow(0)) };
        let mut task = Task(runtime.spawn(work));
        match Pin::new(&mut task.0).await {
            Ok(result) => result,
            Err(error) => Err(DataFusionError::External(Box::new(error)).into()),
        }
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        // Waiting for the threads here would block, or panic inside another runtime.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// A task that ends with its handle.
struct Task<T>(JoinHandle<T>);

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
