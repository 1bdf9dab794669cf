//! Who asks: the extractor that every operation but signing in begins with.

use crate::{Refusal, session::Session};
use axum::{extract::FromRequestParts, http::request::Parts};
use std::sync::Arc;
use yanpan_app::{App, Caller, person::calling};
use yanpan_kernel::problem::{FRESH_SIGN_IN, Problem};

/// The session and its caller, from one snapshot: this is before every operation.
async fn asking(parts: &Parts, app: &App) -> Result<(Session, Caller), Refusal> {
    let reading = app.store.read().await?;
    let (session, holder) = Session::held(parts, app, reading.as_ref()).await?;
    let caller = calling(app, reading.as_ref(), holder).await;
    drop(reading);
    Ok((session.touched(app).await?, caller?))
}

/// A caller with a session, a fitting CSRF token and a changed password.
pub(crate) struct Asking(pub(crate) Caller);

impl FromRequestParts<Arc<App>> for Asking {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        Ok(Self(asking(parts, app).await?.1))
    }
}

/// A caller whose session is a desk's, or a phone's shortly after signing in: for reviewing, exporting and people data.
pub(crate) struct Fresh(pub(crate) Caller);

impl FromRequestParts<Arc<App>> for Fresh {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let (session, caller) = asking(parts, app).await?;
        if !session.record.fresh(app.environment.now_ms()) {
            return Err(Problem::new(&FRESH_SIGN_IN, &[]).into());
        }
        Ok(Self(caller))
    }
}
