//! Do both servers say the same?

use serde_json::Value;

use crate::{
    Outcome,
    requests::{Requests, Side},
    rows::Row,
    server::Server,
};

/// Compares ids and numbers of all that is read, in their order.
pub async fn equal(requests: &Requests, gateway: &Server, limit: &Server, rows: &[Row]) -> Outcome {
    for row in rows.iter().filter(|row| !row.is_write()) {
        let theirs = gateway.ask(&requests.bytes(*row, Side::Gateway)).await?;
        let ours = limit.ask(&requests.bytes(*row, Side::Limit)).await?;
        let (mut left, mut right) = (vec![], vec![]);
        collect("data", &theirs["data"], &mut left);
        collect("data", &ours["data"], &mut right);
        if left != right {
            let first = left.iter().zip(&right).find(|(left, right)| left != right);
            let (had, has) = (left.len(), right.len());
            return Err(
                format!("{row:?} differs: {had} values of the gateway, {has} of the limit, first {first:?}").into()
            );
        }
        eprintln!("{row:?}: {} equal ids and numbers", left.len());
    }
    Ok(())
}

fn collect(name: &str, value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| collect(name, value, into)),
        Value::Array(items) => items.iter().for_each(|item| collect(name, item, into)),
        Value::Number(number) => into.push(format!("{name}: {}", number.as_f64().unwrap_or_default())),
        Value::String(text) if name == "id" => into.push(text.clone()),
        _ => {}
    }
}
