//! A plan, of which is kept what is the same on every machine.

use serde_json::Value;

pub struct Node {
    kind: String,
    table: Option<String>,
    index: Option<String>,
    /// Of all its runs together.
    rows: f64,
    /// Pages of eight KiB that it and those below it have read.
    pages: i64,
    below: Vec<Node>,
}

impl Node {
    /// As `EXPLAIN (ANALYZE, BUFFERS, FORMAT json)` tells it.
    pub fn read(plan: &Value) -> Self {
        let text = |name: &str| plan[name].as_str().map(str::to_string);
        let number = |name: &str| plan[name].as_f64().unwrap_or_default();
        let pages = |name: &str| plan[name].as_i64().unwrap_or_default();
        let below = plan["Plans"].as_array().map(Vec::as_slice).unwrap_or_default();
        Self {
            kind: text("Node Type").unwrap_or_default(),
            table: text("Relation Name"),
            index: text("Index Name"),
            rows: number("Actual Rows") * number("Actual Loops"),
            pages: pages("Shared Hit Blocks") + pages("Shared Read Blocks"),
            below: below.iter().map(Self::read).collect(),
        }
    }

    /// The tables that are read from end to end. Not those of a part that did not run.
    pub fn read_whole(&self) -> Vec<String> {
        let own = (self.kind == "Seq Scan" && self.pages > 0).then(|| self.table.clone()).flatten();
        own.into_iter().chain(self.below.iter().flat_map(Self::read_whole)).collect()
    }

    pub fn write(&self, depth: usize, page: &mut String) {
        let of = |what: &Option<String>, word: &str| {
            what.as_ref().map_or_else(String::new, |what| format!(" {word} {what}"))
        };
        *page += &format!(
            "{:indent$}{}{}{}: {} rows, {} pages\n",
            "",
            self.kind,
            of(&self.table, "on"),
            of(&self.index, "by"),
            self.rows,
            self.pages,
            indent = depth * 2
        );
        self.below.iter().for_each(|node| node.write(depth + 1, page));
    }
}
