//! Looks for examples in the documentation comments: building the workspace's doc tests only to find none costs time.

use std::fs;
use std::path::Path;

use crate::{Outcome, shell};

pub fn exist() -> Outcome<bool> {
    let root = shell::root();
    for folder in ["crates", "migration"] {
        if any_below(&root.join(folder))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn any_below(folder: &Path) -> Outcome<bool> {
    let unreadable = |error| format!("{} can't be read: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let is_folder = entry.file_type().map_err(unreadable)?.is_dir();
        let found = if is_folder {
            entry.file_name() != "node_modules" && any_below(&path)?
        } else {
            path.extension().is_some_and(|ending| ending == "rs")
                && fs::read_to_string(&path).is_ok_and(|text| has_example(&text))
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Any fence counts: one that is not Rust costs a look, one that is missed costs a test.
fn has_example(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| {
        let comment = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
        comment.is_some_and(|words| words.trim_start().starts_with("```"))
    })
}

#[cfg(test)]
mod tests {
    use super::has_example;

    #[test]
    fn only_fences_in_documentation_count() {
        assert!(has_example("/// Adds.\n///\n/// ```\n/// assert!(true);\n/// ```\nfn add() {}"));
        assert!(has_example("    //! ```rust,no_run"));
        assert!(!has_example("// ```\nlet fence = \"```\";\n/// plain words"));
    }
}
