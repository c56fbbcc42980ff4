//! The protocol's words, as far as we speak it.

use serde::{Deserialize, Serialize};

use super::{LimitField, ModelSettings};
use crate::{Piece, Prompt, Role};

#[derive(Serialize)]
pub struct Request<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    stream: bool,
    stream_options: StreamOptions,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

/// Asks for the cost at the end.
#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

impl<'a> Request<'a> {
    pub fn new(settings: &'a ModelSettings, prompt: &'a Prompt) -> Self {
        let system = Message { role: "system", content: &prompt.system };
        let turns = prompt.turns.iter().map(|turn| Message { role: word(turn.role), content: &turn.text });
        let limit = |field| (settings.limit_field == field).then_some(prompt.max_tokens);
        Self {
            model: &settings.model,
            messages: std::iter::once(system).chain(turns).collect(),
            max_tokens: limit(LimitField::MaxTokens),
            max_completion_tokens: limit(LimitField::MaxCompletionTokens),
            stream: true,
            stream_options: StreamOptions { include_usage: true },
        }
    }
}

fn word(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Assistant => "assistant",
    }
}

/// One event of the answer. Servers say much else, which is nothing to us.
#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<Usage>,
    error: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Delta,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Delta {
    content: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    #[serde(default)]
    prompt_tokens: i64,
    #[serde(default)]
    completion_tokens: i64,
}

/// What an event says.
#[derive(Debug, PartialEq)]
pub enum Said {
    /// These pieces, and whether the model has come to its end.
    Pieces(Vec<Piece>, bool),
    /// Nothing more comes.
    Done,
    /// The server has failed on the way.
    Failed,
    /// The server takes back what it says, or says nothing: its own rules are against it.
    Withheld,
}

/// `None` for what is not of the protocol.
pub fn read(data: &str) -> Option<Said> {
    if data.trim() == "[DONE]" {
        return Some(Said::Done);
    }
    let chunk: Chunk = serde_json::from_str(data).ok()?;
    if chunk.error.is_some() {
        return Some(Said::Failed);
    }
    let (mut pieces, mut is_over) = (vec![], false);
    for choice in chunk.choices {
        if choice.finish_reason.as_deref() == Some("content_filter") {
            return Some(Said::Withheld);
        }
        pieces.extend(choice.delta.content.filter(|text| !text.is_empty()).map(Piece::Text));
        is_over |= choice.finish_reason.is_some();
        pieces.extend((choice.finish_reason.as_deref() == Some("length")).then_some(Piece::Truncated));
    }
    let usage = chunk.usage.filter(|usage| usage.prompt_tokens >= 0 && usage.completion_tokens >= 0);
    pieces.extend(usage.map(|usage| Piece::Usage { prompt: usage.prompt_tokens, completion: usage.completion_tokens }));
    Some(Said::Pieces(pieces, is_over))
}

/// What a server calls its refusal: a word such as `invalid_request_error`. Its sentences may quote the key, and are not read.
pub fn refusal(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Refusal {
        error: Named,
    }
    #[derive(Deserialize)]
    struct Named {
        code: Option<serde_json::Value>,
        r#type: Option<serde_json::Value>,
    }
    let Refusal { error } = serde_json::from_slice(body).ok()?;
    let is_word = |word: &&str| word.len() <= 40 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let words = [error.code, error.r#type];
    words.iter().flatten().filter_map(|word| word.as_str()).find(is_word).map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_several_servers() {
        let text = |text: &str, is_over| Some(Said::Pieces(vec![Piece::Text(text.into())], is_over));
        for (data, said) in [
            (
                r#"{"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}]}"#,
                text("Hi", false),
            ),
            (r#"{"choices":[{"delta":{"content":" you"},"finish_reason":"stop"}],"usage":null}"#, text(" you", true)),
            (
                r#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#,
                Some(Said::Pieces(vec![Piece::Truncated], true)),
            ),
            (r#"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#, Some(Said::Pieces(vec![], false))),
            (
                r#"{"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}"#,
                Some(Said::Pieces(vec![Piece::Usage { prompt: 7, completion: 2 }], false)),
            ),
            (r#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#, Some(Said::Withheld)),
            (r#"{"error":{"message":"CUDA out of memory"}}"#, Some(Said::Failed)),
            ("[DONE]", Some(Said::Done)),
            ("<html>", None),
            ("[1]", None),
        ] {
            assert_eq!(read(data), said, "{data}");
        }
    }

    #[test]
    fn of_a_refusal_only_a_word_is_taken() {
        let said = |body: &str| refusal(body.as_bytes());
        let quoting = r#"{"error":{"message":"Incorrect key sk-x","type":"invalid_request_error","code":"sk-x Y"}}"#;
        assert_eq!(said(quoting).as_deref(), Some("invalid_request_error"));
        assert_eq!(said(r#"{"error":{"message":"no","code":404}}"#), None);
        assert_eq!(said("nope"), None);
    }
}
