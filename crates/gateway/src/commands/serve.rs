use std::{net::SocketAddr, sync::Arc, time::Duration};

use accounts::two_factor;
use kernel::{Db, SystemWorld};
use tokio::{net::TcpListener, signal, sync::oneshot, task::JoinHandle, time::timeout};

use super::{
    Failure,
    observe::{bind_observed, observe},
    prepare,
    seed::{PASSWORD, fill_demo, is_empty},
};
use crate::{
    app::App,
    cache::{self, Answers},
    config::Serve,
    following::keep_following,
    http,
    jobs::{self, Workers},
    mail::{Links, Mailer},
    open_files, rates, secret_key,
    seed::DEMO_LOGINS,
};

pub async fn run(options: Serve) -> Result<(), Failure> {
    open_files::allow_many();
    // Before anything is written: a taken address should leave no trace.
    let listener = bind(options.listen).await?;
    let observed = bind_observed(&options.observed).await?;
    let mailer = Mailer::new(options.mail.settings(&options.database), Arc::new(SystemWorld))?;
    let links = Links::new(&options.mail.public_url(listener.local_addr()?))?;
    let school = options.school.school(listener.local_addr()?)?;
    let model = options.ai.model(Arc::new(SystemWorld))?;
    let trusted = options.limits.trusted()?;
    let db = prepare(&options.database).await?;
    let storage = options.storage.open(&options.database.data_dir)?;
    if options.wants_demo() && is_empty(&db).await? {
        println!("The database is empty: filling it with a demo school (--no-demo leaves it empty) ...");
        println!("  {}", fill_demo(&db, &storage).await?);
    }
    let key = secret_key::ENCRYPTING.load(options.secret_key.as_deref(), &options.database.data_dir, &SystemWorld)?;
    two_factor::check_key(&db, &key).await?;
    let signing = options.signing.signing_key.as_deref();
    let signing = secret_key::SIGNING.load(signing, &options.database.data_dir, &SystemWorld)?;
    let school = school.signing(&signing, &options.signing.retired_signing_keys)?;
    let has_demo = has_demo(&db).await?;
    let mut app = App::new(db, Arc::new(SystemWorld), options.password_hashes.into(), &options.database.data_dir)?;
    app.secret_key = Some(key);
    app.cors_origins = options.cors_origins.clone();
    app.mailer = mailer;
    app.links = links;
    app.school = school;
    app.storage = storage;
    app.answers = (options.cache_mebibytes > 0).then(|| Answers::new((options.cache_mebibytes as usize) << 20));
    app.model = model;
    app.ai_budget = options.ai.budget();
    app.webhooks = options.webhooks.sender()?;
    app.uploads = options.storage.limits();
    app.trusted_proxies = options.trusted_proxies;
    options.limits.apply(&mut app);
    if let Some(trusted) = trusted {
        app.documents = app.documents.trusting(trusted);
    }
    let app = Arc::new(app);
    let served = start(app.clone(), listener, options.jobs_at_once()).await?;
    let observed = observed.map(|listener| observe(app, listener, false));
    announce(served.address, &options, has_demo);
    stop_signal().await?;
    println!("Stopping: requests and jobs under way are ended first.");
    let stopped = served.stop().await;
    // Until the end one can see how it goes.
    observed.inspect(JoinHandle::abort);
    stopped
}

/// How long requests under way may take to end.
const STOP_WAIT: Duration = Duration::from_secs(10);

/// A server that runs until it is told to stop.
pub struct Served {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
    workers: Workers,
    app: Arc<App>,
    listening: JoinHandle<()>,
    settling: JoinHandle<()>,
    following: JoinHandle<()>,
}

/// Takes the address.
pub async fn bind(listen: SocketAddr) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind(listen).await;
    Ok(bound.map_err(|error| format!("can't serve on {listen}: {error} (--listen takes another address)"))?)
}

/// Starts serving in the background, and doing this many jobs at a time.
pub async fn start(app: Arc<App>, listener: TcpListener, jobs_at_once: usize) -> Result<Served, Failure> {
    let address = listener.local_addr()?;
    let workers = jobs::start(&app, jobs_at_once).await?;
    let listening = tokio::spawn(cache::listen(app.db.clone()));
    let settling = tokio::spawn(rates::keep_settling(app.clone()));
    let following = tokio::spawn(keep_following(app.clone()));
    let (stop, stopped) = oneshot::channel();
    let service = http::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = async move {
        // An error means that the other side is gone: time to stop, too.
        let _ = stopped.await;
    };
    let task = tokio::spawn(async move { axum::serve(listener, service).with_graceful_shutdown(stopping).await });
    Ok(Served { address, stop, task, workers, app, listening, settling, following })
}

impl Served {
    /// Takes no new requests and jobs, answers those under way, says goodbye to open connections, ends.
    pub async fn stop(self) -> Result<(), Failure> {
        // Fails only when the server has ended already.
        let _ = self.stop.send(());
        self.settling.abort();
        self.following.abort();
        self.listening.abort();
        let abort = self.task.abort_handle();
        let (served, (), _) = tokio::join!(
            timeout(STOP_WAIT, self.task),
            self.workers.stop(),
            // Who does not hear the goodbye does not keep us.
            timeout(STOP_WAIT, self.app.stopping.tell()),
        );
        match served {
            Ok(ended) => Ok(ended??),
            // Who still holds a connection open without asking anything does not keep us.
            Err(_) => {
                abort.abort();
                Ok(())
            }
        }
    }
}

/// Waits until somebody wants the process to end.
pub async fn stop_signal() -> Result<(), Failure> {
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    tokio::select! {
        pressed = signal::ctrl_c() => pressed?,
        _ = terminate.recv() => {}
    }
    Ok(())
}

async fn has_demo(db: &Db) -> Result<bool, Failure> {
    use accounts::user::{Column, Entity};
    use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};
    let (_, email) = DEMO_LOGINS[0];
    Ok(Entity::active_users().filter(Column::EmailKey.eq(email)).count(db.read()).await? > 0)
}

fn announce(address: SocketAddr, options: &Serve, has_demo: bool) {
    let database = if options.database.given_url().is_some() {
        "as DATABASE_URL says".into()
    } else {
        options.database.data_dir.join("lectern.db").display().to_string()
    };
    println!("Lectern {}", env!("CARGO_PKG_VERSION"));
    println!("  GraphiQL   http://{address}/");
    println!("  GraphQL    http://{address}/graphql");
    println!("  Schema     http://{address}/schema.graphql");
    println!("  Database   {database}");
    if has_demo {
        for (role, email) in DEMO_LOGINS {
            println!("  Sign in    as {role}: {email}, password {PASSWORD}");
        }
    }
}
