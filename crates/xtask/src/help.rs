use crate::Outcome;

const TEXT: &str = "\
cargo xtask test [--sqlite-only] [--no-clients] [-- ARGS]
    Runs every test on both databases and with the clients. Finds or installs
    PostgreSQL, Chromium, servers of mail and S3; starts a PostgreSQL of its own unless
    TEST_DATABASE_URL names one. ARGS go to cargo-nextest (or cargo test).
      --sqlite-only   the quick inner loop: no PostgreSQL, no clients
      --no-clients    leaves out tests/clients (npm, Chromium)
cargo xtask postgres -- COMMAND...
    Runs COMMAND with a PostgreSQL of its own in DATABASE_URL and
    TEST_DATABASE_URL, and removes it afterwards.
cargo xtask schema [--check]
    Writes schema.graphql, or says where it differs from the code.
cargo xtask smtp
    Finds or installs the Python with the tests' mail server, and says where.
cargo xtask s3
    Finds or installs the Python with the tests' S3 server, and says where.
cargo xtask fuzz [SECONDS]
    Sends operations made up from the schema to the real binary, 60 seconds long; none may
    be answered with an error of ours. Installs schemathesis.
cargo xtask deny
    Licences, banned and doubled crates, sources. Installs cargo-deny if missing.
cargo xtask bench [--quick] [OPTIONS]
    Measures what requests cost, beside a lower bound, on a PostgreSQL of its own; see
    PERFORMANCE.md. OPTIONS go to the bench: `--help` lists them.
      --quick         only that it runs, and how many statements there are
cargo xtask ci
    fmt, clippy, deny, schema --check, bench --quick, test, fuzz: what .ci/run calls.
cargo xtask help
    This text.
";

pub fn run() -> Outcome {
    print!("{TEXT}");
    Ok(())
}
