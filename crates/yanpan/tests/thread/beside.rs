//! Commands that write while the server holds the folder.

use crate::line::{good, refused};
use serde_json::Value as Json;
use std::{
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
};

const UNITS: &str = "code,name,kind,parent,valid_from,valid_to
QS,青石县教育体育局,county,ROOT,2024-09-01,
";
const MORE: &str = "code,name,kind,parent,valid_from,valid_to
QS-A,城关中心小学,primary,QS,2024-09-01,
";

/// A server that has begun to listen.
fn serve(data: &str) -> Child {
    let words = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
    let started = Command::new(env!("CARGO_BIN_EXE_yanpan")).args(words).stderr(Stdio::piped()).spawn();
    let mut child = started.unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("正在监听")));
    // What it says later must not block it.
    std::thread::spawn(move || lines.for_each(drop));
    child
}

/// Runs the program in a folder, so that its paths are relative.
fn within(folder: &Path, words: &[&str]) -> Json {
    let output =
        Command::new(env!("CARGO_BIN_EXE_yanpan")).args(words).arg("--json").current_dir(folder).output().unwrap();
    let object: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert!(output.status.success(), "{words:?}: {object}");
    object
}

#[test]
fn commands_that_write_go_through_the_servers_socket_and_take_the_lock_when_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    good(&["init", "--data", &data]);
    std::fs::write(folder.path().join("units.csv"), UNITS).unwrap();
    std::fs::write(folder.path().join("more.csv"), MORE).unwrap();
    let mut server = serve(&data);
    let socket = folder.path().join("data/socket");
    assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o600);
    let done = within(folder.path(), &["import", "units", "units.csv", "--data", "data"]);
    assert_eq!(done["accepted"], 1);
    assert_eq!(good(&["doctor", "--data", &data])["units"], 2, "a reading command sees it at once");
    assert_eq!(refused(&["setting", "--data", &data, "--small-cells", "4"]), ["400.2"]);
    assert_eq!(refused(&["setting", "--data", &data, "--small-cells", "6", "--as", "nobody"]), ["404.1"]);
    assert_eq!(refused(&["init", "--data", &data]), ["409.4"]);
    Command::new("kill").arg(server.id().to_string()).status().unwrap();
    server.wait().unwrap();
    assert!(!socket.exists());
    let done = within(folder.path(), &["import", "units", "more.csv", "--data", "data"]);
    assert_eq!(done["accepted"], 1);
    assert_eq!(good(&["verify", "--data", &data])["faults"], Json::Array(vec![]));
}
