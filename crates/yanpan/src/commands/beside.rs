//! Commands that write beside a running server: sent through its socket, run by it with its own installation.

use super::{Line, work};
use crate::{
    outcome::{Outcome, Said},
    wiring::Installation,
};
use clap::Parser;
use serde::{Deserialize, Serialize};
use std::{
    ffi::OsString,
    fs::Permissions,
    io::{self, Read, Write},
    net::Shutdown,
    os::unix::{fs::PermissionsExt, net::UnixStream},
    path::{Path, PathBuf},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixListener,
};
use yanpan_kernel::problem::{IN_USE, Problem, USAGE};

/// Name of the socket in the data folder.
const SOCKET: &str = "socket";

/// Longest order in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// A command as it is sent.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    words: Vec<String>,
    folder: PathBuf,
}

/// Has the server that holds this folder run a command; `None` where none listens.
pub(super) fn ask(data: &Path, words: &[OsString]) -> Option<Result<Said, Problem>> {
    let stream = UnixStream::connect(data.join(SOCKET)).ok()?;
    Some(sent(stream, words).map_err(|error| {
        let holder = format!("{}:{error}", data.display());
        Problem::new(&IN_USE, &[("holder", &holder)])
    }))
}

fn sent(mut stream: UnixStream, words: &[OsString]) -> io::Result<Said> {
    let word = |word: &OsString| word.to_str().map(str::to_owned).ok_or(io::Error::from(io::ErrorKind::InvalidInput));
    let words = words.iter().map(word).collect::<io::Result<_>>()?;
    let order = Order { words, folder: std::env::current_dir()? };
    stream.write_all(&serde_json::to_vec(&order)?)?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(serde_json::from_slice(&answer)?)
}

/// Listens in the data folder, for the owner of the folder alone.
///
/// # Errors
/// When the socket cannot be made, as where the path is too long for one.
pub(super) fn listen(data: &Path) -> io::Result<UnixListener> {
    let (socket, beside) = (data.join(SOCKET), data.join(".socket"));
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&beside)?;
    std::fs::set_permissions(&beside, Permissions::from_mode(0o600))?;
    std::fs::rename(&beside, &socket)?;
    Ok(listener)
}

/// Forgets the socket, so that commands take the lock themselves.
pub(super) fn unlink(data: &Path) {
    // The folder may have gone; then nobody will ask for it.
    let _ = std::fs::remove_file(data.join(SOCKET));
}

/// Runs what is sent, each order on a task of its own, until it is dropped.
pub(super) async fn run(listener: UnixListener, installation: Installation) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "socket");
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
                continue;
            }
        };
        let installation = installation.clone();
        tokio::spawn(async move {
            if let Err(error) = answer(stream, &installation).await {
                tracing::warn!(%error, "an order through the socket");
            }
        });
    }
}

async fn answer(stream: tokio::net::UnixStream, installation: &Installation) -> io::Result<()> {
    let (mut reader, mut writer) = stream.into_split();
    let mut bytes = Vec::new();
    (&mut reader).take(MOST_BYTES).read_to_end(&mut bytes).await?;
    let order: Order = serde_json::from_slice(&bytes)?;
    let said = done(order, installation).await.said();
    writer.write_all(&serde_json::to_vec(&said)?).await?;
    writer.shutdown().await
}

async fn done(order: Order, installation: &Installation) -> Outcome {
    let refused = |reason: &str| Outcome::refused(vec![Problem::new(&USAGE, &[("reason", &reason)])]);
    let mut command = match Line::try_parse_from(&order.words) {
        Ok(line) => line.command,
        Err(error) => return refused(&format!("正在运行的服务不认识这个命令：{error}")),
    };
    let Some((session, paths)) = command.writing() else { return refused("服务只代办写入的命令") };
    for path in paths {
        *path = order.folder.join(&*path);
    }
    session.held = Some(installation.clone());
    work(command).await
}
