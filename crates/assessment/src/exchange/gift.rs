//! Moodle's GIFT. What it has no form for stands in a comment before the question that other programs pass over:
//! `// [lectern points:2.5 credit:per_part type:ordering]`. So what is written is read again as it was.

mod reading;
mod writing;

pub use reading::read;
pub use writing::write;

/// How our comment begins.
const NOTE: &str = "// [lectern";

/// What GIFT gives a meaning to, and so is written after a backslash.
const SPECIAL: &str = "\\~=#{}:";
