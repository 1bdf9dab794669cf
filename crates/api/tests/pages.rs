//! The pages for people: which file answers which address, how long it is kept, and what it may load.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    response::Response,
    routing::get as at,
};
use std::{borrow::Cow, sync::Arc};
use tower::ServiceExt;
use yanpan_api::{Page, Pages};

struct Two;

impl Pages for Two {
    fn page(&self, path: &str) -> Option<Page> {
        let text =
            ["index.html", "m/index.html", "assets/a-1.js", "icon.svg"].into_iter().find(|known| *known == path)?;
        Some(Page { bytes: Cow::Borrowed(text.as_bytes()), mime: "text/html".to_owned(), hash: text.len().to_string() })
    }
}

fn router() -> Router {
    yanpan_api::add_pages(Router::new().route("/healthz", at(|| async { "ok" })), Arc::new(Two))
}

async fn get(router: &Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn an_address_without_a_file_opens_the_entry_of_its_side() {
    let router = router();
    for (path, file) in [
        ("/healthz", "ok"),
        ("/", "index.html"),
        ("/act/cases/1", "index.html"),
        ("/map", "index.html"),
        ("/icon.svg", "icon.svg"),
        ("/m", "m/index.html"),
        ("/m/", "m/index.html"),
        ("/m/tasks", "m/index.html"),
    ] {
        assert_eq!(text(get(&router, path).await).await, file, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_operation_or_built_file_is_no_page() {
    let router = router();
    for path in ["/api/v1/nothing", "/assets/gone-1.js", "/m/assets/gone-1.js"] {
        let response = get(&router, path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn built_files_are_kept_and_entries_are_asked_again() {
    let router = router();
    let built = get(&router, "/assets/a-1.js").await;
    assert_eq!(built.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    let entry = get(&router, "/").await;
    assert_eq!(entry.headers()[header::CACHE_CONTROL], "no-cache");
    let tag = entry.headers()[header::ETAG].clone();
    let again = Request::get("/").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap();
    assert_eq!(router.oneshot(again).await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn no_page_may_load_anything_from_elsewhere() {
    let router = router();
    let policy = get(&router, "/m/tasks").await.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
    assert!(!policy.contains("http") && !policy.contains('*') && !policy.contains("unsafe-eval"), "{policy}");
}
