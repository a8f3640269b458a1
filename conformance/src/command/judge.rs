//! `hub-conformance judge`: the passive checks, on the request log of a sandbox that somebody's application was pointed at.
//!
//! No adapter is needed. Requests are judged apart by the tokens that they were made with, as each is a client of its own.

use std::collections::BTreeMap;

use hub_conformance::case::Level;
use hub_conformance::exchange::Exchange;
use hub_conformance::hub::Hub;
use hub_conformance::passive::{self, CHECKS, Judgement};

use super::{Ended, Exit};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Where the hub is.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    hub: String,
    /// The sandbox that the application worked in.
    #[arg(long, value_name = "NAME", default_value = "default")]
    sandbox: String,
    /// Only requests behind the one with this id.
    #[arg(long, value_name = "ID", default_value_t = 0)]
    after: u64,
    /// Only requests with the token of this label.
    #[arg(long, value_name = "LABEL")]
    caller: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Exit, Ended> {
    let exchanges = Hub::at(&arguments.hub, "")?.exchanges(&arguments.sandbox, arguments.after)?;
    let mut clients: BTreeMap<String, Vec<Exchange>> = BTreeMap::new();
    for exchange in exchanges {
        let caller = exchange.caller.clone().unwrap_or_else(|| "(without a token)".to_owned());
        clients.entry(caller).or_default().push(exchange);
    }
    clients.retain(|caller, _| arguments.caller.as_ref().is_none_or(|wanted| wanted == caller));
    if clients.is_empty() {
        println!(
            "Nothing was requested of {}: there is nothing to judge, which is no pass.",
            arguments.sandbox
        );
        return Ok(Exit::NotConformant);
    }
    let red =
        clients.iter().map(|(caller, exchanges)| judge(caller, exchanges)).filter(|is_red| *is_red).count();
    Ok(if red == 0 { Exit::Conformant } else { Exit::NotConformant })
}

/// Says what is found of one client, and whether it is red.
fn judge(caller: &str, exchanges: &[Exchange]) -> bool {
    println!("{caller}: {} requests", exchanges.len());
    let judgements = passive::judge(exchanges);
    for (Judgement { name, level, what }, check) in judgements.iter().zip(CHECKS) {
        match what {
            None => println!("  pass  {name}"),
            Some(what) => {
                let word = if *level == Level::Must { "FAIL" } else { "advice" };
                println!("  {word}  {name}: {what}\n        {}", check.says);
            }
        }
    }
    judgements.iter().any(|judgement| judgement.what.is_some() && judgement.level == Level::Must)
}
