//! What charts promise: round axes, gaps for missing values, escaped labels.

use super::*;
use crate::figure::{Exact, Parameters};
use crate::model::Series;

fn chart(kind: ChartKind, values: Vec<Exact>) -> Chart {
    let shown = values.iter().map(|value| value.approximate().map_or("—".into(), |v| v.to_string())).collect();
    let labels = (1..=values.len()).map(|month| format!("{month}月<")).collect();
    let series = vec![Series { column: "n".into(), name: "新增&".into(), values, shown }];
    Chart {
        kind,
        title: "t".into(),
        key: "k".into(),
        parameters: Parameters::new(),
        x: "m".into(),
        rows: vec![],
        labels,
        series,
    }
}

#[test]
fn an_axis_has_round_steps_and_holds_zero() {
    let scale = Scale::of([96.0, 127.0].into_iter());
    assert_eq!(scale.ticks(), [0.0, 50.0, 100.0, 150.0]);
    assert_eq!(Scale::of(std::iter::empty()).ticks(), [0.0, 1.0]);
    assert_eq!(Scale::of([-3.0, 4.0].into_iter()).ticks(), [-4.0, -2.0, 0.0, 2.0, 4.0]);
}

#[test]
fn a_missing_value_breaks_the_line_and_draws_no_point() {
    let svg =
        svg(&chart(ChartKind::Line, vec![Exact::count(1), Exact::Missing, Exact::count(2), Exact::count(3)]), "Noto");
    let path = svg.split("<path d=\"").find(|part| part.contains("fill=\"none\"") && part.contains('L')).unwrap();
    assert_eq!(path.split('"').next().unwrap().matches('M').count(), 2);
}

#[test]
fn labels_are_escaped() {
    let svg = svg(&chart(ChartKind::Bar, vec![Exact::count(1)]), "Noto");
    assert!(svg.contains("1月&lt;") && svg.contains("新增&amp;"));
}
