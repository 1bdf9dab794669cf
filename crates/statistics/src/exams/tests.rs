//! The marks as a matrix.

use super::*;

#[test]
fn half_points_are_kept_exactly() {
    let marks = vec![vec![Mark::Points(1.5), Mark::Blank], vec![Mark::Points(0.0), Mark::Points(2.0)]];
    let matrix = ScoreMatrix::from_marks(vec!["a".into(), "b".into()], &marks).unwrap();
    assert_eq!((matrix.decimals, matrix.cells), (1, vec![vec![15, 0], vec![-1, 20]]));
}

#[test]
fn a_mark_above_the_full_mark_is_refused_where_it_stands() {
    let error = ScoreMatrix::new(vec!["a".into()], vec![vec![1, 3, 2]], 0, &[Some(2.0)]).unwrap_err();
    assert_eq!(error, Error::AboveFull { row: 1, column: 0, value: 3.0, limit: 2.0 });
}
