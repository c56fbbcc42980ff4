//! What one request may ask for, as the settings say.

use std::{fs, path::PathBuf, time::Duration};

use clap::{Args, builder::FalseyValueParser, value_parser};

use crate::{
    app::App,
    graphql::{Limits, Trusted},
    rates::{Rate, Rates},
};

/// The limits of requests. What exceeds one is refused before anything runs, by an error that names it.
#[derive(Args, Clone, Debug)]
pub struct LimitOptions {
    /// The most bytes of a document.
    #[arg(long, env = "LECTERN_LIMIT_BYTES", default_value_t = Limits::default().bytes)]
    pub limit_bytes: usize,
    /// The most tokens of a document.
    #[arg(long, env = "LECTERN_LIMIT_TOKENS", default_value_t = Limits::default().tokens)]
    pub limit_tokens: usize,
    /// How deep brackets may nest.
    #[arg(long, env = "LECTERN_LIMIT_NESTING", default_value_t = Limits::default().nesting)]
    pub limit_nesting: usize,
    /// The most fields and fragments, with fragments expanded.
    #[arg(long, env = "LECTERN_LIMIT_SELECTIONS", default_value_t = Limits::default().selections)]
    pub limit_selections: u64,
    /// How deep fields may nest.
    #[arg(long, env = "LECTERN_LIMIT_DEPTH", default_value_t = Limits::default().depth)]
    pub limit_depth: u64,
    /// The most aliases.
    #[arg(long, env = "LECTERN_LIMIT_ALIASES", default_value_t = Limits::default().aliases)]
    pub limit_aliases: u64,
    /// The most directives.
    #[arg(long, env = "LECTERN_LIMIT_DIRECTIVES", default_value_t = Limits::default().directives)]
    pub limit_directives: u64,
    /// The most fields at the root.
    #[arg(long, env = "LECTERN_LIMIT_ROOT_FIELDS", default_value_t = Limits::default().root_fields)]
    pub limit_root_fields: u64,
    /// The most mutations of one document.
    #[arg(long, env = "LECTERN_LIMIT_MUTATIONS", default_value_t = Limits::default().mutations)]
    pub limit_mutations: u64,
    /// The highest cost: fields, those of a list as often as it may have rows.
    #[arg(long, env = "LECTERN_LIMIT_COST", default_value_t = Limits::default().cost)]
    pub limit_cost: u64,
    /// The most bytes of the variables.
    #[arg(long, env = "LECTERN_LIMIT_VARIABLES", default_value_t = Limits::default().variables)]
    pub limit_variables: usize,
    /// How much cost each person and each API token may ask for in a minute; all of it may come at once. 0: as much as they
    /// like.
    #[arg(long, env = "LECTERN_RATE_VIEWER", default_value_t = 120_000, value_parser = value_parser!(u32).range(..=60_000_000))]
    pub rate_viewer: u32,
    /// The same for each address, of those who are not signed in; an IPv6 network counts as one.
    #[arg(long, env = "LECTERN_RATE_ADDRESS", default_value_t = 600_000, value_parser = value_parser!(u32).range(..=60_000_000))]
    pub rate_address: u32,
    /// The longest that an operation may take, in seconds.
    #[arg(long, env = "LECTERN_LIMIT_SECONDS", default_value_t = 10, value_parser = value_parser!(u64).range(1..=30))]
    pub limit_seconds: u64,
    /// Tell nobody the schema: neither by introspection nor by `/schema.graphql`. It is no secret otherwise.
    #[arg(long, env = "LECTERN_NO_INTROSPECTION", value_parser = FalseyValueParser::new())]
    pub no_introspection: bool,
    /// Serve no GraphiQL.
    #[arg(long, env = "LECTERN_NO_GRAPHIQL", value_parser = FalseyValueParser::new())]
    pub no_graphiql: bool,
    /// A file with the only operations that run: `{"id": "text"}`, or a manifest of Apollo's. There is no GraphiQL then.
    #[arg(long, env = "LECTERN_TRUSTED_DOCUMENTS")]
    pub trusted_documents: Option<PathBuf>,
}

impl LimitOptions {
    /// The documents of the file, read before anything is begun.
    pub fn trusted(&self) -> Result<Option<Trusted>, String> {
        // Set but empty is as good as not set.
        let Some(path) = self.trusted_documents.as_deref().filter(|path| !path.as_os_str().is_empty()) else {
            return Ok(None);
        };
        let failed = |error: String| format!("LECTERN_TRUSTED_DOCUMENTS: {}: {error}", path.display());
        let text = fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        Trusted::parse(&text).map(Some).map_err(failed)
    }

    pub fn apply(&self, app: &mut App) {
        app.limits = self.limits();
        app.timeout = Duration::from_secs(self.limit_seconds);
        app.rates = self.rates();
        app.has_graphiql = !self.no_graphiql;
    }

    fn rates(&self) -> Option<Rates> {
        let rate = |per_minute: u32| (per_minute > 0).then_some(Rate { per_minute });
        let (viewers, addresses) = (rate(self.rate_viewer), rate(self.rate_address));
        (viewers.is_some() || addresses.is_some()).then(|| Rates::new(viewers, addresses))
    }

    fn limits(&self) -> Limits {
        Limits {
            bytes: self.limit_bytes,
            tokens: self.limit_tokens,
            nesting: self.limit_nesting,
            selections: self.limit_selections,
            depth: self.limit_depth,
            aliases: self.limit_aliases,
            directives: self.limit_directives,
            root_fields: self.limit_root_fields,
            mutations: self.limit_mutations,
            cost: self.limit_cost,
            variables: self.limit_variables,
            introspection: !self.no_introspection,
        }
    }
}
