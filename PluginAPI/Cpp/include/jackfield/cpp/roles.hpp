/*
 * The roles: a plugin derives from one of them. Handlers may run at the same time, on different threads, so what they
 * change needs a lock. `workers` is how many run at a time unless JACKFIELD_PLUGIN says otherwise; with 0 handlers run
 * on the host's event loop: they must return at once and cannot wait.
 */
#ifndef JACKFIELD_CPP_ROLES_HPP
#define JACKFIELD_CPP_ROLES_HPP

#include <cstdint>

#include "calls.hpp"
#include "exporter_types.hpp"
#include "notifier_types.hpp"
#include "validator_types.hpp"

namespace jackfield {

/* What every role has. Each of these is called once at most, never at the same time as another. */
class Role {
 public:
  Role() = default;
  Role(const Role &) = delete;
  Role &operator=(const Role &) = delete;
  virtual ~Role() = default;

  /* Calls may come from now on. The services are those of the instance: calls on behalf of nobody. Five seconds at
     most. */
  virtual void open(const Services &) {}
  /* No new calls will come. `deadline`: nanoseconds of CLOCK_MONOTONIC. */
  virtual void drain(int64_t) noexcept {}
  /* The end: join threads of your own here. The kit has already shut the way to the host. */
  virtual void close() noexcept {}
};

class Agent : public Role {
 public:
  static constexpr const char *role = JACKFIELD_AGENT;
  static constexpr uint32_t workers = 4;

  virtual agent::Description describe() = 0;
  virtual agent::Result invoke(const agent::InvocationView &request, AgentCall &call) = 0;

  Payload dispatch(uint32_t method, jackfield_view request, const Call &call) {
    if (method == JACKFIELD_AGENT_DESCRIBE) return encode(describe());
    AgentCall own(call);
    return encode(invoke(decode<agent::InvocationView>(request), own));
  }
};

class LlmProvider : public Role {
 public:
  static constexpr const char *role = JACKFIELD_LLM;
  static constexpr uint32_t workers = 16;

  virtual llm::Models models(Call &call) = 0;
  virtual llm::CompletionResult complete(const llm::CompletionRequestView &request, CompletionCall &call) = 0;
  virtual llm::Embedding embed(const llm::EmbeddingRequestView &, Call &) {
    throw Error(Code::unsupported, "this provider makes no embeddings");
  }

  Payload dispatch(uint32_t method, jackfield_view request, Call call) {
    if (method == JACKFIELD_LLM_MODELS) return encode(models(call));
    if (method == JACKFIELD_LLM_EMBED) return encode(embed(decode<llm::EmbeddingRequestView>(request), call));
    CompletionCall own(call);
    return encode(complete(decode<llm::CompletionRequestView>(request), own));
  }
};

class Validator : public Role {
 public:
  static constexpr const char *role = JACKFIELD_VALIDATOR;
  static constexpr uint32_t workers = 0;

  virtual validator::Verdict check(const validator::SubjectView &subject, Call &call) = 0;

  Payload dispatch(uint32_t, jackfield_view request, Call call) {
    return encode(check(decode<validator::SubjectView>(request), call));
  }
};

/* A scraped exporter writes `render`, a pushing one `push`. */
class Exporter : public Role {
 public:
  static constexpr const char *role = JACKFIELD_EXPORTER;
  static constexpr uint32_t workers = 0;

  virtual exporter::Rendering render(const exporter::SnapshotView &, Call &) {
    throw Error(Code::unsupported, "this exporter is not scraped");
  }
  virtual void push(const exporter::SnapshotView &, Call &) {
    throw Error(Code::unsupported, "this exporter does not push");
  }

  Payload dispatch(uint32_t method, jackfield_view request, Call call) {
    auto snapshot = decode<exporter::SnapshotView>(request);
    if (method == JACKFIELD_EXPORTER_RENDER) return encode(render(snapshot, call));
    push(snapshot, call);
    return encode(Empty());
  }
};

class Notifier : public Role {
 public:
  static constexpr const char *role = JACKFIELD_NOTIFIER;
  static constexpr uint32_t workers = 4;

  virtual notifier::Receipt notify(const notifier::AlertView &alert, Call &call) = 0;
  virtual notifier::Receipt resolve(const notifier::AlertView &alert, Call &call) = 0;

  Payload dispatch(uint32_t method, jackfield_view request, Call call) {
    auto alert = decode<notifier::AlertView>(request);
    return encode(method == JACKFIELD_NOTIFIER_NOTIFY ? notify(alert, call) : resolve(alert, call));
  }
};

class Tool : public Role {
 public:
  static constexpr const char *role = JACKFIELD_TOOL;
  static constexpr uint32_t workers = 4;

  /* The same for the life of an instance. */
  virtual tool::Entries list() = 0;
  virtual tool::Result use(const tool::UseView &request, ToolCall &call) = 0;

  Payload dispatch(uint32_t method, jackfield_view request, const Call &call) {
    if (method == JACKFIELD_TOOL_LIST) return encode(list());
    ToolCall own(call);
    return encode(use(decode<tool::UseView>(request), own));
  }
};

}  // namespace jackfield

#endif
