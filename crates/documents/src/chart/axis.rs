//! The axis of values: round steps from zero.

/// Lowest and highest value shown and the step between ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// A scale that holds zero and every value, with about four steps of 1, 2 or 5 times a power of ten.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let (low, high) =
            values.filter(|value| value.is_finite()).fold((0.0_f64, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
        let rough = ((high - low) / 4.0).max(f64::MIN_POSITIVE);
        let power = 10.0_f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|round| round * power).find(|step| *step >= rough).unwrap_or(1.0);
        if high - low <= 0.0 {
            return Self { low: 0.0, high: 1.0, step: 1.0 };
        }
        Self { low: (low / step).floor() * step, high: (high / step).ceil() * step, step }
    }

    /// The values at which lines are drawn.
    pub fn ticks(&self) -> Vec<f64> {
        let mut ticks = Vec::new();
        let mut tick = self.low;
        while tick <= self.high + self.step / 2.0 && ticks.len() < 20 {
            ticks.push(tick);
            tick += self.step;
        }
        ticks
    }

    /// Where a value stands between `bottom` and `top`.
    pub fn place(&self, value: f64, top: f64, bottom: f64) -> f64 {
        bottom - (value - self.low) / (self.high - self.low) * (bottom - top)
    }

    /// A tick in words.
    pub fn label(&self, tick: f64, percent: bool) -> String {
        let (tick, step) = if percent { (tick * 100.0, self.step * 100.0) } else { (tick, self.step) };
        let tick = if tick.abs() < step / 1000.0 { 0.0 } else { tick };
        let places = if step >= 1.0 {
            0
        } else if step >= 0.1 {
            1
        } else {
            2
        };
        format!("{tick:.places$}{}", if percent { "%" } else { "" })
    }
}
