//! Rules for many series.

use super::*;

#[test]
fn benjamini_hochberg_rejects_as_in_the_paper() {
    // the fifteen p-values of Benjamini & Hochberg 1995, §3.2: four are rejected at 0.05
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ];
    assert_eq!(benjamini_hochberg(&p, 0.05).iter().filter(|found| **found).count(), 4);
    assert_eq!(benjamini_hochberg(&[f64::NAN, 0.2], 0.05), [false, false]);
}

#[test]
fn lond_spends_less_as_days_pass_and_more_after_a_discovery() {
    let mut stream = Lond::new(0.05);
    let first = stream.level();
    assert!(!stream.test(0.9));
    assert!(stream.level() < first);
    let before = stream.level();
    assert!(stream.test(1e-9));
    assert!(stream.level() > before * 0.8);
}

#[test]
fn a_parent_is_folded_into_the_child_that_explains_it() {
    let children = [(12.0, 2.0, true), (5.0, 5.0, false), (4.0, 3.0, false)];
    let folded = fold_parent((21.0, 10.0, 17.0), &children, 0.8);
    assert_eq!((folded.child, folded.stands), (Some(0), false));
    let spread = [(6.0, 2.0, true), (9.0, 5.0, true), (6.0, 3.0, false)];
    assert!(fold_parent((21.0, 10.0, 17.0), &spread, 0.8).stands);
}

#[test]
fn alarms_near_in_place_and_time_are_one_episode_in_any_order() {
    let alarm = |day, place| Alarm { syndrome: 1, day, place };
    let alarms = [alarm(1, 1), alarm(3, 2), alarm(9, 1), alarm(2, 9)];
    let near = |a: u32, b: u32| a.abs_diff(b) <= 1;
    let forward = merge(&alarms, Gap(3), near);
    let backward: Vec<Alarm> = alarms.iter().rev().copied().collect();
    assert_eq!(forward.len(), 3);
    assert_eq!(forward, merge(&backward, Gap(3), near));
}

#[test]
fn a_sibling_prior_has_the_siblings_mean() {
    let (shape, rate) = sibling_prior(&[0.5, 1.0, 1.5, 3.0], 20.0).unwrap();
    assert!((shape / rate - 1.5).abs() < 1e-12);
    assert!(sibling_prior(&[0.0, 0.0, 0.0], 20.0).is_none());
}
