//! The checked-in OpenAPI description is the one that the code gives.

use std::{fs, path::Path};

#[test]
fn the_checked_in_description_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let made = yanpan_api::openapi().to_pretty_json().unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &made).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == made, "web/openapi.json is stale: run this test with UPDATE=1");
}
