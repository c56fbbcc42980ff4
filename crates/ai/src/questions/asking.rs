use futures_util::StreamExt;

use super::{Draft, prompting};
use crate::{Model, ModelError, Piece, Prompt, about_tokens, passages::Passage};

/// No answer of so few tokens is longer.
const MOST_BYTES: usize = 256 << 10;

/// What a language model is asked for, and about which passages.
pub struct Asking<'a> {
    passages: &'a [Passage],
    chosen: Vec<usize>,
    most: u32,
    pub prompt: Prompt,
}

/// What came of it.
pub struct Answered {
    pub drafts: Vec<Draft>,
    /// What it took.
    pub tokens: i64,
}

impl<'a> Asking<'a> {
    pub fn new(passages: &'a [Passage], most: u32) -> Self {
        let chosen = prompting::chosen(passages);
        let prompt = prompting::prompt(passages, &chosen, most);
        Self { passages, chosen, most, prompt }
    }

    /// Asks, and waits for the whole answer.
    pub async fn ask(&self, model: &dyn Model) -> Result<Answered, ModelError> {
        let mut pieces = model.answer(&self.prompt).await?;
        let (mut text, mut cost) = (String::new(), None);
        while let Some(piece) = pieces.next().await {
            match piece? {
                Piece::Text(more) if text.len() + more.len() > MOST_BYTES => return Err(ModelError::Garbage),
                Piece::Text(more) => text.push_str(&more),
                // What is whole of it is read.
                Piece::Truncated => {}
                Piece::Usage { prompt, completion } => cost = Some(prompt.saturating_add(completion)),
            }
        }
        let tokens = cost.unwrap_or_else(|| self.about(&text));
        let drafts = prompting::read(&text, self.passages, &self.chosen, self.most as usize);
        Ok(Answered { drafts, tokens })
    }

    /// What it took, when the server does not say.
    fn about(&self, text: &str) -> i64 {
        self.prompt.most_tokens() - i64::from(self.prompt.max_tokens) + about_tokens(text)
    }
}
