//! Who asks: the extractor that every operation but signing in begins with.

use crate::{Refusal, session::Session};
use axum::{extract::FromRequestParts, http::request::Parts};
use std::sync::Arc;
use yanpan_app::{App, Caller, person::calling};

/// A caller with a session, a fitting CSRF token and a changed password.
pub(crate) struct Asking(pub(crate) Caller);

impl FromRequestParts<Arc<App>> for Asking {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let session = Session::from_request_parts(parts, app).await?;
        Ok(Self(calling(app, session.record.account).await?))
    }
}
