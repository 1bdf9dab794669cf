//! Bench of the store on SQLite: durable acts and transitions per second, bulk rows per second, pages of a million cases.
//!
//! `cargo bench -p yanpan-store [-- [pages] [CASES]]`; `pages` alone leaves the others out. Every figure is the median of
//! five, with the spread; what is judged is the ratio to the limit measured in the same run.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run must stop")]

use jiff::civil::Date;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use yanpan_app::ports::{Act, CaseRow, Column, Filter, Query, Store, Test, Writing, act};
use yanpan_kernel::{case::Stage, problem::Problem, unit::Scope};
use yanpan_store::Opened;
use yanpan_testkit::sample;

const PRODUCERS: u64 = 16;
const ACTS_EACH: u64 = 100;
const BULK: u64 = 5_000;
const UNITS: u64 = 1_200;

#[tokio::main]
async fn main() {
    let wanted = std::env::args().filter_map(|word| word.parse().ok()).next_back().unwrap_or(1_000_000);
    if !std::env::args().any(|word| word == "pages") {
        acts().await;
        bulk().await;
    }
    pages(wanted).await;
}

/// Median, least and most of five.
fn five(mut figures: Vec<f64>) -> (f64, String) {
    figures.sort_by(f64::total_cmp);
    let middle = figures[figures.len() / 2];
    (middle, format!("{middle:.0} ({:.0}–{:.0})", figures[0], figures[figures.len() - 1]))
}

fn per_second(count: u64, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap()) / took.as_secs_f64()
}

/// What registering one case writes.
async fn register(store: &dyn Writing, n: u64) -> Result<(), Problem> {
    let chain = sample::id(n);
    let head = store.head(chain).await?;
    let number =
        store.append(&[sample::entry(head, sample::statement(n, "open"), r#"{"set":{"place":"食堂"}}"#)]).await?;
    let mut row = case(n, 20_000);
    row.entry = number;
    store.put_cases(std::slice::from_ref(&row)).await?;
    store.put_facts(&[sample::fact(&row, number)]).await
}

/// What taking a case on to its next state reads and writes.
async fn advance(store: &dyn Writing, n: u64, state: &str) -> Result<(), Problem> {
    let chain = sample::id(n);
    store.tree_version().await?;
    let mut row = store.case(sample::id(n), &Scope::Everything).await?.unwrap();
    let head = store.head(chain).await?;
    let number =
        store.append(&[sample::entry(head, sample::statement(n, state), r#"{"set":{"level":"一般"}}"#)]).await?;
    row.case.state = state.to_owned();
    row.case.revision += 1;
    row.slots[0] = "一般".to_owned();
    row.entry = number;
    store.put_cases(std::slice::from_ref(&row)).await?;
    store.put_facts(&[sample::fact(&row, number)]).await
}

/// Acts per second of producers that each do these acts with cases of their own, one after the other.
async fn produced(store: &Arc<Opened>, acts: impl Fn(u64) -> Vec<Act> + Copy + Send + 'static) -> f64 {
    let begin = Instant::now();
    let producers = (0..PRODUCERS).map(|producer| {
        let store = Arc::clone(store);
        tokio::spawn(async move {
            let mut done = 0;
            for n in 0..ACTS_EACH {
                for act in acts(1 + producer * ACTS_EACH + n) {
                    store.write(act).await.unwrap();
                    done += 1;
                }
            }
            done
        })
    });
    let done = futures::future::join_all(producers).await;
    per_second(done.into_iter().map(Result::unwrap).sum(), begin.elapsed())
}

async fn acts() {
    let (mut own, mut limit, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Opened::sqlite(&folder.path().join("a.db")).await.unwrap());
        own.push(produced(&store, |n| vec![act(move |store| Box::pin(register(store, n)))]).await);
        let states = ["checked", "under_way"];
        let advances = move |n| states.map(|state| act(move |store| Box::pin(advance(store, n, state)))).into();
        moved.push(produced(&store, advances).await);

        let store = Opened::sqlite(&folder.path().join("b.db")).await.unwrap();
        let begin = Instant::now();
        for group in 0..ACTS_EACH {
            let work = act(move |store| {
                Box::pin(async move {
                    for n in 0..PRODUCERS {
                        register(store, 1 + group * PRODUCERS + n).await?;
                    }
                    Ok(())
                })
            });
            store.write(work).await.unwrap();
        }
        limit.push(per_second(PRODUCERS * ACTS_EACH, begin.elapsed()));
    }
    let ((own, said), (limit, limit_said)) = (five(own), five(limit));
    println!("durable acts/s, {PRODUCERS} producers: {said}");
    println!("  limit, the same statements in groups of {PRODUCERS} on the one connection: {limit_said}");
    println!("  ratio {:.2}", own / limit);
    println!("durable transitions/s of cases that are there, {PRODUCERS} producers: {}; wanted 1500", five(moved).1);
}

async fn bulk() {
    let folder = tempfile::tempdir().unwrap();
    let store = Opened::sqlite(&folder.path().join("c.db")).await.unwrap();
    let mut rates = Vec::new();
    for round in 0..5 {
        let begin = Instant::now();
        let work = act(move |store| {
            Box::pin(async move {
                let rows: Vec<u64> = (1 + round * BULK..=(round + 1) * BULK).collect();
                let entries: Vec<_> = rows.iter().map(|n| sample::first_entry(*n)).collect();
                let first = store.append(&entries).await?;
                let cases: Vec<_> = rows.iter().map(|n| case(*n, 50_000)).collect();
                store.put_cases(&cases).await?;
                let facts: Vec<_> = cases.iter().zip(first..).map(|(row, number)| sample::fact(row, number)).collect();
                store.put_facts(&facts).await
            })
        });
        store.write(work).await.unwrap();
        rates.push(per_second(BULK, begin.elapsed()));
    }
    println!("bulk rows/s (entry, payload, case with 15 indexes, fact), {BULK} an act: {}", five(rates).1);
}

/// Case `n` of `all`: old ones are closed, levels and kinds are skewed, each has a place of its own.
fn case(n: u64, all: u64) -> CaseRow {
    let mut row = sample::case(n);
    let mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
    row.case.unit = sample::id(1 + mixed % UNITS);
    let day = i64::try_from(n * 1_000 / all).unwrap();
    row.case.opened_on = sample::day(day - 990);
    let open = n * 100 / all >= 95 || mixed.is_multiple_of(400);
    if open {
        row.case.state =
            ["registered", "graded", "rectifying", "submitted"][usize::try_from(mixed % 4).unwrap()].to_owned();
        row.due_on = Some(sample::day(day - 990 + 30));
    } else {
        row.case.state = "closed".to_owned();
        row.case.stage = Stage::Closed;
        row.case.closed_on = Some(sample::day(day - 970));
    }
    row.slots[0] = if mixed.is_multiple_of(50) { "重大" } else { "一般" }.to_owned();
    row.slots[1] = format!("类别{:02}", (mixed % 97) * (mixed % 97) / 500);
    row.slots[2] = format!("教学楼{}层{}室", mixed % 7, mixed % 331);
    row.search = format!("s{:04}-2026-{n:06} {}配电箱门锁损坏,学生可触及", mixed % UNITS, row.slots[2]);
    if n.is_multiple_of(50_000) {
        row.search.push('鑫');
    }
    if n * 10 / all < 4 {
        row.search.push_str("旧校区");
    }
    row.slots[3] = ["自查", "督查", "专项"][usize::try_from(mixed % 3).unwrap()].to_owned();
    row.slots[4] = if row.slots[3] == "督查" { "上级" } else { "本校" }.to_owned();
    row
}

async fn pages(all: u64) {
    let folder = tempfile::tempdir().unwrap();
    let store = Opened::sqlite(&folder.path().join("d.db")).await.unwrap();
    let begin = Instant::now();
    for first in (1..=all).step_by(20_000) {
        let work = act(move |store| {
            Box::pin(async move {
                let rows: Vec<_> = (first..(first + 20_000).min(all + 1)).map(|n| case(n, all)).collect();
                store.put_cases(&rows).await?;
                store.append(&[sample::first_entry(first)]).await.map(drop)
            })
        });
        store.write(work).await.unwrap();
    }
    println!(
        "pages of 50 among {all} cases (made in {:.0} s), ms, median of 5 (least–most)",
        begin.elapsed().as_secs_f64()
    );
    let read = store.read().await.unwrap();
    let mut slowest = (0.0, String::new());
    for (name, filters, scope) in questions() {
        for (sort, descending) in sorts() {
            let query = Query {
                kind: "ledger".to_owned(),
                filters: filters.clone(),
                sort,
                descending,
                actor: None,
                after: None,
                limit: 50,
            };
            let mut took = Vec::new();
            let mut rows = 0;
            for _ in 0..5 {
                let begin = Instant::now();
                rows = read.case_page(&query, &scope).await.unwrap().len();
                took.push(begin.elapsed().as_secs_f64() * 1_000.0);
            }
            let (middle, said) = five(took);
            let sort = format!("{sort:?}{}", if descending { " desc" } else { "" });
            println!("  {name:<38} {sort:<14} {rows:>3} rows  {said}");
            if middle > slowest.0 {
                slowest = (middle, format!("{name}, {sort}"));
            }
        }
        let query = Query {
            kind: "ledger".to_owned(),
            filters,
            sort: Column::OpenedOn,
            descending: true,
            actor: None,
            after: None,
            limit: 50,
        };
        let begin = Instant::now();
        let count = read.case_count(&query, &scope, 10_000).await.unwrap();
        println!("  {name:<38} count {count:>6}           {:.0}", begin.elapsed().as_secs_f64() * 1_000.0);
    }
    println!("  slowest page {:.0} ms ({}); wanted 200", slowest.0, slowest.1);
}

fn sorts() -> [(Column, bool); 6] {
    [
        (Column::OpenedOn, true),
        (Column::OpenedOn, false),
        (Column::DueOn, false),
        (Column::Number, true),
        (Column::Slot(2), false),
        (Column::State, false),
    ]
}

fn questions() -> Vec<(&'static str, Vec<Filter>, Scope)> {
    let one = |column, values: &[&str]| Filter {
        column,
        test: Test::OneOf(values.iter().map(|v| (*v).to_owned()).collect()),
    };
    let contains = |column, text: &str| Filter { column, test: Test::Contains(text.to_owned()) };
    let between = |column, first: Date, last: Date| Filter {
        column,
        test: Test::Between(Some(first.to_string()), Some(last.to_string())),
    };
    let units = |count: u64| Scope::Units((1..=count).map(sample::id).collect());
    let third = Scope::Units((1..=UNITS).step_by(3).map(sample::id).collect());
    let month = || between(Column::OpenedOn, sample::day(-300), sample::day(-270));
    vec![
        ("everything", vec![], Scope::Everything),
        ("open", vec![one(Column::Stage, &["open"])], Scope::Everything),
        ("state submitted", vec![one(Column::State, &["submitted"])], Scope::Everything),
        ("重大", vec![one(Column::Slot(0), &["重大"])], Scope::Everything),
        (
            "一般, one of 3 sources",
            vec![one(Column::Slot(0), &["一般"]), one(Column::Slot(3), &["督查"])],
            Scope::Everything,
        ),
        ("rare kind", vec![one(Column::Slot(1), &["类别18"])], Scope::Everything),
        (
            "重大, broad kind, closed",
            vec![
                one(Column::Slot(0), &["重大"]),
                one(Column::Slot(1), &["类别00", "类别01"]),
                one(Column::Stage, &["closed"]),
            ],
            Scope::Everything,
        ),
        ("one month", vec![month()], Scope::Everything),
        ("one month, 督查", vec![month(), one(Column::Slot(3), &["督查"])], Scope::Everything),
        (
            "two broad that exclude each other",
            vec![
                one(Column::Slot(3), &["督查"]),
                between(Column::OpenedOn, sample::day(-989), sample::day(-600)),
                between(Column::ClosedOn, sample::day(-300), sample::day(0)),
            ],
            Scope::Everything,
        ),
        (
            "two values that exclude each other",
            vec![one(Column::Slot(3), &["督查"]), one(Column::Slot(4), &["本校"])],
            Scope::Everything,
        ),
        // The sources of a unit are one of three, by its number.
        ("督查, 400 units that have none", vec![one(Column::Slot(3), &["督查"])], third.clone()),
        ("400 units, 督查 and 本校", vec![one(Column::Slot(3), &["督查"]), one(Column::Slot(4), &["本校"])], third),
        ("place contains 6层330", vec![contains(Column::Slot(2), "6层330")], Scope::Everything),
        ("search common words", vec![contains(Column::Search, "配电箱")], Scope::Everything),
        ("search one number", vec![contains(Column::Search, "2026-500000")], Scope::Everything),
        ("search nothing", vec![contains(Column::Search, "没有此事")], Scope::Everything),
        ("place contains nothing", vec![contains(Column::Slot(2), "没有此处")], Scope::Everything),
        ("number contains 999", vec![contains(Column::Number, "999")], Scope::Everything),
        ("number contains 9999", vec![contains(Column::Number, "9999")], Scope::Everything),
        ("search one rare character", vec![contains(Column::Search, "鑫")], Scope::Everything),
        ("search words of the first tenth", vec![contains(Column::Search, "2026-0")], Scope::Everything),
        ("search words of the first four tenths", vec![contains(Column::Search, "旧校区")], Scope::Everything),
        (
            "督查, search words apart",
            vec![one(Column::Slot(3), &["督查"]), contains(Column::Search, "6层330")],
            Scope::Everything,
        ),
        ("one unit", vec![], units(1)),
        ("one unit, 重大", vec![one(Column::Slot(0), &["重大"])], units(1)),
        ("300 units", vec![], units(300)),
        ("300 units, open, 重大", vec![one(Column::Stage, &["open"]), one(Column::Slot(0), &["重大"])], units(300)),
        ("300 units, place contains nothing", vec![contains(Column::Slot(2), "没有此处")], units(300)),
    ]
}
