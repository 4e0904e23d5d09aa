//! agents.h: other agents, those that the manifest's `grants.agents` lists.

use super::outgoing_call::OutgoingCall;
use crate::abi::agents as raw;
use crate::agent::{Answer, Event};
use crate::call::Call;
use crate::error::Error;

messages! {
    /// The question which agents there are: empty.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    ListRequest = raw::List {}

    /// An agent.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    AgentEntry = raw::Entry {
        /// Of the instance.
        id: String,
        /// One sentence.
        summary: String,
    }

    /// The agents that are granted.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    AgentEntries = raw::ListResult {
        /// In the manifest's order.
        agents: Vec<AgentEntry>,
    }

    /// What another agent is asked.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    AgentRequest = raw::Invoke {
        /// Id of the instance.
        agent: String,
        /// The question.
        input: String,
        /// A name that was granted.
        model: Option<String>,
        /// A JSON object.
        context: Option<String>,
    }
}

impl<E> Call<'_, E> {
    /// The agents that the manifest grants.
    ///
    /// # Errors
    ///
    /// What the host answers.
    pub fn agents(&self) -> Result<Vec<AgentEntry>, Error> {
        let call = OutgoingCall::start(self, raw::ID, raw::LIST, &ListRequest {})?;
        Ok(call.result::<AgentEntries>()?.agents)
    }

    /// Ask another agent.
    ///
    /// # Errors
    ///
    /// `Forbidden` if it is not granted.
    pub fn ask_agent(&self, request: &AgentRequest) -> Result<AgentRun, Error> {
        Ok(AgentRun { call: OutgoingCall::start(self, raw::ID, raw::INVOKE, request)? })
    }
}

/// Another agent at work. Dropping it gives up the rest.
pub struct AgentRun {
    call: OutgoingCall,
}

impl AgentRun {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    ///
    /// Why there is no more.
    pub fn next_event(&self) -> Result<Option<Event>, Error> {
        self.call.next()
    }

    /// How the answer came to be; leaves the events that are still to come.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn result(&self) -> Result<Answer, Error> {
        self.call.result()
    }
}
