//! The view `units`: the tree of the question's date, cut to its scope.

use datafusion::arrow::{
    array::{ArrayRef, BooleanArray, Int64Array, RecordBatch, StringViewArray},
    datatypes::{DataType, Field, Schema},
    error::ArrowError,
};
use std::sync::Arc;
use yanpan_kernel::unit::{Scope, Tree, Version, kind_title};

/// Attributes of units that are columns of text: 公办/民办, 城区/镇区/乡村, 学段.
const TEXTS: [&str; 3] = ["ownership", "setting", "stage"];

/// Attributes of units that are columns of whole numbers.
const COUNTS: [&str; 2] = ["pupils", "staff"];

/// The units of the scope, depth first in the bureau's order, which `position` counts from 1 over the whole tree.
/// `county` is the nearest 区县 or 开发区, `town` the nearest 乡镇街道, at or above the unit; both may lie outside the scope.
///
/// # Errors
/// Only when the columns do not fit together.
pub(crate) fn batch(tree: &Tree, scope: &Scope) -> Result<RecordBatch, ArrowError> {
    let all = tree.all();
    let seen: Vec<(i64, &Version)> = (1..).zip(all).filter(|(_, unit)| scope.contains(unit.unit)).collect();
    let county = |unit: &Version| above(tree, unit, &["county", "zone"]);
    let town = |unit: &Version| above(tree, unit, &["town"]);
    let mut columns = vec![
        text("unit_id", &seen, |unit| Some(unit.unit.to_string())),
        text("code", &seen, |unit| Some(unit.code.clone())),
        text("name", &seen, |unit| Some(unit.name.clone())),
        text("kind", &seen, |unit| Some(unit.kind.clone())),
        text("kind_title", &seen, |unit| Some(kind_title(&unit.kind).to_owned())),
        (
            Field::new("school", DataType::Boolean, true),
            Arc::new(seen.iter().map(|(_, unit)| Some(unit.is_school())).collect::<BooleanArray>()) as ArrayRef,
        ),
        text("parent_id", &seen, |unit| tree.parent(unit.unit).map(|above| above.to_string())),
        text("county_id", &seen, |unit| county(unit).map(|above| above.unit.to_string())),
        text("county", &seen, |unit| county(unit).map(|above| above.name.clone())),
        text("town_id", &seen, |unit| town(unit).map(|above| above.unit.to_string())),
        text("town", &seen, |unit| town(unit).map(|above| above.name.clone())),
        count("position", seen.iter().map(|(position, _)| Some(*position))),
    ];
    columns.extend(TEXTS.map(|name| text(name, &seen, |unit| unit.attributes.get(name).cloned())));
    columns.extend(COUNTS.map(|name| {
        count(name, seen.iter().map(|(_, unit)| unit.attributes.get(name).and_then(|text| text.trim().parse().ok())))
    }));
    let (fields, arrays): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
}

/// The nearest unit of one of these kinds, the unit itself included.
fn above<'a>(tree: &'a Tree, unit: &Version, kinds: &[&str]) -> Option<&'a Version> {
    tree.path(unit.unit)
        .into_iter()
        .filter_map(|above| tree.get(above))
        .find(|above| kinds.contains(&above.kind.as_str()))
}

fn text(name: &str, units: &[(i64, &Version)], value: impl Fn(&Version) -> Option<String>) -> (Field, ArrayRef) {
    let array: StringViewArray = units.iter().map(|(_, unit)| value(unit)).collect();
    (Field::new(name, DataType::Utf8View, true), Arc::new(array))
}

fn count(name: &str, values: impl Iterator<Item = Option<i64>>) -> (Field, ArrayRef) {
    (Field::new(name, DataType::Int64, true), Arc::new(values.collect::<Int64Array>()))
}
