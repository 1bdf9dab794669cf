//! A report is built and kept, read by those who may, verified when it comes back.

use crate::world::World;
use jiff::civil::date;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_built_kept_previewed_and_verified_when_it_comes_back() {
    let world = World::new().await;
    world.closed_hazard(date(2025, 3, 10)).await;
    let lin = world.sign_in("lin").await;
    let county = world.unit("QS").await;
    let listed = world.get(&lin, "/api/v1/reports").await.json();
    assert_eq!(
        listed["documents"],
        json!([{ "key": "monthly", "title": "校园安全形势研判报告", "period": "month_to_25" }])
    );
    assert_eq!(listed["built"], json!([]));
    let order = json!({ "document": "monthly", "unit": county, "period": "2025-03@25", "formats": ["docx", "html"] });
    let built = world.post(&lin, "/api/v1/reports", order).await;
    assert_eq!(built.status, 201, "{}", built.json());
    let built = built.json();
    assert_eq!((&built["made_by"], &built["unit_name"]), (&json!("林国栋"), &json!("青石县教育体育局")));
    assert_eq!((&built["formats"], &built["label"]), (&json!(["docx", "html"]), &json!("2025年2月26日—3月25日")));
    let path = format!("/api/v1/reports/{}", built["id"].as_str().unwrap());
    let kept = world.get(&lin, "/api/v1/reports").await.json()["built"][0].clone();
    assert_eq!((&kept["id"], &kept["as_of"], &kept["figures"]), (&built["id"], &built["as_of"], &built["figures"]));

    let docx = world.get(&lin, &format!("{path}/files/docx")).await;
    let named = docx.headers["content-disposition"].to_str().unwrap();
    assert!(named.starts_with("attachment; filename*=UTF-8''") && named.ends_with(".docx"), "{named}");
    let html = world.get(&lin, &format!("{path}/files/html?inline=true")).await;
    assert_eq!(html.headers["content-disposition"], "inline");
    assert!(html.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox; default-src 'none'"));
    assert!(world.get(&lin, &format!("{path}/files/html")).await.headers["content-disposition"] != "inline");
    assert_eq!(world.get(&lin, &format!("{path}/files/pdf")).await.code(), "404.1", "no such format was built");
    let text = world.get(&lin, &format!("{path}/text")).await.json()["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("青石县教育体育局关于2025年3月校园安全形势的研判报告\n"), "{text}");
    assert!(text.contains("新增1处") && !text.contains("隐患分类统计表"), "{text}");

    let verify = "/api/v1/reports/verify?now=true";
    let found = world.upload(&lin, verify, &docx.bytes).await.json();
    assert_eq!((&found["figures"], &found["differing"]), (&built["figures"], &json!([])), "{found}");
    assert_eq!((&found["signed"], &found["changed_since"]), (&json!(true), &json!([])));
    assert_eq!(found["provenance"]["period"], "2025-03@25");
    world.open_hazard(("sun", "B"), "消防安全管理", 10).await;
    let found = world.upload(&lin, verify, &docx.bytes).await.json();
    assert_eq!(found["differing"], json!([]), "as known when it was made it still stands");
    assert!(!found["changed_since"].as_array().unwrap().is_empty());
    let found = world.upload(&lin, "/api/v1/reports/verify", &docx.bytes).await.json();
    assert_eq!(found.get("changed_since"), None, "nobody asked");

    refused(&world, &path, &docx.bytes).await;
}

/// The report of the county is none of a school's, and a teacher reads no reports at all.
async fn refused(world: &World, path: &str, docx: &[u8]) {
    let chen = world.sign_in("chen").await;
    assert_eq!(world.get(&chen, "/api/v1/reports").await.json()["built"], json!([]));
    assert_eq!(world.get(&chen, &format!("{path}/files/docx")).await.code(), "404.1");
    assert_eq!(world.get(&chen, &format!("{path}/text")).await.code(), "404.1");
    assert_eq!(world.upload(&chen, "/api/v1/reports/verify", docx).await.code(), "403.2");
    let order = json!({ "document": "monthly", "unit": world.unit("QS").await, "period": "2025-03@25" });
    assert_eq!(world.post(&chen, "/api/v1/reports", order).await.code(), "403.2");
    let zhao = world.sign_in("zhao").await;
    assert_eq!(world.get(&zhao, "/api/v1/reports").await.code(), "403.1");
    let own = json!({ "document": "monthly", "unit": world.unit("A").await, "period": "2025-03@25" });
    assert_eq!(world.post(&zhao, "/api/v1/reports", own).await.code(), "403.1");
    let not_ours = world.upload(&chen, "/api/v1/reports/verify", b"no document").await;
    assert_eq!(not_ours.code(), "422.421");
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_of_a_case_are_made_though_what_may_be_left_blank_is_blank() {
    let world = World::new().await;
    world.set_day(date(2025, 3, 10));
    let found =
        json!({ "found_on": "2025-03-10", "place": "操场", "description": "器材松动", "category": "消防安全管理" });
    let id = world.register("sun", "B", found).await;
    world.act("sun", id, "grade", json!({ "criterion": "以上都不是" })).await;
    world.act("sun", id, "start", json!({ "responsible": "张师傅", "rectify_by": "2025-03-20" })).await;
    world.act("sun", id, "submit", json!({ "progress": "已紧固" })).await;
    world.act("he", id, "accept", json!({})).await;
    let lin = world.sign_in("lin").await;
    for key in ["rectification_notice", "review_opinion"] {
        for format in ["html", "docx"] {
            let path = format!("/api/v1/cases/hazard/{id}/documents/{key}?format={format}");
            assert_eq!(world.get(&lin, &path).await.status, 200, "{path}");
        }
    }
}
