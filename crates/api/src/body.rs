//! JSON bodies whose faults are problems like all others.

use crate::Refusal;
use axum::{
    Json,
    extract::{FromRequest, Request},
};
use serde::de::DeserializeOwned;

/// A JSON body; one that cannot be read is `400.2`.
pub(crate) struct Given<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Given<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let read = Json::from_request(request, state).await;
        read.map(|Json(given)| Self(given)).map_err(|fault| Refusal::usage(&fault.body_text()))
    }
}
