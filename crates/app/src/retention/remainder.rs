//! What erasure leaves of a payload. Pure.

use crate::import::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use yanpan_kernel::case::Body;

/// The body without the values of these fields, and which fields held one; `None` where there is nothing to erase.
///
/// A decision that repeats an erased text goes too.
pub(super) fn remainder(body: &Body, fields: &BTreeSet<String>) -> Option<(Body, BTreeSet<String>)> {
    let held = body.set.iter().filter(|(key, value)| fields.contains(*key) && !value.is_null());
    let held: Vec<(String, String)> = held
        .map(|(key, value)| (key.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    if held.is_empty() {
        return None;
    }
    let mut left = body.clone();
    left.set.retain(|key, _| !fields.contains(key));
    let repeated = left.decision.as_ref().map(ToString::to_string).unwrap_or_default();
    if held.iter().any(|(_, value)| repeated.contains(value.as_str())) {
        left.decision = None;
    }
    Some((left, held.into_iter().map(|(key, _)| key).collect()))
}

/// The hash by which the entry of an erasure tells what was left of a body.
#[must_use]
pub fn remainder_hash(remainder: &str) -> String {
    hex(&Sha256::digest(remainder.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(decision: &str) -> Body {
        let set = [("place", "食堂"), ("phone", "13800000000")].map(|(key, value)| (key.to_owned(), json!(value)));
        Body { number: Some("A-1".to_owned()), set: set.into(), decision: Some(json!(decision)), ..Body::default() }
    }

    #[test]
    fn only_the_values_of_the_fields_go_and_a_decision_that_repeats_them() {
        let fields = BTreeSet::from(["phone".to_owned(), "name".to_owned()]);
        let (left, held) = remainder(&body("第1行"), &fields).unwrap();
        assert_eq!(
            serde_json::to_value(&left).unwrap(),
            json!({
                "number": "A-1", "set": { "place": "食堂" }, "decision": "第1行",
            })
        );
        assert_eq!(held, BTreeSet::from(["phone".to_owned()]));
        let (left, _) = remainder(&body("电话 13800000000"), &fields).unwrap();
        assert_eq!(left.decision, None);
    }

    #[test]
    fn a_body_that_holds_none_of_the_fields_is_left_alone() {
        let mut taken_back = body("");
        taken_back.set.insert("phone".to_owned(), json!(null));
        assert_eq!(remainder(&taken_back, &BTreeSet::from(["phone".to_owned()])), None);
    }
}
