use std::{sync::Arc, time::Duration};

use ai::{ModelError, Piece, Pieces, answering, tidying::shown};
use futures_util::StreamExt;
use kernel::Result;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::begun::Begun;
use crate::app::App;

/// How often what has come is written down.
const NOTE_EVERY: Duration = Duration::from_millis(200);
/// How often it is looked whether somebody may still be answered.
const CHECK_EVERY: Duration = Duration::from_secs(1);
/// The most letters of an answer: what comes after them is left out.
const LONGEST: usize = 12_000;

/// All that came of an answer.
#[derive(Default)]
pub struct Came {
    pub text: String,
    /// In tokens, when the server said it.
    pub usage: Option<i64>,
    /// There was more, or would have been.
    pub is_truncated: bool,
    pub error: Option<ModelError>,
}

/// Reads an answer to its end, however that comes. When nobody waits for it any more, or it may go on no longer, that is the
/// end, too: the model hears of it by a closed connection. `sources` is how many passages it may name.
pub async fn stream(app: &Arc<App>, begun: &Begun<'_>, sources: Option<usize>, mut pieces: Pieces) -> Result<Came> {
    let chat = begun.chat.id;
    let (mut came, mut noted, mut checked) = (Came::default(), 0, Instant::now());
    let mut notes = interval(NOTE_EVERY);
    notes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = notes.tick(), if came.text.len() > noted => {
                if checked.elapsed() >= CHECK_EVERY {
                    checked = Instant::now();
                    if !begun.may_go_on(app).await? {
                        return Ok(came);
                    }
                }
                noted = came.text.len();
                let so_far = shown(&came.text, sources, false);
                if !app.write_as_system(async |tx| answering::note(tx, chat, &so_far).await).await? {
                    return Ok(came);
                }
            }
            piece = pieces.next() => match piece {
                Some(Ok(piece)) => came.add(piece),
                Some(Err(error)) => return Ok(Came { error: Some(error), ..came }),
                None => return Ok(came),
            },
        }
    }
}

impl Came {
    fn add(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => self.say(&text),
            Piece::Truncated => self.is_truncated = true,
            Piece::Usage { prompt, completion } => self.usage = Some(prompt.saturating_add(completion)),
        }
    }

    /// A character that no database can hold says nothing to a person, either.
    fn say(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        let mut letters = text.chars().filter(|letter| *letter != '\0');
        self.text.extend(letters.by_ref().take(room));
        self.is_truncated |= letters.next().is_some();
    }
}
