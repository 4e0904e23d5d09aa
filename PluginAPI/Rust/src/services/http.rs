//! http.h: the only way to the network.

use super::outgoing_call::OutgoingCall;
use crate::abi::http as raw;
use crate::call::Call;
use crate::error::{Code, Error};

messages! {
    /// What is asked. Host, Content-Length and Connection are set by the host.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    HttpRequest = raw::Request {
        /// "GET", "POST", ...
        method: String,
        /// Absolute, http or https.
        url: String,
        /// In a value, `${secret:NAME}` stands for a secret that the host fills in.
        headers: Vec<(String, String)>,
        /// What is sent.
        body: Vec<u8>,
    }

    /// How an answer begins. Redirects are not followed.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    HttpHead = raw::Head {
        /// 100 to 599.
        status: u32,
        /// Names in lower case.
        headers: Vec<(String, String)>,
    }

    /// A piece of a body, as it comes from the network.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    HttpBody = raw::Body {
        /// Bytes.
        data: Vec<u8>,
    }
}

events! {
    /// What comes from the network.
    HttpEvent {
        /// Once, first.
        Head(HttpHead) = raw::EVENT_HEAD,
        /// The body, in pieces.
        Body(HttpBody) = raw::EVENT_BODY,
    }
}

impl HttpRequest {
    /// A request without a body.
    pub fn get(url: impl Into<String>) -> HttpRequest {
        HttpRequest { method: "GET".to_owned(), url: url.into(), ..HttpRequest::default() }
    }

    /// A request that sends JSON.
    pub fn post_json(url: impl Into<String>, body: &crate::Json) -> HttpRequest {
        HttpRequest {
            method: "POST".to_owned(),
            url: url.into(),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.to_string().into_bytes(),
        }
    }

    /// With one header more.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> HttpRequest {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

impl HttpHead {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl<E> Call<'_, E> {
    /// Send a request; returns when the head of the answer is there.
    ///
    /// # Errors
    ///
    /// `Forbidden` if the manifest does not grant the origin, `Unavailable` if it cannot be reached.
    pub fn http(&self, request: &HttpRequest) -> Result<HttpResponse, Error> {
        let call = OutgoingCall::start(self, raw::ID, raw::REQUEST, request)?;
        loop {
            match call.next::<HttpEvent>()? {
                Some(HttpEvent::Head(head)) => return Ok(HttpResponse { head, call }),
                Some(HttpEvent::Body(_)) => {}
                None => return Err(Error::internal("the host finished a request without an answer")),
            }
        }
    }
}

/// An answer whose body is still coming. Dropping it gives up the rest.
pub struct HttpResponse {
    /// Status and headers.
    pub head: HttpHead,
    call: OutgoingCall,
}

impl HttpResponse {
    /// The next piece of the body as it comes from the network; `None` at its end.
    ///
    /// # Errors
    ///
    /// `Unavailable` if the answer breaks off, `Cancelled`, `Deadline`.
    pub fn next_piece(&self) -> Result<Option<Vec<u8>>, Error> {
        loop {
            match self.call.next::<HttpEvent>()? {
                Some(HttpEvent::Body(body)) => return Ok(Some(body.data)),
                Some(HttpEvent::Head(_)) => {}
                None => return Ok(None),
            }
        }
    }

    /// The whole body.
    ///
    /// # Errors
    ///
    /// `Exhausted` if it is longer than `limit` bytes; else as `next_piece`.
    pub fn body(&self, limit: usize) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        while let Some(piece) = self.next_piece()? {
            body.extend_from_slice(&piece);
            if body.len() > limit {
                return Err(Error::new(Code::Exhausted, format!("the answer is longer than {} bytes", limit)));
            }
        }
        Ok(body)
    }

    /// The whole body as text; what is not UTF-8 is replaced.
    ///
    /// # Errors
    ///
    /// As `body`.
    pub fn text(&self, limit: usize) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.body(limit)?).into_owned())
    }
}
