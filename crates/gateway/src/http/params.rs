use async_graphql::{Request, Variables};
use serde_json::{Map, Value};

use crate::graphql::PERSISTED;

/// A request from the members of GraphQL over HTTP, each of its right type; the error says which is not.
pub fn request(members: Value) -> Result<Request, &'static str> {
    let Value::Object(mut members) = members else {
        return Err("The body must be one JSON object; batches are not taken.");
    };
    let extensions = object(&mut members, "extensions").map_err(|()| "`extensions` must be an object.")?;
    let query = match members.remove("query") {
        Some(Value::String(query)) => query,
        // Whoever names a document may leave its text out.
        None | Some(Value::Null) if extensions.contains_key(PERSISTED) => String::new(),
        _ => return Err("`query` must be a string."),
    };
    let mut request = Request::new(query);
    if let Some(persisted) = extensions.get(PERSISTED) {
        let persisted = async_graphql::Value::from_json(persisted.clone()).unwrap_or_default();
        request.extensions.insert(PERSISTED.into(), persisted);
    }
    match members.remove("operationName") {
        None | Some(Value::Null) => {}
        Some(Value::String(name)) if name.is_empty() => {}
        Some(Value::String(name)) => request = request.operation_name(name),
        Some(_) => return Err("`operationName` must be a string."),
    }
    let variables = object(&mut members, "variables").map_err(|()| "`variables` must be an object.")?;
    Ok(request.variables(Variables::from_json(Value::Object(variables))))
}

/// The members of a GET request's query string: `variables` and `extensions` are JSON.
pub fn from_query_string(text: &str) -> Result<Request, &'static str> {
    let mut members = Map::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let value = match name.as_ref() {
            _ if value.is_empty() => continue,
            "query" | "operationName" => Value::String(value.into_owned()),
            "variables" | "extensions" => {
                serde_json::from_str(&value).map_err(|_| "`variables` and `extensions` must be JSON.")?
            }
            _ => continue,
        };
        members.insert(name.into_owned(), value);
    }
    request(Value::Object(members))
}

fn object(members: &mut Map<String, Value>, name: &str) -> Result<Map<String, Value>, ()> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(()),
    }
}
