//! `--calendar` and `--delays` of `yanpan detect`.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test file: what is missing shall fail loudly")]

use clap::Parser;
use yanpan_kernel::problem::Problem;
use yanpan_methods::Method;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    method: Method,
}

/// Runs a method with named files beside the counts; gives the rows of the answer.
fn detect(method: &str, files: &[(&str, String)], more: &[&str]) -> Result<Vec<Vec<String>>, Vec<Problem>> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let mut words = ["yanpan", "detect", "--method", method].map(str::to_owned).to_vec();
    for (option, text) in files {
        std::fs::write(path(option), text).unwrap();
        words.extend([format!("--{option}"), path(option)]);
    }
    words.extend(["--output".to_owned(), path("out.csv")]);
    words.extend(more.iter().map(|word| (*word).to_owned()));
    yanpan_methods::run(Line::parse_from(words).method, false)?;
    let out = std::fs::read_to_string(path("out.csv")).unwrap();
    Ok(out.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

/// Two school years from a given Monday each, 30 weeks of five days with weekends of zeros; Mondays have 20 cases, else 4. The
/// second year begins two weeks later in the calendar. Last day: a Monday with `today` cases.
fn years(today: u32) -> (String, String) {
    let (mut counts, mut calendar) = ("t,date,school\n".to_owned(), "date,year,week\n".to_owned());
    let first: jiff::civil::Date = "2023-09-04".parse().unwrap();
    let opening = [0_i32, 371, 742];
    let last = 742 + 7 * 10;
    for day in 0..=last {
        let date = first.checked_add(jiff::Span::new().days(day)).unwrap();
        let year = opening.iter().rposition(|start| day >= *start).unwrap();
        let (week, weekday) = ((day - opening[year]) / 7 + 1, day % 7);
        let school = week <= 30 && weekday < 5;
        let cases = if day == last {
            today
        } else if !school {
            0
        } else if weekday == 0 {
            20
        } else {
            4 + day as u32 % 2
        };
        counts.push_str(&format!("{},{date},{cases}\n", day + 1));
        if school {
            calendar.push_str(&format!("{date},{},{week}\n", 2023 + year));
        }
    }
    (counts, calendar)
}

const PARAMS: &str = r#"{"freq": 365, "b": 2, "w": 0, "actY": false, "range": [813, 813]}"#;

#[test]
fn a_monday_is_compared_with_mondays_of_the_same_school_week() {
    let (counts, calendar) = years(24);
    let with = [("input", counts), ("calendar", calendar), ("params", PARAMS.to_owned())];
    let rows = detect("bayes", &with, &[]).unwrap();
    assert_eq!((rows[1][4].as_str(), rows[1][5].parse::<f64>().unwrap().round()), ("0", 20.0), "{rows:?}");
    let (without, _) = with.split_at(1);
    let rows = detect("bayes", &[without[0].clone(), with[2].clone()], &[]).unwrap();
    assert!(rows[1][5].parse::<f64>().unwrap() < 19.0, "by date it is compared with other weekdays: {rows:?}");
}

#[test]
fn a_day_without_school_is_not_judged_and_not_in_a_baseline() {
    let (counts, calendar) = years(20);
    let params = r#"{"freq": 365, "range": [790, 813]}"#.to_owned();
    let rows = detect("ears-c1", &[("input", counts), ("calendar", calendar), ("params", params)], &[]).unwrap();
    assert_eq!(rows.len(), 25);
    for row in &rows[1..] {
        let t: usize = row[0].parse().unwrap();
        let weekend = (t - 1) % 7 >= 5;
        assert_eq!(row.last().unwrap() == "非上学日", weekend, "{row:?}");
        assert!(weekend || row[5].parse::<f64>().unwrap() > 4.0, "no zero of a weekend in the mean: {row:?}");
    }
}

#[test]
fn a_calendar_is_refused_in_compat_and_without_dates_and_names_its_bad_row() {
    let (counts, calendar) = years(20);
    let files = |calendar: &str| [("input", counts.clone()), ("calendar", calendar.to_owned())];
    assert!(detect("ears-c1", &files(&calendar), &["--compat", "r"]).is_err());
    let problems =
        detect("ears-c1", &files("date,year,week\n2023-09-04,2023,1\n2023-09-05,2023,0\n"), &[]).unwrap_err();
    assert_eq!(problems[0].place.row, Some(3));
    let plain = [("input", "t,u\n1,2\n2,2\n".to_owned()), ("calendar", calendar)];
    assert!(detect("ears-c1", &plain, &[]).is_err());
}

#[test]
fn the_latest_counts_are_completed_by_what_is_still_to_come() {
    let counts: String = (1..=20).map(|t| format!("{t},{}\n", if t == 20 { 6 } else { 10 })).collect();
    let triangle = "t,0,1\n18,6,4\n19,6,4\n20,6,NA\n".to_owned();
    let params = r#"{"range": [19, 20]}"#.to_owned();
    let files = [("input", format!("t,u\n{counts}")), ("delays", triangle), ("params", params)];
    let rows = detect("ears-c1", &files, &[]).unwrap();
    let at = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
    assert_eq!(rows[2][at("reported")], "6");
    assert!((rows[2][at("share")].parse::<f64>().unwrap() - 0.6).abs() < 1e-9);
    assert_eq!(rows[2][at("observed")], "11", "6 reported and (6 + 1)·0.4/0.6 still to come");
    assert_eq!(rows[1][at("observed")], "10");
}

/// R 4.2.2 with surveillance 1.20.3: `farrington` gives the same bounds with `populationOffset = TRUE` as without, others with
/// `fitFun = "algo.farrington.fitGLM.populationOffset"`.
#[test]
fn the_classic_method_of_r_takes_its_offset_from_the_fit_function_alone() {
    let rows = |cell: fn(u32) -> u32| (1..=60).map(|t| format!("{t},{}\n", cell(t))).collect::<String>();
    let counts = format!("t,u\n{}", rows(|t| 3 + t * 7 % 5));
    let population = format!("t,u\n{}", rows(|t| 1000 + 40 * t));
    let bound = |params: &str, compat: &[&str]| {
        let params = format!(r#"{{"freq": 12, "b": 3, "w": 1, "range": [60, 60]{params}}}"#);
        let files = [("input", counts.clone()), ("population", population.clone()), ("params", params)];
        let rows = detect("farrington", &files, compat).unwrap();
        rows[1][rows[0].iter().position(|column| column == "upperbound").unwrap()].clone()
    };
    let (flag, fit) = (r#", "populationOffset": true"#, r#", "fitFun": "algo.farrington.fitGLM.populationOffset""#);
    let r = ["--compat", "r"];
    assert_eq!(bound("", &r), bound(flag, &r));
    assert_ne!(bound("", &r), bound(fit, &r));
    assert_ne!(bound("", &[]), bound(flag, &[]), "by default the flag is what it says");
    assert_eq!(bound(fit, &[]), bound(flag, &[]));
}
