/* @ID@: models of a server that speaks OpenAI's chat completions. */
#include <jackfield/jackfield.hpp>

#include "answer.hpp"
#include "request.hpp"
#include "upstream_error.hpp"

namespace {

using jackfield::Code;
using jackfield::Error;
using jackfield::Json;

class @TYPE@ final : public jackfield::LlmProvider {
 public:
  explicit @TYPE@(const jackfield::Setup &setup)
      : base_(setup.config["base_url"].text("http://127.0.0.1:8000/v1")),
        secret_(setup.config["api_key_secret"].text()) {
    while (!base_.empty() && base_.back() == '/') base_.pop_back();
  }

  jackfield::llm::Models models(jackfield::Call &call) override {
    jackfield::HttpStream answer = call.http_stream(request("GET", "/models", {}));
    if (answer.status() < 200 || answer.status() > 299) throw upstream_error(answer);
    Json list;
    try {
      list = Json::parse(answer.rest(size_t(4) << 20));
    } catch (const jackfield::JsonError &error) {
      throw Error(Code::unavailable, std::string("the server's list of models is not JSON: ") + error.what());
    }
    jackfield::llm::Models models;
    for (const Json &entry : list["data"].items()) {
      jackfield::llm::Model model;
      model.id = entry["id"].text();
      model.owner = entry["owned_by"].text();
      model.created = entry["created"].integer();
      if (!model.id.empty()) models.models.push_back(model);
    }
    return models;
  }

  jackfield::llm::CompletionResult complete(const jackfield::llm::CompletionRequestView &question,
                                            jackfield::CompletionCall &call) override {
    jackfield::HttpStream stream = call.http_stream(request("POST", "/chat/completions", request_body(question)));
    if (stream.status() < 200 || stream.status() > 299) throw upstream_error(stream);
    Answer answer(call);
    while (!answer.is_done()) {
      auto piece = stream.next();
      if (!piece) break;
      answer.take(*piece);
    }
    size_t prompt = 0;
    for (const auto &message : question.messages)
      for (const auto &part : message.parts) prompt += part.text.size();
    return answer.finish(prompt);
  }

 private:
  jackfield::http::Request request(const char *method, const char *path, std::string body) const {
    jackfield::http::Request request;
    request.method = method;
    request.url = base_ + path;
    if (!body.empty()) request.headers.push_back({"content-type", "application/json"});
    /* The host puts the secret in: the plugin never has it. */
    if (!secret_.empty()) request.headers.push_back({"authorization", "Bearer ${secret:" + secret_ + "}"});
    request.body = std::move(body);
    return request;
  }

  std::string base_;
  const std::string secret_;
};

}  // namespace

JACKFIELD_PLUGIN(@TYPE@, "@ID@", "0.1.0", jackfield::needs(JACKFIELD_HTTP), jackfield::uses(JACKFIELD_LOG),
                 jackfield::workers(16))
