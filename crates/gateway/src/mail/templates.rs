use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior, Value, syntax::SyntaxConfig};

use super::{Failure, Letter, plain};

/// Declares the letters: the name of each is the name of its two files.
macro_rules! letters {
    ($($name:literal,)*) => {
        /// Every letter there is.
        pub const LETTERS: &[&str] = &[$($name),*];
        const FILES: &[(&str, &str)] = &[
            $((concat!($name, ".txt"), include_str!(concat!("templates/", $name, ".txt"))),
              (concat!($name, ".html"), include_str!(concat!("templates/", $name, ".html"))),)*
            ("layout.txt", include_str!("templates/layout.txt")),
            ("layout.html", include_str!("templates/layout.html")),
            ("linked.html", include_str!("templates/linked.html")),
        ];
    };
}

letters! {
    "verify_email",
    "already_registered",
    "reset_password",
    "password_changed",
    "confirm_email_change",
    "email_changing",
    "two_factor_enabled",
    "two_factor_disabled",
    "recovery_code_used",
    "account_suspended",
    "account_reactivated",
    "deletion_requested",
    "account_deleted",
    "export_ready",
    "api_token_created",
    "seat_offered",
    "certificate_issued",
    "certificate_revoked",
    "certificate_reissued",
    "review_hidden",
    "review_restored",
    "webhook_paused",
}

/// A letter's texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The letters' templates, ready to fill in. What a template speaks of and isn't given is an error.
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// `site`: what the school calls itself.
    pub fn new(site: &str) -> Result<Self, String> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        environment.set_syntax(syntax.map_err(|error| error.to_string())?);
        environment.add_filter("count", count);
        environment.add_global("site", plain::line(site));
        for (name, source) in FILES {
            environment.add_template(name, source).map_err(|error| format!("{name}: {error:#}"))?;
        }
        Ok(Self { environment })
    }

    pub fn render(&self, letter: &Letter) -> Result<Rendered, Failure> {
        if !LETTERS.contains(&letter.template.as_str()) {
            return Err(Failure::Permanent(format!("there is no letter {:?}", letter.template)));
        }
        let values = values(letter)?;
        let failed = |error| Failure::Permanent(format!("{} can't be rendered: {error:#}", letter.template));
        self.fill_in(&letter.template, values).map_err(failed)
    }

    fn fill_in(&self, name: &str, mut values: BTreeMap<String, Value>) -> Result<Rendered, minijinja::Error> {
        let text = self.environment.get_template(&format!("{name}.txt"))?;
        let mut text = text.render_captured(Value::from_pairs(values.clone()))?;
        let subject = plain::line(&text.with_state_mut(|state| state.render_block("subject"))?);
        values.insert("subject".into(), subject.clone().into());
        let html = self.environment.get_template(&format!("{name}.html"))?.render(Value::from_pairs(values))?;
        Ok(Rendered { subject, text: text.into_output(), html })
    }
}

/// What the templates are given: every text is one plain line.
fn values(letter: &Letter) -> Result<BTreeMap<String, Value>, Failure> {
    let mut values = BTreeMap::new();
    for (key, value) in &letter.values {
        let fit = match (value.as_str(), value.as_i64()) {
            (Some(text), _) => plain::line(text).into(),
            (_, Some(number)) => number.into(),
            _ => {
                return Err(Failure::Permanent(format!(
                    "{}: {key} is neither a text nor a whole number",
                    letter.template
                )));
            }
        };
        values.insert(key.clone(), fit);
    }
    values.insert("name".into(), plain::name(&letter.to_name).into());
    if let Some(link) = &letter.link {
        values.insert("link".into(), link.clone().into());
    }
    Ok(values)
}

/// `1 hour`, `24 hours`.
fn count(number: i64, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
