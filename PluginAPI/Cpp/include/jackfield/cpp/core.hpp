/*
 * What stands behind an instance: the calls in both directions, and the one gate to the host. Plugins do not use this
 * directly; see roles.hpp and services.hpp.
 *
 * Locks: `mutex` guards every call's state. It is never held while a function of the host runs, so the host may call
 * back from inside one. [any-thread] unless said otherwise.
 */
#ifndef JACKFIELD_CPP_CORE_HPP
#define JACKFIELD_CPP_CORE_HPP

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <jackfield/layouts.h>

#include "error.hpp"
#include "payload.hpp"

namespace jackfield::detail {

/* Nanoseconds of CLOCK_MONOTONIC. */
inline int64_t now() noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

inline std::chrono::steady_clock::time_point time_of(int64_t monotonic) noexcept {
  return std::chrono::steady_clock::time_point(
      std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::nanoseconds(monotonic)));
}

/* The rule of growth in abi.h: not smaller than it ever was, zero where it is larger than known here, reserved is
   zero. */
template <class Struct>
bool fits(const Struct *given) noexcept {
  if (given->size < sizeof(Struct) || given->reserved != 0) return false;
  const auto *bytes = reinterpret_cast<const unsigned char *>(given);
  for (size_t i = sizeof(Struct); i < given->size; i++)
    if (bytes[i] != 0) return false;
  return true;
}

inline const jackfield_contract *contract_of(const char *id) noexcept {
  for (const jackfield_contract &contract : jackfield_contracts)
    if (contract.revision == 1 && std::strcmp(contract.id, id) == 0) return &contract;
  return nullptr;
}

inline const jackfield_method_contract *method_of(const jackfield_contract *contract, uint32_t method) noexcept {
  for (uint32_t i = 0; contract != nullptr && i < contract->method_count; i++)
    if (contract->methods[i].method == method) return &contract->methods[i];
  return nullptr;
}

inline bool is_well_formed(const jackfield_layout *layout, jackfield_view payload) noexcept {
  return jackfield_check(layout, payload).kind == JACKFIELD_FAULT_NONE;
}

/* A text that may come from anywhere, as UTF-8: what is not is replaced by question marks. */
inline std::string as_utf8(std::string text) {
  if (!text.empty() && !jackfield_is_utf8(reinterpret_cast<const uint8_t *>(text.data()), text.size()))
    for (char &c : text)
      if (static_cast<unsigned char>(c) >= 0x80u) c = '?';
  return text;
}

/* A call that the host started. Everything but the first two is guarded by Core::mutex. */
struct Incoming {
  jackfield_call handle = 0;
  int64_t deadline = 0;
  bool cancelled = false;
  bool resumed = false;
  std::condition_variable changed;
};

/* A call that the plugin started. Everything but the first three is guarded by Core::mutex. */
struct Outgoing {
  jackfield_call handle = 0;
  const jackfield_method_contract *contract = nullptr;
  std::shared_ptr<Incoming> parent;
  bool unwanted = false; /* nobody reads it any more; it lives until the host finished it */
  bool held_back = false;
  bool ended = false;
  size_t waiting = 0;
  std::deque<std::pair<uint32_t, Payload>> events;
  std::unique_ptr<Error> error;
  Payload result;
  std::condition_variable changed;
};

/* Bytes that may wait to be read in one call before its sender is told to wait. */
constexpr size_t mailbox_bound = 256 * 1024;
/* What an event costs beside its payload, so that empty ones are bounded too. */
constexpr size_t event_cost = 64;

class Core {
 public:
  Core(const jackfield_setup &setup, const jackfield_plugin &plugin)
      : host_(setup.host), plugin_(&plugin), granted_(plugin.service_count, 0) {
    for (uint32_t i = 0; i < plugin.service_count && i < setup.service_count && setup.services != nullptr; i++)
      granted_[i] = setup.services[i];
  }

  bool may_block() const noexcept { return (plugin_->flags & JACKFIELD_MAY_BLOCK) != 0; }

  /* Where a service stands in the descriptor; -1 if it was not declared or the host does not give it. */
  int index_of(const char *service) const noexcept {
    for (uint32_t i = 0; i < plugin_->service_count; i++)
      if (granted_[i] > 0 && std::strcmp(plugin_->services[i]->id, service) == 0) return static_cast<int>(i);
    return -1;
  }

  /* ---- The gate: after `close` nothing goes to the host any more ---- */

  template <class Function>
  int32_t at_host(Function function) {
    inside_.fetch_add(1);
    int32_t status = JACKFIELD_STALE;
    if (!closed_.load()) status = function(*host_);
    if (inside_.fetch_sub(1) == 1 && closed_.load()) {
      std::lock_guard<std::mutex> lock(mutex);
      outside_.notify_all();
    }
    return status;
  }

  bool closed() const noexcept { return closed_.load(); }

  /* Every call in flight is dead. Returns when no thread is inside a function of the host. [control] */
  void close() {
    std::unique_lock<std::mutex> lock(mutex);
    closed_.store(true);
    for (auto &entry : incoming_) {
      entry.second->cancelled = true;
      entry.second->changed.notify_all();
    }
    for (auto &entry : outgoing_) entry.second->changed.notify_all();
    outgoing_.clear();
    outside_.wait(lock, [this] { return inside_.load() == 0; });
  }

  /* ---- Calls that the host started ---- */

  void add(const std::shared_ptr<Incoming> &call) {
    std::lock_guard<std::mutex> lock(mutex);
    incoming_[call->handle] = call;
  }

  void remove(const Incoming &call) {
    std::lock_guard<std::mutex> lock(mutex);
    incoming_.erase(call.handle);
  }

  int32_t cancel(jackfield_call handle) {
    std::lock_guard<std::mutex> lock(mutex);
    auto found = incoming_.find(handle);
    if (found == incoming_.end()) return JACKFIELD_STALE;
    found->second->cancelled = true;
    found->second->changed.notify_all();
    for (auto &entry : outgoing_)
      if (entry.second->parent == found->second) entry.second->changed.notify_all();
    return JACKFIELD_OK;
  }

  int32_t resume(jackfield_call handle) {
    std::lock_guard<std::mutex> lock(mutex);
    auto found = incoming_.find(handle);
    if (found == incoming_.end()) return JACKFIELD_STALE;
    found->second->resumed = true;
    found->second->changed.notify_all();
    return JACKFIELD_OK;
  }

  bool is_cancelled(const Incoming &call) {
    std::lock_guard<std::mutex> lock(mutex);
    return call.cancelled || closed_.load();
  }

  /* Deliver an event; waits while the reader is slower. Throws when nobody wants it any more. */
  void emit(Incoming &call, uint32_t event, const Payload &payload) {
    for (;;) {
      {
        std::lock_guard<std::mutex> lock(mutex);
        if (call.cancelled) throw unwanted();
        call.resumed = false;
      }
      int32_t status = at_host([&](const jackfield_side &host) {
        return host.emit(host.instance, call.handle, event, view_of(payload));
      });
      if (status == JACKFIELD_OK) return;
      if (status == JACKFIELD_WOULD_BLOCK) {
        wait_for_resume(call);
      } else if (status == JACKFIELD_INVALID_ARGUMENT) {
        throw Error(Code::internal, "the host refused an event of this plugin as malformed");
      } else {
        throw unwanted();
      }
    }
  }

  /* Throws if the one who asked no longer wants the answer, or the time is up. */
  void check(const Incoming &call) {
    if (is_cancelled(call)) throw unwanted();
    if (call.deadline != 0 && now() >= call.deadline) throw late();
  }

  void finish(const Incoming &call, const Payload &result) {
    jackfield_end end = {};
    end.size = sizeof end;
    end.result = view_of(result);
    at_host([&](const jackfield_side &host) { return host.finish(host.instance, call.handle, &end); });
  }

  void finish(const Incoming &call, const Error &error) {
    std::string message = as_utf8(error.message());
    jackfield_end end = {};
    end.size = sizeof end;
    end.code = static_cast<int32_t>(error.code() == Code::ok ? Code::internal : error.code());
    end.retry = error.may_retry() ? 1u : 0u;
    end.retry_after = error.may_retry() ? error.retry_after().count() : 0;
    end.message = view_of(std::string_view(message));
    at_host([&](const jackfield_side &host) { return host.finish(host.instance, call.handle, &end); });
  }

  /* Finish where even the reason could not be made: with no memory of its own. */
  void give_up(const Incoming &call) noexcept {
    static const char reason[] = "the plugin ran out of memory";
    jackfield_end end = {};
    end.size = sizeof end;
    end.code = JACKFIELD_EXHAUSTED;
    end.message = view_of(std::string_view(reason));
    try {
      remove(call);
      at_host([&](const jackfield_side &host) { return host.finish(host.instance, call.handle, &end); });
    } catch (...) {
    }
  }

  /* ---- Calls that the plugin starts ---- */

  /* `unwanted`: nobody will read what comes of it. Throws what the host answers if it does not begin. */
  std::shared_ptr<Outgoing> start(const char *service, uint32_t method, const Payload &request,
                                  const std::shared_ptr<Incoming> &parent, bool is_unwanted) {
    int index = index_of(service);
    if (index < 0)
      throw Error(Code::unsupported,
                  std::string("the service ") + service + "/1 is not declared, or this host does not give it");
    auto call = std::make_shared<Outgoing>();
    call->contract = method_of(contract_of(service), method);
    call->parent = parent;
    call->unwanted = is_unwanted;
    if (call->contract == nullptr) throw Error(Code::internal, std::string("no such method of ") + service + "/1");
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (closed_.load()) throw Error(Code::cancelled, "the plugin was closed");
      call->handle = ++last_;
      outgoing_[call->handle] = call;
    }
    jackfield_start start = {};
    start.size = sizeof start;
    start.interface = static_cast<uint32_t>(index);
    start.method = method;
    start.call = call->handle;
    start.parent = parent ? parent->handle : 0;
    start.request = view_of(request);
    int32_t status = at_host([&](const jackfield_side &host) { return host.start(host.instance, &start); });
    if (status != JACKFIELD_OK) {
      std::lock_guard<std::mutex> lock(mutex);
      outgoing_.erase(call->handle);
      throw Error(status == JACKFIELD_STALE ? Code::cancelled : code_of(status),
                  std::string("the host refused a call of ") + service + "/1");
    }
    return call;
  }

  /* The next event; waits for it. Answers false when the call ended well, and throws when it did not. */
  bool next(Outgoing &call, std::pair<uint32_t, Payload> &event) {
    if (!may_block())
      throw Error(Code::internal, "a plugin without workers(n) in JACKFIELD_PLUGIN cannot wait for a service");
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      if (!call.events.empty()) {
        event = std::move(call.events.front());
        call.events.pop_front();
        call.waiting -= event.second.size() + event_cost;
        bool goes_on = call.held_back && call.waiting <= mailbox_bound / 2;
        if (goes_on) call.held_back = false;
        lock.unlock();
        if (goes_on)
          at_host([&](const jackfield_side &host) { return host.resume(host.instance, call.handle); });
        return true;
      }
      if (call.ended) {
        if (call.error) throw *call.error;
        return false;
      }
      if (closed_.load()) throw Error(Code::cancelled, "the plugin was closed");
      if (call.parent && call.parent->cancelled) throw unwanted();
      if (!call.parent || call.parent->deadline == 0) {
        call.changed.wait(lock);
      } else if (now() >= call.parent->deadline) {
        throw late();
      } else {
        call.changed.wait_until(lock, time_of(call.parent->deadline));
      }
    }
  }

  /* Nobody reads this call any more. If it has not ended, the host is told. */
  void leave(Outgoing &call) {
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (call.ended || call.unwanted || closed_.load()) return;
      call.unwanted = true;
      call.events.clear();
    }
    at_host([&](const jackfield_side &host) { return host.cancel(host.instance, call.handle); });
  }

  /* From the host: an event of a call that the plugin started. [call] */
  int32_t receive(jackfield_call handle, uint32_t number, jackfield_view payload) {
    std::lock_guard<std::mutex> lock(mutex);
    auto found = outgoing_.find(handle);
    if (found == outgoing_.end()) return JACKFIELD_STALE;
    Outgoing &call = *found->second;
    const jackfield_layout *layout = nullptr;
    for (uint32_t i = 0; i < call.contract->event_count; i++)
      if (call.contract->events[i].event == number) layout = call.contract->events[i].payload;
    if (layout == nullptr) return JACKFIELD_OK; /* newer than this kit: left out */
    if (!is_well_formed(layout, payload)) return JACKFIELD_INVALID_ARGUMENT;
    if (call.unwanted) return JACKFIELD_CANCELLED;
    if (call.waiting > mailbox_bound) {
      call.held_back = true;
      return JACKFIELD_WOULD_BLOCK;
    }
    const auto *bytes = static_cast<const uint8_t *>(payload.data);
    call.events.emplace_back(number, Payload(bytes, bytes + payload.size));
    call.waiting += static_cast<size_t>(payload.size) + event_cost;
    call.changed.notify_all();
    return JACKFIELD_OK;
  }

  /* From the host: the end of a call that the plugin started. [call] */
  int32_t ended(jackfield_call handle, const jackfield_end &end) {
    std::lock_guard<std::mutex> lock(mutex);
    auto found = outgoing_.find(handle);
    if (found == outgoing_.end()) return JACKFIELD_STALE;
    std::shared_ptr<Outgoing> call = found->second;
    outgoing_.erase(found);
    call->ended = true;
    if (!fits(&end)) {
      call->error.reset(new Error(Code::internal, "the host sent an end that this kit cannot read"));
    } else if (end.code != JACKFIELD_OK) {
      Error error(code_of(end.code), as_utf8(std::string(text_of(end.message))));
      call->error.reset(new Error(end.retry ? error.retry(std::chrono::nanoseconds(end.retry_after)) : error));
    } else if (!is_well_formed(call->contract->result, end.result)) {
      call->error.reset(new Error(Code::internal, "the host sent a malformed result"));
    } else {
      const auto *bytes = static_cast<const uint8_t *>(end.result.data);
      call->result.assign(bytes, bytes + end.result.size);
    }
    call->changed.notify_all();
    return JACKFIELD_OK;
  }

  std::mutex mutex;

 private:
  static Error unwanted() { return Error(Code::cancelled, "the answer is no longer wanted"); }
  static Error late() { return Error(Code::deadline, "the deadline of the call passed"); }

  void wait_for_resume(Incoming &call) {
    if (!may_block())
      throw Error(Code::exhausted, "the reader is slower, and a plugin without workers(n) cannot wait for it");
    std::unique_lock<std::mutex> lock(mutex);
    while (!call.resumed) {
      if (call.cancelled) throw unwanted();
      if (call.deadline == 0) {
        call.changed.wait(lock);
      } else if (now() >= call.deadline) {
        throw late();
      } else {
        call.changed.wait_until(lock, time_of(call.deadline));
      }
    }
  }

  const jackfield_side *host_;
  const jackfield_plugin *plugin_;
  std::vector<uint32_t> granted_;
  std::atomic<int> inside_{0};
  std::atomic<bool> closed_{false};
  std::condition_variable outside_;
  jackfield_call last_ = 0;
  std::unordered_map<jackfield_call, std::shared_ptr<Incoming>> incoming_;
  std::unordered_map<jackfield_call, std::shared_ptr<Outgoing>> outgoing_;
};

}  // namespace jackfield::detail

#endif
