//! What a status of HTTP means in the terms of the ABI.

use crate::error::{Code, Error};
use crate::json::Json;
use crate::services::{HttpHead, HttpResponse};
use std::time::Duration;

/// Characters of the server's own words that an error keeps.
const DETAIL_BOUND: usize = 500;
/// Bytes of an error's body that are read.
const BODY_BOUND: usize = 64 * 1024;

/// What a status that is no success means, and whether the same request may succeed later (RFC 9110, RFC 6585).
pub fn error_of_status(head: &HttpHead) -> Error {
    let code = match head.status {
        400 | 413 | 422 => Code::InvalidArgument,
        401 => Code::Unauthenticated,
        402 => Code::Exhausted,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        409 => Code::Conflict,
        429 => Code::RateLimited,
        _ => Code::Unavailable,
    };
    let error = Error::new(code, format!("the server answered {}", head.status));
    if !matches!(head.status, 408 | 429 | 500..=599) {
        return error;
    }
    match head.header("retry-after").and_then(|value| value.trim().parse().ok()) {
        Some(seconds) => error.retryable_after(Duration::from_secs(seconds)),
        None => error.retryable(),
    }
}

/// The same, with what the body says of it: `error.message`, `error` or `message`, or the text itself.
pub fn error_of(response: &HttpResponse) -> Error {
    let mut error = error_of_status(&response.head);
    let body = response.text(BODY_BOUND).unwrap_or_default();
    let words = match Json::parse(&body) {
        Ok(json) => words_of(&json).unwrap_or("").to_owned(),
        Err(_) => body,
    };
    let line: String = words.chars().map(|each| if each.is_control() { ' ' } else { each }).collect();
    let line = line.trim();
    if !line.is_empty() {
        let kept: String = line.chars().take(DETAIL_BOUND).collect();
        let more = if kept.len() < line.len() { "…" } else { "" };
        error.message = format!("{}: {}{}", error.message, kept, more);
    }
    error
}

fn words_of(json: &Json) -> Option<&str> {
    let error = json.get("error");
    let inner = error.and_then(|error| error.get("message").or(Some(error)));
    inner.and_then(Json::as_str).or_else(|| json.get("message").and_then(Json::as_str))
}
