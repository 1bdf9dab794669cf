//! Makes workbooks that resemble what schools send, with what is expected of each beside it:
//! `cargo run -p yanpan-sheets --example corpus -- DIR`

mod book;
mod cells;
mod files;
mod layouts;
mod mixed;
mod rows;
#[path = "../../tests/common/mod.rs"]
mod target;
mod wps;

use std::path::Path;
use std::process::ExitCode;

fn write(folder: &Path) -> Result<usize, Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("target.json"), serde_json::to_vec_pretty(&target::ledger())?)?;
    let cases = book::all()?;
    for (at, case) in cases.iter().enumerate() {
        let stem = format!("{:02}-{}", at + 1, case.name);
        std::fs::write(folder.join(format!("{stem}.{}", case.extension)), &case.bytes)?;
        let bad: Vec<_> = case.bad.iter().map(|(row, key)| serde_json::json!({"row": row, "column": key})).collect();
        let expected = serde_json::json!({"accepted": case.good, "rejected": bad, "pictures": case.pictures});
        std::fs::write(folder.join(format!("{stem}.expected.json")), serde_json::to_vec_pretty(&expected)?)?;
    }
    Ok(cases.len())
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("corpus DIR");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(count) => {
            println!("{count} workbooks in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
