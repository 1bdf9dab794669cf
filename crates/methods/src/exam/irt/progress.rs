//! The progress bar of a fit: cycles, log likelihood, parameter change.

use indicatif::{ProgressBar, ProgressStyle};
use yanpan_statistics::exams::irt::Cycle;

/// A spinner on stderr, silent when it is no terminal.
pub struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// Shown only when `visible`.
    #[must_use]
    pub fn new(visible: bool) -> Self {
        let bar = if visible { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} 第 {pos} 轮 {msg} [{elapsed}]") {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Shows one cycle.
    pub fn show(&self, cycle: &Cycle) {
        self.bar.set_position(cycle.number as u64);
        self.bar.set_message(format!("对数似然 {:.4},参数变化 {:.2e}", cycle.log_likelihood, cycle.change));
    }

    /// Clears the line.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
