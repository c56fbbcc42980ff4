//! A real mail server: Python's aiosmtpd, as tests/smtp/server.py sets it up.

use std::{
    env,
    io::{BufRead, BufReader, Read, Write},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;

use crate::conventions::workspace;

/// Runs until it is dropped, or dies with the test: its input ends then.
pub struct Server {
    process: Child,
    said: BufReader<ChildStdout>,
    pub port: u16,
}

impl Server {
    pub fn start(mode: &str) -> Self {
        let mut process = script(mode).spawn().unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut port = String::new();
        said.read_line(&mut port).unwrap();
        let port = port.trim().parse().unwrap_or_else(|_| panic!("the mail server did not start; it said {port:?}"));
        Self { process, said, port }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Stops it; answers the letters that it took.
    pub fn stop(mut self) -> Vec<Value> {
        drop(self.process.stdin.take());
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).unwrap();
        assert!(self.process.wait().unwrap().success());
        rest.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails when it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A message as Python's mail library reads it.
pub fn parse(message: &[u8]) -> Value {
    let mut process = script("parse").spawn().unwrap();
    process.stdin.take().unwrap().write_all(message).unwrap();
    let output = process.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn script(mode: &str) -> Command {
    let mut command = Command::new(python());
    command.arg(workspace::root().join("tests/smtp/server.py")).arg(mode);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

fn python() -> PathBuf {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| python_of("TEST_SMTP_PYTHON", "smtp")).clone()
}

/// As `cargo xtask test` found it; who runs the tests without that has it found, or installed, here.
pub fn python_of(variable: &str, errand: &str) -> PathBuf {
    env::var_os(variable).map_or_else(|| ask_xtask(errand), PathBuf::from)
}

fn ask_xtask(errand: &str) -> PathBuf {
    let words = ["run", "--quiet", "--package", "xtask", "--", errand];
    let output = Command::new(env!("CARGO")).args(words).current_dir(workspace::root()).output().unwrap();
    assert!(output.status.success(), "cargo xtask {errand}: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().last().unwrap().into()
}
