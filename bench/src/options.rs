use std::path::PathBuf;

use clap::Parser;

use crate::rows::Row;

/// Measures what each request costs the gateway and the lower bound, side by side.
#[derive(Parser)]
pub struct Options {
    /// An empty PostgreSQL database with `pg_stat_statements`; `cargo xtask bench` makes one.
    #[arg(long, env = "DATABASE_URL")]
    pub database_url: String,
    /// The product's binary.
    #[arg(long, env = "LECTERN_BINARY")]
    pub gateway: PathBuf,
    /// The lower bound's binary.
    #[arg(long, env = "LIMIT_BINARY")]
    pub limit: PathBuf,
    /// How many courses there are; four in five are published.
    #[arg(long, default_value_t = 1_000)]
    pub courses: usize,
    #[arg(long, default_value_t = 2_000)]
    pub users: usize,
    #[arg(long, default_value_t = 100_000)]
    pub enrollments: usize,
    /// The same seed gives the same school.
    #[arg(long, default_value_t = 9)]
    pub seed: u64,
    /// Which rows, separated by commas: `Q1,M2`. All without it.
    #[arg(long, value_delimiter = ',')]
    pub rows: Vec<Row>,
    /// How many requests are under way at a time.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64])]
    pub concurrency: Vec<usize>,
    /// How often both servers have their turn.
    #[arg(long, default_value_t = 2)]
    pub rounds: usize,
    /// How many seconds a turn takes.
    #[arg(long, default_value_t = 2.0)]
    pub seconds: f64,
    /// Keeps how PostgreSQL answers each statement of each row in this folder, and fails where it reads a large table whole.
    #[arg(long)]
    pub plans: Option<PathBuf>,
    /// Also drives a gateway on SQLite, with the same school.
    #[arg(long)]
    pub sqlite: bool,
    /// How many gateways share the PostgreSQL.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub gateways: u16,
    /// Only proves that everything runs, that the answers are equal and that the statements are as many as allowed.
    #[arg(long)]
    pub quick: bool,
}

impl Options {
    pub fn rows(&self) -> Vec<Row> {
        if self.rows.is_empty() { Row::ALL.to_vec() } else { self.rows.clone() }
    }

    /// Courses, users, enrolments.
    pub fn size(&self) -> [usize; 3] {
        if self.quick { [200, 120, 1_500] } else { [self.courses, self.users, self.enrollments] }
    }
}
