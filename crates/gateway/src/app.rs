use std::{path::Path, sync::Arc, time::Duration};

use accounts::{Passwords, SecretKey};
use ai::{Model, budgeting::SchoolBudget};
use kernel::{Db, Error, Result, Tx, UserId, Viewer, World};
use media::{Storage, processing::Tools, uploading::UploadLimits};
use tokio::sync::Notify;
use webhooks::{Reach, sending::Sender};

use crate::{
    cache::{Answers, OF_ACCESS, QUIET},
    callers::Callers,
    ended::Ended,
    graphql::{self, Documents, Gate, Limits, Schema, Weights},
    mail::{Links, Mailer, Settings},
    opened::Opened,
    rates::Rates,
    reactions,
    school::School,
    scratch::Scratch,
    stopping::Stopping,
    telemetry::Metrics,
};

/// What lives as long as the process. Built once.
pub struct App {
    pub db: Db,
    /// Answers that anybody may ask for; none are kept without it.
    pub answers: Option<Answers>,
    pub world: Arc<dyn World>,
    pub passwords: Passwords,
    /// What secrets are encrypted with at rest; without it there is no second factor.
    pub secret_key: Option<SecretKey>,
    pub schema: Schema,
    pub gate: Gate,
    pub weights: Weights,
    pub limits: Limits,
    /// What need not be sent, and whether anything else runs.
    pub documents: Documents,
    /// How much each may ask for; nothing limits anybody without it.
    pub rates: Option<Rates>,
    /// Is GraphiQL served?
    pub has_graphiql: bool,
    /// The longest that one operation may take.
    pub timeout: Duration,
    /// How many proxies of ours stand in front and append to `X-Forwarded-For`.
    pub trusted_proxies: usize,
    /// How often an open connection is asked whether it still is, and whether it still may be.
    pub ping_every: Duration,
    /// How often a subscription looks for what other processes have changed.
    pub look_every: Duration,
    /// Pages of other origins that may call the API from a browser.
    pub cors_origins: Vec<String>,
    /// Tells open connections whose sessions have ended.
    pub ended: Ended,
    /// Tells open connections that the server stops.
    pub stopping: Stopping,
    /// What those who run the server want to know in numbers.
    pub metrics: Metrics,
    pub mailer: Mailer,
    /// Into the front end, for letters.
    pub links: Links,
    /// What certificates come from.
    pub school: School,
    /// Rings when there is a job to do.
    pub bell: Notify,
    /// The same, for the workers that do nothing but answer learners.
    pub tutor_bell: Notify,
    /// Who shows which token.
    pub callers: Callers,
    /// Who may open which file.
    pub opened: Opened,
    /// Where the bytes of files are.
    pub storage: Storage,
    /// How much may be brought in.
    pub uploads: UploadLimits,
    /// The programs that know about sound and pictures, as far as they are there.
    pub tools: Tools,
    /// A folder for what is worked on.
    pub scratch: Scratch,
    /// What answers learners in words of its own; without it the tutor answers from the passages themselves.
    pub model: Option<Arc<dyn Model>>,
    /// What courses may use of it that have no budget of their own.
    pub ai_budget: SchoolBudget,
    /// What brings webhooks their deliveries.
    pub webhooks: Sender,
}

/// The room for documents that are known by their hash.
const DOCUMENT_BYTES: usize = 8 << 20;

impl App {
    /// `hashes_at_once`: see [`Passwords::new`]. `data` is the folder for everything that is kept in files.
    pub fn new(db: Db, world: Arc<dyn World>, hashes_at_once: usize, data: &Path) -> Result<Self> {
        let schema = graphql::schema();
        let definitions = graphql::definitions(&schema)?;
        db.changes().leave_out(QUIET);
        db.changes().set_apart(OF_ACCESS);
        Ok(Self {
            db,
            answers: None,
            passwords: Passwords::new(world.clone(), hashes_at_once)?,
            mailer: Mailer::new(Settings::default(), world.clone()).map_err(Error::Internal)?,
            links: Links::new("http://127.0.0.1:8000").map_err(Error::Internal)?,
            school: School::new("Lectern", "http://127.0.0.1:8000").map_err(Error::Internal)?,
            world,
            secret_key: None,
            gate: Gate::new(&definitions),
            weights: Weights::new(&definitions),
            schema,
            limits: Limits::default(),
            documents: Documents::new(DOCUMENT_BYTES),
            rates: None,
            has_graphiql: true,
            timeout: Duration::from_secs(10),
            trusted_proxies: 0,
            ping_every: Duration::from_secs(20),
            look_every: Duration::from_secs(1),
            cors_origins: vec![],
            ended: Ended::default(),
            stopping: Stopping::default(),
            metrics: Metrics::default(),
            bell: Notify::new(),
            tutor_bell: Notify::new(),
            callers: Callers::default(),
            opened: Opened::default(),
            storage: Storage::in_folder(&data.join("media"))?,
            uploads: UploadLimits::default(),
            tools: Tools::on_path(),
            scratch: Scratch::open(data)?,
            model: None,
            ai_budget: SchoolBudget::default(),
            webhooks: Sender::new(Reach::default())?,
        })
    }

    /// Is there a page to try things on? Not where only listed operations run.
    pub fn shows_graphiql(&self) -> bool {
        self.has_graphiql && !self.documents.are_trusted()
    }

    /// The key, for those who can't go on without.
    pub fn secret_key(&self) -> Result<&SecretKey> {
        let missing = || Error::Internal("there is no secret key: set LECTERN_SECRET_KEY".into());
        self.secret_key.as_ref().ok_or_else(missing)
    }

    /// Does the work, lets the other contexts react, commits, tells the workers of new jobs: all of it or none. Answers
    /// whose sessions have ended, too.
    pub async fn commit<T>(
        &self,
        mut tx: Tx,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T>,
    ) -> Result<(T, Vec<UserId>)> {
        let done = work(&mut tx).await?;
        let ended = reactions::run(&mut tx, &self.school).await?;
        let has_enqueued = tx.has_enqueued();
        tx.commit().await?;
        if has_enqueued {
            self.bell.notify_one();
            self.tutor_bell.notify_one();
        }
        Ok((done, ended))
    }

    /// A transaction of Lectern itself, now: what jobs do.
    pub async fn write_as_system<T>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        let tx = Tx::begin(&self.db, &Viewer::System, self.world.now(), self.world.clone()).await?;
        let (done, ended) = self.commit(tx, work).await?;
        ended.into_iter().for_each(|user| self.ended.tell(user));
        Ok(done)
    }
}
