//! Rules of the response models beyond the golden cases.

use super::*;
use crate::exams::{Error, on_threads};

fn items(model: Model, count: usize) -> Vec<Item> {
    let spread = |index: usize| index as f64 / count as f64 * 3.0 - 1.5;
    (0..count)
        .map(|index| {
            let (a, d) = (0.8 + 0.1 * (index % 5) as f64, spread(index));
            let parameters = match model {
                Model::Rasch => vec![d],
                Model::TwoPl => vec![a, d],
                Model::ThreePl => vec![a, d, -1.4],
                Model::Pcm => vec![d, d - 0.5],
                Model::Gpcm => vec![a, d, d - 0.5],
                Model::Graded => vec![a, d + 0.7, d - 0.7],
            };
            let categories = if model.dichotomous() { 2 } else { 3 };
            Item { model, categories, parameters }
        })
        .collect()
}

fn settings(models: Vec<Model>) -> Settings {
    Settings {
        models,
        nodes: Nodes::new(61, 6.0).unwrap(),
        guessing: Some(Guessing { mean: -1.386, sd: 0.5 }),
        stop: Stop::default(),
        errors: true,
    }
}

const ALL: [Model; 6] = [Model::Rasch, Model::TwoPl, Model::ThreePl, Model::Pcm, Model::Gpcm, Model::Graded];

#[test]
fn the_derivatives_of_every_model_agree_with_differences() {
    for item in ALL.iter().flat_map(|model| items(*model, 3)) {
        let size = item.categories;
        let at = |item: &Item, theta: f64| {
            let mut logs = vec![0.0; size];
            item.log_probabilities(theta, &mut logs);
            logs
        };
        for theta in [-2.0, -0.3, 1.1] {
            let logs = at(&item, theta);
            assert!((logs.iter().map(|log| log.exp()).sum::<f64>() - 1.0).abs() < 1e-12);
            let mut scores = vec![0.0; size * item.parameters.len()];
            item.parameter_scores(theta, &logs, &mut scores);
            for category in 0..size {
                for parameter in 0..item.parameters.len() {
                    let moved = |by: f64| {
                        let mut moved = item.clone();
                        moved.parameters[parameter] += by;
                        at(&moved, theta)[category]
                    };
                    let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                    let score = scores[category * item.parameters.len() + parameter];
                    assert!((score - difference).abs() < 1e-7, "{item:?} {theta} {category} {parameter}");
                }
                let (first, second) = item.theta_derivatives(theta, category, &logs);
                let slope = |theta: f64| item.theta_derivatives(theta, category, &at(&item, theta)).0;
                let difference = (at(&item, theta + 1e-5)[category] - at(&item, theta - 1e-5)[category]) / 2e-5;
                assert!((first - difference).abs() < 1e-7);
                assert!((second - (slope(theta + 1e-5) - slope(theta - 1e-5)) / 2e-5).abs() < 1e-6);
            }
        }
    }
}

#[test]
fn every_model_recovers_its_items_within_four_standard_errors() {
    for model in ALL {
        let truth = items(model, 10);
        let matrix = simulate(&truth, &normal_draws(2000, 0.0, 1.0, 5), 6).unwrap();
        let fitted = fit(&Responses::new(&matrix, false).unwrap(), &settings(vec![model; 10]), &mut |_| ()).unwrap();
        let mut errors = fitted.standard_errors().unwrap().into_iter();
        for (estimate, truth) in fitted.items.iter().zip(&truth) {
            for (x, y) in estimate.parameters.iter().zip(&truth.parameters) {
                let error = errors.next().unwrap();
                assert!((x - y).abs() < 4.0 * error, "{model:?}: {x} for {y}, error {error}");
            }
        }
    }
}

#[test]
fn the_likelihood_never_falls_from_cycle_to_cycle() {
    let truth = items(Model::ThreePl, 8);
    let matrix = simulate(&truth, &normal_draws(500, 0.0, 1.0, 7), 8).unwrap();
    let mut seen: Vec<f64> = Vec::new();
    let mut plain = settings(vec![Model::TwoPl; 8]);
    plain.errors = false;
    fit(&Responses::new(&matrix, false).unwrap(), &plain, &mut |cycle| seen.push(cycle.log_likelihood)).unwrap();
    assert!(seen.len() > 2 && seen.windows(2).all(|pair| pair[1] >= pair[0] - 1e-8), "{seen:?}");
}

#[test]
fn one_thread_and_two_give_the_same_bits() {
    let truth = items(Model::Graded, 6);
    let matrix = simulate(&truth, &normal_draws(3000, 0.0, 1.0, 9), 10).unwrap();
    let run = |threads: usize| {
        on_threads(threads, || {
            fit(&Responses::new(&matrix, false).unwrap(), &settings(vec![Model::Graded; 6]), &mut |_| ()).unwrap()
        })
        .unwrap()
    };
    assert_eq!(run(1), run(2));
}

#[test]
fn a_reversed_scale_is_turned_so_that_slopes_are_mostly_positive() {
    let mut truth = items(Model::TwoPl, 6);
    truth.iter_mut().take(2).for_each(|item| item.parameters[0] = -item.parameters[0]);
    let matrix = simulate(&truth, &normal_draws(1500, 0.0, 1.0, 11), 12).unwrap();
    let fitted = fit(&Responses::new(&matrix, false).unwrap(), &settings(vec![Model::TwoPl; 6]), &mut |_| ()).unwrap();
    let signs: Vec<bool> = fitted.items.iter().map(|item| item.slope() > 0.0).collect();
    assert_eq!(signs, [false, false, true, true, true, true]);
}

#[test]
fn plausible_values_do_not_shrink_the_distance_of_two_groups() {
    let truth = items(Model::TwoPl, 8);
    let thetas = [normal_draws(1500, -0.5, 0.85, 13), normal_draws(1500, 0.5, 0.85, 14)].concat();
    let matrix = simulate(&truth, &thetas, 15).unwrap();
    let responses = Responses::new(&matrix, false).unwrap();
    let settings = settings(vec![Model::TwoPl; 8]);
    let fitted = fit(&responses, &settings, &mut |_| ()).unwrap();
    let of_row: Vec<Option<usize>> = (0..3000).map(|row| Some(row / 1500)).collect();
    let groups = Groups { of_row: &of_row, count: 2 };
    let drawn = plausible_values(&responses, &fitted, &settings.nodes, groups, Draws { count: 10, seed: 1 }).unwrap();
    let distance = drawn.groups[1].mean - drawn.groups[0].mean;
    let shrunk = drawn.groups[1].mean_eap - drawn.groups[0].mean_eap;
    // The overall SD of θ is √(0.85² + 0.5²) ≈ 0.986, which the model calls 1.
    assert!((distance - 1.0 / 0.986).abs() < 0.12 && shrunk < 0.85, "{distance} {shrunk}");
}

#[test]
fn a_model_for_two_categories_refuses_three() {
    let matrix = simulate(&items(Model::Gpcm, 3), &normal_draws(200, 0.0, 1.0, 1), 2).unwrap();
    let refusal = fit(&Responses::new(&matrix, false).unwrap(), &settings(vec![Model::TwoPl; 3]), &mut |_| ());
    assert_eq!(refusal.unwrap_err(), Error::NotDichotomous { column: 0, categories: 3, model: "2pl" });
}
