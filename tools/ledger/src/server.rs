//! Starts the server on one data folder, again and again, and kills it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// Far more than a start takes.
const START_MS: u64 = 120_000;

/// How to start the server.
pub struct Launcher {
    pub binary: PathBuf,
    pub folder: PathBuf,
    pub port: u16,
    /// `postgres://…`; without one the folder holds the database.
    pub database: Option<String>,
}

/// A running server.
pub struct Server {
    child: Child,
    /// How long it took from the start to being ready.
    pub ready_ms: u128,
    /// Printed at the very first start only.
    pub token: Option<String>,
}

impl Launcher {
    /// Where the server answers.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Starts the server and waits until it says its address, which it does when it is ready.
    pub fn start(&self) -> anyhow::Result<Server> {
        let began = Instant::now();
        let mut child = Command::new(&self.binary)
            .args(["serve", "--demo", "--listen", &self.host(), "--log", "warn", "--data-dir"])
            .arg(&self.folder)
            .args(self.database.iter().flat_map(|url| ["--database", url]))
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", self.binary.display()))?;
        let output = child.stdout.take().context("standard output is piped")?;
        let (said, heard) = mpsc::channel();
        thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| said.send(line))
        });
        let mut server = Server { child, ready_ms: 0, token: None };
        loop {
            let left = Duration::from_millis(START_MS).saturating_sub(began.elapsed());
            let Ok(line) = heard.recv_timeout(left) else {
                server.kill()?;
                bail!("the server did not become ready");
            };
            if line.starts_with("url: ") {
                server.ready_ms = began.elapsed().as_millis();
                break;
            }
        }
        // The other lines follow at once, or not at all.
        while let Ok(line) = heard.recv_timeout(Duration::from_millis(300)) {
            if let Some(token) = line.strip_prefix("api token: ") {
                server.token = Some(token.to_owned());
                break;
            }
        }
        Ok(server)
    }

    /// `huiyin verify`: the database file's own checks.
    pub fn verify(&self) -> anyhow::Result<()> {
        let status = Command::new(&self.binary)
            .args(["verify", "--data-dir"])
            .arg(&self.folder)
            .stdout(Stdio::null())
            .status()?;
        if !status.success() {
            bail!("`huiyin verify` finds the data damaged");
        }
        Ok(())
    }
}

impl Server {
    /// SIGKILL: the process gets no chance to do anything.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing is left to do about a process that cannot be killed.
        let _ = self.kill();
    }
}

/// A port nobody listens on now.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A new empty folder.
pub fn new_folder(seed: u64) -> anyhow::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("huiyin-ledger-{}-{seed}", std::process::id()));
    std::fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    Ok(folder)
}

/// Removes the folder of a good run; the one of a bad run is evidence.
pub fn remove_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))
}
