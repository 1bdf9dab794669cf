//! The program called as people call it, and a DOCX edited as they edit it.

use serde_json::Value as Json;
use std::{
    io::{Read, Write},
    path::Path,
    process::Command,
};

/// Runs the program with `--json`; the exit code and the object.
pub fn run(words: &[&str]) -> (i32, Json) {
    let output = Command::new(env!("CARGO_BIN_EXE_yanpan")).args(words).arg("--json").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let object = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{words:?}: {error}: {text} {said}"));
    (output.status.code().unwrap(), object)
}

/// Runs the program and expects success.
pub fn good(words: &[&str]) -> Json {
    let (code, object) = run(words);
    assert_eq!(code, 0, "{words:?}: {object}");
    object
}

/// The codes of the problems that a refused command gives.
pub fn refused(words: &[&str]) -> Vec<String> {
    let (code, object) = run(words);
    assert_eq!(code, 1, "{words:?}: {object}");
    let problems = object["problems"].as_array().unwrap();
    problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()).collect()
}

/// Copies a DOCX with one text of its main part replaced.
pub fn edit(from: &Path, to: &Path, (find, put): (&str, &str)) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut written = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(find), "{find} is not in the document");
            bytes = text.replacen(find, put, 1).into_bytes();
        }
        written.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(&bytes).unwrap();
    }
    written.finish().unwrap();
}
