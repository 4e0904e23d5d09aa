//! Takes a call of the host, already checked against its contract, to the handlers of one role.

use super::incoming::Incoming;
use crate::abi;
use crate::agent::Agent;
use crate::call::Call;
use crate::config::Setup;
use crate::error::Error;
use crate::exporter::Exporter;
use crate::llm::{self, LlmProvider};
use crate::notifier::Notifier;
use crate::payload::{Builder, Payload, PayloadBuffer};
use crate::plugin::Plugin;
use crate::tool::{self, Tool};
use crate::validator::Validator;
use std::sync::Arc;

/// The handlers of one role.
pub trait Role: Send + Sync {
    #[doc(hidden)]
    fn open(&self) -> Result<(), Error>;
    #[doc(hidden)]
    fn dispatch(&self, method: u32, request: &Payload<'_>, call: &CallReference) -> Result<PayloadBuffer, Error>;
}

/// A call that the host started.
#[doc(hidden)]
pub struct CallReference(pub(crate) Arc<Incoming>);

macro_rules! roles {
    ($(
        $(#[$note:meta])*
        $name:ident: $trait:ident, ($plugin:ident, $request:ident, $call:ident) { $($method:pat => $answer:expr,)+ }
    )+) => { $(
        $(#[$note])*
        ///
        /// # Errors
        ///
        /// What the plugin's `create` says.
        pub fn $name<T: $trait>(setup: &Setup) -> Result<Box<dyn Role>, Error> {
            struct Handlers<T>(T);
            impl<T: $trait> Role for Handlers<T> {
                fn open(&self) -> Result<(), Error> {
                    Plugin::open(&self.0)
                }
                #[allow(unused_variables)]
                fn dispatch(
                    &self,
                    method: u32,
                    $request: &Payload<'_>,
                    call: &CallReference,
                ) -> Result<PayloadBuffer, Error> {
                    let $plugin = &self.0;
                    let $call = &call.0;
                    match method {
                        $($method => $answer,)+
                        _ => Err(Error::unsupported(format!("this role has no method {}", method))),
                    }
                }
            }
            Ok(Box::new(Handlers(T::create(setup)?)))
        }
    )+ };
}

roles! {
    /// The handlers of an agent.
    agent: Agent, (plugin, request, call) {
        abi::agent::DESCRIBE => Ok(Builder::payload(&plugin.describe())),
        abi::agent::INVOKE => Ok(Builder::payload(&plugin.invoke(request.request()?, &Call::new(call))?)),
    }

    /// The handlers of a provider of language models.
    llm: LlmProvider, (plugin, request, call) {
        abi::llm::MODELS => Ok(Builder::payload(&llm::ModelList { models: plugin.models(&Call::new(call))? })),
        abi::llm::COMPLETE => Ok(Builder::payload(&plugin.complete(request.request()?, &Call::new(call))?)),
        abi::llm::EMBED => Ok(Builder::payload(&plugin.embed(request.request()?, &Call::new(call))?)),
    }

    /// The handlers of a validator.
    validator: Validator, (plugin, request, call) {
        abi::validator::CHECK => Ok(Builder::payload(&plugin.check(request.request()?)?)),
    }

    /// The handlers of an exporter.
    exporter: Exporter, (plugin, request, call) {
        abi::exporter::PUSH => {
            plugin.push(request.request()?, &Call::new(call))?;
            Ok(Builder::payload(&()))
        },
        abi::exporter::RENDER => Ok(Builder::payload(&plugin.render(request.request()?)?)),
    }

    /// The handlers of a notifier.
    notifier: Notifier, (plugin, request, call) {
        abi::notifier::NOTIFY => Ok(Builder::payload(&plugin.notify(request.request()?, &Call::new(call))?)),
        abi::notifier::RESOLVE => Ok(Builder::payload(&plugin.resolve(request.request()?, &Call::new(call))?)),
    }

    /// The handlers of tools.
    tool: Tool, (plugin, request, call) {
        abi::tool::LIST => Ok(Builder::payload(&tool::Entries { tools: plugin.list() })),
        abi::tool::CALL => Ok(Builder::payload(&plugin.call(request.request()?, &Call::new(call))?)),
    }
}
