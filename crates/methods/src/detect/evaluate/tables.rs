//! The tables on simulated series: alarm rates at the default settings, and all detectors at one rate.

use super::EvaluateArgs;
use super::page::{COMPARISON, line, percent};
use super::roster::{Entry, roster};
use indicatif::ProgressBar;
use std::fmt::Write as _;
use yanpan_statistics::detection::evaluation::{Outbreak, Scenario, calibrate, false_alarm_rate, measure, simulate};

/// School days of a year.
const YEAR: usize = 260;
/// Years before the judged days.
const YEARS: usize = 5;
/// First judged day.
const FROM: usize = YEARS * YEAR + 10;
/// Judged days.
const JUDGED: usize = 160;

/// A flat series by mean and dispersion.
const fn flat(mean: f64, dispersion: f64) -> Scenario {
    Scenario { mean, dispersion, season: 0.0, monday: 1.0, term_start: 1.0, days: FROM + JUDGED }
}

/// A series with a season of ±30 %, busier Mondays and two busy fortnights after the holidays.
const fn school_year(mean: f64, dispersion: f64) -> Scenario {
    Scenario { season: 0.3, monday: 1.2, term_start: 1.3, ..flat(mean, dispersion) }
}

/// The named simulations, three tables of them.
fn groups() -> [(&'static str, Vec<(&'static str, Scenario)>); 3] {
    [
        (
            "平稳、泊松(离散度 1)",
            vec![
                ("均数 0.3", flat(0.3, 1.0)),
                ("均数 1", flat(1.0, 1.0)),
                ("均数 5", flat(5.0, 1.0)),
                ("均数 20", flat(20.0, 1.0)),
                ("均数 60", flat(60.0, 1.0)),
            ],
        ),
        (
            "平稳、过度离散(负二项,方差 ÷ 均数 = 离散度)",
            vec![
                ("均数 0.3,离散度 2", flat(0.3, 2.0)),
                ("均数 1,离散度 2", flat(1.0, 2.0)),
                ("均数 5,离散度 1.5", flat(5.0, 1.5)),
                ("均数 5,离散度 3", flat(5.0, 3.0)),
                ("均数 60,离散度 3", flat(60.0, 3.0)),
            ],
        ),
        (
            "学年:季节 ±30 %、周一 ×1.2、开学两周 ×1.3(不给校历)",
            vec![("学校,均数 5,离散度 1.5", school_year(5.0, 1.5)), ("乡镇,均数 60,离散度 3", school_year(60.0, 3.0))],
        ),
    ]
}

/// Scenarios of the comparison.
fn compared() -> [(&'static str, Scenario); 4] {
    [
        ("班级:均数 0.3,泊松", flat(0.3, 1.0)),
        ("学校:均数 5,泊松,平稳", flat(5.0, 1.0)),
        ("学校:均数 5,离散度 1.5,学年", school_year(5.0, 1.5)),
        ("乡镇:均数 60,离散度 3,学年", school_year(60.0, 3.0)),
    ]
}

/// How many steps the progress bar has.
pub(super) fn steps() -> u64 {
    let scenarios = groups().iter().map(|(_, group)| group.len()).sum::<usize>() + compared().len();
    (scenarios * roster(YEAR, YEARS, false).len()) as u64
}

/// Trials of a detector.
fn trials(args: &EvaluateArgs, entry: &Entry) -> u64 {
    ((args.series as f64 * entry.trials) as u64).max(2)
}

/// Alarm rates at the default settings.
pub(super) fn rates(args: &EvaluateArgs, bar: &ProgressBar) -> String {
    let mut text = format!(
        "### 默认设置下的误报率(每单位每日,%,括号内 95 % 区间)\n\n种子 {},每种模拟 {} 条序列(慢的方法少一些),前 {YEARS} 年作历史,判断其后 {JUDGED} 个上学日,序列里没有暴发。「声明」是方法默认设置所说的水平。\n",
        args.seed, args.series
    );
    for (title, group) in groups() {
        let names: Vec<&str> = group.iter().map(|(name, _)| *name).collect();
        let rule = "---|".repeat(names.len());
        let _ =
            write!(text, "\n**{title}**\n\n| 方法 | 默认设置 | 声明 | {} |\n|---|---|---|{rule}\n", names.join(" | "));
        for entry in roster(YEAR, YEARS, false) {
            let _ = write!(text, "| {} | {} | {:.1} |", entry.name, entry.setting, 100.0 * entry.stated);
            for (_, scenario) in &group {
                let source = |number: u64, _: bool| simulate(scenario, FROM, None, seed(args.seed, number));
                let rate = false_alarm_rate(&source, trials(args, &entry), 0.5, &*entry.decisions(YEAR));
                let _ = write!(text, " {} |", percent(rate, 2));
                bar.inc(1);
            }
            text.push('\n');
        }
    }
    text
}

/// All detectors at one false-alarm rate, on series with an outbreak each.
pub(super) fn comparison(args: &EvaluateArgs, bar: &ProgressBar) -> String {
    let mut text = format!(
        "\n### 误报率相同({} %)时的比较:模拟序列\n\n每条序列在末尾前 30 日有一次暴发,规模为基线标准差的 {} 倍,按对数正态散在约一周里。阈值按没有暴发的序列定,再用另一批序列度量。PPV 以 {} 个上学日一次暴发为前提。\n",
        100.0 * args.rate,
        args.size,
        JUDGED
    );
    for (title, scenario) in compared() {
        let _ = write!(text, "\n**{title}**\n\n{COMPARISON}");
        for entry in roster(YEAR, YEARS, false) {
            let start = scenario.days - 30;
            let source = |number: u64, outbreak: bool| {
                let outbreak = outbreak.then_some(Outbreak { start, size: args.size });
                // series with an outbreak are other series than those of the calibration
                let shift = if outbreak.is_some() { 1 << 40 } else { 0 };
                simulate(&scenario, FROM, outbreak, seed(args.seed, number + shift))
            };
            let scores = entry.scores(YEAR);
            let limit = calibrate(&source, trials(args, &entry), args.rate, &*scores);
            let found = measure(&source, trials(args, &entry), limit, &*scores);
            text.push_str(&line(&format!("{}({})", entry.name, entry.setting), &found));
            bar.inc(1);
        }
    }
    text
}

/// The seed of a series.
pub(super) fn seed(seed: u64, number: u64) -> u64 {
    seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number
}
