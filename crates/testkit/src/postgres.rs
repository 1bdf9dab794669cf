//! A PostgreSQL server in a temporary folder, which ends with the process that it was started for, however that ends.
#![expect(clippy::panic, clippy::expect_used, reason = "a test that cannot be set up must fail loudly")]

use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio, id},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Makes a cluster, starts it on a Unix socket, says where, and removes it when the process it waits for is gone.
const KEEPER: &str = r#"
bin=$1; settings=$2; until_gone=$3; note=$4; as=$5
dir=$($as mktemp -d)
trap 'rm -rf "$dir" "$note"' EXIT
said=$($as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync 2>&1) || { echo "! $said" | tr '\n' ' '; exit 1; }
chmod 755 "$dir"
$as "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -o "-k $dir -c listen_addresses= -c max_connections=200 $settings" start >/dev/null || { echo "! $(tr '\n' ' ' <"$dir/log")"; exit 1; }
echo "$dir"
exec >/dev/null
while [ -d "/proc/$until_gone" ] && [ -d "$dir/data" ]; do sleep 0.2; done
$as "$bin/pg_ctl" -D "$dir/data" -m immediate stop
"#;

/// Settings of a server whose data nobody will miss.
const CARELESS: &str = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off";

/// A running server of the test's own.
#[derive(Debug)]
pub struct Server {
    bin: PathBuf,
    dir: PathBuf,
}

impl Server {
    /// Starts a server that waits for the disk as in production; it ends with this process at the latest.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    #[must_use]
    pub fn start() -> Self {
        let bin = binaries();
        let dir = keep(&bin, "", id(), Path::new(""));
        Self { bin, dir }
    }

    /// Address of its database.
    #[must_use]
    pub fn url(&self) -> String {
        url(&self.dir)
    }

    /// Stops it as a power cut would.
    ///
    /// # Panics
    /// When it cannot be stopped.
    pub fn stop(&self) {
        assert!(self.control(&["-m", "immediate", "-w", "stop"]), "PostgreSQL does not stop");
    }

    /// Starts it again.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start_again(&self) {
        let log = self.dir.join("log");
        let options = format!("-k {} -c listen_addresses=", self.dir.display());
        let started = self.control(&["-l", &log.to_string_lossy(), "-w", "-o", &options, "start"]);
        assert!(started, "PostgreSQL does not start again; see {}", log.display());
    }

    fn control(&self, args: &[&str]) -> bool {
        let mut command = as_postgres(&self.bin.join("pg_ctl").to_string_lossy());
        command.arg("-D").arg(self.dir.join("data")).args(args).current_dir("/");
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.control(&["-m", "immediate", "-w", "stop"]);
        // The keeper removes the rest when the data is gone.
        let _ = std::fs::remove_dir_all(self.dir.join("data"));
    }
}

/// Address of the server that all tests of one run share: those whose processes have one parent. It ends with that parent.
///
/// # Panics
/// When PostgreSQL is not installed or does not start.
pub fn shared() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| {
        let run = std::os::unix::process::parent_id();
        let note = std::env::temp_dir().join(format!("yanpan-postgres-{run}"));
        let mut options = File::options();
        let mut file = options.read(true).write(true).create(true).truncate(false).open(&note).expect("a note");
        file.lock().expect("the note is locked");
        let mut dir = String::new();
        file.read_to_string(&mut dir).expect("the note is read");
        if dir.is_empty() {
            dir = keep(&binaries(), CARELESS, run, &note).display().to_string();
            file.write_all(dir.as_bytes()).expect("the note is written");
        }
        url(Path::new(&dir))
    })
}

/// A schema name that no other test of the run has.
#[must_use]
pub fn fresh_schema() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("t{}_{}", id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn url(dir: &Path) -> String {
    format!("postgres://postgres@localhost/postgres?host={}", dir.display())
}

#[expect(clippy::zombie_processes, reason = "the keeper outlives the process that starts it")]
fn keep(bin: &Path, settings: &str, until_gone: u32, note: &Path) -> PathBuf {
    let mut command = Command::new("sh");
    command.args(["-c", KEEPER, "keeper"]).arg(bin).args([settings, &until_gone.to_string()]).arg(note);
    command.arg(if is_root() { "runuser -u postgres --" } else { "" });
    let command = command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut keeper = command.spawn().expect("the shell that keeps PostgreSQL starts");
    let mut said = String::new();
    let _ = BufReader::new(keeper.stdout.take().expect("standard output is a pipe")).read_line(&mut said);
    let dir = said.trim();
    assert!(dir.starts_with('/'), "PostgreSQL did not start: {dir}");
    PathBuf::from(dir)
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &str) -> Command {
    let root = is_root();
    let mut command = Command::new(if root { "runuser" } else { program });
    if root {
        command.args(["-u", "postgres", "--", program]);
    }
    command
}

fn binaries() -> PathBuf {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> = installed
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file())
        .collect();
    versions.sort();
    let elsewhere = ["/usr/local/bin", "/usr/bin"].map(PathBuf::from).into_iter();
    let found =
        versions.pop().map(|(_, bin)| bin).or_else(|| elsewhere.into_iter().find(|bin| bin.join("initdb").is_file()));
    found.unwrap_or_else(|| {
        panic!("PostgreSQL is missing; install it: apt-get install postgresql (15 or newer; it need not run)")
    })
}
