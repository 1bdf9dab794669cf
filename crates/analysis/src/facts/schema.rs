//! The columns of a kind's fact table: those that every fact has, then one for each field of the form.

use crate::failure::Failure;
use datafusion::arrow::datatypes::{DataType, Field as Column, Schema, SchemaRef};
use std::sync::Arc;
use yanpan_kernel::form::{Field, FieldKind};

/// What a kind's facts hold besides the fixed columns. A later version may add fields: older facts read as missing.
#[derive(Debug, Clone)]
pub struct FactSchema {
    /// Key of the case or round; also the name of the view.
    pub kind: String,
    /// Fields of the form. Personal ones never become columns.
    pub fields: Vec<Field>,
}

/// Columns that every fact has, in the order of the table.
const FIXED: [(&str, DataType); 15] = [
    ("entry", DataType::Int64),
    ("subject", DataType::Utf8View),
    ("sequence", DataType::Int64),
    ("unit_id", DataType::Utf8View),
    ("verb", DataType::Utf8View),
    ("state", DataType::Utf8View),
    ("stage_before", DataType::Utf8View),
    ("stage", DataType::Utf8View),
    ("number", DataType::Utf8View),
    ("happened_on", DataType::Date32),
    ("recorded_at", DataType::Int64),
    ("actor", DataType::Utf8View),
    ("opened_on", DataType::Date32),
    ("closed_on", DataType::Date32),
    (SUPERSEDED_BY, DataType::Int64),
];

/// The column that the engine itself fills, for the moment that a question asks about.
pub(crate) const SUPERSEDED_BY: &str = "superseded_by";

/// Name of the view of units; no kind may take it.
pub(crate) const UNITS: &str = "units";

/// Ending of the views that show every entry; no kind may end so.
pub(crate) const ENTRIES: &str = "_entries";

/// A kind's table, checked.
#[derive(Debug)]
pub(crate) struct Shape {
    /// Kind.
    pub(crate) kind: String,
    /// Fields that are columns, in their order after the fixed ones.
    pub(crate) fields: Vec<Field>,
    /// All columns.
    pub(crate) columns: SchemaRef,
}

impl Shape {
    /// Checks a declared schema.
    ///
    /// # Errors
    /// When the kind cannot name a folder and a view, or a field has the name of another column.
    pub(crate) fn new(declared: &FactSchema) -> Result<Self, Failure> {
        let kind = declared.kind.clone();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if kind.is_empty() || !kind.chars().all(plain) || kind == UNITS || kind.ends_with(ENTRIES) {
            return Err(Failure::Refused(format!("「{kind}」不能作为事实表的名称")));
        }
        let fields: Vec<Field> = declared.fields.iter().filter(|field| !field.is_personal()).cloned().collect();
        let mut columns: Vec<Column> =
            FIXED.iter().map(|(name, kind)| Column::new(*name, kind.clone(), true)).collect();
        for field in &fields {
            if columns.iter().any(|column| column.name().eq_ignore_ascii_case(&field.key)) {
                return Err(Failure::Refused(format!("「{kind}」的字段「{}」与另一列重名", field.key)));
            }
            columns.push(Column::new(&field.key, data_type(&field.kind)?, true));
        }
        Ok(Self { kind, fields, columns: Arc::new(Schema::new(columns)) })
    }

    /// Whether one of these names is a view of this kind.
    pub(crate) fn named(&self, names: &[String]) -> bool {
        names.iter().any(|name| name.strip_suffix(ENTRIES).unwrap_or(name) == self.kind)
    }
}

/// The column type of a field.
fn data_type(kind: &FieldKind) -> Result<DataType, Failure> {
    Ok(match kind {
        FieldKind::Text { .. } | FieldKind::Choice { .. } => DataType::Utf8View,
        FieldKind::Integer { .. } => DataType::Int64,
        FieldKind::Decimal { scale, .. } => {
            let places = i8::try_from(*scale).ok().filter(|places| *places <= 20);
            DataType::Decimal128(38, places.ok_or_else(|| Failure::Refused(format!("{scale}位小数太多")))?)
        }
        FieldKind::Date => DataType::Date32,
        FieldKind::YesNo => DataType::Boolean,
        FieldKind::Files { .. } => DataType::Int32,
    })
}
