//! The image and the compose file, as far as that goes without Docker.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::PermissionsExt,
};

use clap::Parser;
use gateway::config::{Cli, settings};
use serde_json::{Map, Value};
use testkit::{Server, TestApp, on_both};
use tokio::process::Command;

use crate::conventions::workspace::root;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The instructions of the Dockerfile: their name, and the rest on one line.
fn instructions() -> Vec<(String, String)> {
    let text = read("docker/Dockerfile");
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#') && !line.trim().is_empty());
    let whole = lines.collect::<Vec<_>>().join("\n").replace("\\\n", " ");
    let split = |line: &str| {
        let (name, rest) = line.split_once(' ').unwrap();
        (name.to_string(), rest.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    whole.lines().map(split).collect()
}

fn all(name: &str) -> Vec<String> {
    instructions().into_iter().filter(|(found, _)| found == name).map(|(_, rest)| rest).collect()
}

/// Has it a tag that says a version?
fn is_pinned(image: &str) -> bool {
    let tag = image.rsplit('/').next().unwrap().split_once(':').map(|(_, tag)| tag);
    tag.is_some_and(|tag| !tag.is_empty() && tag != "latest")
}

#[test]
fn the_image_is_built_in_stages_from_named_versions() {
    let from = all("FROM");
    assert_eq!(from.len(), 2, "{from:?}");
    for image in &from {
        assert!(is_pinned(image.split(' ').next().unwrap()), "{image}");
    }
    assert!(from[0].ends_with(" AS build") && from[1].ends_with("-slim"), "{from:?}");
    let toolchain = read("rust-toolchain.toml");
    let version = from[0].split([':', '-']).nth(1).unwrap();
    assert!(toolchain.contains(&format!("channel = \"{version}")), "{version} is not that of {toolchain}");
    assert!(all("RUN").iter().any(|run| run.contains("--locked") && run.contains("--release")));
}

#[test]
fn the_image_runs_as_nobody_special_and_says_how_it_is() {
    let user = all("USER").pop().unwrap();
    let id: u32 = user.split(':').next().unwrap().parse().unwrap();
    assert!(id >= 1000, "{user}");
    let names: Vec<String> = instructions().into_iter().map(|(name, _)| name).collect();
    // What comes after is that user's.
    let place = |wanted: &str| names.iter().rposition(|name| name == wanted).unwrap_or_else(|| panic!("no {wanted}"));
    assert!(place("USER") > place("RUN") && place("ENTRYPOINT") > place("USER"));
    assert!(place("HEALTHCHECK") > place("USER") && all("ADD").is_empty());
    for run in all("RUN").iter().filter(|run| run.contains("apt-get install")) {
        assert!(run.contains("--no-install-recommends") && run.contains("rm -rf /var/lib/apt/lists"), "{run}");
    }
    for exec in [all("ENTRYPOINT"), all("CMD")].concat() {
        assert!(exec.starts_with('['), "a shell would not pass signals on: {exec}");
    }
    let arguments: Vec<String> = serde_json::from_str(&all("CMD").pop().unwrap()).unwrap();
    Cli::try_parse_from(["lectern".into()].into_iter().chain(arguments)).unwrap();
    let known = settings();
    for set in all("ENV") {
        assert!(known.contains(set.split('=').next().unwrap()), "{set}");
    }
}

#[test]
fn what_is_copied_is_there_and_not_left_out() {
    let ignored = read(".dockerignore");
    let ignored: Vec<&str> = ignored.lines().filter(|line| !line.starts_with('#')).collect();
    for copy in all("COPY").iter().filter(|copy| !copy.contains("--from=")) {
        let words: Vec<&str> = copy.split(' ').filter(|word| !word.starts_with("--")).collect();
        let (_, sources) = words.split_last().unwrap();
        for source in sources {
            assert!(root().join(source).exists(), "{copy}");
            let folder = source.split_once('/').map(|(folder, _)| format!("{folder}/*"));
            let is_out = ignored.contains(source) || folder.is_some_and(|folder| ignored.contains(&&*folder));
            assert!(!is_out || ignored.contains(&&*format!("!{source}")), "{source} is in .dockerignore");
        }
    }
    let mode = fs::metadata(root().join("docker/ready")).unwrap().permissions().mode();
    assert_eq!(mode & 0o111, 0o111, "docker/ready can't be run");
}

fn compose() -> Map<String, Value> {
    serde_saphyr::from_str(&read("docker/compose.yaml")).unwrap()
}

fn services() -> BTreeMap<String, Value> {
    serde_json::from_value(compose()["services"].clone()).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().map(|members| members.keys().map(String::as_str).collect()).unwrap_or_default()
}

fn ours() -> Vec<(String, Value)> {
    services().into_iter().filter(|(_, service)| service.get("build").is_some()).collect()
}

#[test]
fn the_compose_file_has_two_gateways_a_worker_and_what_they_need() {
    let services = services();
    let names: Vec<&str> = services.keys().map(String::as_str).collect();
    assert_eq!(names, ["bucket", "files", "gateway-a", "gateway-b", "mail", "postgres", "proxy", "worker"]);
    let known = settings();
    for (name, service) in ours() {
        let set = keys(&service["environment"]);
        assert!(set.len() > 5, "{name}: {set:?}");
        for setting in set {
            assert!(known.contains(setting), "{name}: {setting} is no setting");
        }
        let arguments = service.get("command").cloned().unwrap_or(Value::Array(vec![]));
        let arguments: Vec<String> = serde_json::from_value(arguments).unwrap();
        Cli::try_parse_from(["lectern".into()].into_iter().chain(arguments)).unwrap();
        assert_eq!((&service["read_only"], &service["cap_drop"][0]), (&true.into(), &"ALL".into()), "{name}");
        assert!(service.get("ports").is_none(), "{name} is reached by the proxy only");
    }
    assert_eq!(ours().len(), 3);
    let proxy = read("docker/Caddyfile");
    for gateway in ["gateway-a:8000", "gateway-b:8000"] {
        assert!(proxy.contains(gateway), "{proxy}");
    }
}

#[test]
fn what_a_service_waits_for_can_come_about() {
    let services = services();
    for (name, service) in &services {
        if let Some(image) = service.get("image").and_then(Value::as_str).filter(|_| service.get("build").is_none()) {
            assert!(is_pinned(image), "{name}: {image}");
        }
        for (needed, how) in service.get("depends_on").and_then(Value::as_object).into_iter().flatten() {
            let there = services.get(needed).unwrap_or_else(|| panic!("{name} waits for {needed}"));
            match how["condition"].as_str().unwrap() {
                // The image has its own.
                "service_healthy" => assert!(there.get("healthcheck").or(there.get("build")).is_some(), "{needed}"),
                "service_completed_successfully" => assert!(there.get("restart").is_none(), "{needed} never ends"),
                "service_started" => {}
                other => panic!("{name}: {other}"),
            }
        }
        if let Some(health) = service.get("healthcheck") {
            assert_eq!(health["test"][0], "CMD", "{name}");
        }
        for port in service.get("ports").and_then(Value::as_array).into_iter().flatten() {
            assert!(port.as_str().unwrap().starts_with("127.0.0.1:"), "{name} is open to the world at {port}");
        }
        for volume in service.get("volumes").and_then(Value::as_array).into_iter().flatten() {
            let source = volume.as_str().unwrap().split(':').next().unwrap();
            let file = source.strip_prefix("./").map(|file| root().join("docker").join(file));
            let is_there = file.map_or_else(|| keys(&compose()["volumes"]).contains(source), |file| file.exists());
            assert!(is_there, "{name}: {source}");
        }
    }
}

/// The script that the image asks itself by, against a real server.
#[on_both]
async fn the_health_check_tells_ready_from_not(app: TestApp) {
    let server = Server::start(&app).await;
    let port = server.url.rsplit(':').next().unwrap().to_string();
    let asks = async || Command::new(root().join("docker/ready")).arg(&port).status().await.unwrap().success();
    assert!(asks().await);
    app.db().clone().close().await.unwrap();
    assert!(!asks().await, "a server without its database");
    server.stop().await;
    assert!(!asks().await, "no server");
}
