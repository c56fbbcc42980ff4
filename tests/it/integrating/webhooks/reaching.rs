//! Where webhooks go, and where they don't.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use chrono::Duration;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use testkit::{TestApp, on_both};
use webhooks::{
    Reach,
    sending::{Lookup, Sender},
};

use super::{CREATE, CREATED, creates, deliveries, delivers, keeper, reaching_tests, receiver, sending_by};

/// A name server that says what it is told to, and counts how often it is asked.
#[derive(Default)]
struct Names {
    says: Mutex<Vec<&'static str>>,
    asked: Mutex<Vec<String>>,
}

impl Lookup for Names {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> {
        self.asked.lock().unwrap().push(name);
        let says = self.says.lock().unwrap().clone();
        Box::pin(
            async move { Ok(says.into_iter().map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect()) },
        )
    }
}

fn last_failure(deliveries: &[Value]) -> Value {
    deliveries[0]["attempts"].as_array().unwrap().last().unwrap()["failure"].clone()
}

const NOT_PUBLIC: &str = "The address is not on the public internet.";

#[on_both]
async fn addresses_within_the_network_are_refused_at_once(app: TestApp) {
    let wanda = keeper(&app).await;
    for (url, code) in [
        ("https://127.0.0.1/hook", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://2130706433/hook", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://0x7f.1/hook", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://localhost:5432/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://169.254.169.254/latest/meta-data/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://100.64.0.1/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://0.0.0.0/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://[::1]/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://[::ffff:10.0.0.1]/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://[64:ff9b::7f00:1]/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("https://[fe80::1]/", "WEBHOOK_URL_NOT_PUBLIC"),
        ("http://example.org/hook", "WEBHOOK_URL_INVALID"),
        ("https://user:secret@example.org/hook", "WEBHOOK_URL_INVALID"),
        ("gopher://example.org/", "WEBHOOK_URL_INVALID"),
        ("", "WEBHOOK_URL_INVALID"),
    ] {
        let answer = wanda.ask_with(CREATE, json!({"input": {"url": url}})).await;
        let error = answer.at("/createWebhook/userErrors/0");
        assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!(["input", "url"])), "{url}");
    }
    let (webhook, _) = creates(&wanda, "https://example.org/hook", &[]).await;
    let moved = super::updates(&wanda, &webhook, json!({"url": "https://10.0.0.1/"})).await;
    assert_eq!(moved.user_errors(), ["WEBHOOK_URL_NOT_PUBLIC"]);
}

/// A name is judged by what it stands for when a connection is made, and by nothing before.
#[on_both]
async fn a_name_that_comes_to_stand_for_an_address_within_is_not_gone_to(app: TestApp) {
    let (names, receiver) = (Arc::new(Names::default()), receiver().await);
    let url = receiver.url.replace("http://127.0.0.1", "https://rebinds.example.org");
    let app = sending_by(&app, Sender::looking_up(Reach::Public, names.clone()).unwrap());
    let (wanda, tomas) = (keeper(&app).await, app.instructor("Tomas").await);
    let (webhook, _) = creates(&wanda, &url, &[CREATED]).await;
    assert_eq!(names.asked.lock().unwrap().len(), 0, "nobody waits for a name server");
    tomas.drafts("Engines").await;
    for (number, address) in ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.1.2.3", "169.254.169.254", "64:ff9b::7f00:1"]
        .into_iter()
        .enumerate()
    {
        *names.says.lock().unwrap() = vec![address];
        delivers(&app).await;
        assert_eq!(last_failure(&deliveries(&wanda, &webhook).await), NOT_PUBLIC, "{address}");
        assert_eq!(*names.asked.lock().unwrap(), vec!["rebinds.example.org"; number + 1], "it is asked each time");
        app.world.pass(Duration::hours(10));
    }
    assert_eq!(receiver.takes().len(), 0);
}

/// The same name and address, where that is allowed: so it was not something else that kept us away.
#[on_both]
async fn where_the_settings_allow_it_names_within_the_network_are_gone_to(app: TestApp) {
    let (names, receiver) = (Arc::new(Names::default()), receiver().await);
    *names.says.lock().unwrap() = vec!["127.0.0.1"];
    let url = receiver.url.replace("127.0.0.1", "rebinds.example.org");
    let app = sending_by(&app, Sender::looking_up(Reach::Anywhere, names.clone()).unwrap());
    let (wanda, tomas) = (keeper(&app).await, app.instructor("Tomas").await);
    creates(&wanda, &url, &[CREATED]).await;
    tomas.drafts("Engines").await;
    delivers(&app).await;
    assert_eq!(receiver.takes().len(), 1);
}

/// No name server is asked about numbers, so they are looked at each time: the settings may have been others.
#[on_both]
async fn an_address_in_numbers_is_looked_at_when_it_is_gone_to(app: TestApp) {
    let receiver = receiver().await;
    let wide = reaching_tests(&app);
    let (wanda, tomas) = (keeper(&wide).await, wide.instructor("Tomas").await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED]).await;
    tomas.drafts("Engines").await;
    delivers(&app).await;
    assert_eq!(last_failure(&deliveries(&wanda, &webhook).await), NOT_PUBLIC);
    assert_eq!(receiver.takes().len(), 0);
}

#[on_both]
async fn no_redirect_is_followed(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas) = (keeper(&app).await, app.instructor("Tomas").await);
    let (receiver, elsewhere) = (receiver().await, receiver().await);
    let (webhook, _) = creates(&wanda, &receiver.url, &[CREATED]).await;
    tomas.drafts("Engines").await;
    for status in [301, 302, 303, 307, 308] {
        let to = elsewhere.url.clone();
        receiver.answers(move |_| (status, Some(to.clone())));
        delivers(&app).await;
        let failure = last_failure(&deliveries(&wanda, &webhook).await);
        assert_eq!(failure, "The receiver sent us elsewhere: that is not gone to.", "{status}");
        app.world.pass(Duration::hours(5));
    }
    assert_eq!((receiver.takes().len(), elsewhere.takes().len()), (5, 0));
}

#[on_both]
async fn where_nobody_listens_it_says_so_without_details(app: TestApp) {
    let app = reaching_tests(&app);
    let (wanda, tomas) = (keeper(&app).await, app.instructor("Tomas").await);
    // Port 1 of this machine: nobody.
    let (webhook, _) = creates(&wanda, "http://127.0.0.1:1/hook", &[CREATED]).await;
    tomas.drafts("Engines").await;
    delivers(&app).await;
    assert_eq!(last_failure(&deliveries(&wanda, &webhook).await), "No connection could be made.");
}
