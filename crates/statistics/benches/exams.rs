//! CPU time of one thread for the classical table and the 2PL against the limits and the peers' figures.
#![expect(clippy::unwrap_used, reason = "a bench may stop at the first surprise")]

mod measure;

use measure::{Timing, gain};
use yanpan_statistics::exams::ScoreMatrix;
use yanpan_statistics::exams::classical::classical;
use yanpan_statistics::exams::irt::{
    Fit, Item, Model, Nodes, Responses, Settings, Stop, Wanted, fit, normal_draws, score, simulate,
};

/// One line of the table: what, limit in seconds, peer and its CPU seconds on the reference machine.
struct Row {
    what: &'static str,
    limit: Option<f64>,
    peer: Option<(&'static str, f64)>,
}

fn main() {
    println!(
        "{:<34} {:>8} {:>8} {:>8} {:>7}  peer (reference machine), ratio",
        "figure", "CPU s", "spread", "limit", "of limit"
    );
    let papers = [(20_000, 0.4, 3.8), (100_000, 2.0, 15.5)];
    for (pupils, limit, peer) in papers {
        let matrix = right_wrong(pupils, 40);
        let what = if pupils == 20_000 { "2PL 20,000 x 40, TOL 1e-4" } else { "2PL 100,000 x 40, TOL 1e-4" };
        measure(&Row { what, limit: Some(limit), peer: Some(("mirt 1.45.1", peer)) }, || two_pl(&matrix, true));
        let what = if pupils == 20_000 { "2PL 20,000 x 40, strict stop" } else { "2PL 100,000 x 40, strict stop" };
        measure(&Row { what, limit: None, peer: None }, || two_pl(&matrix, false));
        if pupils == 100_000 {
            eap(&matrix);
        }
    }
    let matrix = right_wrong(100_000, 60);
    let row = Row { what: "classical table 100,000 x 60", limit: Some(0.09), peer: Some(("psych::alpha", 2.7)) };
    measure(&row, || classical(&matrix).unwrap());
    let matrix = right_wrong(1_000_000, 60);
    let row = Row { what: "classical table 1,000,000 x 60", limit: None, peer: None };
    measure(&row, || classical(&matrix).unwrap());
    println!("peak resident memory {} MiB", peak_memory_mib());
}

fn right_wrong(pupils: usize, items: usize) -> ScoreMatrix {
    let slopes = normal_draws(items, 0.0, 0.3, 11);
    let intercepts = normal_draws(items, 0.0, 1.0, 12);
    let items: Vec<Item> = slopes
        .iter()
        .zip(&intercepts)
        .map(|(slope, d)| Item { model: Model::TwoPl, categories: 2, parameters: vec![slope.exp(), *d] })
        .collect();
    simulate(&items, &normal_draws(pupils, 0.0, 1.0, 13), 14).unwrap()
}

fn settings(items: usize, loose: bool) -> Settings {
    let stop = Stop { parameters: 1e-4, likelihood: f64::INFINITY, gradient: f64::INFINITY, cycles: 500 };
    Settings {
        models: vec![Model::TwoPl; items],
        nodes: Nodes::new(61, 6.0).unwrap(),
        guessing: None,
        stop: if loose { stop } else { Stop::default() },
        errors: false,
    }
}

fn two_pl(matrix: &ScoreMatrix, loose: bool) -> Fit {
    let responses = Responses::new(matrix, false).unwrap();
    let mut cycles = 0;
    fit(&responses, &settings(matrix.items(), loose), &mut |cycle| cycles = cycle.number).unwrap()
}

fn eap(matrix: &ScoreMatrix) {
    let responses = Responses::new(matrix, false).unwrap();
    let settings = settings(matrix.items(), true);
    let fitted = fit(&responses, &settings, &mut |_| ()).unwrap();
    println!("  2PL 100,000 x 40: {} cycles, logL {:.3}", fitted.cycles, fitted.log_likelihood);
    let row = Row { what: "EAP of 100,000 x 40", limit: Some(0.8), peer: Some(("mirt 1.45.1", 7.8)) };
    measure(&row, || score(&responses, &fitted, &settings.nodes, Wanted::default()));
}

fn measure<T: Send>(row: &Row, work: impl Fn() -> T + Sync) {
    let (one, two) = (Timing::of(1, &work), Timing::of(2, &work));
    let [least, _, _, _, most] = one.wall;
    let limit =
        row.limit.map_or_else(|| " ".repeat(16), |limit| format!("{limit:>8.3} {:>7.2}", one.processor / limit));
    let peer = row.peer.map_or_else(String::new, |(name, cpu)| format!("{name} {cpu} s, {:.1} x", cpu / one.processor));
    println!("{:<34} {:>8.3} {:>8.3} {limit}  {peer}", row.what, one.processor, most - least);
    println!("    {}", gain(&one, &two));
}

fn peak_memory_mib() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
