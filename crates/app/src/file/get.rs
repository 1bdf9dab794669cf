//! Reading a file back, through the scope of a case that has it.

use crate::{App, Caller, ports::File};
use yanpan_kernel::problem::{NOT_FOUND, Problem};

/// A file's row and bytes.
///
/// # Errors
/// `NOT_FOUND`, also when no case that has it is in the caller's scope.
pub async fn get_file(app: &App, caller: &Caller, hash: &str) -> Result<(File, Vec<u8>), Problem> {
    let missing = || Problem::new(&NOT_FOUND, &[("what", &"这个文件")]);
    let reading = app.store.read().await?;
    let file = reading.file(hash).await?.ok_or_else(missing)?;
    let cases = reading.file_cases(hash).await?;
    if reading.cases(&cases, &caller.scope()).await?.is_empty() {
        return Err(missing());
    }
    drop(reading);
    let bytes = app.files.get(&file.stored).await?;
    Ok((file, bytes))
}
