//! Pupils, teaching and accounts: told apart by numbers and sign-in names, never by name alone.

use crate::house::{House, caller};
use std::{collections::BTreeSet, sync::Arc};
use yanpan_app::{
    export::{pupil_rows, teaching_rows},
    import::{Choice, Plan, Sort, Upload, commit, plan, undo},
    ports::{Cell, Progress},
};

const PUPILS: &str = "学校,班级,姓名,身份证号,学籍号,入班日期\n城关第一小学,三(2)班,王小雨,11010519491231002X,,2026-09-01\n\
    城关第一小学,3年2班,王小雨,,,2026-09-01\n城关第一小学,三（3）班,李小满,11010519491231002x,,2026-09-01\n\
    城关第一小学,四(1)班,赵一,,,2026-09-01\n城关第二小学,三(2)班,赵二,,K1,2026-09-01\n\
    城关第二小学,三(2)班,赵三,110105194912310021,,2026-09-01\n";

fn codes(plan: &Plan) -> Vec<(u32, &str)> {
    let all = plan.rows.iter().flat_map(|row| row.problems.iter().map(|problem| (row.row, problem.code)));
    all.collect()
}

#[tokio::test]
async fn pupils_are_matched_by_number_and_their_numbers_lie_encrypted() {
    let house = House::new().await;
    let (plan, done) = house.import("pupils", "学生.csv", PUPILS.as_bytes()).await;
    assert_eq!(
        codes(&plan),
        [(4, "422.241"), (5, "422.239"), (6, "422.242"), (7, "422.231")],
        "{:?}",
        plan.all_problems()
    );
    assert_eq!((plan.count(Sort::New), done.unwrap().batch.counts), (2, [2, 0, 0]));
    let (again, _) = house.import("pupils", "学生.csv", PUPILS.as_bytes()).await;
    assert_eq!(again.count(Sort::Same), 2, "{:?}", again.rows);
    let moved = "学校,班级,姓名,身份证号,入班日期\n城关第一小学,三(3)班,王小雨,11010519491231002X,2026-11-01\n";
    let (plan, done) = house.import("pupils", "转班.csv", moved.as_bytes()).await;
    assert_eq!(plan.count(Sort::New), 1, "{:?}", plan.all_problems());
    let batch = done.unwrap().batch.id;
    let (_, rows) = pupil_rows(&house.app, &house.caller).await.unwrap();
    let shown: Vec<&Vec<Cell>> = rows.iter().filter(|row| row[3] != Cell::Missing).collect();
    assert_eq!(shown.len(), 2, "one pupil, two classes: {rows:?}");
    assert!(shown.iter().all(|row| row[3] == Cell::Text("110***********002X".into())));
    assert!(shown.iter().any(|row| row[6] == Cell::Date(jiff::civil::date(2026, 10, 31))), "left the class before");
    let bytes = std::fs::read(house.folder.path().join("yanpan.sqlite")).unwrap();
    let wal = std::fs::read(house.folder.path().join("yanpan.sqlite-wal")).unwrap_or_default();
    for number in ["11010519491231002X", "9491231002X"] {
        assert!([&bytes, &wal].iter().all(|file| !file.windows(number.len()).any(|part| part == number.as_bytes())));
    }
    assert_eq!(undo(&house.app, &house.caller, batch, BTreeSet::new()).await.unwrap(), 1);
    let rows = pupil_rows(&house.app, &house.caller).await.unwrap().1;
    assert!(rows.len() == 2 && rows.iter().all(|row| row[6] == Cell::Missing), "back in the class before: {rows:?}");
}

#[tokio::test]
async fn a_teacher_named_alone_is_asked_about_and_never_assumed() {
    let house = House::new().await;
    let people = "姓名,账号,角色,单位\n王强,wangqiang,教师,城关第一小学\n林国栋,lin,主管部门,QS\n";
    let (_, done) = house.import("people", "人员.csv", people.as_bytes()).await;
    assert_eq!(done.unwrap().given.len(), 2, "a first password for each");
    let (again, _) = house.import("people", "人员.csv", people.as_bytes()).await;
    assert_eq!(again.count(Sort::Same), 2);
    let other = "姓名,账号,角色,单位\n王刚,wangqiang,教师,城关第一小学\n";
    assert_eq!(codes(&house.import("people", "人员.csv", other.as_bytes()).await.0), [(2, "422.13")]);
    let text = "学校,班级,学科,任课教师\n城关第一小学,三(2)班,数学,王强\n城关第一小学,三(3)班,数学,张三\n";
    let (alone, _) = house.import("teaching", "任课.csv", text.as_bytes()).await;
    assert_eq!(codes(&alone), [(2, "422.238"), (3, "422.240")]);
    let suggestion = alone.rows[0].suggestions.iter().find_map(|found| found.suggestion.clone());
    assert_eq!(suggestion.as_deref(), Some("王强(wangqiang)"));
    let mut upload =
        Upload {
            kind: "teaching".into(), name: "任课.csv".into(), bytes: text.as_bytes().into(), ..Upload::default()
        };
    upload.hints.corrections.entry("name".into()).or_default().insert("王强".into(), suggestion.unwrap());
    let made = Arc::new(plan(&house.app, &house.caller, &upload, &Arc::new(Progress::default())).await.unwrap());
    assert_eq!(made.count(Sort::New), 1, "{:?}", made.all_problems());
    let choice = Choice { good_rows_only: true, suspects: false };
    commit(&house.app, &house.caller, (&upload, &made), choice).await.unwrap();
    let rows = teaching_rows(&house.app, &house.caller).await.unwrap().1;
    assert_eq!((rows.len(), &rows[0][4]), (1, &Cell::Text("wangqiang".into())));
    let lin = caller(&house.app, "lin").await;
    let refused = pupil_rows(&house.app, &lin).await.unwrap_err();
    assert_eq!(refused.code, "403.1", "above the school only counts leave");
}
