//! What the reference client does with an operation: arguments to a request of its own types, its answer to a value.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use wholesale_client::{Client, Error};

use crate::protocol::{Kind, Outcome, Refused};

/// Why there is no value.
enum NotDone {
    Client(Error),
    /// The types of the client have no place for these arguments.
    Arguments(String),
    Unknown,
}

impl From<Error> for NotDone {
    fn from(error: Error) -> Self {
        NotDone::Client(error)
    }
}

/// Does an operation.
pub(super) async fn done(client: &Client, op: &str, args: Map<String, Value>) -> Outcome {
    let (area, _) = op.split_once('.').unwrap_or((op, ""));
    let args = Args(args);
    let done = match area {
        "customer" | "subpartner" => customers(client, op, args).await,
        "subscriber" => subscribers(client, op, args).await,
        "users" | "settings" => users(client, op, args).await,
        "task" => tasks(client, op, args).await,
        "person" | "license" => people(client, op, args).await,
        "location" | "number" => places(client, op, args).await,
        "billing" => billing(client, op, args).await,
        _ => Err(NotDone::Unknown),
    };
    match done {
        Ok(value) => Outcome::Ok { value },
        Err(NotDone::Client(error)) => failed(&error),
        Err(NotDone::Arguments(why)) => {
            eprintln!("{op}: {why}");
            Outcome::refused(Kind::Invalid)
        }
        Err(NotDone::Unknown) => Outcome::Unsupported { reason: format!("{op} is not known") },
    }
}

/// What an error of the client is in the words of the protocol.
pub(super) fn failed(error: &Error) -> Outcome {
    let kind = match error.kind() {
        wholesale_client::Kind::Invalid => Kind::Invalid,
        wholesale_client::Kind::Conflict => Kind::Conflict,
        wholesale_client::Kind::NotFound => Kind::NotFound,
        wholesale_client::Kind::Unauthorized => Kind::Unauthorized,
        wholesale_client::Kind::Forbidden => Kind::Forbidden,
        wholesale_client::Kind::Limited => Kind::Limited,
        wholesale_client::Kind::Quota => Kind::Quota,
        wholesale_client::Kind::Unavailable => Kind::Unavailable,
        wholesale_client::Kind::Timeout => Kind::Timeout,
        wholesale_client::Kind::Partial => Kind::Partial,
    };
    eprintln!("{error}");
    let Some(refusal) = error.refusal() else { return Outcome::refused(kind) };
    Outcome::Refused(Refused {
        kind,
        code: refusal.codes.first().and_then(|code| u64::try_from(*code).ok()),
        fields: refusal.fields.clone(),
        retry_after_s: refusal.retry_after.map(|time| time.as_secs_f64()),
        partial: refusal.partial.clone(),
    })
}

/// The arguments of an operation.
struct Args(Map<String, Value>);

impl Args {
    /// One that stands in the path.
    fn id(&mut self, name: &str) -> Result<String, NotDone> {
        match self.0.remove(name) {
            Some(Value::String(id)) => Ok(id),
            other => Err(NotDone::Arguments(format!("{name} is {other:?}, and a text is wanted"))),
        }
    }

    /// All that are left, as a request of the client.
    fn rest<T: DeserializeOwned>(self) -> Result<T, NotDone> {
        serde_json::from_value(Value::Object(self.0)).map_err(|error| NotDone::Arguments(error.to_string()))
    }

    fn field<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, NotDone> {
        let value = self.0.remove(name).unwrap_or_default();
        serde_json::from_value(value).map_err(|error| NotDone::Arguments(format!("{name}: {error}")))
    }
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("an answer has a JSON form")
}

fn items(of: &impl Serialize) -> Value {
    json!({ "items": value(of) })
}

async fn customers(client: &Client, op: &str, mut args: Args) -> Result<Value, NotDone> {
    let customers = client.customers();
    Ok(match op {
        "customer.precheck" => value(&customers.precheck(&args.rest()?).await?),
        "customer.provision" => value(&customers.provision(&args.rest()?).await?),
        "customer.await" => value(&customers.wait(&args.id("customerId")?).await?),
        "customer.get" => value(&customers.get(&args.id("customerId")?).await?),
        "customer.list" => items(&customers.list(&args.rest()?).await?),
        "customer.update" => value(&customers.update(&args.id("customerId")?, &args.rest()?).await?),
        "customer.remove" => value(&customers.remove(&args.id("customerId")?).await?),
        "subpartner.list" => items(&client.sub_partners().list(&args.rest()?).await?),
        _ => return Err(NotDone::Unknown),
    })
}

async fn subscribers(client: &Client, op: &str, mut args: Args) -> Result<Value, NotDone> {
    let subscribers = client.subscribers();
    Ok(match op {
        "subscriber.precheck" => value(&subscribers.precheck(&args.rest()?).await?),
        "subscriber.provision" => value(&subscribers.provision(&args.rest()?).await?),
        "subscriber.get" => value(&subscribers.get(&args.id("subscriberId")?).await?),
        "subscriber.list" => items(&subscribers.list(&args.rest()?).await?),
        "subscriber.change_package" => {
            value(&subscribers.change_package(&args.id("subscriberId")?, &args.rest()?).await?)
        }
        "subscriber.remove" => value(&subscribers.remove(&args.id("subscriberId")?).await?),
        _ => return Err(NotDone::Unknown),
    })
}

async fn users(client: &Client, op: &str, mut args: Args) -> Result<Value, NotDone> {
    let org = args.id("orgId")?;
    let users = client.users(&org);
    Ok(match op {
        "users.add" => value(&users.add(&args.field::<Vec<_>>("users")?).await?),
        "users.claim" => value(&users.claim(&args.field::<Vec<_>>("users")?).await?),
        "users.list" => items(&users.list(&args.rest()?).await?),
        "users.change_package" => value(&users.change_package(&args.id("userId")?, &args.rest()?).await?),
        "users.remove" => value(&users.remove(&args.id("userId")?).await?),
        "users.export" => json!({ "file": users.export().await? }),
        "users.template" => json!({ "file": users.template().await? }),
        "users.plan_csv" => value(&client.tasks(&org).plan(&args.id("behavior")?, &args.id("file")?).await?),
        "users.import_csv" => {
            value(&client.tasks(&org).import(&args.id("behavior")?, &args.id("file")?).await?)
        }
        "settings.get" => value(&client.settings(&org).await?),
        "settings.change" => value(&client.change_settings(&org, &args.rest()?).await?),
        _ => return Err(NotDone::Unknown),
    })
}

async fn tasks(client: &Client, op: &str, mut args: Args) -> Result<Value, NotDone> {
    let (org, task) = (args.id("orgId")?, args.id("taskId")?);
    let tasks = client.tasks(&org);
    Ok(match op {
        "task.await" => value(&tasks.wait(&task).await?),
        "task.errors" => items(&tasks.errors(&task, args.field("limit")?).await?),
        "task.pause" => value(&tasks.pause(&task).await?),
        "task.resume" => value(&tasks.resume(&task).await?),
        "task.cancel" => value(&tasks.cancel(&task).await?),
        _ => return Err(NotDone::Unknown),
    })
}

async fn people(client: &Client, op: &str, mut args: Args) -> Result<Value, NotDone> {
    let (people, licenses) = (client.people(), client.licenses());
    Ok(match op {
        "person.create" => value(&people.create(&args.rest()?).await?),
        "person.get" => {
            let calling_data = args.field::<Option<bool>>("callingData")?.unwrap_or_default();
            value(&people.get(&args.id("personId")?, calling_data).await?)
        }
        "person.list" => items(&people.list(&args.rest()?).await?),
        "person.update" => value(&people.update(&args.id("personId")?, &args.rest()?).await?),
        "person.remove" => value(&people.remove(&args.id("personId")?).await?),
        "license.list" => items(&licenses.list(&args.id("orgId")?).await?),
        "license.get" => {
            let assigned = args.field::<Option<String>>("includeAssignedTo")?;
            value(&licenses.get(&args.id("licenseId")?, assigned.as_deref()).await?)
        }
        "license.assign" => value(&licenses.assign(&args.rest()?).await?),
        _ => return Err(NotDone::Unknown),
    })
}

async fn places(client: &Client, op: &str, mut args: Args) -> Result<Value, NotDone> {
    let (locations, numbers) = (client.locations(), client.numbers());
    Ok(match op {
        "location.create" => value(&locations.create(&args.rest()?).await?),
        "location.list" => items(&locations.list(&args.rest()?).await?),
        "location.enable_calling" => value(&locations.enable_calling(&args.rest()?).await?),
        "number.add" => value(&numbers.add(&args.id("locationId")?, &args.rest()?).await?),
        "number.list" => json!({ "phoneNumbers": value(&numbers.list(&args.rest()?).await?) }),
        _ => return Err(NotDone::Unknown),
    })
}

async fn billing(client: &Client, op: &str, mut args: Args) -> Result<Value, NotDone> {
    let billing = client.billing();
    Ok(match op {
        "billing.create_report" => value(&billing.create_report(&args.rest()?).await?),
        "billing.await_report" => value(&billing.wait_for_report(&args.id("id")?).await?),
        "billing.remove_report" => value(&billing.remove_report(&args.id("id")?).await?),
        _ => return Err(NotDone::Unknown),
    })
}
