use crate::graphql::gate::is_open;

/// What begins the name of a mutation that would do something twice when it is sent twice.
const VERBS: [&str; 27] = [
    "accept",
    "add",
    "apply",
    "ask",
    "assign",
    "bulk",
    "complete",
    "create",
    "duplicate",
    "enroll",
    "export",
    "extend",
    "grant",
    "import",
    "issue",
    "join",
    "regrade",
    "redeliver",
    "reissue",
    "reply",
    "report",
    "request",
    "schedule",
    "start",
    "submit",
    "suggest",
    "test",
];

/// Those that have no key all the same, and why.
pub const LEFT_OUT: &[(&str, &str)] = &[
    ("createApiToken", "its secret is shown once and kept nowhere"),
    ("createWebhook", "its secret is shown once and kept nowhere"),
    ("requestDataExport", "takes nothing; one that is under way is not begun again"),
    ("startTotp", "its secret is shown once, and who starts again has a new one"),
    ("rotateWebhookSecret", "its secret is shown once, and who rotates again has a new one"),
];

/// Does the mutation take an `idempotencyKey`? None that is open to everybody does: a stranger's keys would be everybody's.
pub fn is_repeatable(mutation: &str) -> bool {
    let verb = mutation.split(char::is_uppercase).next().unwrap_or_default();
    VERBS.contains(&verb)
        && !LEFT_OUT.iter().any(|(name, _)| *name == mutation)
        && !is_open(&format!("Mutation.{mutation}"))
}
