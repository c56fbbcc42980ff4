//! The types of events are those that the code records.

use std::{collections::BTreeSet, fs};

use kernel::events::ACTIONS;

use super::workspace;

#[test]
fn every_action_that_is_recorded_is_a_type_of_events() {
    let known: BTreeSet<&str> = ACTIONS.iter().copied().collect();
    assert!(ACTIONS.is_sorted() && known.len() == ACTIONS.len(), "sorted, each once");
    let mut code = String::new();
    for file in workspace::rust_files().into_iter().filter(|file| !file.ends_with("kernel/src/events/types.rs")) {
        code.push_str(&fs::read_to_string(file).unwrap());
    }
    let recorded = code.split("AuditRecord::new(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
    for action in recorded.filter_map(|rest| rest.split('"').next()).filter(|action| *action != "user.renamed") {
        assert!(known.contains(action), "{action} is recorded, and no type of events");
    }
    for action in known {
        assert!(code.contains(&format!("\"{action}\"")), "nothing records {action}");
    }
}
