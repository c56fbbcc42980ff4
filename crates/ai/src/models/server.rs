use std::{sync::Arc, time::Duration};

use kernel::{Result, World};
use reqwest::Client;

use super::{
    Breaker, ModelSettings,
    asking::{Begun, Trouble, ask},
    breaker::Pass,
    client::client,
    pieces::pieces,
};
use crate::{Model, ModelError, Pieces, Prompt};

/// The longest that a server is left alone because it wants to be: it may have said a day by mistake.
const LONGEST_REST: chrono::Duration = chrono::Duration::minutes(5);

/// A model on a server that speaks OpenAI's chat completions.
pub struct ChatServer {
    settings: ModelSettings,
    http: Client,
    breaker: Arc<Breaker>,
    world: Arc<dyn World>,
}

impl ChatServer {
    pub fn new(settings: ModelSettings, world: Arc<dyn World>) -> Result<Self> {
        let http = client(&settings.patience)?;
        let breaker = Breaker::new(world.clone(), settings.failures_to_rest, settings.rest);
        Ok(Self { settings, http, breaker, world })
    }

    /// Asks again while that may help. Nothing was answered yet: nobody hears anything twice.
    async fn begin(&self, prompt: &Prompt) -> Result<Begun, Trouble> {
        let mut pause = self.settings.patience.pause;
        for _ in 1..self.settings.tries {
            match ask(&self.http, &self.settings, prompt).await {
                Err(trouble) if self.is_worth_waiting(&trouble) => {
                    tokio::time::sleep(trouble.wait.unwrap_or_else(|| self.about(pause))).await;
                    pause *= 2;
                }
                done => return done,
            }
        }
        ask(&self.http, &self.settings, prompt).await
    }

    fn is_worth_waiting(&self, trouble: &Trouble) -> bool {
        trouble.is_passing && trouble.wait.is_none_or(|wait| wait <= self.settings.patience.longest_pause)
    }

    /// Half of it to all of it: those who failed together don't come back together.
    fn about(&self, pause: Duration) -> Duration {
        let mut random = [0; 1];
        let share = self.world.fill(&mut random).map_or(1.0, |()| 0.5 + f64::from(random[0]) / 510.0);
        pause.mul_f64(share)
    }

    fn told(&self, pass: Pass, trouble: Trouble) -> ModelError {
        tracing::warn!(error = %trouble.error, "the model gave no answer");
        match trouble.error {
            // The server works; it is the request, or the settings.
            ModelError::Refused(_) => pass.succeeded(),
            _ => pass.failed(trouble.wait.map(rest)),
        }
        trouble.error
    }
}

fn rest(wait: Duration) -> chrono::Duration {
    chrono::Duration::from_std(wait).map_or(LONGEST_REST, |wait| wait.min(LONGEST_REST))
}

#[async_trait::async_trait]
impl Model for ChatServer {
    fn name(&self) -> &str {
        &self.settings.model
    }

    async fn answer(&self, prompt: &Prompt) -> Result<Pieces, ModelError> {
        let pass = self.breaker.enter().ok_or(ModelError::Unavailable)?;
        match self.begin(prompt).await {
            Ok(begun) => Ok(pieces(begun, pass)),
            Err(trouble) => Err(self.told(pass, trouble)),
        }
    }
}
