//! What the services of the test host answer.

use crate::abi;
use crate::error::{Code, Error};
use crate::event::Event as _;
use crate::llm::{CompletionResult, Event as LlmEvent};
use crate::payload::{Message, Payload, PayloadBuffer};
use crate::services::{HttpBody, HttpHead, HttpRequest, LogLine, SecretRequest, SecretValue};
use crate::services::{ToolEntries, ToolRequest};
use crate::tool::Output;
use std::collections::VecDeque;

/// An answer to requests of the plugin.
#[derive(Clone, Debug)]
pub struct HttpAnswer {
    /// "GET", or "*" for any.
    pub method: String,
    /// The whole URL; `*` stands for any number of characters.
    pub url: String,
    /// 100 to 599.
    pub status: u32,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, one event each.
    pub pieces: Vec<Vec<u8>>,
}

impl HttpAnswer {
    /// An answer with a body in one piece.
    pub fn new(method: &str, url: &str, status: u32, body: &str) -> HttpAnswer {
        HttpAnswer {
            method: method.to_owned(),
            url: url.to_owned(),
            status,
            headers: Vec::new(),
            pieces: if body.is_empty() { Vec::new() } else { vec![body.as_bytes().to_vec()] },
        }
    }

    /// The same with one header more.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> HttpAnswer {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a body that comes in these pieces.
    #[must_use]
    pub fn in_pieces(mut self, pieces: &[&str]) -> HttpAnswer {
        self.pieces = pieces.iter().map(|piece| piece.as_bytes().to_vec()).collect();
        self
    }

    fn fits(&self, request: &HttpRequest) -> bool {
        (self.method == "*" || self.method == request.method) && matches(&self.url, &request.url)
    }
}

/// `*` in the pattern stands for any number of characters.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, rest)) => match text.strip_prefix(head) {
            None => false,
            Some(tail) => (0..=tail.len()).any(|at| tail.is_char_boundary(at) && matches(rest, &tail[at..])),
        },
    }
}

/// What the services answer, and what they were asked.
#[derive(Default)]
pub(super) struct Script {
    pub http: Vec<HttpAnswer>,
    pub secrets: Vec<(String, String)>,
    pub completion: String,
    pub tools: Vec<(String, Output)>,
    pub requests: Vec<HttpRequest>,
    pub log: Vec<LogLine>,
}

/// The events of a call on a service, and how it ends.
pub(super) struct Answer {
    pub events: VecDeque<(u32, PayloadBuffer)>,
    pub end: Result<PayloadBuffer, Error>,
}

impl Script {
    pub(super) fn answer(&mut self, service: &str, method: u32, request: &Payload<'_>) -> Answer {
        let mut events = VecDeque::new();
        let end = match (service, method) {
            (abi::log::ID, _) => {
                self.log.push(request.value());
                Ok(().payload())
            }
            (abi::metrics::ID, _) | (abi::timer::ID, _) => Ok(().payload()),
            (abi::secrets::ID, _) => {
                let name = request.value::<SecretRequest>().name;
                let found = self.secrets.iter().find(|(each, _)| *each == name);
                found
                    .map(|(_, value)| SecretValue { value: value.clone() }.payload())
                    .ok_or_else(|| Error::new(Code::Forbidden, format!("the secret {} is not granted", name)))
            }
            (abi::http::ID, _) => {
                let request: HttpRequest = request.value();
                let found = self.http.iter().find(|answer| answer.fits(&request)).cloned();
                let refusal = format!("the test grants no {} {}", request.method, request.url);
                self.requests.push(request);
                found.ok_or_else(|| Error::new(Code::Forbidden, refusal)).map(|answer| {
                    let head = HttpHead { status: answer.status, headers: answer.headers };
                    events.push_back((abi::http::EVENT_HEAD, head.payload()));
                    for data in answer.pieces {
                        events.push_back((abi::http::EVENT_BODY, HttpBody { data }.payload()));
                    }
                    ().payload()
                })
            }
            (abi::llm::ID, abi::llm::COMPLETE) => {
                events.push_back(LlmEvent::text(self.completion.as_str()).encode());
                events.push_back(LlmEvent::stop("stop").encode());
                Ok(CompletionResult::default().payload())
            }
            (abi::tools::ID, abi::tools::LIST) => Ok(ToolEntries::default().payload()),
            (abi::tools::ID, _) => {
                let request: ToolRequest = request.value();
                let found = self.tools.iter().find(|(name, _)| *name == request.name);
                let refusal = || Error::new(Code::Forbidden, format!("the tool {} is not granted", request.name));
                found.map(|(_, output)| output.payload()).ok_or_else(refusal)
            }
            _ => Err(Error::unsupported(format!("the test host has no {} method {}", service, method))),
        };
        Answer { events, end }
    }
}
