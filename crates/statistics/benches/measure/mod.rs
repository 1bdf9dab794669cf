//! Wall time beside processor time, with one thread and with two, so that a loaded machine can be told from a slow program.

use std::hint::black_box;
use std::time::Instant;
use yanpan_statistics::exams::on_threads;

/// Medians of five runs on a pool of threads.
pub struct Timing {
    /// Wall seconds, ascending.
    pub wall: [f64; 5],
    /// Processor seconds of all threads together.
    pub processor: f64,
    /// Processor seconds of the busiest thread: what the wall time would be if nobody else used the machine.
    pub busiest: f64,
}

impl Timing {
    /// Runs `work` five times on `threads` threads.
    pub fn of<T: Send>(threads: usize, work: impl Fn() -> T + Sync) -> Self {
        let runs: Vec<(f64, f64, f64)> = on_threads(threads, || {
            (0..5)
                .map(|_| {
                    let before = rayon::broadcast(|_| thread_seconds());
                    let begun = Instant::now();
                    black_box(work());
                    let wall = begun.elapsed().as_secs_f64();
                    let after = rayon::broadcast(|_| thread_seconds());
                    let used = || after.iter().zip(&before).map(|(after, before)| after - before);
                    (wall, used().sum(), used().fold(0.0, f64::max))
                })
                .collect()
        })
        .unwrap_or_default();
        let median = |pick: fn(&(f64, f64, f64)) -> f64| {
            let mut values: Vec<f64> = runs.iter().map(pick).collect();
            values.sort_by(f64::total_cmp);
            <[f64; 5]>::try_from(values).unwrap_or([f64::NAN; 5])
        };
        let [_, _, processor, ..] = median(|run| run.1);
        let [_, _, busiest, ..] = median(|run| run.2);
        Self { wall: median(|run| run.0), processor, busiest }
    }

    /// The middle of the five wall times.
    pub fn median(&self) -> f64 {
        self.wall[2]
    }
}

/// One thread against two, as text: by the wall, and by the busiest thread's processor time, which other people's load
/// can only worsen.
pub fn gain(one: &Timing, two: &Timing) -> String {
    format!(
        "1 thread {:.3} s, 2 threads {:.3} s: {:.2}x by the wall, {:.2}x by the busiest thread ({:.3} of {:.3} s)",
        one.median(),
        two.median(),
        one.median() / two.median(),
        one.processor / two.busiest,
        two.busiest,
        one.processor,
    )
}

/// Processor seconds of this thread, from the kernel's scheduler; 0 where the system does not tell.
fn thread_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|first| first.parse::<f64>().ok()).unwrap_or(0.0) * 1e-9
}
