//! The returns of a round by workbook: what a unit could type, with the same rights and the same entries.

use crate::house::{House, caller};
use serde_json::json;
use yanpan_app::{
    import::{Plan, Sort, targets},
    round::{board, open_round, round},
};
use yanpan_kernel::{period::Period, round::Standing};

const PACK: [(&str, &str); 2] = [
    (
        "pack.toml",
        "key = \"patrols\"\ntitle = \"巡查\"\nversion = \"1.0.0\"\nsummary = \"只供测试\"\nsource = \"测试\"\n",
    ),
    (
        "rounds.toml",
        "[form.patrol]\ntitle = \"月巡查\"\n[[form.patrol.field]]\nkey = \"rooms\"\ntitle = \"巡查间数\"\nkind = \"integer\"\n\
         min = 0\nmax = 999\n[[form.patrol.field]]\nkey = \"way\"\ntitle = \"方式\"\nkind = \"choice\"\n\
         options = [\"自查\", \"互查\"]\n[round.patrol]\ntitle = \"月巡查\"\nform = \"patrol\"\nperiod = \"month\"\n\
         audience = \"unit.school\"\ndue = \"+3d\"\ndue_time = \"17:00\"\n",
    ),
];

fn codes(plan: &Plan) -> Vec<(u32, &str)> {
    plan.rows.iter().flat_map(|row| row.problems.iter().map(|problem| (row.row, problem.code))).collect()
}

async fn heads() -> (House, Period) {
    let mut house = House::with(&PACK).await;
    let people = "姓名,账号,角色,单位\n周明,zhou,学校负责人,城关第一小学\n吴静,wu,学校负责人,城关第二小学\n";
    house.import("people", "人员.csv", people.as_bytes()).await.1.unwrap();
    let today = house.app.environment.today();
    let month = Period::containing(yanpan_kernel::period::PeriodKind::Month, today, &house.app.calendar).unwrap();
    let actor = house.caller.account;
    assert_eq!(open_round(&house.app, actor, "patrol", &month).await.unwrap(), 4);
    house.caller = caller(&house.app, "zhou").await;
    (house, month)
}

#[tokio::test]
async fn a_unit_reports_by_workbook_corrects_by_workbook_and_nothing_is_told_twice() {
    let (mut house, month) = heads().await;
    let sheet = |rooms: &str, way: &str| format!("学校,期次,巡查间数,方式\n一小,{},{rooms},{way}\n", month.label());
    let (plan, done) = house.import("patrol", "一.csv", sheet("38间", "自查").as_bytes()).await;
    assert_eq!((plan.count(Sort::New), done.unwrap().batch.counts), (1, [1, 0, 0]), "{:?}", plan.all_problems());
    let (plan, _) = house.import("patrol", "一.csv", sheet("38", "自查").as_bytes()).await;
    assert_eq!(plan.count(Sort::Same), 1);
    let (plan, done) = house.import("patrol", "二.csv", sheet("40", "互查").as_bytes()).await;
    assert_eq!((plan.count(Sort::Update), done.unwrap().batch.counts), (1, [0, 1, 0]));
    assert_eq!(plan.rows[0].changes[0], ("rooms".to_owned(), [json!(38), json!(40)]));
    house.caller = caller(&house.app, yanpan_app::installation::LOCAL_OPERATOR).await;
    let reading = house.app.store.read().await.unwrap();
    let definition = round(&house.app, "patrol").unwrap();
    let shown = board(&house.app, &house.caller, reading.as_ref(), (definition, month)).await.unwrap();
    let own: Vec<_> = shown.rows.iter().filter(|row| row.standing == Standing::Reported).collect();
    assert_eq!(
        (own.len(), own[0].revision, &own[0].answers),
        (1, 2, &serde_json::from_value(json!({ "rooms": 40, "way": "互查" })).unwrap())
    );
}

#[tokio::test]
async fn rows_of_other_units_wrong_periods_and_wrong_answers_are_named_at_their_cells() {
    let (house, month) = heads().await;
    let text = format!(
        "学校,月份,巡查间数,方式\n城关第二小学,{0},3,自查\n一小,去年,3,自查\n一小,{0},很多,自查\n一小,2020-01,3,自查\n一小,{0},3,乱查\n",
        month.key()
    );
    let (plan, _) = house.import("patrol", "错.csv", text.as_bytes()).await;
    assert_eq!(
        codes(&plan),
        [(2, "422.236"), (3, "422.101"), (4, "422.225"), (5, "404.1"), (6, "422.228")],
        "{:?}",
        plan.all_problems()
    );
}

#[tokio::test]
async fn one_is_offered_what_one_may_import_into() {
    let (house, _) = heads().await;
    let keys = |caller| targets(&house.app, &caller).into_iter().map(|target| target.key).collect::<Vec<_>>();
    let head = keys(house.caller.clone());
    assert!(head.contains(&"patrol".to_owned()) && head.contains(&"teaching".to_owned()), "{head:?}");
    assert!(!head.contains(&"units".to_owned()), "{head:?}");
    let operator = keys(caller(&house.app, yanpan_app::installation::LOCAL_OPERATOR).await);
    assert!(operator.contains(&"units".to_owned()) && !operator.contains(&"patrol".to_owned()), "{operator:?}");
}
