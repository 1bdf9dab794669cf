//! Arrow batches as rows of exact cells.

use crate::{facts::day, failure::Failure};
use datafusion::arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch},
    compute::cast,
    datatypes::{DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, SchemaRef},
};
use yanpan_app::ports::{Cell, Rows};

/// An answer as it grows.
pub(super) struct Answer {
    /// What has come so far.
    pub(super) rows: Rows,
}

impl Answer {
    /// An empty answer with these columns.
    pub(super) fn new(columns: &SchemaRef) -> Self {
        let columns = columns.fields().iter().map(|field| field.name().clone()).collect();
        Self { rows: Rows { columns, rows: Vec::new() } }
    }

    /// Adds a batch.
    ///
    /// # Errors
    /// When there are more than `most` rows, or a column has a type that no cell can hold.
    pub(super) fn add(&mut self, batch: &RecordBatch, most: usize) -> Result<(), Failure> {
        if self.rows.rows.len() + batch.num_rows() > most {
            return Err(Failure::Refused(format!("结果超过{most}行，请缩小范围或先汇总")));
        }
        let first = self.rows.rows.len();
        self.rows.rows.resize_with(first + batch.num_rows(), || Vec::with_capacity(batch.num_columns()));
        for (column, name) in batch.columns().iter().zip(&self.rows.columns) {
            for (row, cell) in self.rows.rows.iter_mut().skip(first).zip(cells(column, name)?) {
                row.push(cell);
            }
        }
        Ok(())
    }
}

/// The cells of a column. Whole floating numbers become integers, others decimals of six places.
fn cells(column: &ArrayRef, name: &str) -> Result<Vec<Cell>, Failure> {
    let kind = column.data_type();
    let out_of_range = || Failure::Refused(format!("「{name}」列的数超出范围"));
    Ok(match kind {
        DataType::Null => vec![Cell::Missing; column.len()],
        DataType::Boolean => known(column.as_boolean(), |yes| Cell::Text(if yes { "是" } else { "否" }.to_owned())),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            let column = cast(column, &DataType::Utf8View).map_err(arrow)?;
            known(column.as_string_view(), |text| Cell::Text(text.to_owned()))
        }
        DataType::Date32 => column
            .as_primitive::<Date32Type>()
            .iter()
            .map(|days| days.map_or(Some(Cell::Missing), |days| day(days).map(Cell::Date)))
            .collect::<Option<_>>()
            .ok_or_else(out_of_range)?,
        DataType::Decimal128(_, scale) => {
            let places = u32::try_from(*scale).map_err(|_| out_of_range())?;
            known(column.as_primitive::<Decimal128Type>(), |value| Cell::Decimal(value, places))
        }
        kind if kind.is_integer() => {
            let numbers = cast(column, &DataType::Int64).map_err(arrow)?;
            if numbers.null_count() > column.null_count() {
                return Err(out_of_range());
            }
            known(numbers.as_primitive::<Int64Type>(), Cell::Integer)
        }
        kind if kind.is_floating() => {
            let numbers = cast(column, &DataType::Float64).map_err(arrow)?;
            let cell = |value: Option<f64>| value.map_or(Some(Cell::Missing), float);
            numbers.as_primitive::<Float64Type>().iter().map(cell).collect::<Option<_>>().ok_or_else(out_of_range)?
        }
        other => {
            return Err(Failure::Refused(format!(
                "「{name}」列的类型 {other} 不能输出，请用 CAST 转成日期、数字或文字"
            )));
        }
    })
}

fn arrow(error: datafusion::arrow::error::ArrowError) -> Failure {
    Failure::Engine(error.into())
}

fn known<T>(values: impl IntoIterator<Item = Option<T>>, cell: impl Fn(T) -> Cell) -> Vec<Cell> {
    values.into_iter().map(|value| value.map_or(Cell::Missing, &cell)).collect()
}

/// A finite number below 10^15, beyond which six places are not exact.
fn float(value: f64) -> Option<Cell> {
    const MOST: f64 = 1e15;
    if !value.is_finite() || value.abs() >= MOST {
        return None;
    }
    if value.fract() == 0.0 {
        return Some(Cell::Integer(value as i64));
    }
    Some(Cell::Decimal((value * 1e6).round() as i128, 6))
}
