//! `lectern check`: what is wrong with the settings, in plain words.

use std::fs;

use clap::Parser;
use gateway::{
    commands::check::{Report, Verdict, examine},
    config::{Cli, Command, settings},
};
use sea_orm::ConnectionTrait;
use testkit::{ModelServer, Reply, TestApp, on_both};

use crate::{conventions::workspace::root, mail::server, process::program};

async fn report(arguments: &[&str], names: &[&str]) -> Report {
    let none = ["lectern", "check", "--database-url="];
    let given: Vec<&str> = none.iter().chain(arguments).copied().collect();
    let given = if arguments.iter().any(|argument| argument.starts_with("--database-url")) {
        [&given[..2], &given[3..]].concat()
    } else {
        given
    };
    let Some(Command::Check(options)) = Cli::parse_from(given).command else { panic!("{arguments:?}") };
    examine(&options, names.iter().map(|name| name.to_string()).collect()).await
}

/// What is wrong, as far as it was looked at.
fn wrong(report: &Report) -> Vec<(&'static str, String)> {
    let wrong = report.findings().iter().filter(|finding| finding.verdict == Verdict::Wrong);
    wrong.map(|finding| (finding.what, finding.says.clone())).collect()
}

#[tokio::test]
async fn each_wrong_setting_is_named_and_nothing_secret_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = format!("--data-dir={}", folder.path().display());
    for (arguments, what, says) in [
        (&["--data-dir=/proc/nowhere"][..], "data folder", "LECTERN_DATA_DIR: /proc/nowhere can't be written"),
        (
            &["--database-url=postgres://u:hush@127.0.0.1:1/x"],
            "database",
            "DATABASE_URL: the database can't be reached",
        ),
        (&["--database-url=oracle://u:hush@h/x"], "database", "DATABASE_URL: the database can't be reached"),
        (&["--secret-key=hush"], "secret key", "LECTERN_SECRET_KEY has to be 32 bytes"),
        (&["--signing-key=hush"], "signing key", "LECTERN_SIGNING_KEY has to be 32 bytes"),
        (&[SIGNS, "--retired-signing-keys=x"], "retired keys", "LECTERN_RETIRED_SIGNING_KEYS: \"x\" is no public key"),
        (&["--public-url=school.example"], "front end", "\"school.example\" is not an address"),
        (&["--api-url=school.example"], "this server", "\"school.example\" is no address"),
        (&["--cors-origins=https://a.example,*"], "origins", "LECTERN_CORS_ORIGINS: no origin such as"),
        (&["--metrics-listen=9000"], "metrics", "LECTERN_METRICS_LISTEN: \"9000\" is no address"),
        (
            &["--metrics-listen=127.0.0.1:8000", "--listen=127.0.0.1:8000"],
            "metrics",
            "LECTERN_METRICS_LISTEN is the address",
        ),
        (&["--trusted-documents=/nowhere.json"], "documents", "LECTERN_TRUSTED_DOCUMENTS: /nowhere.json"),
        (&["--s3-bucket=files"], "files", "LECTERN_S3_BUCKET needs LECTERN_S3_ACCESS_KEY"),
        (&["--mail-from=nobody"], "letters", "LECTERN_MAIL_FROM is no"),
        (&["--smtp-url=smtp://u:hush@127.0.0.1:1"], "letters", "LECTERN_SMTP_URL: "),
        (&["--ai-model=llama"], "model", "LECTERN_AI_BASE_URL and LECTERN_AI_MODEL need each other"),
        (&["--ai-base-url=http://127.0.0.1:1/v1", "--ai-model=llama"], "model", "llama: the model is not available"),
    ] {
        let own = if arguments[0].starts_with("--data-dir") { vec![] } else { vec![data.as_str()] };
        let report = report(&[&own, arguments].concat(), &[]).await;
        let found = wrong(&report);
        assert!(found.iter().any(|(name, said)| *name == what && said.starts_with(says)), "{arguments:?}: {report}");
        assert!(found.len() == 1 || arguments[0].starts_with("--data-dir"), "{arguments:?}: {report}");
        assert!(!report.to_string().contains("hush"), "{report}");
    }
}

const SIGNS: &str = "--signing-key=0707070707070707070707070707070707070707070707070707070707070707";

#[on_both]
async fn a_school_with_everything_in_order_is_told_so_and_nothing_is_made(app: TestApp) {
    let (mail, model) = (server::Server::start("accept"), ModelServer::start([Reply::says(&["yes"])]).await);
    let (data, url) = (app.data.join("checked"), app.url());
    let [data_dir, url, smtp, model] = [
        format!("--data-dir={}", data.display()),
        format!("--database-url={url}"),
        format!("--smtp-url={}", mail.url()),
        format!("--ai-base-url={}", model.base_url),
    ];
    let report = report(&[&data_dir, &url, &smtp, &model, "--ai-model=llama"], &["LECTERN_SMTP_URL", "PATH"]).await;
    assert_eq!(wrong(&report), [], "{report}");
    let says = |what: &str| report.findings().iter().find(|finding| finding.what == what).unwrap().says.clone();
    assert!(says("database").ends_with("answers and is up to date"), "{report}");
    assert_eq!((says("letters").as_str(), says("model").as_str()), ("the mail server answers", "llama answers"));
    assert!(!data.join("secret.key").exists() && !data.join("signing.key").exists());
    let left = fs::read_dir(data.join("media")).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_file());
    assert_eq!(left.count(), 0);
    assert!(mail.stop().is_empty(), "no letter is sent");
}

#[on_both]
async fn the_database_s_version_is_looked_at(app: TestApp) {
    let (data, url) = (format!("--data-dir={}", app.data.display()), format!("--database-url={}", app.url()));
    app.db()
        .write()
        .execute_unprepared("DELETE FROM seaql_migrations WHERE version = (SELECT MAX(version) FROM seaql_migrations)")
        .await
        .unwrap();
    let behind = report(&[&data, &url], &[]).await;
    assert!(wrong(&behind).is_empty() && behind.to_string().contains("the next start brings 1 migrations"), "{behind}");
    app.db()
        .write()
        .execute_unprepared("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29990101_000000_later', 0)")
        .await
        .unwrap();
    let ahead = report(&[&data, &url], &[]).await;
    assert!(ahead.to_string().contains("the database is not one of this version"), "{ahead}");
    assert_eq!(ahead.wrong(), 1);
}

#[tokio::test]
async fn a_name_that_is_nearly_a_setting_s_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = format!("--data-dir={}", folder.path().display());
    let report = report(&[&data], &["LECTERN_SMTP_ULR", "LECTERN_LOG", "LECTERN_PASSWORD", "HOME"]).await;
    let found = report.findings().iter().find(|finding| finding.what == "settings").unwrap();
    assert_eq!(found.verdict, Verdict::Note);
    assert_eq!(found.says, "not known here, and without effect: LECTERN_SMTP_ULR");
}

#[on_both]
async fn the_command_ends_badly_when_something_is_wrong(app: TestApp) {
    for (origins, is_well) in [("https://school.example", true), ("*", false)] {
        let mut command = program(&["check"]);
        command.env("DATABASE_URL", app.url()).env("LECTERN_DATA_DIR", app.data.join("process"));
        let output = command.env("LECTERN_CORS_ORIGINS", origins).output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!((output.status.success(), said.contains("WRONG  origins")), (is_well, !is_well), "{said}");
    }
}

#[test]
fn every_setting_is_in_the_manual() {
    let manual = fs::read_to_string(root().join("README.md")).unwrap();
    let missing: Vec<String> = settings().into_iter().filter(|name| !manual.contains(&format!("`{name}`"))).collect();
    assert_eq!(missing, ["LECTERN_PASSWORD"; 0]);
}
