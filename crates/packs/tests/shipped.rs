//! Every shipped pack reads without a problem.

use std::path::Path;
use yanpan_packs::read;

#[test]
fn every_shipped_pack_reads_without_a_problem() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut read_some = false;
    for entry in std::fs::read_dir(packs).unwrap() {
        let path = entry.unwrap().path();
        if !path.join("pack.toml").exists() {
            continue;
        }
        let (pack, problems) = read::folder(&read::directory(&path).unwrap());
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(said.is_empty(), "{}:\n{}", path.display(), said.join("\n"));
        assert_eq!(path.file_name().and_then(|name| name.to_str()), Some(pack.key.as_str()));
        read_some = true;
    }
    assert!(read_some);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_round_or_out_of_the_folder_is_not_followed() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("linked-pack");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("forms")).unwrap();
    std::fs::write(folder.join("forms/a.toml"), "").unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("forms/round")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", folder.join("out.md")).unwrap();
    let files: Vec<String> = read::directory(&folder).unwrap().into_keys().collect();
    assert_eq!(files, ["forms/a.toml"]);
}
