//! What a signature promises.

use super::*;

#[test]
fn a_signature_holds_only_for_its_text_and_key() {
    let signature = sign("数字", b"key");
    assert!(signed("数字", b"key", &signature));
    assert!(!signed("数宇", b"key", &signature) && !signed("数字", b"other", &signature));
    assert!(!signed("数字", b"key", "zz") && !signed("数字", b"key", "é") && !signed("数字", b"key", ""));
}
