//! Scores of all windows from per-place profiles, one pass over nested zones.

use super::{Input, Matrix, Mode, Statistic, Window};

/// The order of zones with what each adds to the one before, so that nested zones cost one addition.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    steps: Vec<Step>,
    durations: usize,
}

/// One zone: begin anew or go on, and the places to add.
#[derive(Debug, Clone)]
struct Step {
    anew: bool,
    places: Vec<usize>,
}

impl Plan {
    /// The plan for the zones of an input.
    pub fn new(input: &Input) -> Self {
        let mut before: &[usize] = &[];
        let mut steps = Vec::with_capacity(input.zones.len());
        for zone in &input.zones {
            let nested = !before.is_empty() && before.len() <= zone.len() && before.iter().all(|p| zone.contains(p));
            let places = zone.iter().copied().filter(|place| !nested || !before.contains(place)).collect();
            steps.push(Step { anew: !nested, places });
            before = zone;
        }
        Self { steps, durations: input.max_duration }
    }

    /// Calls `visit(zone, sums over durations)` for every zone; `profile` holds `durations` numbers per place.
    fn visit(&self, profile: &[f64], mut visit: impl FnMut(usize, &[f64])) {
        let mut sums = vec![0.0; self.durations];
        for (zone, step) in self.steps.iter().enumerate() {
            if step.anew {
                sums.fill(0.0);
            }
            for place in &step.places {
                let start = place * self.durations;
                let rows = profile.get(start..start + self.durations).unwrap_or(&[]);
                for (sum, value) in sums.iter_mut().zip(rows) {
                    *sum += value;
                }
            }
            visit(zone, &sums);
        }
    }
}

/// Constants of every window and the statistic's form.
#[derive(Debug, Clone)]
pub(super) struct Kernel {
    statistic: Statistic,
    durations: usize,
    /// Expected counts (Poisson) or denominators (negative binomial), window by window.
    expected: Vec<f64>,
    /// ln of `expected` and of the expectation outside.
    logs: Vec<(f64, f64)>,
    /// (count − expected)² times this is never below a Poisson score.
    ceilings: Vec<f64>,
    /// Cases in all.
    total: f64,
    /// x·ln x of whole numbers.
    entropy: Vec<f64>,
    /// Expected counts and overdispersion of the newest rows, newest first (negative binomial).
    moments: Vec<(f64, f64)>,
}

impl Kernel {
    /// Prepares the constants.
    pub fn new(statistic: Statistic, input: &Input, plan: &Plan) -> Self {
        let total = input.counts.total();
        let wide = matches!(statistic, Statistic::Hotspot | Statistic::Emerging);
        let moments: Vec<(f64, f64)> = match &input.overdispersion {
            Some(table) if wide => {
                let rows = input.baselines.newest(plan.durations).zip(table.newest(plan.durations));
                rows.flat_map(|(mu, om)| mu.iter().copied().zip(om.iter().copied())).collect()
            }
            _ => Vec::new(),
        };
        let mut kernel = Self {
            statistic,
            durations: plan.durations,
            expected: Vec::new(),
            logs: Vec::new(),
            ceilings: Vec::new(),
            total,
            entropy: (0..=(2.0 * total).min(4e6) as usize + 1000).map(|x| entropy(x as f64)).collect(),
            moments,
        };
        let denominators = kernel.denominators(input);
        plan.visit(&denominators, |_, sums| kernel.expected.extend_from_slice(sums));
        if wide && input.mode == Mode::Correct {
            kernel.expected.iter_mut().for_each(|information| *information = information.sqrt());
        }
        kernel.logs = kernel.expected.iter().map(|b| (b.ln(), (total - b).ln())).collect();
        // u·ln u − u + 1 is at most (u − 1)²/2 above one, where the count is, and at most (u − 1)² below, where the rest is
        let beyond = |b: f64| if statistic == Statistic::ExpectationPoisson { 0.0 } else { 1.0 / (total - b) };
        kernel.ceilings = kernel.expected.iter().map(|b| 0.5 / b + beyond(*b)).collect();
        kernel
    }

    /// Per place and duration what the window's constant is summed from.
    fn denominators(&self, input: &Input) -> Vec<f64> {
        let places = input.counts.places;
        let newest: Vec<f64> = input.baselines.newest(self.durations).flatten().copied().collect();
        match self.statistic {
            Statistic::Hotspot => cumulate(&self.ratios(), places, false),
            Statistic::Emerging => {
                // Σ (d − t)²·r over t < d, from first and second running sums: the square is 2·(running sum of running sums) − …
                let mut out = vec![0.0; places * self.durations];
                let ratios = self.ratios();
                for (place, slots) in out.chunks_exact_mut(self.durations).enumerate() {
                    let column: Vec<f64> = ratios.iter().skip(place).step_by(places.max(1)).copied().collect();
                    for (d, slot) in slots.iter_mut().enumerate() {
                        *slot =
                            column.iter().take(d + 1).enumerate().map(|(t, r)| ((d + 1 - t) as f64).powi(2) * r).sum();
                    }
                }
                out
            }
            _ => cumulate(&newest, places, false),
        }
    }

    /// Expected over overdispersion, newest row first.
    fn ratios(&self) -> Vec<f64> {
        self.moments.iter().map(|(mu, om)| mu / om).collect()
    }

    /// The profile of the counts themselves.
    pub fn observed(&self, input: &Input) -> Vec<f64> {
        let newest: Vec<f64> = input.counts.newest(self.durations).flatten().copied().collect();
        self.profile(&Matrix { places: input.counts.places, values: newest })
    }

    /// Profile of newest-first counts: per place the running numerator over durations.
    pub fn profile(&self, newest: &Matrix) -> Vec<f64> {
        match self.statistic {
            Statistic::Hotspot | Statistic::Emerging => {
                let z: Vec<f64> = newest.values.iter().zip(&self.moments).map(|(y, (mu, om))| (y - mu) / om).collect();
                cumulate(&z, newest.places, self.statistic == Statistic::Emerging)
            }
            _ => cumulate(&newest.values, newest.places, false),
        }
    }

    /// All windows with scores and ratios.
    pub fn windows(&self, plan: &Plan, profile: &[f64]) -> Vec<Window> {
        let mut windows = Vec::with_capacity(self.expected.len());
        plan.visit(profile, |zone, sums| {
            for (step, sum) in sums.iter().enumerate() {
                let at = zone * self.durations + step;
                let expected = self.expected.get(at).copied().unwrap_or(f64::NAN);
                let poisson = !matches!(self.statistic, Statistic::Hotspot | Statistic::Emerging);
                let compared = matches!(self.statistic, Statistic::PopulationPoisson | Statistic::Permutation);
                windows.push(Window {
                    zone,
                    duration: step + 1,
                    score: self.score(at, *sum),
                    inside: if poisson { sum / expected } else { f64::NAN },
                    outside: if compared { (self.total - sum) / (self.total - expected) } else { f64::NAN },
                    pvalue: f64::NAN,
                    gumbel: f64::NAN,
                });
            }
        });
        windows
    }

    /// The greatest score of a replicate.
    pub fn maximum(&self, plan: &Plan, profile: &[f64]) -> f64 {
        let poisson = !matches!(self.statistic, Statistic::Hotspot | Statistic::Emerging);
        let mut best = if poisson { 0.0 } else { f64::NEG_INFINITY };
        plan.visit(profile, |zone, sums| {
            let start = zone * self.durations;
            if !self.promising(start, sums, (poisson, best)) {
                return;
            }
            for (step, sum) in sums.iter().enumerate() {
                best = best.max(self.score(start + step, *sum));
            }
        });
        best
    }

    /// Whether any window of a zone can score above `best`: cheap to ask, and mostly not so.
    fn promising(&self, start: usize, sums: &[f64], (poisson, best): (bool, f64)) -> bool {
        let within = start..start + sums.len();
        let (Some(expected), Some(ceilings)) = (self.expected.get(within.clone()), self.ceilings.get(within)) else {
            return true;
        };
        let mut any = false;
        if !poisson {
            for (sum, expected) in sums.iter().zip(expected) {
                any |= *sum > (best - 1e-9) * expected;
            }
            // a window that expects nothing is rare, and its ratio no number to compare by
            return any || expected.contains(&0.0);
        }
        for ((sum, expected), ceiling) in sums.iter().zip(expected).zip(ceilings) {
            let gap = sum - expected;
            // a margin for rounding, far below what tells two scores apart
            any |= (gap > 0.0) & (gap * gap * ceiling > best - 1e-6);
        }
        any
    }

    /// Score of a window with this sum.
    #[inline]
    fn score(&self, at: usize, sum: f64) -> f64 {
        let (Some(expected), Some((inside, outside))) = (self.expected.get(at), self.logs.get(at)) else { return 0.0 };
        match self.statistic {
            Statistic::Hotspot | Statistic::Emerging => sum / expected,
            _ if sum <= *expected => 0.0,
            Statistic::ExpectationPoisson => self.entropy_of(sum) - sum * inside + expected - sum,
            _ => {
                let rest = self.total - sum;
                let beyond = if rest > 0.0 { self.entropy_of(rest) - rest * outside } else { 0.0 };
                self.entropy_of(sum) - sum * inside + beyond
            }
        }
    }

    /// x·ln x, from the table where it reaches.
    #[inline]
    fn entropy_of(&self, x: f64) -> f64 {
        self.entropy.get(x as usize).copied().unwrap_or_else(|| entropy(x))
    }
}

/// x·ln x with 0·ln 0 = 0.
fn entropy(x: f64) -> f64 {
    if x > 0.0 { x * x.ln() } else { 0.0 }
}

/// From newest-first rows to per-place running sums over durations; `twice` runs the sum over the running sums again, which
/// weighs the newest row most.
fn cumulate(newest: &[f64], places: usize, twice: bool) -> Vec<f64> {
    let durations = newest.len() / places.max(1);
    let mut out = vec![0.0; newest.len()];
    for (step, row) in newest.chunks_exact(places.max(1)).enumerate() {
        for (slot, value) in out.iter_mut().skip(step).step_by(durations.max(1)).zip(row) {
            *slot = *value;
        }
    }
    for profile in out.chunks_exact_mut(durations.max(1)) {
        for _ in 0..=usize::from(twice) {
            let mut running = 0.0;
            for slot in profile.iter_mut() {
                running += *slot;
                *slot = running;
            }
        }
    }
    out
}
