//! A real server that speaks S3: Python's moto, as tests/s3/server.py sets it up. One for each process of tests.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use media::storage::S3Settings;

use crate::{conventions::workspace, mail::server::python_of};

struct Started {
    port: u16,
    /// Dies with the tests: its input ends then.
    _process: Child,
}

fn start() -> Started {
    let script = workspace::root().join("tests/s3/server.py");
    let mut command = Command::new(python_of("TEST_S3_PYTHON", "s3"));
    let process = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut process = process.spawn().unwrap();
    let mut port = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
    let port = port.trim().parse().unwrap_or_else(|_| panic!("the S3 server did not start; it said {port:?}"));
    Started { port, _process: process }
}

/// A bucket of the test's own.
pub async fn bucket() -> S3Settings {
    static STARTED: OnceLock<Started> = OnceLock::new();
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let endpoint = format!("http://127.0.0.1:{}", STARTED.get_or_init(start).port);
    let bucket = format!("lectern-{}", NEXT.fetch_add(1, SeqCst));
    // Like its makers, it takes any key.
    let made = media::storage::client().unwrap().put(format!("{endpoint}/{bucket}")).send().await.unwrap();
    assert!(made.status().is_success(), "{made:?}");
    let secret = || "testing".to_string();
    S3Settings {
        endpoint: Some(endpoint),
        bucket,
        region: "us-east-1".into(),
        access_key: secret(),
        secret_key: secret(),
    }
}
