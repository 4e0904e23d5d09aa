//! The contract of every role and service: which methods and events there are, and which struct each carries.

use super::layout::{Layout, Structure};
use super::payload::Empty;
use super::{agent, agents, exporter, http, llm, log, metrics, notifier, secrets, timer, tool, tools, validator};

/// An event and its payload.
#[derive(Clone, Copy, Debug)]
pub struct EventContract {
    /// Its number.
    pub event: u32,
    /// What its payload looks like.
    pub payload: &'static Layout,
}

/// A method, what it takes and gives, and the events on the way.
#[derive(Clone, Copy, Debug)]
pub struct MethodContract {
    /// Its number.
    pub method: u32,
    /// What its request looks like.
    pub request: &'static Layout,
    /// What its result looks like.
    pub result: &'static Layout,
    /// Events that it may emit.
    pub events: &'static [EventContract],
}

impl MethodContract {
    /// The layout of an event, if the method has it.
    pub fn event(&self, event: u32) -> Option<&'static Layout> {
        self.events.iter().find(|each| each.event == event).map(|each| each.payload)
    }
}

/// A role or service of revision 1.
#[derive(Clone, Copy, Debug)]
pub struct Contract {
    /// "jackfield.agent"
    pub id: &'static str,
    /// Its methods.
    pub methods: &'static [MethodContract],
}

impl Contract {
    /// A method by its number.
    pub fn method(&self, method: u32) -> Option<&'static MethodContract> {
        self.methods.iter().find(|each| each.method == method)
    }
}

const fn method<Request: Structure, Result: Structure>(
    method: u32,
    events: &'static [EventContract],
) -> MethodContract {
    MethodContract { method, request: Request::LAYOUT, result: Result::LAYOUT, events }
}

const fn event<Payload: Structure>(event: u32) -> EventContract {
    EventContract { event, payload: Payload::LAYOUT }
}

const AGENT_EVENTS: &[EventContract] = &[
    event::<agent::Text>(agent::EVENT_TEXT),
    event::<agent::Finding>(agent::EVENT_FINDING),
    event::<agent::Artifact>(agent::EVENT_ARTIFACT),
    event::<agent::Question>(agent::EVENT_QUESTION),
    event::<agent::Progress>(agent::EVENT_PROGRESS),
];
const LLM_EVENTS: &[EventContract] = &[
    event::<llm::Text>(llm::EVENT_TEXT),
    event::<llm::ToolCall>(llm::EVENT_TOOL_CALL),
    event::<llm::Stop>(llm::EVENT_STOP),
    event::<llm::Usage>(llm::EVENT_USAGE),
    event::<llm::Logprobs>(llm::EVENT_LOGPROBS),
    event::<llm::Extra>(llm::EVENT_EXTRA),
    event::<llm::ToolRun>(llm::EVENT_TOOL_RUN),
];
const TOOL_EVENTS: &[EventContract] = &[event::<tool::Progress>(tool::EVENT_PROGRESS)];
const HTTP_EVENTS: &[EventContract] = &[event::<http::Head>(http::EVENT_HEAD), event::<http::Body>(http::EVENT_BODY)];

/// Every contract.
pub const CONTRACTS: &[Contract] = &[
    Contract {
        id: agent::ID,
        methods: &[
            method::<agent::Describe, agent::Description>(agent::DESCRIBE, &[]),
            method::<agent::Invoke, agent::Result>(agent::INVOKE, AGENT_EVENTS),
        ],
    },
    Contract {
        id: llm::ID,
        methods: &[
            method::<llm::Models, llm::ModelsResult>(llm::MODELS, &[]),
            method::<llm::Complete, llm::CompleteResult>(llm::COMPLETE, LLM_EVENTS),
            method::<llm::Embed, llm::EmbedResult>(llm::EMBED, &[]),
        ],
    },
    Contract { id: validator::ID, methods: &[method::<validator::Check, validator::Verdict>(validator::CHECK, &[])] },
    Contract {
        id: exporter::ID,
        methods: &[
            method::<exporter::Snapshot, Empty>(exporter::PUSH, &[]),
            method::<exporter::Snapshot, exporter::Rendering>(exporter::RENDER, &[]),
        ],
    },
    Contract {
        id: notifier::ID,
        methods: &[
            method::<notifier::Alert, notifier::Receipt>(notifier::NOTIFY, &[]),
            method::<notifier::Alert, notifier::Receipt>(notifier::RESOLVE, &[]),
        ],
    },
    Contract {
        id: tool::ID,
        methods: &[
            method::<tool::List, tool::ListResult>(tool::LIST, &[]),
            method::<tool::Call, tool::Result>(tool::CALL, TOOL_EVENTS),
        ],
    },
    Contract { id: http::ID, methods: &[method::<http::Request, Empty>(http::REQUEST, HTTP_EVENTS)] },
    Contract { id: log::ID, methods: &[method::<log::Write, Empty>(log::WRITE, &[])] },
    Contract { id: metrics::ID, methods: &[method::<metrics::Record, Empty>(metrics::RECORD, &[])] },
    Contract { id: timer::ID, methods: &[method::<timer::After, Empty>(timer::AFTER, &[])] },
    Contract { id: secrets::ID, methods: &[method::<secrets::Get, secrets::Value>(secrets::GET, &[])] },
    Contract {
        id: agents::ID,
        methods: &[
            method::<agents::List, agents::ListResult>(agents::LIST, &[]),
            method::<agents::Invoke, agent::Result>(agents::INVOKE, AGENT_EVENTS),
        ],
    },
    Contract {
        id: tools::ID,
        methods: &[
            method::<tools::List, tools::ListResult>(tools::LIST, &[]),
            method::<tools::Call, tool::Result>(tools::CALL, TOOL_EVENTS),
        ],
    },
];

/// The contract of a role or service of revision 1, if this crate knows it.
pub fn contract(id: &str) -> Option<&'static Contract> {
    CONTRACTS.iter().find(|each| each.id == id)
}
