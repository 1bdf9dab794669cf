//! The tables of item parameters: slope–intercept with errors, and slope with difficulties.

use super::super::items::Loaded;
use super::super::output::{Sheet, number, text};
use super::Analysis;
use yanpan_statistics::exams::irt::{Item, Model};

/// One line: parameter name, estimate, standard error.
type Line = (String, f64, Option<f64>);

/// `item,par,est,se`.
pub fn table(loaded: &Loaded, analysis: &Analysis) -> Sheet {
    let errors = analysis.fit.standard_errors();
    let mut rest = errors.iter().flatten().copied();
    let mut sheet = Sheet::new(&["item", "par", "est", "se"]);
    for (column, item) in analysis.responses.columns.iter().zip(&analysis.fit.items) {
        let name = loaded.matrix.names.get(*column).map_or("", String::as_str);
        let own: Vec<Option<f64>> = item.parameters.iter().map(|_| rest.next()).collect();
        for (parameter, estimate, error) in lines(item, own) {
            sheet.row([text(name), parameter, number(estimate), number(error)]);
        }
    }
    sheet
}

fn lines(item: &Item, errors: Vec<Option<f64>>) -> Vec<Line> {
    let mut errors = errors.into_iter();
    let slope_error = if item.model.slope_fixed() { None } else { errors.next().flatten() };
    let mut lines = vec![("a1".to_owned(), item.slope(), slope_error)];
    match item.model {
        Model::Pcm | Model::Gpcm => {
            lines.extend((0..item.categories).map(|k| (format!("ak{k}"), k as f64, None)));
            lines.push(("d0".to_owned(), 0.0, None));
            let steps = (1..).zip(item.intercepts());
            lines.extend(steps.map(|(k, d)| (format!("d{k}"), *d, errors.next().flatten())));
        }
        Model::Graded => {
            let steps = (1..).zip(item.intercepts());
            lines.extend(steps.map(|(k, d)| (format!("d{k}"), *d, errors.next().flatten())));
        }
        Model::Rasch | Model::TwoPl => {
            lines.extend(item.intercepts().iter().map(|d| ("d".to_owned(), *d, errors.next().flatten())));
            // Fixed asymptotes 0 and 1, on the logit scale as other programs print them.
            lines.push(("logit(g)".to_owned(), -999.0, None));
            lines.push(("logit(u)".to_owned(), 999.0, None));
        }
        Model::ThreePl => {
            lines.extend(item.intercepts().iter().map(|d| ("d".to_owned(), *d, errors.next().flatten())));
            let g = item.guessing();
            let error = errors.next().flatten().map(|error| error * g * (1.0 - g));
            lines.push(("g".to_owned(), g, error));
            lines.push(("u".to_owned(), 1.0, None));
        }
    }
    lines
}

/// `item,a,b1,b2,…[,g]`: step difficulties or category boundaries.
pub fn difficulties(loaded: &Loaded, analysis: &Analysis) -> Sheet {
    let items = &analysis.fit.items;
    let most = items.iter().map(|item| item.categories - 1).max().unwrap_or(1);
    let guessing = items.iter().any(|item| item.model == Model::ThreePl);
    let names = (1..=most).map(|k| format!("b{k}"));
    let columns: Vec<String> =
        ["item".to_owned(), "a".to_owned()].into_iter().chain(names).chain(guessing.then(|| "g".to_owned())).collect();
    let mut sheet = Sheet::new(&columns);
    for (column, item) in analysis.responses.columns.iter().zip(items) {
        let name = loaded.matrix.names.get(*column).map_or("", String::as_str);
        let mut cells = vec![text(name), number(item.slope())];
        cells.extend(item.difficulties().into_iter().map(number));
        cells.resize(most + 2, String::new());
        cells.extend(guessing.then(|| number(item.guessing())));
        sheet.row(cells);
    }
    sheet
}
