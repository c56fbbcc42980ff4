use super::Report;
use crate::config::settings;

/// A name that is nearly a setting's is a setting that does nothing. It may be somebody else's (Kubernetes makes some of the
/// name of a service), so that it is only told.
pub fn check(report: &mut Report, names: &[String]) {
    let known = settings();
    let unknown = names.iter().filter(|name| name.starts_with("LECTERN_") && !known.contains(name.as_str()));
    let mut unknown: Vec<&str> = unknown.map(String::as_str).collect();
    unknown.sort_unstable();
    if unknown.is_empty() {
        return report.fine("settings", "every name is known");
    }
    report.note("settings", format!("not known here, and without effect: {}", unknown.join(", ")));
}
