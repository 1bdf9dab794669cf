//! A list in the caller's own header, and comments on cells said in the preview.

use crate::house::House;
use serde_json::Value;

const LEDGER: &str = "学校,排查时间,隐患部位,隐患描述\n城关第一小学,2026-10-08,教学楼,应急灯不亮2盏\n城关第二小学,2026-10-09,操场,篮球架松动\n";

fn own_header() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "我县自己的表").unwrap();
    for (at, heading) in (0..).zip(["序", "哪个学校", "什么隐患"]) {
        sheet.write(1, at, heading).unwrap();
    }
    for (at, place) in (0..).zip(["{{序号}}", "{{单位}}", "{{隐患描述}}"]) {
        sheet.write(2, at, place).unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[tokio::test]
async fn a_list_comes_back_in_the_callers_own_workbook_one_row_a_case() {
    let mut house = House::new().await;
    house.import("hazard", "一.csv", LEDGER.as_bytes()).await.1.unwrap();
    let head = "--x\r\ncontent-disposition: form-data; name=\"template\"; filename=\"我的表.xlsx\"\r\n\r\n";
    let body = [head.as_bytes(), &own_header(), b"\r\n--x--\r\n"].concat();
    let path = "/api/v1/cases/hazard/fill?sort=number";
    let (status, bytes) = house.send("POST", path, ("multipart/form-data; boundary=x", body)).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    let limits = yanpan_sheets::Limits::default();
    let book = yanpan_sheets::read::workbook(&bytes, "我的表.xlsx", &limits).unwrap();
    let cells: Vec<String> = (1..=4).map(|row| format!("{:?}", book.sheets[0].line(row))).collect();
    assert!(cells[0].contains("我县自己的表") && cells[1].contains("哪个学校"), "{cells:?}");
    assert!(cells[2].contains("城关第一小学") && cells[2].contains("应急灯不亮2盏"), "{cells:?}");
    assert!(cells[3].contains("城关第二小学") && cells[3].contains("篮球架松动"), "{cells:?}");
}

#[tokio::test]
async fn a_comment_on_a_cell_is_said_at_its_row() {
    let mut house = House::new().await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(LEDGER.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    sheet.insert_note(1, 3, &rust_xlsxwriter::Note::new("已报修,等配件").add_author_prefix(false)).unwrap();
    let draft = house.draft("hazard", "批注.xlsx", &book.save_to_buffer().unwrap()).await;
    assert_eq!(draft["counts"]["new"], 2, "{draft}");
    let path = format!("/api/v1/imports/drafts/{}/rows", draft["id"].as_str().unwrap());
    let page = house.ask("GET", &path, &Value::Null).await.1;
    let said = &page["rows"][0]["problems"][0];
    assert_eq!(
        (&said["doubt"], &said["key"], &said["column"]),
        (&true.into(), &"description".into(), &"隐患描述".into())
    );
    assert_eq!(said["message"], "这一格有批注：已报修,等配件");
}
