/*
 * The services of the host, as a handler uses them. Waiting methods need JACKFIELD_PLUGIN(..., workers(n)); `log` and
 * `metric` never wait, and work everywhere. Each method throws Error when the host says no, and when the call on whose
 * behalf it runs was cancelled or is late.
 */
#ifndef JACKFIELD_CPP_SERVICES_HPP
#define JACKFIELD_CPP_SERVICES_HPP

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent_types.hpp"
#include "core.hpp"
#include "llm_types.hpp"
#include "service_types.hpp"
#include "tool_types.hpp"

namespace jackfield {

/* A call of a service that is under way. Its end of life cancels it, unless it has ended. One thread at a time. */
class ServiceCall {
 public:
  ServiceCall(std::shared_ptr<detail::Core> core, std::shared_ptr<detail::Outgoing> call)
      : core_(std::move(core)), call_(std::move(call)) {}
  ServiceCall(ServiceCall &&) = default;
  ServiceCall &operator=(ServiceCall &&) = delete;
  ServiceCall(const ServiceCall &) = delete;
  ServiceCall &operator=(const ServiceCall &) = delete;
  ~ServiceCall() {
    if (core_ && call_) core_->leave(*call_);
  }

  /* The next event with its number; waits. Nothing when the call has ended well. */
  std::optional<std::pair<uint32_t, Payload>> next() {
    std::pair<uint32_t, Payload> event;
    if (core_->next(*call_, event)) return event;
    return std::nullopt;
  }

  /* Leave the events that are still to come, and return the result. */
  template <class Result>
  Result result() {
    while (next()) {
    }
    return decode<Result>(view_of(call_->result));
  }

 private:
  std::shared_ptr<detail::Core> core_;
  std::shared_ptr<detail::Outgoing> call_;
};

/* An answer from the network, piece by piece. */
class HttpStream {
 public:
  explicit HttpStream(ServiceCall call) : call_(std::move(call)) {
    auto event = call_.next();
    if (!event || event->first != JACKFIELD_HTTP_EVENT_HEAD)
      throw Error(Code::internal, "the host sent an answer without its head");
    head_ = decode<http::Head>(view_of(event->second));
  }

  const http::Head &head() const noexcept { return head_; }
  uint32_t status() const noexcept { return head_.status; }

  /* The next piece of the body, as it came from the network; nothing at its end. Waits. */
  std::optional<std::string> next() {
    while (auto event = call_.next())
      if (event->first == JACKFIELD_HTTP_EVENT_BODY) return decode<http::Body>(view_of(event->second)).data;
    return std::nullopt;
  }

  /* The rest of the body. Throws `exhausted` if it has more than `limit` bytes. */
  std::string rest(size_t limit) {
    std::string body;
    while (auto piece = next()) {
      if (body.size() + piece->size() > limit)
        throw Error(Code::exhausted, "the answer has more than " + std::to_string(limit) + " bytes");
      body += *piece;
    }
    return body;
  }

 private:
  ServiceCall call_;
  http::Head head_;
};

/* An answer of a language model, event by event. */
class CompletionStream {
 public:
  explicit CompletionStream(ServiceCall call) : call_(std::move(call)) {}

  std::optional<llm::Event> next() {
    while (auto event = call_.next()) {
      jackfield_view payload = view_of(event->second);
      switch (event->first) {
        case JACKFIELD_LLM_EVENT_TEXT: return llm::Event(decode<llm::Text>(payload));
        case JACKFIELD_LLM_EVENT_TOOL_CALL: return llm::Event(decode<llm::ToolCall>(payload));
        case JACKFIELD_LLM_EVENT_STOP: return llm::Event(decode<llm::Stop>(payload));
        case JACKFIELD_LLM_EVENT_USAGE: return llm::Event(decode<llm::Usage>(payload));
        case JACKFIELD_LLM_EVENT_LOGPROBS: return llm::Event(decode<llm::Logprobs>(payload));
        case JACKFIELD_LLM_EVENT_EXTRA: return llm::Event(decode<llm::Extra>(payload));
        case JACKFIELD_LLM_EVENT_TOOL_RUN: return llm::Event(decode<llm::ToolRun>(payload));
        default: break;
      }
    }
    return std::nullopt;
  }

  llm::CompletionResult result() { return call_.result<llm::CompletionResult>(); }

 private:
  ServiceCall call_;
};

/* What a model said, whole: the first choice's text, and what it cost. */
struct Completion {
  std::string text;
  std::vector<llm::ToolCall> tool_calls; /* joined */
  std::string stop;
  llm::Usage usage;
  llm::CompletionResult result;
};

class Services {
 public:
  explicit Services(std::shared_ptr<detail::Core> core, std::shared_ptr<detail::Incoming> parent = nullptr)
      : core_(std::move(core)), parent_(std::move(parent)) {}

  /* Is a service there: JACKFIELD_HTTP and so on? */
  bool has(const char *service) const noexcept { return core_->index_of(service) >= 0; }

  /* Any method of any service, for what has no method here. */
  ServiceCall start(const char *service, uint32_t method, const Payload &request) const {
    return ServiceCall(core_, core_->start(service, method, request, parent_, false));
  }

  /* One line in the host's log; lost where the host has none. Never throws. */
  void log(LogLevel level, std::string message, std::vector<Pair> fields = {}) const noexcept {
    LogLine line;
    tell(JACKFIELD_LOG, JACKFIELD_LOG_WRITE, line, [&] {
      line.level = level;
      line.message = std::move(message);
      line.fields = std::move(fields);
    });
  }

  /* Adds to a metric that is exported as plugin.NAME; lost where the host has no such service. Never throws. */
  void metric(MetricKind kind, std::string name, double value, std::string unit = {},
              std::vector<Pair> labels = {}) const noexcept {
    MetricRecord record;
    tell(JACKFIELD_METRICS, JACKFIELD_METRICS_RECORD, record, [&] {
      record.kind = kind;
      record.name = std::move(name);
      record.value = value;
      record.unit = std::move(unit);
      record.labels = std::move(labels);
    });
  }

  /* A secret that the manifest grants. Never write it to a log. */
  std::string secret(std::string name) const {
    SecretRequest request;
    request.name = std::move(name);
    return ask<SecretValue>(JACKFIELD_SECRETS, JACKFIELD_SECRETS_GET, request).value;
  }

  void sleep(std::chrono::nanoseconds delay) const {
    TimerRequest request;
    request.delay = delay.count() > 0 ? delay.count() : 0;
    ask<Empty>(JACKFIELD_TIMER, JACKFIELD_TIMER_AFTER, request);
  }

  /* Send a request; returns when the head of the answer is there. */
  HttpStream http_stream(const http::Request &request) const {
    return HttpStream(start(JACKFIELD_HTTP, JACKFIELD_HTTP_REQUEST, encode(request)));
  }

  /* Send a request and wait for the whole answer, at most `limit` bytes. */
  http::Response http(const http::Request &request, size_t limit = size_t(8) << 20) const {
    HttpStream stream = http_stream(request);
    http::Response response;
    response.body = stream.rest(limit);
    response.head = stream.head();
    return response;
  }

  llm::Models models() const { return ask<llm::Models>(JACKFIELD_LLM, JACKFIELD_LLM_MODELS, llm::ModelsRequest()); }

  CompletionStream complete_stream(const llm::CompletionRequest &request) const {
    return CompletionStream(start(JACKFIELD_LLM, JACKFIELD_LLM_COMPLETE, encode(request)));
  }

  Completion complete(const llm::CompletionRequest &request) const {
    CompletionStream stream = complete_stream(request);
    Completion answer;
    while (auto event = stream.next()) {
      if (auto *text = std::get_if<llm::Text>(&*event)) {
        if (text->kind == llm::TextKind::content && text->choice == 0) answer.text += text->text;
      } else if (auto *piece = std::get_if<llm::ToolCall>(&*event)) {
        if (piece->choice == 0) join(answer.tool_calls, *piece);
      } else if (auto *stop = std::get_if<llm::Stop>(&*event)) {
        if (stop->choice == 0) answer.stop = stop->reason;
      } else if (auto *usage = std::get_if<llm::Usage>(&*event)) {
        answer.usage = *usage;
      }
    }
    answer.result = stream.result();
    return answer;
  }

  llm::Embedding embed(const llm::EmbeddingRequest &request) const {
    return ask<llm::Embedding>(JACKFIELD_LLM, JACKFIELD_LLM_EMBED, request);
  }

  /* The agents that the manifest grants. */
  std::vector<agents::Entry> agents() const {
    return ask<agents::Entries>(JACKFIELD_AGENTS, JACKFIELD_AGENTS_LIST, agents::List()).agents;
  }

  /* Ask another agent. Its events have the numbers of agent.h; `result<agent::Result>()` of what is returned waits. */
  ServiceCall ask_agent(const agents::Request &request) const {
    return start(JACKFIELD_AGENTS, JACKFIELD_AGENTS_INVOKE, encode(request));
  }

  /* The tools that the manifest grants. */
  std::vector<tools::Entry> tools() const {
    return ask<tools::Entries>(JACKFIELD_TOOLS, JACKFIELD_TOOLS_LIST, tools::List()).tools;
  }

  tool::Result use_tool(std::string name, std::string arguments) const {
    tools::Use use;
    use.name = std::move(name);
    use.arguments = std::move(arguments);
    return ask<tool::Result>(JACKFIELD_TOOLS, JACKFIELD_TOOLS_CALL, use);
  }

 protected:
  detail::Core &core() const noexcept { return *core_; }
  const std::shared_ptr<detail::Incoming> &parent() const noexcept { return parent_; }

 private:
  template <class Result, class Request>
  Result ask(const char *service, uint32_t method, const Request &request) const {
    return start(service, method, encode(request)).template result<Result>();
  }

  template <class Request, class Fill>
  void tell(const char *service, uint32_t method, const Request &request, Fill fill) const noexcept {
    try {
      if (!has(service)) return;
      fill();
      core_->start(service, method, encode(request), parent_, true);
    } catch (...) {
      /* What cannot be said is lost: a handler must not fail for it. */
    }
  }

  static void join(std::vector<llm::ToolCall> &calls, const llm::ToolCall &piece) {
    for (llm::ToolCall &call : calls) {
      if (call.index != piece.index) continue;
      if (call.id.empty()) call.id = piece.id;
      if (call.name.empty()) call.name = piece.name;
      call.arguments += piece.arguments;
      return;
    }
    calls.push_back(piece);
  }

  std::shared_ptr<detail::Core> core_;
  std::shared_ptr<detail::Incoming> parent_;
};

}  // namespace jackfield

#endif
