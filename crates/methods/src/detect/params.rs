//! `--params`: a flat object of parameters, or a case's `meta.json` whose parameters stand under `control`.

use super::bag::Bag;
use serde_json::{Map, Value};
use std::path::Path;
use yanpan_kernel::problem::{FILE_UNREADABLE, Place, Problem};
use yanpan_statistics::detection::Monitored;

/// What belongs to the data rather than to the method.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// Points a year (`freq`).
    pub frequency: usize,
    /// Year and point in the year of the first row (`start`).
    pub start: (i32, usize),
    /// Monitored points (`range`).
    pub monitored: Monitored,
    /// Whether dates steer the reference points (`epochAsDate`).
    pub dated: bool,
    /// Columns to judge; empty is all (`units`).
    pub units: Vec<String>,
}

/// Names that stand beside `control` in a case's own file.
const SETTINGS: [&str; 8] = ["freq", "start", "range", "epochAsDate", "units", "zones", "max_duration", "n_mcsim"];

/// Reads the file; without one, everything has its default.
///
/// # Errors
/// The file cannot be read, is not a JSON object, or a setting has no sense.
pub(super) fn read(path: Option<&Path>) -> Result<(Settings, Bag), Vec<Problem>> {
    let file = path.map(|path| path.display().to_string());
    let mut bag = match path {
        None => Bag::default(),
        Some(path) => {
            let values = object(path).map_err(|problem| vec![problem])?;
            let lenient = !values.contains_key("control") && values.contains_key("case");
            Bag::new(file, merge(values), lenient)
        }
    };
    let settings = settings(&mut bag);
    Ok((settings, bag))
}

/// The object of a JSON file.
fn object(path: &Path) -> Result<Map<String, Value>, Problem> {
    let file = path.display().to_string();
    let unreadable =
        |reason: &dyn std::fmt::Display| Problem::new(&FILE_UNREADABLE, &[("file", &file), ("reason", reason)]);
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    match serde_json::from_str(&text) {
        Ok(Value::Object(values)) => Ok(values),
        Ok(_) => Err(unreadable(&"应为 JSON 对象 {…}")),
        Err(error) => {
            let (line, column) = (error.line() as u32, error.column() as u32);
            Err(unreadable(&error).at(Place::line(file.clone(), line, column)))
        }
    }
}

/// With `control`: its parameters and the settings beside it, the rest dropped. Without: the object as it is.
fn merge(mut values: Map<String, Value>) -> Map<String, Value> {
    let Some(control) = values.shift_remove("control") else { return values };
    let mut merged: Map<String, Value> = SETTINGS
        .iter()
        .filter_map(|name| values.shift_remove(*name).map(|value| ((*name).to_owned(), value)))
        .collect();
    match control {
        Value::Object(control) => merged.extend(control),
        // R writes an empty list as []
        Value::Array(empty) if empty.is_empty() => {}
        Value::Null => {}
        other => {
            merged.insert("control".to_owned(), other);
        }
    }
    merged
}

/// Takes the settings out of the bag.
fn settings(bag: &mut Bag) -> Settings {
    let mut settings = Settings { start: (2000, 1), ..Settings::default() };
    settings.frequency = bag.whole("freq", 52);
    if settings.frequency == 0 {
        bag.invalid("freq", &Value::from(0), "应为正整数");
        settings.frequency = 52;
    }
    if let Some(value) = bag.take("start") {
        match pair(&value) {
            Some((year, point)) if point >= 1.0 => settings.start = (year as i32, point as usize),
            _ => bag.invalid("start", &value, "应为 [年, 年内第几点]"),
        }
    }
    if let Some(value) = bag.take("range") {
        match (value.as_str(), pair(&value)) {
            (Some("default"), _) => {}
            (_, Some((from, to))) if from >= 1.0 && to >= from => {
                settings.monitored = Monitored::Rows { from: from as usize - 1, to: to as usize - 1 };
            }
            _ => bag.invalid("range", &value, "应为 \"default\" 或 [起, 止](从 1 数起)"),
        }
    }
    settings.dated = bag.flag("epochAsDate", false);
    match bag.take("units") {
        None => {}
        Some(Value::String(unit)) => settings.units = vec![unit],
        Some(Value::Array(units)) if units.iter().all(Value::is_string) => {
            settings.units = units.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        }
        Some(value) => bag.invalid("units", &value, "应为列名或列名的列表"),
    }
    settings
}

/// Two whole numbers; a longer run of consecutive ones counts as its ends, a single one as both.
pub(super) fn pair(value: &Value) -> Option<(f64, f64)> {
    let whole = |value: &Value| value.as_f64().filter(|x| x.fract() == 0.0 && x.abs() <= 1e9);
    match value.as_array() {
        None => whole(value).map(|x| (x, x)),
        Some(items) => {
            let numbers: Vec<f64> = items.iter().map(whole).collect::<Option<_>>()?;
            let (first, last) = (*numbers.first()?, *numbers.last()?);
            let consecutive =
                numbers.len() <= 2 || numbers.iter().zip(numbers.iter().skip(1)).all(|(a, b)| b - a == 1.0);
            consecutive.then_some((first, last))
        }
    }
}
