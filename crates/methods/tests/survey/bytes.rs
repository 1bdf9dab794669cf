//! No file brings a command down, and no result holds a NaN.

use crate::line::Bench;
use proptest::prelude::*;

const COMMANDS: [&str; 9] = [
    "survey rates --input @in.csv --output @out.csv",
    "survey rake --input @in.csv --weight n --margin @in.csv --estimate x --output @out.csv",
    "survey crosstab --input @in.csv --output @out.csv",
    "survey alpha --input @in.csv --exclude unit --output @out.csv",
    "survey careless --input @in.csv --exclude unit --output @out.csv",
    "survey suppress --input @in.csv --output @out.csv --audit @audit.csv",
    "index build --input @in.csv --missing available --n-draws 20 --output @out.csv",
    "index ahp --input @in.csv --output @out.csv",
    "trend --input @in.csv --time x --value n --output @out.csv",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0u32..40).prop_map(|number| number.to_string()),
        1 => any::<f64>().prop_map(|number| number.to_string()),
        1 => prop::sample::select(vec!["", "NA", "NaN", "inf", "-1", "0.5", "三", "1e300", "9007199254740993", "\"", "*"])
            .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_table_of_odd_cells_brings_a_command_down(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 4), 1..7),
        whole in any::<bool>(),
    ) {
        let bench = Bench::new();
        let rows = rows.iter().zip(1..).map(|(row, line): (_, u32)| {
            let cells = row.iter().map(|cell| if whole && cell.parse::<u32>().is_err() { "7" } else { cell });
            format!("u{line},{}", cells.collect::<Vec<_>>().join(","))
        });
        bench.file("in.csv", &format!("unit,x,n,a,b\n{}\n", rows.collect::<Vec<_>>().join("\n")));
        for command in COMMANDS {
            if bench.run(command).is_ok() {
                let text = std::fs::read_to_string(bench.path("out.csv")).unwrap();
                prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{command}: {text}");
            }
        }
    }

    #[test]
    fn no_bytes_bring_a_command_down(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let bench = Bench::new();
        std::fs::write(bench.path("in.csv"), &bytes).unwrap();
        for command in COMMANDS {
            let _ = bench.run(command);
        }
    }
}
