use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use accounts::SecretKey;
use async_graphql::{Request, Variables};
use gateway::{
    app::App,
    cache::{self, Answers},
    graphql::{Call, Caller, Origin, refusal},
    mail::{Mailer, Settings},
};
use kernel::{Db, DbConfig, Permission, Tx, Viewer, sqlite_url};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::{
    Person, TestWorld,
    database::{fresh_folder, fresh_followed, fresh_postgres, fresh_sqlite, remove_postgres, remove_sqlite},
};

/// The whole product on a database of its own, without the network.
#[derive(Clone)]
pub struct TestApp {
    pub app: Arc<App>,
    pub world: Arc<TestWorld>,
    statements: Arc<Mutex<Vec<Statement>>>,
    kind: Kind,
    /// Where letters go.
    pub outbox: PathBuf,
    /// Everything else that is kept in files.
    pub data: PathBuf,
    _listening: Option<Arc<Listening>>,
}

/// Hears of other processes, as long as the test runs.
struct Listening(tokio::task::JoinHandle<()>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[derive(Clone)]
enum Kind {
    Sqlite(PathBuf),
    Postgres(String),
}

impl TestApp {
    pub async fn on_sqlite() -> Self {
        let file = fresh_sqlite().await;
        Self::open(sqlite_url(&file), None, Kind::Sqlite(file)).await
    }

    pub async fn on_postgres() -> Self {
        let url = fresh_postgres().await;
        Self::open(url.clone(), None, Kind::Postgres(url)).await
    }

    /// On a PostgreSQL database that a standby follows.
    pub async fn on_followed() -> Self {
        let (url, copy) = fresh_followed().await;
        Self::open(url.clone(), Some(copy), Kind::Postgres(url)).await
    }

    async fn open(url: String, copy: Option<String>, kind: Kind) -> Self {
        let statements = Arc::new(Mutex::new(Vec::new()));
        let seen = statements.clone();
        let config = DbConfig { url, max_connections: 8 };
        let db = Db::open(&config, |pool| {
            let seen = seen.clone();
            pool.set_metric_callback(move |info| {
                kernel::count_statement();
                seen.lock().unwrap().push(info.statement.clone());
            });
        });
        let mut db = db.await.unwrap();
        if let Some(url) = copy {
            db = db.with_replica(&DbConfig { url, max_connections: 8 }).await.unwrap();
        }
        let world = Arc::new(TestWorld::new());
        let data = fresh_folder("data");
        let mut app = App::new(db, world.clone(), 2, &data).unwrap();
        app.secret_key = Some(SecretKey::generate(&*world).unwrap());
        app.school = app.school.signing(&SecretKey::generate(&*world).unwrap(), &[]).unwrap();
        let outbox = fresh_folder("outbox");
        app.mailer = Mailer::new(Settings { outbox: outbox.clone(), ..Settings::default() }, world.clone()).unwrap();
        Self { app: Arc::new(app), world, statements, kind, outbox, data, _listening: None }
    }

    /// The same with answers that are kept, as the product does when it serves.
    pub async fn keeping_answers(&self) -> Self {
        let mut app = App::new(self.db().clone(), self.world.clone(), 2, &self.data).unwrap();
        app.secret_key = Some(SecretKey::generate(&*self.world).unwrap());
        app.school = self.app.school.clone();
        app.mailer =
            Mailer::new(Settings { outbox: self.outbox.clone(), ..Settings::default() }, self.world.clone()).unwrap();
        app.answers = Some(Answers::new(8 << 20));
        let listening = Listening(tokio::spawn(cache::listen(app.db.clone())));
        while !app.db.changes().is_heard() {
            tokio::task::yield_now().await;
        }
        Self { app: Arc::new(app), _listening: Some(Arc::new(listening)), ..self.clone() }
    }

    /// The same school in another server, which differs in this.
    pub fn tuned(&self, change: impl FnOnce(&mut App)) -> Self {
        let mut app = App::new(self.app.db.clone(), self.world.clone(), 2, &self.data).unwrap();
        app.secret_key = self.app.secret_key.clone();
        app.school = self.app.school.clone();
        change(&mut app);
        Self { app: Arc::new(app), ..self.clone() }
    }

    /// Closes the database and removes it.
    pub async fn finish(self) {
        self.app.db.clone().close().await.unwrap();
        // There is none where no letter was sent.
        let _ = std::fs::remove_dir_all(&self.outbox);
        let _ = std::fs::remove_dir_all(&self.data);
        match self.kind {
            Kind::Sqlite(file) => remove_sqlite(&file),
            Kind::Postgres(url) => remove_postgres(&url).await,
        }
    }

    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// Where the database is, for a second process.
    pub fn url(&self) -> String {
        match &self.kind {
            Kind::Sqlite(file) => sqlite_url(file),
            Kind::Postgres(url) => url.clone(),
        }
    }

    /// Asks as this viewer would over the network, from the text to the JSON.
    pub async fn ask_as(&self, viewer: &Viewer, query: &str, variables: Value) -> Answer {
        self.ask_from("192.0.2.1", viewer, query, variables).await
    }

    /// The same from this network address.
    pub async fn ask_from(&self, ip: &str, viewer: &Viewer, query: &str, variables: Value) -> Answer {
        ask(&self.app, ip, viewer, query, variables).await
    }

    /// The viewer behind a token of any kind; `None` when it is not good.
    pub async fn viewer_of(&self, token: &str) -> Option<Viewer> {
        let now = kernel::World::now(&*self.world);
        accounts::identify(self.db(), token, now).await.unwrap().map(|known| known.viewer)
    }

    /// Asks without being anybody.
    pub async fn ask(&self, query: &str) -> Answer {
        self.ask_as(&Viewer::Anonymous, query, json!({})).await
    }

    /// What the work sends to the database.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, Vec<String>) {
        let (done, sent) = self.sent(work).await;
        (done, sent.into_iter().map(|statement| statement.sql).collect())
    }

    async fn sent<T>(&self, work: impl Future<Output = T>) -> (T, Vec<Statement>) {
        self.statements.lock().unwrap().clear();
        let done = work.await;
        (done, self.statements.lock().unwrap().clone())
    }

    /// How the database goes about what the work reads, one text per statement.
    pub async fn plans<T>(&self, work: impl Future<Output = T>) -> (T, Vec<String>) {
        let (done, sent) = self.sent(work).await;
        let (explain, column) = match self.db().backend() {
            DbBackend::Postgres => ("EXPLAIN", "QUERY PLAN"),
            _ => ("EXPLAIN QUERY PLAN", "detail"),
        };
        let mut plans = vec![];
        for statement in sent.into_iter().filter(|statement| statement.sql.starts_with("SELECT")) {
            let statement = Statement { sql: format!("{explain} {}", statement.sql), ..statement };
            let lines = self.db().read().query_all_raw(statement).await.unwrap();
            let lines: Vec<String> = lines.iter().map(|line| line.try_get("", column).unwrap()).collect();
            plans.push(lines.join("\n"));
        }
        (done, plans)
    }

    /// A transaction as the system, for what no operation does yet.
    pub async fn tx(&self) -> Tx {
        Tx::begin(self.db(), &Viewer::System, kernel::World::now(&*self.world), self.world.clone()).await.unwrap()
    }

    /// Does all jobs that are due by the test's clock, until none is; answers the kinds in the order they ran in.
    pub async fn run_jobs(&self) -> Vec<String> {
        let mut kinds = vec![];
        while let Some(ran) = gateway::jobs::run_next(&self.app).await.unwrap() {
            kinds.push(ran.kind);
        }
        kinds
    }

    pub async fn student(&self, name: &str) -> Person {
        Person::new(self, name, None).await
    }

    pub async fn instructor(&self, name: &str) -> Person {
        Person::new(self, name, Some("instructor")).await
    }

    pub async fn admin(&self, name: &str) -> Person {
        Person::new(self, name, Some("admin")).await
    }

    /// Somebody whose one role beside the student's holds exactly these. It is named after them, in lower case.
    pub async fn with_permissions(&self, name: &str, permissions: &[Permission]) -> Person {
        let role = accounts::NewRole {
            name: name.to_lowercase(),
            display_name: name.into(),
            description: String::new(),
            priority: 10,
            permissions: permissions.iter().map(|permission| permission.code().into()).collect(),
        };
        let mut tx = self.tx().await;
        accounts::create_role(&mut tx, role).await.unwrap();
        tx.commit().await.unwrap();
        Person::new(self, name, Some(&name.to_lowercase())).await
    }
}

/// Asks this process as this viewer would over the network, from the text to the JSON.
pub async fn ask(app: &Arc<App>, ip: &str, viewer: &Viewer, query: &str, variables: Value) -> Answer {
    let call = Call {
        app: app.clone(),
        caller: Caller::Known(viewer.clone()),
        origin: Origin { ip: ip.into(), ..Origin::default() },
        request_id: "test".into(),
    };
    let request = Request::new(query).variables(Variables::from_json(variables));
    let response = match call.admit(request) {
        Ok(admitted) => call.execute(admitted).await,
        Err(error) => call.finish(refusal(error)),
    };
    Answer(serde_json::to_value(response).unwrap())
}

/// What the API answered.
#[derive(Debug)]
pub struct Answer(pub Value);

impl Answer {
    /// The data; fails when there are errors.
    #[track_caller]
    pub fn data(&self) -> &Value {
        assert!(self.0.get("errors").is_none(), "{:#}", self.0);
        &self.0["data"]
    }

    /// The data at a JSON pointer; fails when there are errors or user errors beside it.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> &Value {
        self.data().pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer} in {:#}", self.0))
    }

    /// The codes of the errors.
    pub fn codes(&self) -> Vec<&str> {
        self.0["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|error| error["extensions"]["code"].as_str())
            .collect()
    }

    /// The codes of the user errors of the one mutation.
    #[track_caller]
    pub fn user_errors(&self) -> Vec<&str> {
        let payload = self.data().as_object().unwrap().values().next().unwrap();
        payload["userErrors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect()
    }
}
