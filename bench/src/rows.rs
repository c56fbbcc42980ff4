//! The rows of the table.

use clap::ValueEnum;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, ValueEnum)]
#[value(rename_all = "verbatim")]
pub enum Row {
    Q1,
    /// Q1 of somebody who is not signed in.
    Q1a,
    Q2,
    Q3,
    Q4,
    Q5,
    Q6,
    M1,
    M2,
    /// M2 with ten packets.
    M3,
}

impl Row {
    pub const ALL: [Self; 10] =
        [Self::Q1, Self::Q1a, Self::Q2, Self::Q3, Self::Q4, Self::Q5, Self::Q6, Self::M1, Self::M2, Self::M3];

    pub fn says(self) -> &'static str {
        match self {
            Self::Q1 => "catalogue page, 20 courses with sections and files",
            Self::Q1a => "the same, not signed in (kept answer)",
            Self::Q2 => "course page by slug",
            Self::Q3 => "my learning",
            Self::Q4 => "catalogue, the last full page",
            Self::Q5 => "filtered search with its count",
            Self::Q6 => "500 courses x 12 fields, as five pages in one document",
            Self::M1 => "enrol",
            Self::M2 => "heartbeat of one packet",
            Self::M3 => "heartbeat of ten packets",
        }
    }

    /// The most statements that the gateway may need, `BEGIN` and `COMMIT` included. A kept answer needs none.
    pub fn most_statements(self) -> f64 {
        match self {
            Self::Q1 => 6.0,
            Self::Q1a => 0.0,
            Self::Q2 => 7.0,
            Self::Q3 => 4.0,
            Self::Q4 => 4.0,
            Self::Q5 => 3.0,
            Self::Q6 => 5.0,
            Self::M1 => 22.0,
            Self::M2 => 20.0,
            Self::M3 => 20.0,
        }
    }

    pub fn is_write(self) -> bool {
        matches!(self, Self::M1 | Self::M2 | Self::M3)
    }
}
