//! Why a call did not go well.

use std::time::Duration;

/// The reasons: a closed list (abi.h).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The one who asked no longer wants the answer.
    Cancelled = 1,
    /// The call's deadline passed.
    Deadline = 2,
    /// The request is wrong, and will be wrong again.
    InvalidArgument = 3,
    /// No identity, or one that was not believed.
    Unauthenticated = 4,
    /// Known, and not allowed; also: a service that was not granted.
    Forbidden = 5,
    /// There is no such thing.
    NotFound = 6,
    /// The thing changed in between, or is already there.
    Conflict = 7,
    /// Too often; `retry_after` says when again.
    RateLimited = 8,
    /// A quota, a budget, memory or a size bound is used up.
    Exhausted = 9,
    /// What is needed cannot be reached now.
    Unavailable = 10,
    /// A policy said no: a validator, a content filter.
    Refused = 11,
    /// A fault of the one who answers.
    Internal = 12,
    /// Not offered in this version, method or combination.
    Unsupported = 13,
}

impl Code {
    /// As in abi.h.
    pub fn number(self) -> i32 {
        self as i32
    }

    /// From a number of abi.h; one that is not in the list is a fault of its sender.
    pub fn from_number(number: i32) -> Code {
        use Code::*;
        let all = [
            Cancelled,
            Deadline,
            InvalidArgument,
            Unauthenticated,
            Forbidden,
            NotFound,
            Conflict,
            RateLimited,
            Exhausted,
            Unavailable,
            Refused,
            Internal,
            Unsupported,
        ];
        all.iter().copied().find(|code| code.number() == number).unwrap_or(Internal)
    }
}

/// Why a call did not go well: what a handler returns, and what the services of the host answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The reason.
    pub code: Code,
    /// One sentence for an operator, without secrets. Only that of [`Code::InvalidArgument`] is shown to clients.
    pub message: String,
    /// The same request may succeed later.
    pub retry: bool,
    /// How long to wait before that, if it is known.
    pub retry_after: Option<Duration>,
}

impl Error {
    /// An error that will come again with the same request.
    pub fn new(code: Code, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), retry: false, retry_after: None }
    }

    /// The request is wrong, and will be wrong again.
    pub fn invalid_argument(message: impl Into<String>) -> Error {
        Error::new(Code::InvalidArgument, message)
    }

    /// There is no such thing.
    pub fn not_found(message: impl Into<String>) -> Error {
        Error::new(Code::NotFound, message)
    }

    /// What is needed cannot be reached now; the same request may succeed later.
    pub fn unavailable(message: impl Into<String>) -> Error {
        Error::new(Code::Unavailable, message).retryable()
    }

    /// Not offered in this version, method or combination.
    pub fn unsupported(message: impl Into<String>) -> Error {
        Error::new(Code::Unsupported, message)
    }

    /// A fault of the plugin.
    pub fn internal(message: impl Into<String>) -> Error {
        Error::new(Code::Internal, message)
    }

    /// The answer is no longer wanted.
    pub(crate) fn cancelled() -> Error {
        Error::new(Code::Cancelled, "the answer is no longer wanted")
    }

    /// The call's deadline passed.
    pub(crate) fn deadline() -> Error {
        Error::new(Code::Deadline, "the deadline of the call has passed")
    }

    /// The same request may succeed later.
    #[must_use]
    pub fn retryable(mut self) -> Error {
        self.retry = true;
        self
    }

    /// The same request may succeed after a while.
    #[must_use]
    pub fn retryable_after(mut self, wait: Duration) -> Error {
        self.retry = true;
        self.retry_after = Some(wait);
        self
    }

    /// The same request would do harm if it came again, such as text that is sent twice.
    #[must_use]
    pub fn final_word(mut self) -> Error {
        self.retry = false;
        self.retry_after = None;
        self
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
