//! Linking recovers a known change of scale.

use super::*;
use crate::exams::irt::Nodes;

const SCALE: Constants = Constants { slope: 1.25, shift: -0.4 };

/// Items on the new scale whose image under `SCALE` are the base items.
fn pairs() -> Vec<Pair> {
    let two = |a: f64, d: f64| Item { model: Model::TwoPl, categories: 2, parameters: vec![a, d] };
    let three = Item { model: Model::ThreePl, categories: 2, parameters: vec![1.4, -0.3, -1.2] };
    let partial = Item { model: Model::Gpcm, categories: 4, parameters: vec![0.7, 1.0, 1.3, 0.2] };
    let graded = Item { model: Model::Graded, categories: 3, parameters: vec![1.1, 1.5, -0.5] };
    let new = [two(0.8, 1.0), two(1.5, -0.7), three, partial, graded];
    new.into_iter().map(|item| Pair { base: SCALE.apply(&item), new: item }).collect()
}

#[test]
fn every_method_recovers_the_scale_of_items_that_did_not_drift() {
    let nodes = Nodes::new(61, 6.0).unwrap();
    for method in [Method::MeanMean, Method::MeanSigma, Method::Haebara, Method::StockingLord] {
        let found = link(&pairs(), method, &nodes).unwrap().constants;
        let error = (found.slope - SCALE.slope).abs().max((found.shift - SCALE.shift).abs());
        assert!(error < 1e-7, "{method:?}: {found:?}");
    }
}

#[test]
fn only_the_item_that_became_harder_is_called_drifting() {
    let nodes = Nodes::new(61, 6.0).unwrap();
    let mut pairs = pairs();
    pairs[1].base.parameters[1] -= 1.2;
    let found = link(&pairs, Method::StockingLord, &nodes).unwrap();
    let flags: Vec<bool> = drift(&pairs, &found.constants, &nodes).iter().map(|one| one.drifting).collect();
    assert_eq!(flags, [false, true, false, false, false]);
}

#[test]
fn one_common_item_is_refused() {
    let refusal = link(&pairs()[..1], Method::StockingLord, &Nodes::new(61, 6.0).unwrap());
    assert!(refusal.is_err());
}
