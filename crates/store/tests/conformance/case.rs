//! Rules of cases: rows, scope, pages against a plain model, facts, numbers.

use crate::write;
use std::collections::BTreeSet;
use yanpan_app::ports::{CaseRow, Column, Cursor, Filter, Query, Store, Test};
use yanpan_kernel::{
    case::{Done, Stage},
    unit::Scope,
};
use yanpan_store::Opened;
use yanpan_testkit::sample::{case, day, fact, first_entry, id};

on_both!(
    a_case_reads_back_whole_and_is_replaced_whole,
    what_is_outside_the_scope_does_not_exist,
    pages_agree_with_a_plain_sort_and_filter,
    equals_stand_as_they_came,
    what_an_account_did_is_found_by_account,
    a_key_names_the_case_that_its_account_wrote,
    due_and_opened_cases_are_counted_by_stage,
    facts_come_after_a_watermark,
    numbers_are_taken_once,
);

pub(super) async fn put(store: &Opened, n: u64, rows: Vec<CaseRow>) {
    write(store, move |store| {
        Box::pin(async move {
            store.put_cases(&rows).await?;
            store.append(&[first_entry(n)]).await.map(drop)
        })
    })
    .await;
}

async fn a_case_reads_back_whole_and_is_replaced_whole(store: &Opened) {
    let mut row = case(3);
    put(store, 1, vec![row.clone()]).await;
    row.case.answers.insert("地点".to_owned(), serde_json::json!("食堂"));
    row.case.done.insert("close".to_owned(), Done { actor: id(2), on: day(9) });
    row.case.state = "closed".to_owned();
    row.case.stage = Stage::Closed;
    row.case.closed_on = Some(day(9));
    row.case.revision = 2;
    row.due_on = Some(day(20));
    row.slots[7] = "重大".to_owned();
    put(store, 2, vec![case(3), row.clone()]).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.case(id(3), &Scope::Everything).await.unwrap(), Some(row.clone()));
    let by_number = read.case_by_number("ledger", &row.case.number, &Scope::Everything).await.unwrap();
    assert_eq!(by_number, Some(row));
    assert_eq!(read.case_by_number("other", "L-00003", &Scope::Everything).await.unwrap(), None);
}

async fn what_is_outside_the_scope_does_not_exist(store: &Opened) {
    put(store, 1, vec![case(1), case(2)]).await;
    let read = store.read().await.unwrap();
    let [own, other, none] =
        [vec![id(1), id(9)], vec![id(9)], vec![]].map(|units| Scope::Units(units.into_iter().collect::<BTreeSet<_>>()));
    assert_eq!(read.cases(&[id(2), id(1)], &own).await.unwrap(), [case(2), case(1)]);
    for scope in [other, none] {
        assert_eq!(read.case(id(1), &scope).await.unwrap(), None);
        assert_eq!(read.case_by_number("ledger", "L-00001", &scope).await.unwrap(), None);
        assert_eq!(read.case_page(&everything(), &scope).await.unwrap(), []);
        assert_eq!(read.case_count(&everything(), &scope, 10).await.unwrap(), 0);
    }
}

pub(super) fn everything() -> Query {
    Query {
        kind: "ledger".to_owned(),
        filters: vec![],
        actor: None,
        sort: Column::OpenedOn,
        descending: false,
        after: None,
        limit: 20,
    }
}

/// Cases of two kinds, five states, three units, with gaps in dates and slots.
fn many() -> Vec<CaseRow> {
    let states = [
        ("registered", Stage::Open),
        ("rectifying", Stage::Open),
        ("submitted", Stage::Open),
        ("closed", Stage::Closed),
        ("withdrawn", Stage::Withdrawn),
    ];
    let row = |n: u64| {
        let mut row = case(n);
        let at = usize::try_from(n).unwrap();
        let (state, stage) = states[at % 5];
        row.case.state = state.to_owned();
        row.case.stage = stage;
        row.case.unit = id(1 + n % 3);
        row.case.opened_on = day(i64::try_from(n * 7 % 23).unwrap());
        row.case.closed_on = (stage == Stage::Closed).then(|| day(40));
        row.due_on = (!n.is_multiple_of(4)).then(|| day(i64::try_from(n % 11).unwrap() + 10));
        row.slots[0] = ["", "重大", "一般"][at % 3].to_owned();
        row.slots[5] = format!("Place {}", n * 31 % 101);
        if n.is_multiple_of(17) {
            row.case.kind = "other".to_owned();
        }
        row
    };
    (1..=300).map(row).collect()
}

fn value(row: &CaseRow, column: Column) -> String {
    let text = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    match column {
        Column::State => row.case.state.clone(),
        Column::Stage => row.case.stage.key().to_owned(),
        Column::Number => row.case.number.clone(),
        Column::OpenedOn => row.case.opened_on.to_string(),
        Column::ClosedOn => text(row.case.closed_on),
        Column::DueOn => text(row.due_on),
        Column::Search => row.search.clone(),
        Column::Slot(slot) => row.slots[slot].clone(),
    }
}

fn holds(row: &CaseRow, filter: &Filter) -> bool {
    let value = value(row, filter.column);
    match &filter.test {
        Test::OneOf(values) => values.contains(&value),
        Test::Between(least, most) => {
            !value.is_empty()
                && least.as_ref().is_none_or(|least| *least <= value)
                && most.as_ref().is_none_or(|most| value <= *most)
        }
        Test::Contains(text) => value.to_ascii_lowercase().contains(&text.to_ascii_lowercase()),
    }
}

pub(super) fn expected(rows: &[CaseRow], query: &Query, scope: &Scope) -> Vec<String> {
    let mut found: Vec<(String, &CaseRow)> = rows
        .iter()
        .filter(|row| row.case.kind == query.kind && scope.contains(row.case.unit))
        .filter(|row| query.filters.iter().all(|filter| holds(row, filter)))
        .map(|row| (value(row, query.sort), row))
        .collect();
    let unit = |row: &CaseRow| matches!(query.sort, Column::Slot(_)).then_some(row.case.unit);
    found.sort_by(|(a, x), (b, y)| a.cmp(b).then(unit(x).cmp(&unit(y))).then(x.case.id.cmp(&y.case.id)));
    if query.descending {
        found.reverse();
    }
    found.into_iter().map(|(_, row)| row.case.number.clone()).collect()
}

fn filters() -> Vec<Vec<Filter>> {
    let one = |column, test| Filter { column, test };
    let text = |text: &str| text.to_owned();
    vec![
        vec![],
        vec![one(Column::State, Test::OneOf(vec![text("rectifying"), text("closed")]))],
        vec![
            one(Column::Stage, Test::OneOf(vec![text("open")])),
            one(Column::Slot(0), Test::OneOf(vec![text("重大")])),
        ],
        vec![one(Column::DueOn, Test::Between(None, Some(day(15).to_string())))],
        vec![one(Column::ClosedOn, Test::Between(Some(day(1).to_string()), None))],
        vec![one(Column::Slot(5), Test::Contains(text("pLACE 4")))],
        vec![one(Column::Number, Test::Contains(text("l-0002"))), one(Column::State, Test::Contains(text("ed")))],
        vec![one(Column::Search, Test::Contains(text("第2")))],
        vec![one(Column::Search, Test::Contains(text("L-001"))), one(Column::Stage, Test::OneOf(vec![text("open")]))],
        vec![one(Column::Slot(0), Test::OneOf(vec![]))],
        vec![one(Column::State, Test::OneOf(vec![text("unheard-of")]))],
    ]
}

/// Reads page by page to the end.
pub(super) async fn paged(store: &Opened, query: &Query, scope: &Scope) -> Vec<String> {
    let read = store.read().await.unwrap();
    let mut query = query.clone();
    let mut found = Vec::new();
    loop {
        let page = read.case_page(&query, scope).await.unwrap();
        found.extend(page.iter().map(|row| row.case.number.clone()));
        match page.last() {
            Some(last) if page.len() == usize::try_from(query.limit).unwrap() => {
                query.after = Some(Cursor { value: value(last, query.sort), id: last.case.id });
            }
            _ => return found,
        }
    }
}

async fn pages_agree_with_a_plain_sort_and_filter(store: &Opened) {
    let rows = many();
    put(store, 1, rows.clone()).await;
    let scopes = [Scope::Everything, Scope::Units([id(1), id(3)].into_iter().collect())];
    let sorts = [
        Column::State,
        Column::Stage,
        Column::Number,
        Column::OpenedOn,
        Column::ClosedOn,
        Column::DueOn,
        Column::Slot(0),
        Column::Slot(5),
    ];
    for scope in &scopes {
        for filters in filters() {
            for (sort, descending) in sorts.into_iter().flat_map(|sort| [(sort, false), (sort, true)]) {
                let query = Query { filters: filters.clone(), sort, descending, limit: 37, ..everything() };
                let wanted = expected(&rows, &query, scope);
                assert_eq!(paged(store, &query, scope).await, wanted, "{query:?} {scope:?}");
                let read = store.read().await.unwrap();
                let count = read.case_count(&query, scope, 50).await.unwrap();
                assert_eq!(usize::try_from(count).unwrap(), wanted.len().min(50), "{query:?}");
            }
        }
    }
}

async fn equals_stand_as_they_came(store: &Opened) {
    let came = [3, 1, 2];
    let same_day = |n| {
        let mut row = case(n);
        row.case.opened_on = day(1);
        row
    };
    // The first is written once more; it keeps its place.
    for (n, one) in (1..).zip(came.into_iter().chain([3])) {
        put(store, n, vec![same_day(one)]).await;
    }
    let numbers = came.map(|n| case(n).case.number);
    for sort in [Column::OpenedOn, Column::Slot(7), Column::State] {
        for descending in [false, true] {
            let query = Query { sort, descending, limit: 1, ..everything() };
            let mut wanted = numbers.to_vec();
            if descending {
                wanted.reverse();
            }
            assert_eq!(paged(store, &query, &Scope::Everything).await, wanted, "{query:?}");
            let nobody = Query { after: Some(Cursor { value: String::new(), id: id(9) }), ..query };
            assert_eq!(store.read().await.unwrap().case_page(&nobody, &Scope::Everything).await.unwrap(), []);
        }
    }
}

async fn what_an_account_did_is_found_by_account(store: &Opened) {
    let rows = many();
    let mut entries: Vec<_> = rows.iter().map(first_entry_of).collect();
    for (n, (entry, ..)) in entries.iter_mut().enumerate() {
        entry.statement.actor = id(if n % 5 == 0 { 7 } else { 2 });
    }
    let stored = rows.clone();
    write(store, move |store| {
        Box::pin(async move {
            store.put_cases(&stored).await?;
            store.append(&entries).await.map(drop)
        })
    })
    .await;
    let own: Vec<CaseRow> = rows.iter().step_by(5).cloned().collect();
    let open = Filter { column: Column::Stage, test: Test::OneOf(vec!["open".to_owned()]) };
    for scope in [Scope::Everything, Scope::Units([id(1), id(3)].into_iter().collect())] {
        for filters in [vec![], vec![open.clone()]] {
            let query = Query { filters, actor: Some(id(7)), descending: true, limit: 9, ..everything() };
            let wanted = expected(&own, &query, &scope);
            assert!(!wanted.is_empty());
            assert_eq!(paged(store, &query, &scope).await, wanted, "{query:?} {scope:?}");
            let count = store.read().await.unwrap().case_count(&query, &scope, 500).await.unwrap();
            assert_eq!(usize::try_from(count).unwrap(), wanted.len());
        }
    }
    let nobody = Query { actor: Some(id(8)), ..everything() };
    assert_eq!(paged(store, &nobody, &Scope::Everything).await, Vec::<String>::new());
}

fn first_entry_of(row: &CaseRow) -> (yanpan_kernel::entry::Entry, [u8; 16], String) {
    let (mut entry, salt, body) = first_entry(1);
    entry.statement.chain = row.case.id.cast();
    (entry, salt, body)
}

async fn a_key_names_the_case_that_its_account_wrote(store: &Opened) {
    put(store, 1, vec![case(3)]).await;
    write(store, |store| Box::pin(async move { store.put_case_key(id(1), "k-1", id(3)).await })).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.case_of_key(id(1), "k-1").await.unwrap(), Some(id(3)));
    assert_eq!(read.case_of_key(id(2), "k-1").await.unwrap(), None);
    assert_eq!(read.case_of_key(id(1), "k-2").await.unwrap(), None);
}

async fn due_and_opened_cases_are_counted_by_stage(store: &Opened) {
    let rows = many();
    put(store, 1, rows.clone()).await;
    let read = store.read().await.unwrap();
    let due = read.cases_due(day(12), &Scope::Everything).await.unwrap();
    let wanted = |row: &&CaseRow| row.case.stage == Stage::Open && row.due_on.is_some_and(|due| due <= day(12));
    assert_eq!(due.len(), rows.iter().filter(wanted).count());
    assert!(due.is_sorted_by_key(|row| (row.due_on, row.case.id)));
    let opened = read.opened_between("ledger", id(2), day(3), day(9)).await.unwrap();
    let wanted = rows.iter().filter(|row| {
        row.case.kind == "ledger"
            && row.case.unit == id(2)
            && row.case.stage != Stage::Withdrawn
            && (day(3)..=day(9)).contains(&row.case.opened_on)
    });
    assert_eq!(usize::try_from(opened).unwrap(), wanted.count());
}

async fn facts_come_after_a_watermark(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            let first = store.append(&[first_entry(1), first_entry(2), first_entry(3)]).await?;
            let facts: Vec<_> = (1..=3).zip(first..).map(|(n, entry)| fact(&case(n), entry)).collect();
            store.put_facts(&facts).await
        })
    })
    .await;
    let read = store.read().await.unwrap();
    assert_eq!(read.facts_after("ledger", 1).await.unwrap(), [fact(&case(2), 2), fact(&case(3), 3)]);
    assert_eq!(read.watermark("ledger").await.unwrap(), 0);
    write(store, |store| Box::pin(async move { store.move_watermark("ledger", 2).await })).await;
    let read = store.read().await.unwrap();
    assert_eq!(read.watermark("ledger").await.unwrap(), 2);
    assert_eq!(read.facts_after("ledger", 0).await.unwrap(), [fact(&case(3), 3)]);
    assert_eq!(read.fact_kinds().await.unwrap(), ["ledger"]);
    write(store, |store| Box::pin(async move { store.drop_facts().await })).await;
    assert!(store.read().await.unwrap().fact_kinds().await.unwrap().is_empty());
}

async fn numbers_are_taken_once(store: &Opened) {
    write(store, |store| {
        Box::pin(async move {
            assert_eq!(store.take_numbers("L-2026", 1).await?, 1);
            assert_eq!(store.take_numbers("L-2026", 10).await?, 2);
            assert_eq!(store.take_numbers("L-2027", 2).await?, 1);
            assert_eq!(store.take_numbers("L-2026", 1).await?, 12);
            store.append(&[first_entry(1)]).await.map(drop)
        })
    })
    .await;
}
