//! What the school is called and where it is, as the settings say.

use std::net::SocketAddr;

use clap::Args;

use crate::{config::local_address, school::School};

/// The school as its certificates name it.
#[derive(Args, Clone, Debug, Default)]
pub struct SchoolOptions {
    /// What the school is called: printed on certificates.
    #[arg(long, env = "LECTERN_SCHOOL_NAME", default_value = "Lectern")]
    pub school_name: String,
    /// Where this server is reached from outside: certificates are printed with addresses there. Without it: the address
    /// that Lectern serves on.
    #[arg(long, env = "LECTERN_API_URL")]
    pub api_url: Option<String>,
}

/// What certificates are signed with.
#[derive(Args, Clone, Debug, Default)]
pub struct SigningOptions {
    /// The key that certificates are signed with: 32 bytes in base64 or hexadecimal. Without it: the file `signing.key` in
    /// the data folder, made at first start.
    #[arg(long, env = "LECTERN_SIGNING_KEY", hide_env_values = true)]
    pub signing_key: Option<String>,
    /// Public keys that certificates were signed with before, separated by commas: the `x` of each in `jwks.json`.
    #[arg(long, env = "LECTERN_RETIRED_SIGNING_KEYS", value_delimiter = ',')]
    pub retired_signing_keys: Vec<String>,
}

impl SchoolOptions {
    /// The school of a server that was bound to this address.
    pub fn school(&self, bound: SocketAddr) -> Result<School, String> {
        let address = self.api_url.clone().filter(|url| !url.is_empty());
        School::new(&self.school_name, &address.unwrap_or_else(|| local_address(bound)))
    }
}
