//! The packs that come with the program, and those that a site keeps in its data folder.

use std::path::Path;
use yanpan_kernel::problem::{PRECONDITION, Problem};
use yanpan_packs::{Shelf, read};

/// Every file of every pack that comes with the program.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../packs"]
#[include = "*.toml"]
#[include = "*.md"]
struct Shipped;

/// The files of the packs that come with the program, by pack folder.
#[must_use]
pub fn shipped() -> Vec<(String, read::Folder)> {
    let mut packs: std::collections::BTreeMap<String, read::Folder> = std::collections::BTreeMap::new();
    for path in Shipped::iter() {
        let (Some((pack, inside)), Some(file)) = (path.split_once('/'), Shipped::get(&path)) else { continue };
        let text = String::from_utf8_lossy(&file.data).into_owned();
        packs.entry(pack.to_owned()).or_default().insert(inside.to_owned(), text);
    }
    packs.into_iter().collect()
}

/// The shelf of an installation: shipped packs, then each `DIR/packs/<folder>`, older versions first.
///
/// # Errors
/// Every problem of every pack; a pack with a problem is not used.
pub fn shelf(data: &Path) -> Result<Shelf, Vec<Problem>> {
    let mut folders: Vec<(String, read::Folder)> = shipped();
    let mut site: Vec<_> = std::fs::read_dir(data.join("packs")).into_iter().flatten().flatten().collect();
    site.sort_by_key(std::fs::DirEntry::file_name);
    for entry in site.into_iter().filter(|entry| entry.path().is_dir()) {
        let name = entry.file_name().to_string_lossy().into_owned();
        folders.push((name, read::directory(&entry.path()).map_err(|problem| vec![problem])?));
    }
    let (mut packs, mut problems) = (Vec::new(), Vec::new());
    for (name, files) in folders {
        let (pack, found) = read::folder(&files);
        problems.extend(found.into_iter().map(|mut problem| {
            problem.place.file = problem.place.file.take().map(|file| format!("{name}/{file}"));
            problem
        }));
        packs.push(pack);
    }
    if problems.is_empty() {
        return Ok(Shelf::new(packs));
    }
    problems.insert(0, Problem::new(&PRECONDITION, &[("what", &"改正业务包中的问题")]));
    Err(problems)
}
