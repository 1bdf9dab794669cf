//! The pages for people: console under `/`, phone under `/m/`, with a policy that loads nothing from elsewhere.

use crate::Refusal;
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderName, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use std::{borrow::Cow, sync::Arc};
use tower_http::compression::CompressionLayer;
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// Everything comes from this program; only styles may stand in an attribute, as charts write them.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    media-src 'self' blob:; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A file of the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Content.
    pub bytes: Cow<'static, [u8]>,
    /// Media type, with the character set of text.
    pub mime: String,
    /// Hash of the content, hexadecimal.
    pub hash: String,
}

/// Where the built pages come from.
pub trait Pages: Send + Sync {
    /// A file by its path without a leading `/`, for example `m/index.html`.
    fn page(&self, path: &str) -> Option<Page>;
}

/// The router, with pages for every address that it does not know itself.
pub fn add_pages(router: Router, pages: Arc<dyn Pages>) -> Router {
    let serve = move |request: Request| {
        let pages = pages.clone();
        async move { answer(pages.as_ref(), &request) }
    };
    router.fallback_service(any(serve).layer::<_, std::convert::Infallible>(CompressionLayer::new()))
}

fn answer(pages: &dyn Pages, request: &Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let missing = || Refusal::from(Problem::new(&NOT_FOUND, &[("what", &"这个地址")])).into_response();
    if !matches!(*request.method(), Method::GET | Method::HEAD) || path.starts_with("api/") {
        return missing();
    }
    // A built file that is gone must not be answered by a page: the browser would run it as a script.
    let built = path.starts_with("assets/") || path.starts_with("m/assets/");
    let entry = if path == "m" || path.starts_with("m/") { "m/index.html" } else { "index.html" };
    let found = pages.page(path).or_else(|| pages.page(entry).filter(|_| !built));
    found.map_or_else(missing, |page| respond(page, built, request.headers()))
}

fn respond(page: Page, built: bool, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", page.hash);
    let cache = if built { "public, max-age=31536000, immutable" } else { "no-cache" };
    let same = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).is_some_and(|given| given == tag);
    let headers: [(HeaderName, &str); 7] = [
        (header::CONTENT_TYPE, &page.mime),
        (header::ETAG, &tag),
        (header::CACHE_CONTROL, cache),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::VARY, "accept-encoding"),
    ];
    if same {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, Body::from(page.bytes.into_owned())).into_response()
}
