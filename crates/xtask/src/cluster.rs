//! A private PostgreSQL in a temporary folder on a free loopback port.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};

use crate::programs::Programs;
use crate::scratch::Scratch;
use crate::{Outcome, shell};

/// It lives for one run of the tests, so nothing waits for the disk.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 300
";

/// Between choosing a free port and taking it another program may be faster.
const TRIES: u32 = 5;

pub struct Cluster {
    programs: Programs,
    scratch: Scratch,
    port: u16,
}

impl Cluster {
    pub fn start() -> Outcome<Self> {
        Self::start_with("")
    }

    /// With more settings, in the words of `postgresql.conf`; what they say wins.
    pub fn start_with(settings: &str) -> Outcome<Self> {
        let programs = Programs::find_or_install()?;
        let scratch = Scratch::make(&programs)?;
        let mut cluster = Self { programs, scratch, port: 0 };
        cluster.initialise(settings)?;
        cluster.listen_somewhere()?;
        Ok(cluster)
    }

    /// Where a database of this cluster is.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://lectern@127.0.0.1:{}/{database}", self.port)
    }

    pub fn create_database(&self, name: &str) -> Outcome {
        let mut createdb = self.programs.command("createdb");
        createdb.args(["--host=127.0.0.1", "--username=lectern", "--port"]);
        createdb.arg(self.port.to_string()).arg(name);
        self.call(createdb)
    }

    /// A copy of it that follows it: a streaming standby.
    pub fn standby(&self) -> Outcome<Self> {
        let programs = Programs::find_or_install()?;
        let scratch = Scratch::make(&programs)?;
        let mut standby = Self { programs, scratch, port: 0 };
        let mut copy = standby.programs.command("pg_basebackup");
        copy.args([
            "--host=127.0.0.1",
            "--username=lectern",
            "--write-recovery-conf",
            "--checkpoint=fast",
            "--no-sync",
        ]);
        copy.args(["--port", &self.port.to_string(), "-D"]).arg(standby.scratch.data());
        standby.call(copy)?;
        standby.listen_somewhere()?;
        Ok(standby)
    }

    fn initialise(&self, more: &str) -> Outcome {
        let data = self.scratch.data();
        let mut initdb = self.programs.command("initdb");
        initdb.args("-A trust -U lectern --locale=C.UTF-8 --encoding=UTF8".split(' '));
        initdb.args(["--no-sync", "--no-instructions", "-D"]).arg(&data);
        self.call(initdb)?;
        OpenOptions::new()
            .append(true)
            .open(data.join("postgresql.conf"))
            .and_then(|mut file| file.write_all([SETTINGS, more].concat().as_bytes()))
            .map_err(|error| format!("postgresql.conf can't be written: {error}"))
    }

    fn listen_somewhere(&mut self) -> Outcome {
        let mut failure = String::new();
        for _ in 0..TRIES {
            self.port = free_port()?;
            match self.listen() {
                Ok(()) => {
                    let folder = self.scratch.folder().display();
                    eprintln!("PostgreSQL listens on port {} ({folder})", self.port);
                    return Ok(());
                }
                Err(sentence) => failure = sentence,
            }
        }
        let log = fs::read_to_string(self.scratch.log()).unwrap_or_default();
        Err(format!("{failure}\nPostgreSQL's log says:\n{log}"))
    }

    fn listen(&self) -> Outcome {
        let mut start = self.programs.command("pg_ctl");
        start.args(["start", "--wait", "--silent", "-D"]).arg(self.scratch.data());
        start.arg("-l").arg(self.scratch.log());
        start.args(["-o", &format!("-p {}", self.port)]);
        self.call(start)
    }

    /// Calls one of PostgreSQL's programs; what it prints matters only when it fails.
    fn call(&self, mut command: Command) -> Outcome {
        // The caller's folder may be one that the user postgres can't enter.
        command.current_dir(self.scratch.folder()).stdin(Stdio::null());
        let output = command.output().map_err(|error| error.to_string());
        let failed = |why: String| format!("`{}` failed: {why}", shell::show(&command));
        match output {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => Err(failed(String::from_utf8_lossy(&output.stderr).into_owned())),
            Err(error) => Err(failed(error)),
        }
    }
}

fn free_port() -> Outcome<u16> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|error| format!("no loopback port is free: {error}"))
}
