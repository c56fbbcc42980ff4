use std::sync::Arc;

use kernel::SystemWorld;

use tokio::task::JoinHandle;

use super::{
    Failure,
    observe::{bind_observed, observe},
    prepare,
    serve::stop_signal,
};
use crate::{
    app::App,
    config::{LISTEN, Worker},
    jobs,
    mail::{Links, Mailer},
    secret_key,
};

/// Does jobs until it is told to stop.
pub async fn run(options: Worker) -> Result<(), Failure> {
    let observed = bind_observed(&options.observed).await?;
    let mailer = Mailer::new(options.mail.settings(&options.database), Arc::new(SystemWorld))?;
    let links = Links::new(&options.mail.public_url(LISTEN))?;
    let school = options.school.school(LISTEN)?;
    let model = options.ai.model(Arc::new(SystemWorld))?;
    let db = prepare(&options.database).await?;
    let mut app = App::new(db, Arc::new(SystemWorld), 1, &options.database.data_dir)?;
    app.storage = options.storage.open(&options.database.data_dir)?;
    (app.mailer, app.links, app.school) = (mailer, links, school);
    let key = secret_key::ENCRYPTING.load(options.secret_key.as_deref(), &options.database.data_dir, &SystemWorld)?;
    (app.secret_key, app.webhooks) = (Some(key), options.webhooks.sender()?);
    (app.model, app.ai_budget) = (model, options.ai.budget());
    let app = Arc::new(app);
    let at_once = options.jobs.job_workers;
    let workers = jobs::start(&app, at_once.into()).await?;
    let observed = observed.map(|listener| observe(app, listener, true));
    println!("Lectern {}: doing background jobs, {at_once} at a time", env!("CARGO_PKG_VERSION"));
    stop_signal().await?;
    println!("Stopping: jobs under way are ended first.");
    workers.stop().await;
    observed.inspect(JoinHandle::abort);
    Ok(())
}
