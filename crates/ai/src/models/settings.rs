use std::time::Duration;

use url::Url;

use super::ApiKey;

/// Which server answers, with which model.
#[derive(Clone, Debug)]
pub struct ModelSettings {
    /// What comes before `/chat/completions`: `https://api.openai.com/v1`.
    pub(super) endpoint: Url,
    /// As the server calls it.
    pub(super) model: String,
    pub(super) key: Option<ApiKey>,
    pub limit_field: LimitField,
    pub patience: Patience,
    /// The most that is read of one answer, whatever is in it.
    pub most_bytes: usize,
    /// How often it is tried before the first word: once, and then again.
    pub tries: u32,
    /// So many failures in a row, and the server is left alone for `rest`.
    pub failures_to_rest: u32,
    pub rest: chrono::Duration,
}

/// What the server calls the limit of an answer: all know the older name but OpenAI's newest models.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LimitField {
    #[default]
    MaxTokens,
    MaxCompletionTokens,
}

/// How long what may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patience {
    pub connect: Duration,
    /// From the request to the first sign of an answer: a large model may have to be loaded.
    pub first_token: Duration,
    pub between_tokens: Duration,
    /// The whole answer.
    pub whole: Duration,
    /// Before the second try; doubled before each other.
    pub pause: Duration,
    /// The longest that is waited because the server asks for it. Who asks for more is not tried again.
    pub longest_pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_token: Duration::from_secs(30),
            between_tokens: Duration::from_secs(15),
            whole: Duration::from_secs(300),
            pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(5),
        }
    }
}

impl ModelSettings {
    /// Fails with a sentence for who has set it up. Nothing of the address is said: there may be a password in it.
    pub fn new(base_url: &str, model: &str, key: Option<ApiKey>) -> Result<Self, &'static str> {
        Ok(Self {
            endpoint: endpoint(base_url)?,
            model: name(model)?,
            key,
            limit_field: LimitField::default(),
            patience: Patience::default(),
            most_bytes: 4 << 20,
            tries: 3,
            failures_to_rest: 5,
            rest: chrono::Duration::seconds(30),
        })
    }
}

fn endpoint(base_url: &str) -> Result<Url, &'static str> {
    let wanted = "the address of the model's server is a URL such as http://127.0.0.1:11434/v1";
    let url = Url::parse(base_url.trim()).map_err(|_| wanted)?;
    let is_http = matches!(url.scheme(), "http" | "https") && url.host().is_some();
    if !is_http || url.query().is_some() || url.fragment().is_some() {
        return Err(wanted);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the key of the model's server does not stand in its address: set LECTERN_AI_API_KEY");
    }
    Url::parse(&format!("{}/chat/completions", url.as_str().trim_end_matches('/'))).map_err(|_| wanted)
}

fn name(model: &str) -> Result<String, &'static str> {
    let model = model.trim();
    if model.is_empty() || model.len() > 200 || !kernel::is_line(model) {
        return Err("a model has a name of 1 to 200 characters, as its server calls it");
    }
    Ok(model.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_or_without_a_slash_and_nothing_that_is_none() {
        for base in ["http://127.0.0.1:8080/v1", " http://127.0.0.1:8080/v1/ "] {
            let settings = ModelSettings::new(base, "llama", None).unwrap();
            assert_eq!(settings.endpoint.as_str(), "http://127.0.0.1:8080/v1/chat/completions");
        }
        for bad in ["", "localhost:8080", "ftp://a.b/v1", "http://", "http://a.b/v1?key=x", "https://me:pw@a.b/v1"] {
            let said = ModelSettings::new(bad, "llama", None).unwrap_err();
            assert!(!said.contains("pw"), "{said}");
        }
        assert!(ModelSettings::new("http://a.b", " ", None).is_err());
        assert!(ModelSettings::new("http://a.b", "a\nb", None).is_err());
    }

    #[test]
    fn settings_show_no_key() {
        let key = ApiKey::new("sk-secret").unwrap();
        let settings = ModelSettings::new("http://a.b", "llama", key).unwrap();
        assert!(!format!("{settings:?}").contains("secret"));
    }
}
