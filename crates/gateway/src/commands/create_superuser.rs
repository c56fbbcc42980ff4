use std::{env, io, sync::Arc};

use accounts::{Passwords, Registration};
use kernel::{SystemWorld, Tx, Viewer, World};

use super::{Failure, prepare};
use crate::config::CreateSuperuser;

pub async fn run(options: CreateSuperuser) -> Result<(), Failure> {
    let password = password()?;
    let registration = Registration::new(&options.email, &password, &options.full_name)?;
    let db = prepare(&options.database).await?;
    let world: Arc<dyn World> = Arc::new(SystemWorld);
    let hash = Passwords::new(world.clone(), 1)?.hash(password).await?;
    let mut tx = Tx::begin(&db, &Viewer::System, world.now(), world).await?;
    accounts::create_superuser(&mut tx, registration, hash).await?;
    tx.commit().await?;
    println!("{} may now do everything.", options.email);
    Ok(db.close().await?)
}

/// Not an argument: those are seen by everybody on the machine.
fn password() -> Result<String, Failure> {
    if let Ok(password) = env::var("LECTERN_PASSWORD") {
        return Ok(password);
    }
    eprintln!("Password:");
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_string())
}
