use std::{sync::Arc, time::Duration};

use ai::{Model, Prompt, Role, Turn};
use bytes::Bytes;
use futures_util::StreamExt;
use kernel::{SystemWorld, World};
use media::{Storage, processing::Tools};
use tokio::time::timeout;

use super::Report;
use crate::{config::Serve, mail::Mailer};

/// A server that takes longer is as good as none.
const PATIENCE: Duration = Duration::from_secs(30);
/// Where nothing of anybody's is.
const PROBE: &str = "checks";

/// What stands elsewhere: the store, the mail server, the model, the programs.
pub async fn check(report: &mut Report, options: &Serve) {
    let storage = options.storage.open(&options.database.data_dir).map_err(|error| error.to_string());
    report.add(
        "files",
        match storage {
            Ok(storage) => in_time(keeps(&storage)).await,
            Err(error) => Err(error),
        },
    );
    report.add(
        "letters",
        match Mailer::new(options.mail.settings(&options.database), Arc::new(SystemWorld)) {
            Ok(mailer) => in_time(mailer.reach()).await,
            Err(error) => Err(error),
        },
    );
    report.add(
        "model",
        match options.ai.model(Arc::new(SystemWorld)) {
            Ok(None) => Ok("none: the tutor answers from the passages themselves".into()),
            Ok(Some(model)) => in_time(speaks(&*model)).await,
            Err(error) => Err(error.to_string()),
        },
    );
    let tools = Tools::on_path();
    match tools.ffmpeg.is_some() && tools.ffprobe.is_some() {
        true => report.fine("films", "ffmpeg and ffprobe are there"),
        false => report.note("films", "ffmpeg or ffprobe is missing: films are played as they were uploaded"),
    }
}

async fn in_time(work: impl Future<Output = Result<String, String>>) -> Result<String, String> {
    timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(format!("no answer within {} s", PATIENCE.as_secs())))
}

/// Puts something into the store, reads it again and takes it away.
async fn keeps(storage: &Storage) -> Result<String, String> {
    let mut nonce = [0; 8];
    SystemWorld.fill(&mut nonce).map_err(|error| error.to_string())?;
    let key = format!("{PROBE}/{}", nonce.map(|byte| format!("{byte:02x}")).concat());
    let tried = async {
        storage.put(&key, Bytes::copy_from_slice(&nonce)).await?;
        let size = storage.size(&key).await?;
        storage.delete(&key).await?;
        Ok::<_, kernel::Error>(size)
    };
    match tried.await {
        Ok(8) => Ok(format!("the store ({}) keeps what it is given", storage.provider())),
        Ok(_) => Err("the store does not keep what it is given".into()),
        Err(error) => Err(format!("the store can't be used: {error}")),
    }
}

/// Asks it for a word.
async fn speaks(model: &dyn Model) -> Result<String, String> {
    let turn = Turn { role: Role::User, text: "Say: yes".into() };
    let prompt = Prompt { system: "Answer with one word.".into(), turns: vec![turn], max_tokens: 16 };
    let first = match model.answer(&prompt).await {
        Ok(mut pieces) => pieces.next().await.transpose(),
        Err(error) => Err(error),
    };
    first.map(|_| format!("{} answers", model.name())).map_err(|error| format!("{}: {error}", model.name()))
}
