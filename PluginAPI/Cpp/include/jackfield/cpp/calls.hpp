/*
 * A call that the host started, as its handler sees it. Events are emitted by one thread at a time; everything else
 * may be used from any thread while the handler runs. Emitting waits while the reader is slower, and throws Error with
 * Code::cancelled when nobody wants the answer any more: let it pass.
 */
#ifndef JACKFIELD_CPP_CALLS_HPP
#define JACKFIELD_CPP_CALLS_HPP

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "services.hpp"

namespace jackfield {

class Call : public Services {
 public:
  Call(std::shared_ptr<detail::Core> core, std::shared_ptr<detail::Incoming> incoming, ContextView context)
      : Services(std::move(core), std::move(incoming)), context_(context) {}

  /* Nanoseconds of CLOCK_MONOTONIC, or 0 for none. */
  int64_t deadline() const noexcept { return parent()->deadline; }

  /* Nobody wants the answer any more. What waits throws by itself; a handler that computes for long looks here. */
  bool cancelled() const { return core().is_cancelled(*parent()); }

  /* Throws if the call was cancelled or its deadline passed. */
  void check() const { core().check(*parent()); }

  /* Who asks. */
  const ContextView &context() const noexcept { return context_; }

 protected:
  template <class Event>
  void emit(uint32_t number, const Event &event) {
    core().emit(*parent(), number, encode(event));
  }

 private:
  ContextView context_;
};

/* Events of an agent's invocation. */
class AgentCall : public Call {
 public:
  explicit AgentCall(const Call &call) : Call(call) {}

  /* A piece of the answer. */
  void text(std::string text) {
    agent::Text event;
    event.text = std::move(text);
    emit(JACKFIELD_AGENT_EVENT_TEXT, event);
  }
  void finding(const agent::Finding &event) { emit(JACKFIELD_AGENT_EVENT_FINDING, event); }
  void artifact(const agent::Artifact &event) { emit(JACKFIELD_AGENT_EVENT_ARTIFACT, event); }
  void question(const agent::Question &event) { emit(JACKFIELD_AGENT_EVENT_QUESTION, event); }
  void progress(const agent::Progress &event) { emit(JACKFIELD_AGENT_EVENT_PROGRESS, event); }
};

/* Events of a completion. */
class CompletionCall : public Call {
 public:
  explicit CompletionCall(const Call &call) : Call(call) {}

  void text(const llm::Text &event) { emit(JACKFIELD_LLM_EVENT_TEXT, event); }
  void tool_call(const llm::ToolCall &event) { emit(JACKFIELD_LLM_EVENT_TOOL_CALL, event); }
  void stop(const llm::Stop &event) { emit(JACKFIELD_LLM_EVENT_STOP, event); }
  void usage(const llm::Usage &event) { emit(JACKFIELD_LLM_EVENT_USAGE, event); }
  void logprobs(const llm::Logprobs &event) { emit(JACKFIELD_LLM_EVENT_LOGPROBS, event); }
  void extra(const llm::Extra &event) { emit(JACKFIELD_LLM_EVENT_EXTRA, event); }
};

/* Events of a tool's call. */
class ToolCall : public Call {
 public:
  explicit ToolCall(const Call &call) : Call(call) {}

  void progress(const tool::Progress &event) { emit(JACKFIELD_TOOL_EVENT_PROGRESS, event); }
};

}  // namespace jackfield

#endif
