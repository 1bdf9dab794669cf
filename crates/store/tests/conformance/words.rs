//! Rules of «contains»: what an index leads to is what a plain look at every row finds.

use super::case::{everything, expected, paged, put};
use proptest::{
    collection::vec,
    prelude::any,
    sample::{Index, select},
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use yanpan_app::ports::{CaseRow, Column, Filter, Query, Store, Test, act};
use yanpan_kernel::unit::Scope;
use yanpan_store::Opened;
use yanpan_testkit::sample::{case, entry, id, statement};

on_both!(
    contains_finds_what_a_plain_look_finds,
    a_case_is_found_by_its_texts_of_now_and_no_longer_by_those_of_before,
    a_case_that_was_read_before_it_is_written_is_found_by_its_texts_of_now,
    two_tests_of_contains_must_both_hold,
    values_and_a_text_are_found_together,
    a_word_of_more_cases_than_are_led_by_it_is_found_too,
);

/// Characters that mean something to a database or a tokeniser beside those of ordinary texts.
const CHARACTERS: [char; 30] = [
    '配', '电', '箱', '门', '鑫', '𠮷', 'a', 'A', 'b', 'É', 'é', 'İ', 'ß', '0', '9', '9', '-', ' ', ' ', '"', '\'',
    '%', '_', '*', '\\', '(', ':', '\n', '😀', ',',
];

const COLUMNS: [Column; 4] = [Column::Search, Column::Number, Column::Slot(0), Column::Slot(5)];

fn text(most: usize) -> impl Strategy<Value = String> {
    vec(select(&CHARACTERS[..]), 0..=most).prop_map(|all| all.into_iter().collect())
}

fn rows(runner: &mut TestRunner, first: u64) -> Vec<CaseRow> {
    let row = |n: u64| {
        let mut row = case(n);
        let mut text = |most| text(most).new_tree(runner).unwrap().current();
        row.case.number = format!("{}{n}", text(3));
        row.search = format!("{} {}", row.case.number, text(14)).to_lowercase();
        row.slots[0] = text(5);
        row.slots[5] = text(2);
        row
    };
    (first..first + 40).map(row).collect()
}

fn filter(column: Column, text: &str) -> Filter {
    Filter { column, test: Test::Contains(text.to_owned()) }
}

fn query(column: Column, text: &str) -> Query {
    Query { filters: vec![filter(column, text)], ..everything() }
}

async fn check(store: &Opened, rows: &[CaseRow], query: &Query) {
    let wanted = expected(rows, query, &Scope::Everything);
    assert_eq!(paged(store, query, &Scope::Everything).await, wanted, "{query:?}");
    let count = store.read().await.unwrap().case_count(query, &Scope::Everything, 10_000).await.unwrap();
    assert_eq!(usize::try_from(count).unwrap(), wanted.len(), "{query:?}");
}

async fn contains_finds_what_a_plain_look_finds(store: &Opened) {
    let mut runner = TestRunner::deterministic();
    let mut all = Vec::new();
    for round in 0..8 {
        let some = rows(&mut runner, 1 + round * 40);
        put(store, 1 + round, some.clone()).await;
        all.extend(some);
        for _ in 0..25 {
            let column = select(&COLUMNS[..]).new_tree(&mut runner).unwrap().current();
            let mut asked = text(4).new_tree(&mut runner).unwrap().current();
            if any::<bool>().new_tree(&mut runner).unwrap().current() {
                // A part of what is there, so that long texts are found too.
                let [row, from, length] =
                    [all.len(), 9, 9].map(|most| any::<Index>().new_tree(&mut runner).unwrap().current().index(most));
                asked = all[row].value(column).chars().skip(from).take(length).collect();
            }
            check(store, &all, &query(column, &asked)).await;
        }
    }
}

async fn a_case_is_found_by_its_texts_of_now_and_no_longer_by_those_of_before(store: &Opened) {
    let (mut one, other) = (case(1), case(2));
    one.search = "l-00001 配电箱门锁损坏".to_owned();
    one.slots[2] = "张三丰".to_owned();
    put(store, 1, vec![one.clone(), other.clone()]).await;
    let asked =
        [(Column::Search, "配电箱"), (Column::Search, "灭火器"), (Column::Slot(2), "三丰"), (Column::Slot(2), "鑫")];
    for (column, text) in asked {
        check(store, &[one.clone(), other.clone()], &query(column, text)).await;
    }
    one.search = "l-00001 灭火器过期".to_owned();
    one.slots[2] = String::new();
    put(store, 2, vec![one.clone()]).await;
    one.slots[3] = "鑫".to_owned();
    put(store, 3, vec![case(2), one.clone()]).await;
    for (column, text) in asked {
        check(store, &[one.clone(), other.clone()], &query(column, text)).await;
    }
}

async fn a_case_that_was_read_before_it_is_written_is_found_by_its_texts_of_now(store: &Opened) {
    let mut one = case(1);
    one.search = "l-00001 配电箱".to_owned();
    put(store, 1, vec![one.clone(), case(2)]).await;
    let write = act(|store| {
        Box::pin(async move {
            // Read and written twice in one act, then written once more without being read.
            for text in ["l-00001 灭火器", "l-00001 应急灯", "l-00001 疏散门"] {
                let read = if text.ends_with('门') { None } else { store.case(id(1), &Scope::Everything).await? };
                let mut row = read.unwrap_or_else(|| case(1));
                row.search = text.to_owned();
                store.put_cases(&[row]).await?;
            }
            let head = store.head(id(1)).await?;
            store.append(&[entry(head, statement(1, "act"), "{}")]).await.map(drop)
        })
    });
    store.write(write).await.unwrap();
    one.search = "l-00001 疏散门".to_owned();
    for text in ["配电箱", "灭火器", "应急灯", "疏散门", "l-0000"] {
        check(store, &[one.clone(), case(2)], &query(Column::Search, text)).await;
    }
}

async fn two_tests_of_contains_must_both_hold(store: &Opened) {
    let mut runner = TestRunner::deterministic();
    let all = rows(&mut runner, 1);
    put(store, 1, all.clone()).await;
    for (search, slot) in [("9", "a"), ("电", "9"), ("", "-"), ("鑫", ""), (" ", "\"")] {
        let mut both = query(Column::Search, search);
        both.filters.extend(query(Column::Slot(0), slot).filters);
        check(store, &all, &both).await;
    }
}

async fn values_and_a_text_are_found_together(store: &Opened) {
    let mut runner = TestRunner::deterministic();
    let all = rows(&mut runner, 1);
    put(store, 1, all.clone()).await;
    for round in 0..60 {
        let column = select(&COLUMNS[..]).new_tree(&mut runner).unwrap().current();
        let mut value = || match any::<Index>().new_tree(&mut runner).unwrap().current().index(all.len() + 10) {
            of if of < all.len() => all[of].value(column),
            of if of < all.len() + 5 => String::new(),
            _ => text(3).new_tree(&mut runner).unwrap().current(),
        };
        // Of many values the words are not asked.
        let values: Vec<String> = (0..=round % 12).map(|_| value()).collect();
        // Every search text has a space.
        let mut both = query(Column::Search, " ");
        both.filters.push(Filter { column, test: Test::OneOf(values) });
        check(store, &all, &both).await;
    }
}

async fn a_word_of_more_cases_than_are_led_by_it_is_found_too(store: &Opened) {
    let row = |n: u64| {
        let mut row = case(n);
        row.case.number = format!("L-{n:06}");
        let last = if n > 30_300 { "配电配电" } else { "电配" };
        row.search = format!("l-{n:06} 配电箱{} {last}", if n.is_multiple_of(400) { "鑫" } else { "" });
        row.case.opened_on = yanpan_testkit::sample::day(1);
        row.slots[3] = if n.is_multiple_of(2) { "督查" } else { "自查" }.to_owned();
        // In one case two values that exclude each other in all others.
        row.slots[4] = if n.is_multiple_of(2) || n == 25_001 { "上级" } else { "本校" }.to_owned();
        row
    };
    let all: Vec<_> = (1..=30_500).map(row).collect();
    put(store, 1, all.clone()).await;
    let read = store.read().await.unwrap();
    let contains =
        [("配电", false), ("配电箱", true), ("鑫", false), ("0305", true), ("没有", false), ("配电配电", false)];
    let contains = contains.map(|(text, descending)| (vec![filter(Column::Search, text)], descending));
    let is = |slot, values: &[&str]| Filter {
        column: Column::Slot(slot),
        test: Test::OneOf(values.iter().map(|value| (*value).to_owned()).collect()),
    };
    let values = [
        (vec![is(3, &["督查"]), is(4, &["本校"])], false),
        (vec![is(3, &["自查", "专项"]), is(4, &["上级"])], false),
        (vec![is(3, &["督查", "自查"]), is(4, &["上级", "本校"])], true),
    ];
    for (filters, descending) in contains.into_iter().chain(values) {
        let mut query = Query { filters, descending, limit: 100, sort: Column::Number, ..everything() };
        let wanted = expected(&all, &query, &Scope::Everything);
        let page = read.case_page(&query, &Scope::Everything).await.unwrap();
        let numbers: Vec<_> = page.iter().map(|row| row.case.number.clone()).collect();
        assert_eq!(numbers, wanted[..wanted.len().min(100)], "{query:?}");
        query.after = page.last().map(|last| last.cursor(query.sort));
        let page = read.case_page(&query, &Scope::Everything).await.unwrap();
        let numbers: Vec<_> = page.iter().map(|row| row.case.number.clone()).collect();
        assert_eq!(numbers, wanted[wanted.len().min(100)..wanted.len().min(200)], "{query:?}");
        let count = read.case_count(&query, &Scope::Everything, 10_000).await.unwrap();
        assert_eq!(usize::try_from(count).unwrap(), wanted.len().min(10_000), "{query:?}");
    }
}

/// Very many cases have a word and none of the list's first 20,000 rows has it: the last that came are tried before all.
#[tokio::test]
async fn a_word_of_very_many_cases_is_found_in_order_also_where_an_early_case_stands_first() {
    const WITH: u64 = 120_200;
    const ALL: u64 = WITH + 20_300;
    let row = |n: u64| {
        let mut row = case(n);
        // Two early cases have numbers from the end of the list.
        row.case.number = if [5, 6].contains(&n) { format!("L-9{n:05}") } else { format!("L-{n:06}") };
        row.case.opened_on = yanpan_testkit::sample::day(i64::try_from(n / 1_000).unwrap());
        row.search = if n <= WITH { format!("l-{n:06} 旧校区") } else { format!("l-{n:06} 新校区") };
        row
    };
    let store = yanpan_testkit::scratch::sqlite().await;
    let all: Vec<_> = (1..=ALL).map(row).collect();
    for (n, some) in (1..).zip(all.chunks(10_000)) {
        put(&store, n, some.to_vec()).await;
    }
    let read = store.read().await.unwrap();
    for sort in [Column::Number, Column::OpenedOn] {
        let mut query = Query { descending: true, limit: 60, sort, ..query(Column::Search, "旧校区") };
        let wanted = expected(&all, &query, &Scope::Everything);
        for page in wanted.chunks(60).take(3) {
            let found = read.case_page(&query, &Scope::Everything).await.unwrap();
            assert_eq!(found.iter().map(|row| row.case.number.clone()).collect::<Vec<_>>(), page, "{query:?}");
            query.after = found.last().map(|last| last.cursor(sort));
        }
    }
}
