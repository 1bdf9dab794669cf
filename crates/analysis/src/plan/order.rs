//! A total order for every answer: what the question asks for first, then all columns from left to right.

use datafusion::sql::sqlparser::ast::{Expr, OrderBy, OrderByExpr, OrderByKind, OrderByOptions, Query, Value};

/// Adds the positions of all columns to the question's own order, so that equal keys cannot fall either way.
pub(crate) fn total(query: &mut Query, columns: usize) {
    let positions = (1..=columns).map(|position| OrderByExpr {
        expr: Expr::Value(Value::Number(position.to_string(), false).into()),
        options: OrderByOptions::default(),
        with_fill: None,
    });
    match &mut query.order_by {
        Some(OrderBy { kind: OrderByKind::Expressions(own), .. }) => own.extend(positions),
        Some(OrderBy { kind: OrderByKind::All(_), .. }) => {}
        none => *none = Some(OrderBy { kind: OrderByKind::Expressions(positions.collect()), interpolate: None }),
    }
}
