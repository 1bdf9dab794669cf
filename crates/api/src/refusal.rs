//! Problems as HTTP answers (RFC 9457, `application/problem+json`).

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;
use std::any::Any;
use yanpan_app::ports::Environment;
use yanpan_kernel::problem::{INTERNAL, Problem, USAGE};

/// Why a request was refused; the first problem gives the status, all are listed with their places.
#[derive(Debug, Clone)]
pub struct Refusal(pub Vec<Problem>);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl From<Vec<Problem>> for Refusal {
    fn from(problems: Vec<Problem>) -> Self {
        Self(problems)
    }
}

impl Refusal {
    /// A request that is written wrongly.
    pub(crate) fn usage(reason: &str) -> Self {
        Problem::new(&USAGE, &[("reason", &reason)]).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let unknown = || Problem::new(&INTERNAL, &[("reference", &"empty-refusal")]);
        let first = self.0.first().cloned().unwrap_or_else(unknown);
        let status = StatusCode::from_u16(first.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = json!({
            "type": format!("urn:yanpan:problem:{}", first.slug),
            "title": first.slug,
            "status": status.as_u16(),
            "code": first.code,
            "detail": first.message,
            "problems": self.0,
        });
        (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
    }
}

/// The answer to a panic: `500.1` with a reference that the log repeats.
pub(crate) fn of_panic(environment: &Environment, panic: Box<dyn Any + Send>) -> Response {
    let reference = hex(&environment.random::<6>());
    let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(reference, said, "a request panicked");
    Refusal::from(Problem::new(&INTERNAL, &[("reference", &reference)])).into_response()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
