//! Which language model the tutor asks, as the settings say.

use std::{convert::Infallible, fmt, fs, path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use ai::{
    Model,
    budgeting::SchoolBudget,
    models::{ApiKey, ChatServer, LimitField, ModelSettings},
};
use clap::{Args, ValueEnum, value_parser};
use kernel::{Error, Result, World};

/// A server with a language model that speaks OpenAI's chat completions. Without one the tutor answers from the course's
/// passages themselves.
#[derive(Args, Clone, Debug)]
pub struct AiOptions {
    /// Where the server is, up to what comes before `/chat/completions`: `http://127.0.0.1:11434/v1` for Ollama,
    /// `https://api.openai.com/v1` for OpenAI. What learners ask, and what of their courses answers it, is sent there.
    #[arg(long, env = "LECTERN_AI_BASE_URL", hide_env_values = true)]
    pub ai_base_url: Option<String>,
    /// Which model, as the server calls it.
    #[arg(long, env = "LECTERN_AI_MODEL")]
    pub ai_model: Option<String>,
    /// The key that the server asks for, if it does.
    #[arg(long, env = "LECTERN_AI_API_KEY", hide_env_values = true)]
    pub ai_api_key: Option<Hidden>,
    /// A file that holds the key, instead.
    #[arg(long, env = "LECTERN_AI_API_KEY_FILE")]
    pub ai_api_key_file: Option<PathBuf>,
    /// What the server calls the limit of an answer. OpenAI's newest models know only `max-completion-tokens`.
    #[arg(long, env = "LECTERN_AI_LIMIT_FIELD", value_enum, default_value_t)]
    pub ai_limit_field: LimitName,
    /// How long it may take to reach the server, in seconds.
    #[arg(long, env = "LECTERN_AI_CONNECT_SECONDS", default_value_t = 5, value_parser = value_parser!(u64).range(1..=300))]
    pub ai_connect_seconds: u64,
    /// How long it may take until an answer begins, in seconds.
    #[arg(long, env = "LECTERN_AI_FIRST_TOKEN_SECONDS", default_value_t = 30, value_parser = value_parser!(u64).range(1..=300))]
    pub ai_first_token_seconds: u64,
    /// How long it may take until an answer goes on, in seconds.
    #[arg(long, env = "LECTERN_AI_NEXT_TOKEN_SECONDS", default_value_t = 15, value_parser = value_parser!(u64).range(1..=300))]
    pub ai_next_token_seconds: u64,
    /// How many tokens each learner of a course may use in a day, UTC, unless the course says otherwise.
    #[arg(long, env = "LECTERN_AI_LEARNER_DAILY_TOKENS", default_value_t = SchoolBudget::default().learner_daily_tokens, value_parser = value_parser!(i64).range(0..=2_000_000_000))]
    pub ai_learner_daily_tokens: i64,
    /// How many tokens a course may use in a calendar month, UTC, unless it says otherwise.
    #[arg(long, env = "LECTERN_AI_COURSE_MONTHLY_TOKENS", default_value_t = SchoolBudget::default().course_monthly_tokens, value_parser = value_parser!(i64).range(0..=2_000_000_000))]
    pub ai_course_monthly_tokens: i64,
}

/// A text that is not shown when settings are.
#[derive(Clone, Default)]
pub struct Hidden(String);

impl FromStr for Hidden {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.into()))
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(..)")
    }
}

/// What the server calls the limit of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LimitName {
    #[default]
    MaxTokens,
    MaxCompletionTokens,
}

impl AiOptions {
    /// What answers; none when no server is named. Half a setting is a mistake that is better told at once.
    pub fn model(&self, world: Arc<dyn World>) -> Result<Option<Arc<dyn Model>>> {
        let given = |setting: &Option<String>| setting.clone().filter(|text| !text.trim().is_empty());
        let (base_url, model) = match (given(&self.ai_base_url), given(&self.ai_model)) {
            (None, None) => return Ok(None),
            (Some(base_url), Some(model)) => (base_url, model),
            _ => return Err(internal("LECTERN_AI_BASE_URL and LECTERN_AI_MODEL need each other")),
        };
        let mut settings = ModelSettings::new(&base_url, &model, self.key()?).map_err(internal)?;
        settings.limit_field = match self.ai_limit_field {
            LimitName::MaxTokens => LimitField::MaxTokens,
            LimitName::MaxCompletionTokens => LimitField::MaxCompletionTokens,
        };
        settings.patience.connect = Duration::from_secs(self.ai_connect_seconds);
        settings.patience.first_token = Duration::from_secs(self.ai_first_token_seconds);
        settings.patience.between_tokens = Duration::from_secs(self.ai_next_token_seconds);
        Ok(Some(Arc::new(ChatServer::new(settings, world)?)))
    }

    pub fn budget(&self) -> SchoolBudget {
        SchoolBudget {
            learner_daily_tokens: self.ai_learner_daily_tokens,
            course_monthly_tokens: self.ai_course_monthly_tokens,
        }
    }

    fn key(&self) -> Result<Option<ApiKey>> {
        let file = self.ai_api_key_file.as_ref().filter(|file| !file.as_os_str().is_empty());
        let text = match (self.ai_api_key.as_ref().map(|key| &key.0).filter(|key| !key.is_empty()), file) {
            (Some(_), Some(_)) => {
                return Err(internal("set LECTERN_AI_API_KEY or LECTERN_AI_API_KEY_FILE, not both"));
            }
            (Some(key), None) => key.clone(),
            (None, Some(file)) => fs::read_to_string(file)
                .map_err(|error| Error::Internal(format!("LECTERN_AI_API_KEY_FILE can't be read: {error}")))?,
            (None, None) => return Ok(None),
        };
        ApiKey::new(&text).map_err(internal)
    }
}

fn internal(message: &str) -> Error {
    Error::Internal(message.into())
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use kernel::SystemWorld;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        ai: AiOptions,
    }

    /// Whatever the environment says, it is not given here.
    fn options(arguments: &[&str]) -> AiOptions {
        let none = ["", "--ai-base-url=", "--ai-model=", "--ai-api-key="];
        let given = |none: &&str| !arguments.iter().any(|argument| none.len() > 1 && argument.starts_with(*none));
        Cli::try_parse_from(none.iter().filter(|none| given(none)).chain(arguments)).unwrap().ai
    }

    fn model(arguments: &[&str]) -> Result<Option<Arc<dyn Model>>> {
        options(arguments).model(Arc::new(SystemWorld))
    }

    const SERVER: [&str; 2] = ["--ai-base-url=http://127.0.0.1:1/v1", "--ai-model=llama"];

    #[test]
    fn without_a_server_there_is_no_model_and_half_a_setting_is_a_mistake() {
        assert!(model(&[]).unwrap().is_none());
        assert_eq!(model(&SERVER).unwrap().unwrap().name(), "llama");
        assert!(model(&SERVER[..1]).is_err() && model(&SERVER[1..]).is_err());
        assert!(model(&["--ai-base-url=nonsense", "--ai-model=llama"]).is_err());
    }

    #[test]
    fn the_key_comes_from_the_setting_or_a_file_and_is_not_told() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "sk-from-file\n").unwrap();
        let from_file = format!("--ai-api-key-file={}", file.path().display());
        for key in ["--ai-api-key=sk-given", &from_file] {
            assert!(model(&[&SERVER[..], &[key]].concat()).unwrap().is_some(), "{key}");
            assert!(!format!("{:?}", options(&[key])).contains("sk-given"));
        }
        for keys in
            [&["--ai-api-key=sk given"][..], &["--ai-api-key=sk-given", &from_file], &["--ai-api-key-file=/nowhere"]]
        {
            let error = model(&[&SERVER[..], keys].concat()).err().unwrap().to_string();
            assert!(!error.contains("given") && !error.contains("from-file"), "{error}");
        }
    }

    #[test]
    fn what_courses_may_use_unless_they_say_otherwise() {
        let budget = options(&["--ai-learner-daily-tokens=7", "--ai-course-monthly-tokens=0"]).budget();
        assert_eq!(budget, SchoolBudget { learner_daily_tokens: 7, course_monthly_tokens: 0 });
        assert_eq!(options(&[]).budget(), SchoolBudget::default());
    }
}
