//! Suppression against the attacker who tries every table: nothing hidden has one value only.

use super::*;
use proptest::prelude::*;

const RULE: Rule = Rule { minimum: 10, width: 1 };

/// All values of each hidden cell over every table of positive counts that agrees with what is shown (flat tables only).
fn attack(table: &Hierarchy, pattern: &Pattern, most: u64) -> Vec<Vec<u64>> {
    let (rows, width) = (table.rows() - 1, table.width());
    let hidden: Vec<usize> =
        (0..rows * width).filter(|cell| cell % width < width - 1 && pattern.cells[*cell] != Cell::Shown).collect();
    let mut open: Vec<Vec<u64>> = vec![Vec::new(); table.values().len()];
    let mut guess = vec![1; hidden.len()];
    'tables: loop {
        let mut counts: Vec<u64> =
            (0..rows * width).filter(|cell| cell % width < width - 1).map(|cell| table.values()[cell]).collect();
        for (cell, value) in hidden.iter().zip(&guess) {
            counts[cell / width * (width - 1) + cell % width] = *value;
        }
        let candidate = Hierarchy::flat(rows, width - 1, &counts).unwrap();
        let agrees = (0..candidate.values().len()).all(|cell| match pattern.cells[cell] {
            Cell::Shown => candidate.values()[cell] == table.values()[cell],
            _ => candidate.values()[cell] > 0,
        });
        if agrees {
            for (cell, values) in open.iter_mut().enumerate() {
                if !values.contains(&candidate.values()[cell]) {
                    values.push(candidate.values()[cell]);
                }
            }
        }
        for digit in &mut guess {
            if *digit < most {
                *digit += 1;
                continue 'tables;
            }
            *digit = 1;
        }
        return open;
    }
}

#[test]
fn a_lone_small_cell_takes_three_others_with_it() {
    let table = Hierarchy::flat(3, 3, &[4, 20, 30, 25, 40, 50, 60, 70, 80]).unwrap();
    let pattern = suppress(&table, RULE).unwrap();
    let count = |state| pattern.cells.iter().filter(|cell| **cell == state).count();
    assert_eq!((count(Cell::Primary), count(Cell::Complementary)), (1, 3));
    assert!(audit(&table, &pattern).iter().all(|found| found.low < found.high));
}

#[test]
fn a_cell_of_one_cannot_lend_itself() {
    // Two ones and two small cells look like a cycle, but neither one can fall: a reader knows that hidden is not nought.
    let table = Hierarchy::flat(3, 3, &[1, 2, 30, 2, 1, 50, 60, 70, 80]).unwrap();
    let pattern = suppress(&table, RULE).unwrap();
    assert!(audit(&table, &pattern).iter().all(|found| found.low < found.high), "{:?}", audit(&table, &pattern));
}

#[test]
fn a_hierarchy_is_protected_at_every_level() {
    // County 0 over towns 1 and 2 over schools 3, 4 and 5, 6.
    let parents = vec![None, Some(0), Some(0), Some(1), Some(1), Some(2), Some(2)];
    let mut counts = vec![0; 7 * 3];
    counts[9..].copy_from_slice(&[3, 40, 50, 60, 30, 20, 45, 35, 25, 55, 65, 75]);
    let table = Hierarchy::new(parents, 3, &counts).unwrap();
    let pattern = suppress(&table, RULE).unwrap();
    let found = audit(&table, &pattern);
    assert!(found.len() >= 4 && found.iter().all(|cell| cell.low < cell.high), "{found:?}");
}

#[test]
fn a_single_cell_cannot_be_protected_and_says_so() {
    let table = Hierarchy::flat(1, 1, &[4]).unwrap();
    let everything = suppress(&table, RULE);
    let lone = Hierarchy::flat(2, 2, &[4, 0, 0, 30]).unwrap();
    assert!(everything.is_ok(), "all of it is hidden: {everything:?}");
    assert!(matches!(suppress(&lone, RULE), Ok(_) | Err(DisclosureError::Unprotectable { .. })));
}

#[test]
fn a_second_table_must_not_step_by_less_than_a_step() {
    let before = Hierarchy::flat(3, 3, &[20, 20, 30, 25, 40, 50, 60, 70, 80]).unwrap();
    let now = Hierarchy::flat(3, 3, &[22, 30, 30, 25, 50, 60, 60, 70, 80]).unwrap();
    let first = suppress(&before, RULE).unwrap();
    assert!(first.cells.iter().all(|cell| *cell == Cell::Shown));
    let second = suppress_after(&now, Earlier { table: &before, pattern: &first, step: 5 }, RULE).unwrap();
    assert_eq!(second.cells[0], Cell::Primary);
    let shrunk = suppress_after(&before, Earlier { table: &now, pattern: &first, step: 5 }, RULE);
    assert_eq!(shrunk, Err(DisclosureError::Shrank { row: 0, column: 0 }));
}

#[test]
fn rows_in_a_circle_and_two_roots_are_no_tree() {
    let circle = Hierarchy::new(vec![Some(1), Some(0), None], 1, &[1, 2, 3]);
    assert_eq!(circle, Err(DisclosureError::NotATree { row: 0 }));
    assert_eq!(Hierarchy::new(vec![None, None], 1, &[1, 2]), Err(DisclosureError::NotATree { row: 1 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Small numbers throughout, so that trying every table is possible: minimum 3, counts up to 6.
    #[test]
    fn no_table_gives_a_hidden_cell_away(counts in proptest::collection::vec(0u64..6, 9)) {
        let table = Hierarchy::flat(3, 3, &counts).unwrap();
        let rule = Rule { minimum: 3, width: 1 };
        if let Ok(pattern) = suppress(&table, rule) {
            let inner = |cell: usize| cell < 12 && cell % 4 < 3;
            let hidden = (0..16).filter(|cell| inner(*cell) && pattern.cells[*cell] != Cell::Shown).count();
            prop_assume!(hidden <= 5);
            let open = attack(&table, &pattern, 8);
            let exposures = audit(&table, &pattern);
            // The attacker tries values up to 8 only: the ranges can be compared where none reaches further.
            let tried = exposures.iter().filter(|found| inner(found.cell)).all(|found| found.high <= 8);
            for found in exposures {
                prop_assert!(open[found.cell].len() >= 2, "{counts:?} {:?} {:?}", pattern.cells, found);
                let values = &open[found.cell];
                let within = tried && inner(found.cell);
                prop_assert!(!within || (values.iter().min() == Some(&found.low) && values.iter().max() == Some(&found.high)));
            }
        }
    }
}
