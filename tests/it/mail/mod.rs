//! Letters: what they say, the outbox, and a real SMTP server.

mod outbox;
mod rendering;
pub mod server;
mod smtp;

use gateway::mail::Letter;
use serde_json::{Value, json};
use uuid::Uuid;

const LINK: &str = "https://school.example/a-page?token=s3cret";

/// Every letter with the values it speaks of.
fn all() -> Vec<Letter> {
    let values = [
        ("verify_email", json!({"hours": 24})),
        ("already_registered", json!({})),
        ("reset_password", json!({"minutes": 30})),
        ("password_changed", json!({"time": "1 July 2026, 12:00 UTC"})),
        ("confirm_email_change", json!({"new_email": "countess@example.org", "hours": 1})),
        ("email_changing", json!({"new_email": "countess@example.org", "days": 7})),
        ("two_factor_enabled", json!({})),
        ("two_factor_disabled", json!({})),
        ("recovery_code_used", json!({"left": 1})),
        ("account_suspended", json!({"reason": "Spam & <worse>"})),
        ("account_reactivated", json!({})),
        ("deletion_requested", json!({"date": "31 July 2026"})),
        ("account_deleted", json!({})),
        ("export_ready", json!({"days": 7})),
        ("api_token_created", json!({"token_name": "My \"script\""})),
        ("seat_offered", json!({"course_title": "Rust & <more>", "until": "3 July 2026, 12:00 UTC"})),
        ("certificate_issued", json!({"course_title": "Rust & <Co>", "serial": "ABCD-EFGH"})),
        ("certificate_revoked", json!({"course_title": "Rust", "serial": "ABCD-EFGH", "reason": "Copied & <worse>"})),
        ("certificate_reissued", json!({"course_title": "Rust", "serial": "ABCD-EFGH"})),
        ("review_hidden", json!({"course": "Rust & <more>", "reason": "It names \"people\"."})),
        ("review_restored", json!({"course": "Rust & <more>", "reason": "It is fine."})),
        (
            "webhook_paused",
            json!({"url": "https://example.org", "why": "For three days nothing that was sent there has arrived."}),
        ),
    ];
    values.into_iter().map(|(template, values)| letter(template, values)).collect()
}

fn letter(template: &str, values: Value) -> Letter {
    Letter {
        id: Uuid::from_u128(7),
        template: template.into(),
        to: "ada@example.org".into(),
        to_name: "Ada Lovelace".into(),
        link: has_link(template).then(|| LINK.into()),
        values: values.as_object().unwrap().clone(),
    }
}

fn has_link(template: &str) -> bool {
    gateway::mail::Page::of_letter(template).is_some()
}
