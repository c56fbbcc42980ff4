use serde_json::Value;

/// A field whose name contains one of these holds a secret.
const SECRET: [&str; 7] = ["password", "token", "secret", "code", "hash", "key", "credential"];

/// How secrets of ours begin, wherever they stand.
const SECRET_VALUES: [&str; 2] = ["lectern_", "$argon2"];

/// Of a person, these say who it is: an erased account must not live on in the trail.
const PERSONAL: [&str; 5] = ["fullname", "displayname", "username", "phone", "bio"];

const HIDDEN: &str = "[redacted]";

/// The trail says that a text changed, it does not keep copies of it.
const LONGEST: usize = 500;

/// The value as the trail may keep it, and as staff sees it of a job.
pub fn redacted(target: &str, field: &str, value: Value) -> Value {
    let name = field.to_lowercase().replace('_', "");
    match value {
        Value::Null => Value::Null,
        _ if SECRET.iter().any(|secret| name.contains(secret)) => HIDDEN.into(),
        Value::String(text) if SECRET_VALUES.iter().any(|secret| text.contains(secret)) => HIDDEN.into(),
        Value::String(text) if name.contains("email") || is_address(&text) => masked_email(&text).into(),
        Value::String(text) if is_personal(target, &name) => masked(&text).into(),
        Value::String(text) if text.chars().count() > LONGEST => {
            text.chars().take(LONGEST).chain(" ...".chars()).collect::<String>().into()
        }
        Value::Array(items) => items.into_iter().map(|item| redacted(target, field, item)).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            Value::Object(members.map(|(name, value)| (name.clone(), redacted(target, &name, value))).collect())
        }
        value => value,
    }
}

/// A job that tells a person something knows their name.
fn is_personal(target: &str, name: &str) -> bool {
    match target {
        "user" => PERSONAL.contains(&name),
        "job" => PERSONAL.contains(&name) || name == "name",
        _ => false,
    }
}

/// One word with an @ inside: an address, whatever the field is called.
fn is_address(text: &str) -> bool {
    let is_word = !text.contains(|letter: char| letter.is_whitespace() || letter == '/');
    is_word && text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

/// `a***@example.org`
fn masked_email(email: &str) -> String {
    match email.rsplit_once('@') {
        Some((name, domain)) => format!("{}@{domain}", masked(name)),
        None => masked(email),
    }
}

fn masked(text: &str) -> String {
    text.chars().next().map_or_else(String::new, |first| format!("{first}***"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_and_people_are_hidden_and_the_rest_is_not() {
        for (target, field, value, kept) in [
            ("user", "password", json!("correct horse"), json!("[redacted]")),
            ("user", "recoveryCodes", json!(["a", "b"]), json!("[redacted]")),
            ("api_token", "access_token", json!(1), json!("[redacted]")),
            ("user", "note", json!("use lectern_access_x"), json!("[redacted]")),
            ("user", "note", json!({"newPassword": "x", "n": 1}), json!({"newPassword": "[redacted]", "n": 1})),
            ("user", "email", json!("ada@example.org"), json!("a***@example.org")),
            ("user", "newEmail", json!(["ada@example.org"]), json!(["a***@example.org"])),
            ("user", "email", json!("ada"), json!("a***")),
            ("user", "displayName", json!("Ada"), json!("A***")),
            ("user", "bio", json!(""), json!("")),
            ("user", "password", json!(null), json!(null)),
            ("role", "displayName", json!("Helper"), json!("Helper")),
            ("job", "old", json!("ada@example.org"), json!("a***@example.org")),
            ("job", "name", json!("Ada"), json!("A***")),
            ("course", "name", json!("Ada"), json!("Ada")),
            ("course", "title", json!("Write to ada@example.org"), json!("Write to ada@example.org")),
            ("course", "description", json!("x".repeat(501)), json!(format!("{} ...", "x".repeat(500)))),
            ("user", "status", json!("active"), json!("active")),
            ("role", "permissions", json!(["users.read"]), json!(["users.read"])),
        ] {
            assert_eq!(redacted(target, field, value.clone()), kept, "{target} {field} {value}");
        }
    }
}
