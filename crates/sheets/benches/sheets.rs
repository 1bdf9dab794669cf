//! Reading and checking 50,000 rows beside calamine alone, writing 100,000 beside rust_xlsxwriter alone: median of 5, one run.

use calamine::{Reader, Xlsx};
use jiff::civil::date;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};
use yanpan_sheets::layout::{self, Hints};
use yanpan_sheets::rows::{self, Cell, Decimal, Named, Reading};
use yanpan_sheets::write::{self, Page, Record};
use yanpan_sheets::{Limits, read};

#[path = "../tests/common/mod.rs"]
mod common;

type Failure = Box<dyn std::error::Error>;
const READ: u32 = 50_000;
const WRITTEN: u32 = 100_000;
const HEADINGS: [&str; 16] = [
    "序号",
    "单位",
    "排查时间",
    "排查人",
    "部位",
    "隐患描述",
    "隐患类别",
    "级别",
    "整改措施",
    "资金(万元)",
    "责任人",
    "联系电话",
    "时限",
    "整改情况",
    "完成时间",
    "备注",
];

/// A ledger as a town would send it, strings shared as Excel shares them.
fn ledger() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "城关教管中心2026年10月学校安全风险隐患排查整治清单")?;
    for (at, heading) in (0_u16..).zip(HEADINGS) {
        sheet.write_string(1, at, heading)?;
    }
    for row in 0..READ {
        let (at, day) = (row + 2, row % 28 + 1);
        sheet.write_number(at, 0, f64::from(row + 1))?;
        let texts: [(u16, String); 14] = [
            (1, format!("第{}小学", row % 90)),
            (2, format!("2026年10月{day}日")),
            (3, ["王强", "李敏", "赵丽"].iter().cycle().nth((row % 3) as usize).copied().unwrap_or("").to_owned()),
            (4, format!("教学楼{}层", row % 5)),
            (5, format!("应急照明灯不亮{}盏,编号{row}", row % 7)),
            (6, "消防安全".to_owned()),
            (7, "一般".to_owned()),
            (8, "更换应急照明灯".to_owned()),
            (10, "吴涛".to_owned()),
            (11, format!("138****{:04}", row % 10_000)),
            (12, format!("10月{day}日前")),
            (13, "已整改".to_owned()),
            (14, format!("2026-10-{day:02}")),
            (15, String::new()),
        ];
        sheet.write_number(at, 9, f64::from(row % 50) / 100.0)?;
        for (column, text) in texts.iter().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(at, *column, text.as_str())?;
        }
    }
    book.save_to_buffer()
}

/// Median and spread of five runs of two pieces of work, taken in turns.
fn compare(
    mut one: impl FnMut() -> Result<(), Failure>,
    mut other: impl FnMut() -> Result<(), Failure>,
) -> Result<[Duration; 4], Failure> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let start = Instant::now();
        one()?;
        ours.push(start.elapsed());
        let start = Instant::now();
        other()?;
        theirs.push(start.elapsed());
    }
    ours.sort_unstable();
    theirs.sort_unstable();
    let at = |list: &[Duration], index: usize| list.get(index).copied().unwrap_or_default();
    let spread = |list: &[Duration]| at(list, 4) - at(list, 0);
    Ok([at(&ours, 2), spread(&ours), at(&theirs, 2), spread(&theirs)])
}

fn print(name: &str, rows: u32, [ours, spread, theirs, other]: [Duration; 4]) {
    let rate = f64::from(rows) / ours.as_secs_f64();
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "{name:<28} {ours:>9.2?} ±{spread:<8.2?} peer {theirs:>9.2?} ±{other:<8.2?} {rate:>9.0} rows/s  ours ÷ peer {ratio:.2}  speed {:.0} %",
        100.0 / ratio
    );
}

fn check(bytes: &[u8]) -> Result<(), Failure> {
    let target = common::ledger();
    let book = read::workbook(bytes, "台账.xlsx", &Limits::default())?;
    let layout = layout::find(&book, &target, &Hints::default());
    let found = layout.found.first().ok_or("no table")?;
    let good = rows::read(&book, found, &target, Reading::default()).filter(rows::Row::is_good).count();
    if good == READ as usize { Ok(()) } else { Err(format!("{good} good rows").into()) }
}

fn record(row: u32) -> Record {
    let name = |text: &str| Some(Cell::Person(Named { text: text.to_owned(), id: None }));
    let text = |text: String| Some(Cell::Text(text));
    vec![
        text(format!("YH{row:06}")),
        Some(Cell::Unit(Named { text: format!("第{}小学", row % 90), id: None })),
        Some(Cell::Date(date(2026, 10, 8))),
        name("王强"),
        text("教学楼二层".into()),
        text(format!("应急照明灯不亮{}盏", row % 7)),
        text("消防安全".into()),
        Some(Cell::Choice("general".into())),
        text("更换应急照明灯".into()),
        Some(Cell::Decimal(Decimal { digits: i64::from(row % 500), scale: 4 })),
        Some(Cell::Integer(i64::from(row % 30))),
        name("吴涛"),
    ]
}

/// The same cells straight through the peer, in its constant-memory mode, with formats as a ledger needs them.
fn alone() -> Result<(), Failure> {
    let mut book = Workbook::new();
    let (date, plain) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new().set_text_wrap());
    let sheet = book.add_worksheet_with_constant_memory()?;
    for row in 0..WRITTEN {
        for (column, cell) in (0_u16..).zip(record(row)) {
            match cell {
                Some(Cell::Date(_)) => sheet.write_number_with_format(row, column, 46_303.0, &date)?,
                Some(Cell::Integer(number)) => sheet.write_number_with_format(row, column, number as f64, &plain)?,
                Some(Cell::Decimal(number)) => {
                    sheet.write_number_with_format(row, column, number.digits as f64, &plain)?
                }
                Some(Cell::Text(text) | Cell::Choice(text)) => {
                    sheet.write_string_with_format(row, column, text, &plain)?
                }
                Some(Cell::Unit(name) | Cell::Person(name)) => {
                    sheet.write_string_with_format(row, column, name.text, &plain)?
                }
                _ => sheet.write_blank(row, column, &plain)?,
            };
        }
    }
    black_box(book.save_to_buffer()?);
    Ok(())
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned()
}

fn main() -> Result<(), Failure> {
    // What the reader alone needs is told by a process that does nothing else: `--make FILE`, then `--read FILE`.
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "--make", path, ..] => return Ok(std::fs::write(path, ledger()?)?),
        [_, "--read", path, ..] => {
            check(&std::fs::read(path)?)?;
            println!("{}", peak());
            return Ok(());
        }
        _ => {}
    }
    let bytes = ledger()?;
    println!("{} bytes, {READ} rows × {} columns; before reading {}", bytes.len(), HEADINGS.len(), peak());
    let theirs = || {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.as_slice()))?;
        let name = book.sheet_names().first().cloned().unwrap_or_default();
        black_box(book.worksheet_range(&name)?);
        Ok(())
    };
    print("read and check / calamine", READ, compare(|| check(&bytes), theirs)?);
    let target = {
        let mut target = common::ledger();
        target.columns.truncate(12);
        target
    };
    let ours = || {
        black_box(write::ledger(&Page { title: "台账".into(), ..Page::default() }, &target, (0..WRITTEN).map(record))?);
        Ok(())
    };
    print("export / rust_xlsxwriter", WRITTEN, compare(ours, alone)?);
    println!("{}", peak());
    Ok(())
}
