//! What the tutor may use, for the sweeps.

use kernel::Live;
use serde_json::{Value, json};
use testkit::TestApp;

use super::{
    audited::{
        Trail::{self, Records},
        mutation, ready,
    },
    needs::Without::{self, Refused},
    stranger::Attempt::{self, Turned},
};

/// Budgets of courses that the stranger does not see, and of those that they do.
pub fn attempts(courses: [&str; 2]) -> Vec<(&'static str, Attempt)> {
    let sets =
        courses.map(|course| mutation("setAiBudget", &format!("courseId: \"{course}\", learnerTokensPerDay: 1")));
    vec![("setAiBudget", Turned(sets.to_vec(), &["NOT_FOUND", "FORBIDDEN"]))]
}

/// All that there is of them.
pub async fn everything(app: &TestApp) -> Value {
    let budgets = ai::ai_budget::Entity::live().all(app.db().read()).await.unwrap();
    json!(format!("{budgets:?}"))
}

/// For `needs.rs`: a course that is somebody else's.
pub fn probes(course: &str) -> Vec<(&'static str, (String, Without))> {
    let usage = format!("{{ aiUsage(courseId: \"{course}\", from: \"2026-07-01\", to: \"2026-07-02\") {{ tokens }} }}");
    let sets = mutation("setAiBudget", &format!("courseId: \"{course}\", learnerTokensPerDay: 1"));
    vec![("Query.aiUsage", (usage, Refused("NOT_FOUND"))), ("Mutation.setAiBudget", (sets, Refused("NOT_FOUND")))]
}

pub fn of_budgets() -> [(&'static str, Trail); 1] {
    [(
        "setAiBudget",
        Records(
            "course.ai_budget_set",
            ready!(|app| {
                let tomas = app.instructor("Tomas").await;
                let id = tomas.drafts("Rust").await;
                (tomas.viewer, mutation("setAiBudget", &format!("courseId: \"{id}\", learnerTokensPerDay: 7")))
            }),
        ),
    )]
}
