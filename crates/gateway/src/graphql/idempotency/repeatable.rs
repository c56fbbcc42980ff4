use std::borrow::Cow;

use accounts::{
    SecretKey,
    idempotency::{Asked, LONGEST, answered, keep, let_go},
};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, Name, ObjectType, OutputType, Positioned, ServerError, ServerResult,
    Value,
    parser::types::Field,
    registry::{MetaInputValue, MetaType, Registry},
};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};

use super::is_repeatable;
use crate::graphql::{
    context::{Req, RequestContext},
    error,
};

const KEY: &str = "idempotencyKey";
const SAYS: &str = "Makes sending it again safe: a text of your own, 1 to 255 characters, such as a new UUID for each thing \
    to be done. The same key with the same request (document, variables) has the same answer for 24 hours, and nothing is \
    done again; with another request it is `IDEMPOTENCY_CONFLICT`. What failed leaves no key. Keys are your own.";

/// The root of the mutations, with keys.
#[derive(Default)]
pub struct Repeatable<T>(T);

/// What was answered: the field's value, and the errors beside it.
#[derive(Serialize, Deserialize)]
struct Answer {
    value: Value,
    errors: Vec<ServerError>,
}

impl<T: ObjectType> OutputType for Repeatable<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = T::create_type_info(registry);
        for input in inputs(registry, &T::type_name()) {
            if let Some(MetaType::InputObject { input_fields, .. }) = registry.types.get_mut(&input) {
                let key = MetaInputValue { description: Some(SAYS.into()), ..MetaInputValue::new(KEY, "String") };
                input_fields.insert(KEY.into(), key);
            }
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

/// The types of the inputs that have a key.
fn inputs(registry: &Registry, root: &str) -> Vec<String> {
    let Some(MetaType::Object { fields, .. }) = registry.types.get(root) else {
        return vec![];
    };
    let repeatable = fields.values().filter(|field| is_repeatable(&field.name));
    let inputs = repeatable.filter_map(|field| field.args.get("input"));
    inputs.map(|input| input.ty.trim_end_matches('!').to_string()).collect()
}

impl<T: ObjectType> ContainerType for Repeatable<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let Some(key) = key(ctx)? else {
            return self.0.resolve_field(ctx).await;
        };
        match begin(ctx, &key).await {
            Ok(Begun::First(secret, asked)) => self.first(ctx, secret, &asked).await,
            Ok(Begun::Again(answer)) => {
                answer.errors.into_iter().for_each(|error| ctx.add_error(error));
                Ok(Some(answer.value))
            }
            Err(error) => {
                let error = async_graphql::Error::from(error::Error::from(error)).into_server_error(ctx.item.pos);
                ctx.add_error(ctx.set_error_path(error));
                Ok(Some(Value::Null))
            }
        }
    }
}

impl<T: ObjectType> ObjectType for Repeatable<T> {}

enum Begun<'a> {
    First(&'a SecretKey, Asked),
    Again(Answer),
}

/// The key that the mutation came with, if it takes one.
fn key(ctx: &Context<'_>) -> ServerResult<Option<String>> {
    if !is_repeatable(&ctx.item.node.name.node) {
        return Ok(None);
    }
    let arguments = ctx.field().arguments()?;
    let input = arguments.into_iter().find(|(name, _)| name == "input");
    Ok(match input {
        Some((_, Value::Object(mut input))) => match input.swap_remove(&Name::new(KEY)) {
            Some(Value::String(key)) => Some(key),
            _ => None,
        },
        _ => None,
    })
}

async fn begin<'a>(ctx: &'a Context<'_>, key: &str) -> Result<Begun<'a>> {
    if !(1..=LONGEST).contains(&key.chars().count()) {
        let field = vec!["input".into(), KEY.into()];
        return Err(Error::BadInput { field, message: format!("A key has 1 to {LONGEST} characters.") });
    }
    let req = ctx.req();
    let secret = req.app.secret_key()?;
    // Of one document two fields may have the same input.
    let body = format!("{}\0{}", ctx.item.node.response_key().node, req.body);
    let asked = Asked::new(secret, &req.viewer(), key, &body).ok_or(Error::Unauthenticated)?;
    match answered(req.db().read(), secret, &asked, req.now).await? {
        Some(answer) => read(&answer).map(Begun::Again),
        None => Ok(Begun::First(secret, asked)),
    }
}

fn read(answer: &str) -> Result<Answer> {
    serde_json::from_str(answer).map_err(|error| Error::Internal(format!("a kept answer can't be read: {error}")))
}

impl<T: ObjectType> Repeatable<T> {
    async fn first(&self, ctx: &Context<'_>, secret: &SecretKey, asked: &Asked) -> ServerResult<Option<Value>> {
        let req = ctx.req();
        let errors = errors(ctx).len();
        req.repeats.begin(asked.clone());
        let done = self.0.resolve_field(ctx).await;
        // Nothing was done, so that there is nothing not to do again.
        if !req.repeats.end() {
            return done;
        }
        let errors = errors_after(ctx, errors);
        let kept = match &done {
            Ok(Some(value)) if *value != Value::Null => keep_answer(req, secret, asked, value, errors).await,
            _ => req.write_apart(async |tx| let_go(tx, asked).await).await,
        };
        if let Err(error) = kept {
            tracing::error!(%error, "the answer to a request with a key was not kept");
        }
        done
    }
}

async fn keep_answer(
    req: &RequestContext,
    secret: &SecretKey,
    asked: &Asked,
    value: &Value,
    errors: Vec<ServerError>,
) -> Result<()> {
    let answer = serde_json::to_string(&Answer { value: value.clone(), errors });
    let answer = answer.map_err(|error| Error::Internal(error.to_string()))?;
    req.write_apart(async |tx| keep(tx, secret, asked, &answer).await).await
}

/// What has gone wrong so far in the whole operation.
fn errors(ctx: &Context<'_>) -> Vec<ServerError> {
    ctx.query_env.errors.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
}

fn errors_after(ctx: &Context<'_>, before: usize) -> Vec<ServerError> {
    errors(ctx).split_off(before)
}
