//! An answer as it comes: events, read into pieces, each of which may take only so long.

use futures_util::{StreamExt, stream, stream::BoxStream};
use sse_stream::{Error, SseByteStream};
use tokio::time::{Instant, timeout_at};

use super::{
    Patience,
    asking::{Begun, Broken},
    breaker::Pass,
    wire::{Said, read},
};
use crate::{ModelError, Piece, Pieces};

pub type Events = SseByteStream<BoxStream<'static, Result<bytes::Bytes, Broken>>>;

/// How far an answer is read.
pub struct Reading {
    events: Events,
    between: std::time::Duration,
    /// When the whole answer has to be there.
    ends: Instant,
    /// The model has come to its end; only the cost may follow.
    is_over: bool,
    is_done: bool,
}

impl Reading {
    pub fn new(events: Events, patience: &Patience) -> Self {
        let ends = Instant::now() + patience.whole;
        Self { events, between: patience.between_tokens, ends, is_over: false, is_done: false }
    }

    /// Reads on until something has been said; `None` at the end. Every event of a server that still works has only so much
    /// time.
    pub async fn next_pieces(&mut self) -> Result<Option<Vec<Piece>>, ModelError> {
        while !self.is_done {
            let ends = self.ends.min(Instant::now() + self.between);
            let pieces = timeout_at(ends, self.next_event()).await.map_err(|_| ModelError::TimedOut)??;
            if !pieces.is_empty() {
                return Ok(Some(pieces));
            }
        }
        Ok(None)
    }

    /// What the next event says, which may be nothing. As long as it takes.
    pub async fn next_event(&mut self) -> Result<Vec<Piece>, ModelError> {
        let Some(event) = self.events.next().await else {
            self.is_done = true;
            // Not every server says that it is done, but all say that the model is.
            return if self.is_over { Ok(vec![]) } else { Err(ModelError::Cut) };
        };
        let event = match event {
            // What follows the end is missed by nobody.
            Err(_) if self.is_over => {
                self.is_done = true;
                return Ok(vec![]);
            }
            event => event.map_err(failed)?,
        };
        let Some(data) = event.data else {
            return Ok(vec![]);
        };
        match read(&data).ok_or(ModelError::Garbage)? {
            Said::Pieces(pieces, is_over) => {
                self.is_over |= is_over;
                Ok(pieces)
            }
            Said::Done => {
                self.is_done = true;
                Ok(vec![])
            }
            Said::Failed => Err(ModelError::Cut),
            Said::Withheld => Err(ModelError::Refused("content_filter".into())),
        }
    }
}

fn failed(error: Error) -> ModelError {
    match error {
        Error::Body(cause) if cause.downcast_ref::<Broken>().is_some_and(|cause| matches!(cause, Broken::Cut)) => {
            ModelError::Cut
        }
        _ => ModelError::Garbage,
    }
}

/// Where a stream of pieces stands.
struct Going {
    ready: std::collections::VecDeque<Piece>,
    reading: Option<Reading>,
    pass: Option<Pass>,
}

/// The pieces one by one. What became of the answer is told to the breaker when it is over.
pub fn pieces(begun: Begun, pass: Pass) -> Pieces {
    let going = Going { ready: begun.first.into(), reading: Some(begun.rest), pass: Some(pass) };
    stream::unfold(going, |mut going| async move {
        let next = next(&mut going).await?;
        Some((next, going))
    })
    .boxed()
}

async fn next(going: &mut Going) -> Option<Result<Piece, ModelError>> {
    if let Some(piece) = going.ready.pop_front() {
        return Some(Ok(piece));
    }
    match going.reading.as_mut()?.next_pieces().await {
        Ok(Some(pieces)) => {
            going.ready.extend(pieces);
            going.ready.pop_front().map(Ok)
        }
        Ok(None) => {
            going.reading = None;
            going.pass.take().into_iter().for_each(Pass::succeeded);
            None
        }
        Err(error) => {
            going.reading = None;
            let pass = going.pass.take();
            match &error {
                // It answers, though not this.
                ModelError::Refused(_) => pass.into_iter().for_each(Pass::succeeded),
                _ => pass.into_iter().for_each(|pass| pass.failed(None)),
            }
            Some(Err(error))
        }
    }
}
