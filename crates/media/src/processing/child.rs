//! Other people's programs, at arm's length: with a time limit, at low priority, without standard input, and gone with
//! who waits for them.

use std::{path::PathBuf, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use super::{Trouble, tools::find};

/// The most that is read of what a program prints.
const MAX_OUTPUT: u64 = 1 << 20;

/// A program and what it is asked.
pub struct Task {
    pub program: PathBuf,
    pub arguments: Vec<String>,
    pub limit: Duration,
}

/// What a program printed, and whether it was content.
pub struct Printed {
    pub succeeded: bool,
    pub output: Vec<u8>,
}

impl Task {
    /// Waits for the end; what is printed is kept.
    pub async fn run(self) -> Result<Printed, Trouble> {
        let limit = self.limit;
        let work = async {
            let mut child = self.start()?;
            let mut output = vec![];
            if let Some(stdout) = child.stdout.take() {
                read_some(stdout, &mut output).await?;
            }
            let succeeded = child.wait().await.map_err(Trouble::of_program)?.success();
            Ok(Printed { succeeded, output })
        };
        timeout(limit, work).await.map_err(|_| Trouble::TooSlow)?
    }

    /// Waits for the end, and passes on each line that is printed meanwhile.
    pub async fn follow(self, mut line: impl FnMut(&str)) -> Result<bool, Trouble> {
        let limit = self.limit;
        let work = async {
            let mut child = self.start()?;
            if let Some(stdout) = child.stdout.take() {
                let mut lines = BufReader::new(stdout).lines();
                while let Some(text) = lines.next_line().await.map_err(Trouble::of_program)? {
                    line(&text);
                }
            }
            Ok(child.wait().await.map_err(Trouble::of_program)?.success())
        };
        timeout(limit, work).await.map_err(|_| Trouble::TooSlow)?
    }

    /// `nice` becomes the program: what ends the one ends the other. Where there is `setpriv`, as on every Linux with
    /// util-linux, the program dies with us even when we are killed.
    fn start(&self) -> Result<Child, Trouble> {
        let mut command = Command::new("nice");
        command.args(["-n", "19"]);
        if let Some(setpriv) = find("setpriv") {
            command.arg(setpriv).args(["--pdeathsig", "KILL"]);
        }
        command.arg(&self.program).args(&self.arguments);
        // What it says of errors names paths, and is of no use to people.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        // It needs no more than the way to its libraries: no address of a database, no password.
        command.env_clear().envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "LD_LIBRARY_PATH"));
        command.spawn().map_err(Trouble::of_program)
    }
}

async fn read_some(from: impl AsyncRead + Unpin, into: &mut Vec<u8>) -> Result<(), Trouble> {
    from.take(MAX_OUTPUT).read_to_end(into).await.map_err(Trouble::of_program)?;
    match into.len() as u64 >= MAX_OUTPUT {
        true => Err(Trouble::Unreadable),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Told by the program itself, where it is there to be asked.
    #[tokio::test]
    async fn a_child_dies_with_us() {
        let Some(program) = find("setpriv") else { return };
        let asked = Task { program, arguments: vec!["--dump".into()], limit: Duration::from_secs(60) };
        let printed = String::from_utf8(asked.run().await.ok().unwrap().output).unwrap();
        assert!(printed.contains("Parent death signal: KILL"), "{printed}");
    }
}
