//! How well the model fits: S-X² of each item, M₂ of the whole.

use super::super::items::Loaded;
use super::super::output::{Sheet, json, number, text};
use super::Analysis;
use serde_json::{Value, json};
use yanpan_statistics::exams::irt::ItemFit;

fn names<'a>(loaded: &'a Loaded, analysis: &'a Analysis) -> impl Iterator<Item = &'a str> {
    analysis.responses.columns.iter().map(|column| loaded.matrix.names.get(*column).map_or("", String::as_str))
}

/// `item,S_X2,df.S_X2,RMSEA.S_X2,p.S_X2,n`.
pub fn table(loaded: &Loaded, analysis: &Analysis, rows: &[ItemFit]) -> Sheet {
    let mut sheet = Sheet::new(&["item", "S_X2", "df.S_X2", "RMSEA.S_X2", "p.S_X2", "n"]);
    for (name, row) in names(loaded, analysis).zip(rows) {
        sheet.row([
            text(name),
            number(row.statistic),
            row.degrees.to_string(),
            number(row.rmsea),
            number(row.p),
            row.pupils.to_string(),
        ]);
    }
    sheet
}

/// The same as objects; null when it was not asked for or nobody answered every item.
pub fn item_fit_json(loaded: &Loaded, analysis: &Analysis) -> Value {
    let Some(rows) = &analysis.item_fit else { return Value::Null };
    let one = |(name, row): (&str, &ItemFit)| {
        json!({"item": name, "S_X2": json(row.statistic), "df.S_X2": row.degrees,
            "RMSEA.S_X2": json(row.rmsea), "p.S_X2": json(row.p)})
    };
    Value::Array(names(loaded, analysis).zip(rows).map(one).collect())
}

/// M₂ as an object; a sentence when it was asked for and does not exist.
pub fn model_fit_json(wanted: bool, analysis: &Analysis) -> Value {
    match (&analysis.model_fit, wanted) {
        (Some(fit), _) => json!({"M2": json(fit.statistic), "df": fit.degrees, "p": json(fit.p),
            "RMSEA": json(fit.rmsea.0), "RMSEA_5": json(fit.rmsea.1), "RMSEA_95": json(fit.rmsea.2),
            "SRMSR": json(fit.srmsr), "TLI": json(fit.tli), "CFI": json(fit.cfi)}),
        (None, true) => json!("not available: missing responses, more than 70 items or no degrees of freedom"),
        (None, false) => Value::Null,
    }
}
