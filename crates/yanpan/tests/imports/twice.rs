//! One file that says two things of one case.

use crate::house::House;
use yanpan_app::import::Sort;
use yanpan_kernel::unit::Scope;

#[tokio::test]
async fn a_second_row_about_a_case_goes_on_from_the_first() {
    let house = House::new().await;
    let opening = "学校,排查时间,隐患部位,隐患描述,整改情况\n城关第一小学,2026-10-08,教学楼,应急灯不亮,整改中\n";
    let (_, done) = house.import("hazard", "一.csv", opening.as_bytes()).await;
    let number = done.unwrap().given[0].1.clone();
    let twice = format!(
        "隐患编号,学校,排查时间,隐患部位,隐患描述,整改情况\n\
         {number},城关第一小学,2026-10-08,教学楼,应急灯不亮2盏,整改中\n\
         {number},城关第一小学,2026-10-08,教学楼,应急灯不亮3盏,已整改\n"
    );
    let (plan, done) = house.import("hazard", "二.csv", twice.as_bytes()).await;
    assert_eq!(plan.count(Sort::Update), 2);
    done.unwrap();
    let read = house.app.store.read().await.unwrap();
    let row = read.case_by_number("hazard", &number, &Scope::Everything).await.unwrap().unwrap();
    let told = read.chain(row.case.id.cast()).await.unwrap();
    assert_eq!(row.case.revision, i64::try_from(told.len()).unwrap(), "the case is what its whole chain says");
    assert_eq!(row.case.answers["description"], "应急灯不亮3盏");
    assert_eq!(row.case.state, "unverified");
}
