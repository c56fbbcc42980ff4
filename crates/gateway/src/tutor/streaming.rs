use std::{sync::Arc, time::Duration};

use ai::{ModelError, Piece, Pieces, answering};
use futures_util::StreamExt;
use kernel::{ChatId, Result};
use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;

/// How often what has come is written down.
const NOTE_EVERY: Duration = Duration::from_millis(200);
/// The most letters of an answer: what comes after them is left out.
const LONGEST: usize = 12_000;

/// All that came of an answer.
pub struct Came {
    pub text: String,
    /// In tokens, when the server said it.
    pub usage: Option<i64>,
    pub error: Option<ModelError>,
}

/// Reads an answer to its end, however that comes. When nobody waits for it any more that is the end, too: the model hears of
/// it by a closed connection.
pub async fn stream(app: &Arc<App>, chat: ChatId, mut pieces: Pieces) -> Result<Came> {
    let mut came = Came { text: String::new(), usage: None, error: None };
    let mut noted = 0;
    let mut notes = interval(NOTE_EVERY);
    notes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = notes.tick(), if came.text.len() > noted => {
                noted = came.text.len();
                if !app.write_as_system(async |tx| answering::note(tx, chat, &came.text).await).await? {
                    return Ok(came);
                }
            }
            piece = pieces.next() => match piece {
                Some(Ok(Piece::Text(text))) => came.add(&text),
                Some(Ok(Piece::Usage { prompt, completion })) => came.usage = Some(prompt.saturating_add(completion)),
                Some(Err(error)) => {
                    came.error = Some(error);
                    return Ok(came);
                }
                None => return Ok(came),
            },
        }
    }
}

impl Came {
    /// A character that no database can hold says nothing to a person, either.
    fn add(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        self.text.extend(text.chars().filter(|letter| *letter != '\0').take(room));
    }
}
