//! PostgreSQL as the bench sees it.

use std::time::Duration;

use tokio_postgres::{Client, NoTls, Row, types::ToSql};

use crate::{Outcome, process};

pub struct Database {
    client: Client,
    /// The process that all others of this PostgreSQL belong to; none when it runs elsewhere.
    pub postmaster: Option<u32>,
}

impl Database {
    pub async fn connect(url: &str) -> Outcome<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").await?;
        let own: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await?.get(0);
        Ok(Self { client, postmaster: process::parent(own.unsigned_abs()) })
    }

    /// What a database that has been in use for a while has done.
    pub async fn settle(&self) -> Outcome {
        Ok(self.client.batch_execute("VACUUM ANALYZE").await?)
    }

    pub async fn rows(&self, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> Outcome<Vec<Row>> {
        Ok(self.client.query(sql, parameters).await?)
    }

    pub async fn run(&self, sql: &str) -> Outcome {
        Ok(self.client.batch_execute(sql).await?)
    }

    pub async fn forget_statements(&self) -> Outcome {
        self.run("SELECT pg_stat_statements_reset()").await
    }

    /// Every statement since they were forgotten, with how often it ran; those of functions and of the bench are left out.
    pub async fn statements(&self) -> Outcome<Vec<(i64, String)>> {
        let sql = "SELECT calls, query FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%' AND toplevel \
                   ORDER BY calls DESC, query";
        let rows = self.rows(sql, &[]).await?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    /// Whether the log tells the plan of each statement.
    pub async fn tell_plans(&self, told: bool) -> Outcome {
        let least = if told { 0 } else { -1 };
        self.run(&format!("ALTER SYSTEM SET auto_explain.log_min_duration = {least}")).await?;
        self.run("SELECT pg_reload_conf()").await?;
        // Each process reads its settings anew before its next statement, once the signal has reached it.
        tokio::time::sleep(Duration::from_millis(300)).await;
        Ok(())
    }

    /// In bytes.
    pub async fn log_size(&self) -> Outcome<i64> {
        let sql = "SELECT size FROM pg_stat_file(pg_current_logfile('jsonlog'))";
        Ok(self.rows(sql, &[]).await?[0].get(0))
    }

    /// What was logged from there on.
    pub async fn log(&self, from: i64) -> Outcome<String> {
        let sql = "SELECT pg_read_file(pg_current_logfile('jsonlog'), $1, 100000000)";
        Ok(self.rows(sql, &[&from]).await?[0].get(0))
    }
}
