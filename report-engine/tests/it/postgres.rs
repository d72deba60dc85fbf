//! A throw-away PostgreSQL cluster for one test run: own folder, own socket, no network.
//!
//! Self-contained on purpose, so that another crate's tests can include this file by path. The
//! cluster ends with the process that asked for it, however that process ends.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

/// Where Debian puts the binaries.
const BINARIES: &str = "/usr/lib/postgresql/15/bin";

/// A running cluster.
pub struct Cluster {
    folder: PathBuf,
    /// Its standard input is a pipe from us: when we end, it reads the end of file and stops.
    _watcher: Child,
}

impl Cluster {
    /// The cluster of this process, started with the first call.
    pub fn shared() -> &'static Self {
        static CLUSTER: OnceLock<Cluster> = OnceLock::new();
        CLUSTER.get_or_init(Self::start)
    }

    /// Folder of the socket; user and database are `postgres`, the port is 5432.
    pub fn socket(&self) -> &Path {
        &self.folder
    }

    fn start() -> Self {
        let name = format!("huiyin-pg-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let script = format!(
            r#"set -e
            rm -rf '{folder}'; mkdir -m 755 '{folder}'
            run() {{ if [ "$(id -u)" = 0 ]; then chown postgres '{folder}'; runuser -u postgres -- "$@"; else "$@"; fi; }}
            run {BINARIES}/initdb -D '{folder}/data' -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >'{folder}/log' 2>&1
            run {BINARIES}/pg_ctl -D '{folder}/data' -l '{folder}/data/log' -w -o "-k '{folder}' -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start >/dev/null
            echo ready
            read -r _ || true
            run {BINARIES}/pg_ctl -D '{folder}/data' -m immediate stop >/dev/null 2>&1
            rm -rf '{folder}'"#,
            folder = folder.display()
        );
        let mut watcher = Command::new("bash")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("bash runs");
        wait_for_ready(&mut watcher);
        Self { folder, _watcher: watcher }
    }
}

fn wait_for_ready(watcher: &mut Child) {
    use std::io::{BufRead, BufReader};
    let output = watcher.stdout.take().expect("stdout is piped");
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let ready = BufReader::new(output).lines().map_while(Result::ok).any(|line| line == "ready");
        sender.send(ready).ok();
    });
    let ready = receiver.recv_timeout(Duration::from_secs(60)).unwrap_or(false);
    assert!(ready, "PostgreSQL 15 did not start; are its binaries in {BINARIES}?");
}
