//! @ID@: a server that speaks OpenAI's chat completions.

use jackfield::llm::{CompletionRequest, CompletionResult, Event, Model};
use jackfield::services::{HttpRequest, HttpResponse};
use jackfield::upstream::{error_of, EventStream};
use jackfield::{Call, Error, Json, LlmProvider, NoEvent, Plugin, Setup};

mod answer;
mod question;
use answer::Answer;

/// Bytes that a list of models may have.
const MODELS_LIMIT: usize = 4 << 20;
/// Bytes that one event of a stream may have.
const EVENT_LIMIT: usize = 4 << 20;

struct ChatServer {
    base_url: String,
    api_key_secret: String,
}

impl Plugin for ChatServer {
    fn create(setup: &Setup) -> Result<Self, Error> {
        let base_url = setup.config.text("base_url", "http://127.0.0.1:8000/v1")?;
        Ok(ChatServer {
            base_url: base_url.trim_end_matches('/').to_owned(),
            api_key_secret: setup.config.text("api_key_secret", "")?,
        })
    }
}

impl LlmProvider for ChatServer {
    fn models(&self, call: &Call<'_, NoEvent>) -> Result<Vec<Model>, Error> {
        let response = self.send(call, HttpRequest::get(self.url("/models")))?;
        let json = Json::parse(&response.text(MODELS_LIMIT)?)
            .map_err(|error| Error::unavailable(format!("the server's list of models is not JSON: {}", error)))?;
        let models = json
            .get("data")
            .and_then(Json::values)
            .ok_or_else(|| Error::unavailable("the server's list of models has no \"data\""))?;
        Ok(models.iter().filter_map(model).collect())
    }

    fn complete(&self, request: CompletionRequest, call: &Call<'_, Event>) -> Result<CompletionResult, Error> {
        let question = HttpRequest::post_json(self.url("/chat/completions"), &question::body(&request)?);
        let response = self.send(call, question)?;
        let mut stream = EventStream::new(EVENT_LIMIT);
        let mut answer = Answer::new(request.text_bytes(), request.options.choices.unwrap_or(1).max(1));
        while let Some(piece) = response.next_piece()? {
            for event in stream.push(&piece)? {
                answer.take(&event, call)?;
            }
        }
        answer.end(call)
    }
}

impl ChatServer {
    fn url(&self, path: &str) -> String {
        format!("{}{}", self.base_url, path)
    }

    /// Send a request with the key, and return an answer that is a success.
    fn send<E>(&self, call: &Call<'_, E>, mut request: HttpRequest) -> Result<HttpResponse, Error> {
        if !self.api_key_secret.is_empty() {
            // The host puts the secret in its place: it never comes here.
            request = request.header("authorization", format!("Bearer ${{secret:{}}}", self.api_key_secret));
        }
        let response = call.http(&request)?;
        if response.head.is_success() {
            Ok(response)
        } else {
            Err(error_of(&response))
        }
    }
}

fn model(json: &Json) -> Option<Model> {
    Some(Model {
        id: json.get("id")?.as_str()?.to_owned(),
        owner: json.get("owned_by").and_then(Json::as_str).unwrap_or("").to_owned(),
        created: json.get("created").and_then(Json::as_i64).unwrap_or(0),
        flags: 0,
    })
}

jackfield::plugin! { id: "@ID@", llm: ChatServer, threads: workers(16), services: [required http, optional log] }

#[cfg(test)]
mod tests;
