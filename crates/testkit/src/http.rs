use gateway::commands::{Served, bind, start};
use reqwest::{Client, Response};
use serde_json::Value;

use crate::TestApp;

/// The app on a real port.
pub struct Server {
    served: Served,
    pub client: Client,
    pub url: String,
}

impl Server {
    pub async fn start(app: &TestApp) -> Self {
        Self::start_with_jobs(app, 0).await
    }

    /// As the product serves: it does jobs, too.
    pub async fn start_with_jobs(app: &TestApp, at_once: usize) -> Self {
        let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let served = start(app.app.clone(), listener, at_once).await.unwrap();
        let url = format!("http://{}", served.address);
        Self { served, client: media::storage::client().unwrap(), url }
    }

    /// POSTs a GraphQL request.
    pub async fn post(&self, body: &Value) -> Response {
        self.client.post(format!("{}/graphql", self.url)).json(body).send().await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    pub async fn stop(self) {
        drop(self.client);
        self.served.stop().await.unwrap();
    }
}
