//! Where things are going: the backlog of each kind of case over the last weeks, with a sentence that says it.

use super::{before, between, counted, in_stage};
use crate::{
    App, Caller,
    ports::{Column, Reading},
};
use jiff::civil::Date;
use yanpan_kernel::{calendar::wording, case::Stage, problem::Problem};

/// Weeks that are looked back.
const WEEKS: i32 = 5;

/// A row of numbers and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// Kind of case.
    pub kind: String,
    /// The sentence.
    pub title: String,
    /// Open cases at the end of each week, today last.
    pub points: Vec<(Date, i64)>,
}

/// The backlog of each kind that has one, reckoned back from today by what was opened and closed in each week; a case that
/// was reopened counts as never closed. Kinds with too many to count are left out.
///
/// # Errors
/// `STORE_UNAVAILABLE`.
pub async fn trends(app: &App, caller: &Caller, reading: &dyn Reading) -> Result<Vec<Trend>, Problem> {
    let scope = caller.scope();
    let mut trends = Vec::new();
    for (_, definition) in app.packs.cases() {
        let (open, mut many) = counted(reading, definition, vec![in_stage(Stage::Open)], &scope).await?;
        let mut points = vec![(before(app, 0), i64::from(open))];
        for week in 0..WEEKS {
            let (first, last) = (before(app, week * 7 + 6), before(app, week * 7));
            let opened =
                counted(reading, definition, vec![between(Column::OpenedOn, first, Some(last))], &scope).await?;
            let closed =
                counted(reading, definition, vec![between(Column::ClosedOn, first, Some(last))], &scope).await?;
            many |= opened.1 || closed.1;
            let after = points.last().map_or(0, |(_, open)| *open);
            points.push((before(app, week * 7 + 7), after - i64::from(opened.0) + i64::from(closed.0)));
        }
        points.reverse();
        if !many && points.iter().any(|(_, open)| *open > 0) {
            let title = sentence(&definition.title, &points);
            trends.push(Trend { kind: definition.key.clone(), title, points });
        }
    }
    Ok(trends)
}

/// 「未办结的隐患连续 3 周减少,现有 12 件」.
fn sentence(title: &str, points: &[(Date, i64)]) -> String {
    let steps: Vec<i64> = points.iter().zip(points.iter().skip(1)).map(|((_, from), (_, to))| to - from).collect();
    let (last, now) = (steps.last().copied().unwrap_or(0), points.last().map_or(0, |(_, open)| *open));
    let run = steps.iter().rev().take_while(|step| step.signum() == last.signum()).count();
    let since = points.len().checked_sub(2).and_then(|at| points.get(at)).map(|(day, _)| wording::short(*day));
    let since = since.unwrap_or_default();
    match last {
        0 => format!("未办结的{title}有 {now} 件，与{since}持平"),
        _ if run > 1 && last < 0 => format!("未办结的{title}连续 {run} 周减少，现有 {now} 件"),
        _ if run > 1 => format!("未办结的{title}连续 {run} 周增加，现有 {now} 件"),
        _ if last < 0 => format!("未办结的{title}有 {now} 件，比{since}少 {} 件", -last),
        _ => format!("未办结的{title}有 {now} 件，比{since}多 {last} 件"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(backlog: &[i64], expected: &str) {
        let points: Vec<(Date, i64)> = (1..).zip(backlog).map(|(day, open)| (date(2026, 10, day), *open)).collect();
        assert_eq!(sentence("事", &points), expected);
    }

    #[test]
    fn the_sentence_says_the_run_or_the_last_step() {
        check(&[9, 8, 5, 4], "未办结的事连续 3 周减少，现有 4 件");
        check(&[4, 3, 5, 8], "未办结的事连续 2 周增加，现有 8 件");
        check(&[4, 5, 3], "未办结的事有 3 件，比10月2日少 2 件");
        check(&[5, 4, 6], "未办结的事有 6 件，比10月2日多 2 件");
        check(&[4, 4], "未办结的事有 4 件，与10月1日持平");
    }
}
