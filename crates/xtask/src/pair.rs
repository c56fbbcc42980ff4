//! A database and its copy, apart from the one that all the tests use: what is held back on the one is held back for everybody.

use std::process::Command;

use crate::Outcome;
use crate::cluster::Cluster;

/// Where the tests find them.
const DATABASE: &str = "TEST_FOLLOWED_URL";
const COPY: &str = "TEST_STANDBY_URL";

pub struct Pair {
    followed: Cluster,
    standby: Cluster,
}

impl Pair {
    pub fn start() -> Outcome<Self> {
        let followed = Cluster::start()?;
        let standby = followed.standby()?;
        Ok(Self { followed, standby })
    }

    pub fn tell(&self, command: &mut Command) {
        command.env(DATABASE, self.followed.url("postgres")).env(COPY, self.standby.url("postgres"));
    }
}
