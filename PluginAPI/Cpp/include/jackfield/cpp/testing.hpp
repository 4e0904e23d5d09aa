/*
 * A host for unit tests: it makes an instance of the plugin that is linked into the test, answers its services from
 * what the test has set, and keeps what the plugin said. Nothing here opens a socket or sleeps. Not part of the frozen
 * ABI.
 *
 *   jackfield::testing::Host host(jackfield_plugin_v1(), R"({"warn_after_days": 2})");
 *   auto run = host.call(JACKFIELD_AGENT_INVOKE, request);
 *   JACKFIELD_EXPECT(run.code == JACKFIELD_OK);
 */
#ifndef JACKFIELD_CPP_TESTING_HPP
#define JACKFIELD_CPP_TESTING_HPP

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <jackfield/jackfield.hpp>

namespace jackfield::testing {

/* How a call of the test went. */
struct Run {
  struct Event {
    uint32_t number = 0;
    Payload payload;
  };
  int32_t code = -1;
  bool retry = false;
  std::string message;
  std::vector<Event> events;
  Payload payload;

  template <class Result>
  Result result() const {
    return decode<Result>(view_of(payload));
  }
  /* The events of one number, in order. */
  template <class Value>
  std::vector<Value> events_of(uint32_t number) const {
    std::vector<Value> values;
    for (const Event &event : events)
      if (event.number == number) values.push_back(decode<Value>(view_of(event.payload)));
    return values;
  }
};

/* What the http service answers to one method and one address. */
struct Answer {
  std::string method;
  std::string url; /* a "*" at the end stands for whatever follows */
  uint32_t status = 200;
  std::vector<Pair> headers;
  std::vector<std::string> chunks; /* the body, as it comes from the network */
};

class Host {
 public:
  /* Throws Error with the plugin's sentence where `create` or `open` fails. */
  explicit Host(const jackfield_plugin *plugin, const std::string &config = "{}") : plugin_(plugin) {
    side_.size = sizeof side_;
    side_.instance = this;
    side_.start = on_start;
    side_.emit = on_emit;
    side_.finish = on_finish;
    side_.cancel = on_cancel;
    side_.resume = on_resume;
    std::vector<uint32_t> services(plugin->service_count, 1);
    jackfield_setup setup = {};
    setup.size = sizeof setup;
    setup.service_count = plugin->service_count;
    setup.host = &side_;
    setup.services = services.data();
    setup.instance_id = view_of(std::string_view("test"));
    setup.config = view_of(std::string_view(config));
    setup.abi_revision = JACKFIELD_ABI_REVISION;
    jackfield_failure failure = {};
    failure.size = sizeof failure;
    /* More room than this header knows: the plugin may have been built with a later one. */
    alignas(8) unsigned char room[JACKFIELD_SIDE_ROOM] = {};
    auto *side = reinterpret_cast<jackfield_side *>(room);
    side->size = JACKFIELD_SIDE_ROOM;
    int32_t status = plugin->create(&setup, side, &failure);
    instance_ = *side;
    if (status != JACKFIELD_OK) throw Error(code_of(status), failure.message);
    status = plugin->open(instance_.instance, &failure);
    if (status != JACKFIELD_OK) {
      plugin->destroy(instance_.instance);
      throw Error(code_of(status), failure.message);
    }
  }
  Host(const Host &) = delete;
  Host &operator=(const Host &) = delete;
  ~Host() {
    plugin_->drain(instance_.instance, 0);
    plugin_->close(instance_.instance);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
      changed_.notify_all();
    }
    for (std::thread &thread : threads_) thread.join();
    plugin_->destroy(instance_.instance);
  }

  void http(Answer answer) { answers_.push_back(std::move(answer)); }
  void secret(std::string name, std::string value) { secrets_[std::move(name)] = std::move(value); }
  void tool(std::string name, std::string content) { tools_[std::move(name)] = std::move(content); }
  /* What every language model says. */
  void model(std::string text) { model_ = std::move(text); }
  /* Take no event at once: each is refused first and asked for again by another thread. */
  void be_slow() { slow_ = true; }
  /* Answer "no longer wanted" to every event after this many. */
  void cancel_after(size_t events) { cancel_after_ = events; }

  /* What the plugin asked of the http service, and what it wrote to the log. */
  std::vector<http::Request> requests() {
    std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
  }
  std::vector<LogLine> lines() {
    std::lock_guard<std::mutex> lock(mutex_);
    return lines_;
  }

  /* Make a call and wait for its end. */
  template <class Request>
  Run call(uint32_t method, const Request &request) {
    return call(method, encode(request));
  }
  Run call(uint32_t method, const Payload &request) {
    Payload context = encode(Context());
    jackfield_start start = {};
    start.size = sizeof start;
    start.method = method;
    start.context = view_of(context);
    start.request = view_of(request);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      run_ = Run();
      finished_ = false;
      refused_ = false;
      start.call = current_ = ++last_;
      contract_ = detail::method_of(detail::contract_of(plugin_->roles[0]->id), method);
    }
    int32_t status = instance_.start(instance_.instance, &start);
    std::unique_lock<std::mutex> lock(mutex_);
    if (status != JACKFIELD_OK) {
      run_.code = status;
      finished_ = true;
    }
    changed_.wait(lock, [this] { return finished_; });
    current_ = 0;
    return run_;
  }

 private:
  static Host &of(void *pointer) noexcept { return *static_cast<Host *>(pointer); }

  static bool matches(const std::string &pattern, const std::string &text) {
    if (!pattern.empty() && pattern.back() == '*')
      return text.compare(0, pattern.size() - 1, pattern, 0, pattern.size() - 1) == 0;
    return pattern == text;
  }

  /* ---- What the plugin says about the test's call ---- */

  static int32_t on_emit(void *pointer, jackfield_call call, uint32_t number, jackfield_view payload) noexcept {
    Host &self = of(pointer);
    std::lock_guard<std::mutex> lock(self.mutex_);
    if (call != self.current_ || self.finished_) return JACKFIELD_STALE;
    const jackfield_layout *layout = nullptr;
    for (uint32_t i = 0; self.contract_ != nullptr && i < self.contract_->event_count; i++)
      if (self.contract_->events[i].event == number) layout = self.contract_->events[i].payload;
    if (layout == nullptr) return JACKFIELD_OK;
    if (!detail::is_well_formed(layout, payload)) return JACKFIELD_INVALID_ARGUMENT;
    if (self.run_.events.size() >= self.cancel_after_) return JACKFIELD_CANCELLED;
    if (self.slow_ && !self.refused_) {
      self.refused_ = true;
      self.threads_.emplace_back([&self, call] { self.instance_.resume(self.instance_.instance, call); });
      return JACKFIELD_WOULD_BLOCK;
    }
    self.refused_ = false;
    const auto *bytes = static_cast<const uint8_t *>(payload.data);
    self.run_.events.push_back(Run::Event{number, Payload(bytes, bytes + payload.size)});
    return JACKFIELD_OK;
  }

  static int32_t on_finish(void *pointer, jackfield_call call, const jackfield_end *end) noexcept {
    Host &self = of(pointer);
    std::lock_guard<std::mutex> lock(self.mutex_);
    if (call != self.current_ || self.finished_) return JACKFIELD_STALE;
    self.run_.code = end->code;
    self.run_.retry = end->retry != 0;
    self.run_.message = std::string(text_of(end->message));
    if (end->code == JACKFIELD_OK) {
      const auto *bytes = static_cast<const uint8_t *>(end->result.data);
      if (self.contract_ == nullptr || !detail::is_well_formed(self.contract_->result, end->result)) {
        self.run_.code = JACKFIELD_INTERNAL;
        self.run_.message = "the plugin's result is malformed";
      } else {
        self.run_.payload.assign(bytes, bytes + end->result.size);
      }
    }
    self.finished_ = true;
    self.changed_.notify_all();
    return JACKFIELD_OK;
  }

  /* ---- The services ---- */

  static int32_t on_start(void *pointer, const jackfield_start *start) noexcept {
    Host &self = of(pointer);
    if (start->interface >= self.plugin_->service_count) return JACKFIELD_UNSUPPORTED;
    const char *service = self.plugin_->services[start->interface]->id;
    const jackfield_method_contract *contract = detail::method_of(detail::contract_of(service), start->method);
    if (contract == nullptr) return JACKFIELD_UNSUPPORTED;
    if (!detail::is_well_formed(contract->request, start->request)) return JACKFIELD_INVALID_ARGUMENT;
    const auto *bytes = static_cast<const uint8_t *>(start->request.data);
    Payload request(bytes, bytes + start->request.size);
    std::lock_guard<std::mutex> lock(self.mutex_);
    self.threads_.emplace_back([&self, service = std::string(service), method = start->method, call = start->call,
                                request = std::move(request)] { self.serve(service, method, call, request); });
    return JACKFIELD_OK;
  }

  void serve(const std::string &service, uint32_t method, jackfield_call call, const Payload &request) {
    jackfield_view view = view_of(request);
    if (service == JACKFIELD_HTTP) return serve_http(call, decode<http::Request>(view));
    if (service == JACKFIELD_LLM && method == JACKFIELD_LLM_COMPLETE) return serve_model(call);
    if (service == JACKFIELD_SECRETS) {
      auto found = secrets_.find(decode<SecretRequest>(view).name);
      if (found == secrets_.end()) return end(call, JACKFIELD_FORBIDDEN, "the secret was not granted");
      SecretValue value;
      value.value = found->second;
      return end(call, encode(value));
    }
    if (service == JACKFIELD_TOOLS && method == JACKFIELD_TOOLS_CALL) {
      auto found = tools_.find(decode<tools::Use>(view).name);
      if (found == tools_.end()) return end(call, JACKFIELD_NOT_FOUND, "there is no such tool");
      tool::Result result;
      result.content = found->second;
      return end(call, encode(result));
    }
    if (service == JACKFIELD_LOG) {
      std::lock_guard<std::mutex> lock(mutex_);
      lines_.push_back(decode<LogLine>(view));
    }
    if (service == JACKFIELD_LOG || service == JACKFIELD_METRICS || service == JACKFIELD_TIMER)
      return end(call, encode(Empty()));
    end(call, JACKFIELD_UNAVAILABLE, "the test has set no answer");
  }

  void serve_http(jackfield_call call, const http::Request &request) {
    const Answer *answer = nullptr;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      requests_.push_back(request);
    }
    for (const Answer &candidate : answers_)
      if (answer == nullptr && candidate.method == request.method && matches(candidate.url, request.url))
        answer = &candidate;
    if (answer == nullptr) return end(call, JACKFIELD_UNAVAILABLE, "the test has set no answer");
    http::Head head;
    head.status = answer->status;
    head.headers = answer->headers;
    if (!send(call, JACKFIELD_HTTP_EVENT_HEAD, encode(head))) return end(call, JACKFIELD_CANCELLED, "cancelled");
    for (const std::string &chunk : answer->chunks) {
      http::Body body;
      body.data = chunk;
      if (!send(call, JACKFIELD_HTTP_EVENT_BODY, encode(body))) return end(call, JACKFIELD_CANCELLED, "cancelled");
    }
    end(call, encode(Empty()));
  }

  void serve_model(jackfield_call call) {
    llm::Text text;
    text.text = model_;
    llm::Stop stop;
    stop.reason = "stop";
    if (!send(call, JACKFIELD_LLM_EVENT_TEXT, encode(text)) || !send(call, JACKFIELD_LLM_EVENT_STOP, encode(stop)))
      return end(call, JACKFIELD_CANCELLED, "cancelled");
    end(call, encode(llm::CompletionResult()));
  }

  /* Deliver an event to the plugin; waits where it asks for that. */
  bool send(jackfield_call call, uint32_t number, const Payload &payload) {
    for (;;) {
      uint64_t before;
      {
        std::lock_guard<std::mutex> lock(mutex_);
        before = resumed_;
      }
      int32_t status = instance_.emit(instance_.instance, call, number, view_of(payload));
      if (status != JACKFIELD_WOULD_BLOCK) return status == JACKFIELD_OK;
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [&] { return closed_ || resumed_ != before; });
      if (closed_) return false;
    }
  }

  void end(jackfield_call call, const Payload &result) {
    jackfield_end end = {};
    end.size = sizeof end;
    end.result = view_of(result);
    instance_.finish(instance_.instance, call, &end);
  }

  void end(jackfield_call call, int32_t code, std::string_view message) {
    jackfield_end end = {};
    end.size = sizeof end;
    end.code = code;
    end.message = view_of(message);
    instance_.finish(instance_.instance, call, &end);
  }

  static int32_t on_cancel(void *pointer, jackfield_call) noexcept { return on_resume(pointer, 0); }

  static int32_t on_resume(void *pointer, jackfield_call) noexcept {
    Host &self = of(pointer);
    std::lock_guard<std::mutex> lock(self.mutex_);
    self.resumed_++;
    self.changed_.notify_all();
    return JACKFIELD_OK;
  }

  const jackfield_plugin *plugin_;
  jackfield_side side_ = {};
  jackfield_side instance_ = {};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::thread> threads_;
  jackfield_call last_ = 0, current_ = 0;
  const jackfield_method_contract *contract_ = nullptr;
  Run run_;
  bool finished_ = false, refused_ = false, closed_ = false, slow_ = false;
  size_t cancel_after_ = static_cast<size_t>(-1);
  uint64_t resumed_ = 0;
  std::vector<http::Request> requests_;
  std::vector<LogLine> lines_;
  std::vector<Answer> answers_;
  std::map<std::string, std::string> secrets_, tools_;
  std::string model_ = "yes";
};

/* How many expectations were not met in this program. */
inline int &failures() noexcept {
  static int count = 0;
  return count;
}

inline void expect(bool condition, const char *what, const char *file, int line) {
  if (condition) return;
  failures()++;
  std::fprintf(stderr, "%s:%d: expected %s\n", file, line, what);
}

}  // namespace jackfield::testing

#define JACKFIELD_EXPECT(condition) ::jackfield::testing::expect((condition), #condition, __FILE__, __LINE__)

#endif
