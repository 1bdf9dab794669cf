//! A question sees the facts and units of its scope, and nothing by any detour.

use crate::world::{World, fact, id, question, tree};
use yanpan_app::ports::{Analysis, Cell, Question};
use yanpan_kernel::unit::Scope;

fn of_town(sql: &str) -> Question {
    Question { scope: Scope::of(&tree(), &[id(2)], false), ..question(sql) }
}

async fn number(world: &World, question: Question) -> Cell {
    world.engine.ask(&question).await.unwrap().rows[0][0].clone()
}

#[tokio::test]
async fn every_view_is_cut_to_the_scope() {
    let world = World::new();
    for (entry, unit) in [(1, 4), (2, 5), (3, 6)] {
        world.ledger.put(fact(entry, 10 + entry.unsigned_abs(), unit));
    }
    for (sql, seen) in [
        ("SELECT count(*) FROM hazard", 2),
        ("SELECT count(*) FROM hazard_entries", 2),
        ("SELECT count(*) FROM units", 3),
        ("SELECT count(*) FROM units WHERE school", 2),
        ("SELECT (SELECT count(*) FROM hazard h JOIN hazard_entries e ON true)", 4),
        ("WITH hazard AS (SELECT * FROM hazard_entries) SELECT count(*) FROM hazard", 2),
    ] {
        assert_eq!(number(&world, of_town(sql)).await, Cell::Integer(seen), "{sql}");
    }
}

#[tokio::test]
async fn a_case_that_moved_away_is_no_longer_there() {
    let world = World::new();
    world.ledger.put(fact(1, 10, 4));
    world.ledger.put(fact(2, 10, 6));
    assert_eq!(number(&world, of_town("SELECT count(*) FROM hazard")).await, Cell::Integer(0));
    assert_eq!(number(&world, of_town("SELECT count(*) FROM hazard_entries")).await, Cell::Integer(1));
    let before = Question { as_of: 1, ..of_town("SELECT count(*) FROM hazard") };
    assert_eq!(number(&world, before).await, Cell::Integer(1));
}

#[tokio::test]
async fn units_know_their_county_their_town_and_their_place() {
    let world = World::new();
    let sql =
        "SELECT code, kind_title, county, town, ownership, setting, position FROM units WHERE school ORDER BY position";
    let rows = world.ask(sql).await.rows;
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |code: &str, kind: &str, town: &str, owner: &str, position| {
        let [code, kind, town, owner] = [code, kind, town, owner].map(text);
        vec![code, kind, text("单位1"), town, owner, Cell::Missing, Cell::Integer(position)]
    };
    let schools = [
        row("U6", "初中", "单位3", "公办", 3),
        row("U4", "小学", "单位2", "公办", 5),
        row("U5", "幼儿园", "单位2", "民办", 6),
    ];
    assert_eq!(rows, schools);
}
