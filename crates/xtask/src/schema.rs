use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{Outcome, product, shell};

const FILE: &str = "schema.graphql";

/// How many differing lines are worth showing.
const SHOWN: usize = 10;

/// Writes schema.graphql as the code says it, or says where the two differ.
pub fn run(words: &[String]) -> Outcome {
    let check = match words {
        [] => false,
        [word] if word == "--check" => true,
        _ => return Err("schema knows only --check".into()),
    };
    let schema = shell::capture(Command::new(product::build()?).arg("schema"))?;
    if schema.trim().is_empty() {
        return Err("`lectern schema` printed nothing".into());
    }
    let file = shell::root().join(FILE);
    if check { compare(&file, &schema) } else { write(&file, &schema) }
}

/// A new file takes the place of the old one whole, so that nobody reads half a schema.
fn write(file: &Path, schema: &str) -> Outcome {
    let new = file.with_extension("graphql.new");
    fs::write(&new, schema)
        .and_then(|()| fs::rename(&new, file))
        .map_err(|error| format!("{FILE} can't be written: {error}"))
}

fn compare(file: &Path, schema: &str) -> Outcome {
    let written = fs::read_to_string(file).map_err(|error| format!("{FILE} can't be read: {error}"))?;
    if written == schema {
        return Ok(());
    }
    let lines = differing_lines(&written, schema);
    Err(format!("{FILE} (-) is not what the code says (+); `cargo xtask schema` writes it anew\n{lines}"))
}

/// From the first line that differs, what was written and what the code says.
fn differing_lines(written: &str, said: &str) -> String {
    let same = written.lines().zip(said.lines()).take_while(|(old, new)| old == new).count();
    let removed = written.lines().skip(same).take(SHOWN).map(|line| format!("- {line}"));
    let added = said.lines().skip(same).take(SHOWN).map(|line| format!("+ {line}"));
    let shown: Vec<String> = removed.chain(added).collect();
    format!("line {}:\n{}", same + 1, shown.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::differing_lines;

    #[test]
    fn the_first_difference_is_shown_with_its_line() {
        let shown = differing_lines("type A {\n  id: ID!\n}", "type A {\n  id: ID\n}");
        assert_eq!(shown, "line 2:\n-   id: ID!\n- }\n+   id: ID\n+ }");
    }

    #[test]
    fn lines_at_the_end_are_shown_too() {
        assert_eq!(differing_lines("a\n", "a\nb\n"), "line 2:\n+ b");
    }
}
