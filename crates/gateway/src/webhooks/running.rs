use std::{collections::HashMap, sync::Arc, time::Duration};

use kernel::{Result, Tx, WebhookDeliveryId, WebhookId, events};
use tokio::{
    sync::watch,
    task::{Id, JoinError, JoinSet},
    time::sleep,
};
use webhooks::queue;

use super::delivering::{begin, deliver};
use crate::{app::App, graphql::events::catch_up};

/// How often it is looked for what has happened, and for what is to be tried again.
const POLL: Duration = Duration::from_secs(1);
/// So many are sent at a time, to one receiver no more than so many: one that is slow does not keep the others waiting.
const AT_ONCE: usize = 32;
const AT_ONCE_EACH: usize = 4;
/// Of one thing so much is told without looking what else there is.
const IN_A_ROW: usize = 100;

/// Tells webhooks of what happens until it is told to stop; what is under way then is ended. It is no work for those who do
/// jobs: receivers that don't answer would keep letters and films waiting.
pub async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    let (mut going, mut receivers) = (JoinSet::new(), HashMap::new());
    while !*stop.borrow_and_update() {
        if let Err(error) = start(&app, &stop, &mut going, &mut receivers).await {
            tracing::error!(%error, "can't get at the webhooks");
        }
        tokio::select! {
            Some(ended) = going.join_next_with_id(), if !going.is_empty() => forget(&mut receivers, ended),
            () = sleep(POLL) => {}
            _ = stop.changed() => {}
        }
        while let Some(ended) = going.try_join_next_with_id() {
            forget(&mut receivers, ended);
        }
    }
    while going.join_next().await.is_some() {}
}

fn forget(receivers: &mut HashMap<Id, WebhookId>, ended: std::result::Result<(Id, ()), JoinError>) {
    receivers.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
}

async fn start(
    app: &Arc<App>,
    stop: &watch::Receiver<bool>,
    going: &mut JoinSet<()>,
    receivers: &mut HashMap<Id, WebhookId>,
) -> Result<()> {
    fill(app).await?;
    for webhook in queue::waiting(app.db.read(), app.world.now()).await? {
        let busy = receivers.values().filter(|other| **other == webhook).count();
        let free = AT_ONCE_EACH.saturating_sub(busy).min(AT_ONCE.saturating_sub(going.len()));
        if free == 0 {
            continue;
        }
        for delivery in queue::next_of(app.db.read(), webhook, app.world.now(), free as u64).await? {
            let (app, stop) = (app.clone(), stop.clone());
            let task = going.spawn(async move {
                if let Err(error) = tell(&app, delivery, &stop).await {
                    tracing::error!(%error, "a delivery could not be made");
                }
            });
            receivers.insert(task.id(), webhook);
        }
    }
    Ok(())
}

/// Gives what is committed its place in the feed, and brings all webhooks up to the end of it.
async fn fill(app: &App) -> Result<()> {
    let followers = queue::followers(app.db.read()).await?;
    if followers.is_empty() {
        return Ok(());
    }
    catch_up(app).await?;
    let newest = events::newest(app.db.read()).await?;
    for webhook in followers.into_iter().filter(|webhook| webhook.position < newest) {
        while app.write_as_system(async |tx| queue::fill(tx, webhook.id).await).await? {}
    }
    Ok(())
}

/// Sends this, and what comes after it of the same thing.
async fn tell(app: &Arc<App>, delivery: WebhookDeliveryId, stop: &watch::Receiver<bool>) -> Result<()> {
    let mut next = app.write_as_system(async |tx: &mut Tx| begin(tx, delivery).await).await?;
    let mut told = 0;
    while let Some(ready) = next {
        told += 1;
        let goes_on = told < IN_A_ROW && !*stop.borrow();
        next = deliver(app, ready, goes_on).await?;
    }
    Ok(())
}

/// Sends all that is due by now, one after the other, until nothing is: for those who don't run it all the time.
pub async fn deliver_due(app: &Arc<App>) -> Result<()> {
    let (_going, stop) = watch::channel(false);
    loop {
        fill(app).await?;
        let waiting = queue::waiting(app.db.read(), app.world.now()).await?;
        let mut due = vec![];
        for webhook in waiting {
            due.extend(queue::next_of(app.db.read(), webhook, app.world.now(), AT_ONCE as u64).await?);
        }
        if due.is_empty() {
            return Ok(());
        }
        for delivery in due {
            tell(app, delivery, &stop).await?;
        }
    }
}
