//! A PostgreSQL server in a temporary folder, which ends with the process that started it, however that ends.
#![expect(clippy::panic, clippy::expect_used, reason = "a test that cannot be set up must fail loudly")]

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Makes a cluster, starts it on a Unix socket, says where, and stops it when standard input ends.
const SCRIPT: &str = r#"
set -e
bin=$1; settings=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
chmod 755 "$dir"
"$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -o "-k $dir -c listen_addresses= -c max_connections=100 $settings" start >/dev/null || { cat "$dir/log" >&2; exit 1; }
echo "$dir"
cat >/dev/null
"$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null
"#;

/// A running server.
#[derive(Debug)]
pub struct Server {
    /// Ends the script, and with it the server, when it is dropped or the process dies.
    keeper: Child,
    bin: PathBuf,
    dir: PathBuf,
}

impl Server {
    /// Starts a server; with `durable` it waits for the disk as in production.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or does not start.
    #[must_use]
    pub fn start(durable: bool) -> Self {
        let bin = binaries();
        let settings = if durable { "" } else { "-c fsync=off -c full_page_writes=off -c synchronous_commit=off" };
        let mut command = as_postgres("sh");
        command.args(["-c", SCRIPT, "postgres"]).arg(&bin).arg(settings);
        let mut keeper = command
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the shell that keeps PostgreSQL starts");
        let said = keeper.stdout.take().expect("standard output is a pipe");
        let mut dir = String::new();
        let _ = BufReader::new(said).read_line(&mut dir);
        assert!(!dir.trim().is_empty(), "PostgreSQL did not start; see the messages above");
        Self { keeper, bin, dir: PathBuf::from(dir.trim()) }
    }

    /// Address of its database.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.dir.display())
    }

    /// Stops it as a power cut would.
    ///
    /// # Panics
    /// When it cannot be stopped.
    pub fn stop(&self) {
        self.control(&["-m", "immediate", "-w", "stop"]);
    }

    /// Starts it again.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start_again(&self) {
        let log = self.dir.join("log");
        let options = format!("-k {} -c listen_addresses=", self.dir.display());
        self.control(&["-l", &log.to_string_lossy(), "-w", "-o", &options, "start"]);
    }

    fn control(&self, args: &[&str]) {
        let mut command = as_postgres(&self.bin.join("pg_ctl").to_string_lossy());
        command.arg("-D").arg(self.dir.join("data")).args(args);
        let status = command.current_dir("/").stdout(Stdio::null()).stdin(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()), "pg_ctl {args:?} failed");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The server that all tests of one process share.
pub fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start(false))
}

/// A schema name that no other test of this process has.
#[must_use]
pub fn fresh_schema() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("t{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &str) -> Command {
    let root = std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
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
    let elsewhere =
        || ["/usr/local/bin", "/usr/bin"].map(Path::new).into_iter().find(|bin| bin.join("initdb").is_file());
    match versions.pop() {
        Some((_, bin)) => bin,
        None => elsewhere().map(Path::to_owned).unwrap_or_else(|| {
            panic!("PostgreSQL is missing; install it: apt-get install postgresql (15 or newer; it need not run)")
        }),
    }
}
