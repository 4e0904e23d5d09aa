/*
 * The export: JACKFIELD_PLUGIN(TYPE, "KIND/NAME", "VERSION", options...) once in a library, without a semicolon.
 *
 *   needs(JACKFIELD_HTTP)   the plugin is not made on a host without this service
 *   uses(JACKFIELD_LOG)     used where the host has it
 *   workers(8)              handlers may wait, at most that many at a time
 *   non_blocking()          handlers return at once; they run on the host's event loop
 *
 * TYPE derives from a role and is made from a `const jackfield::Setup &`. What its constructor throws is why the plugin
 * does not load.
 */
#ifndef JACKFIELD_CPP_PLUGIN_HPP
#define JACKFIELD_CPP_PLUGIN_HPP

#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

#include "json.hpp"
#include "roles.hpp"

namespace jackfield {

/* What an instance is made from. */
struct Setup {
  std::string instance_id; /* the name that the manifest gave it */
  Json config;             /* an object that fits the plugin's schema, defaults filled in */
};

struct Use {
  const char *id;
  uint32_t flags;
};
struct Threads {
  uint32_t workers;
};
constexpr Use needs(const char *service) noexcept { return Use{service, JACKFIELD_REQUIRED}; }
constexpr Use uses(const char *service) noexcept { return Use{service, 0}; }
constexpr Threads workers(uint32_t at_a_time) noexcept { return Threads{at_a_time == 0 ? 1 : at_a_time}; }
constexpr Threads non_blocking() noexcept { return Threads{0}; }

namespace detail {

/* What a handler threw, in the terms of the ABI. To be called inside a catch block. */
inline Error current_error() {
  try {
    throw;
  } catch (const Error &error) {
    return error;
  } catch (const std::bad_alloc &) {
    return Error(Code::exhausted, "the plugin ran out of memory");
  } catch (const std::exception &error) {
    return Error(Code::internal, std::string("the handler failed: ") + error.what());
  } catch (...) {
    return Error(Code::internal, "the handler threw something that is no exception");
  }
}

/* Write a reason into the caller's memory; a character that does not fit is left out whole. */
inline int32_t explain(jackfield_failure *failure, const Error &error) {
  std::string message = as_utf8(error.message());
  size_t length = message.size();
  if (length > sizeof failure->message - 1) {
    length = sizeof failure->message - 1;
    while (length > 0 && (static_cast<unsigned char>(message[length]) & 0xc0u) == 0x80u) length--;
  }
  failure->code = static_cast<int32_t>(error.code() == Code::ok ? Code::internal : error.code());
  std::memcpy(failure->message, message.data(), length);
  failure->message[length] = 0;
  return failure->code;
}

template <class Plugin>
class Instance {
 public:
  static int32_t create(const jackfield_setup *setup, jackfield_side *side, jackfield_failure *failure) noexcept {
    return guarded(failure, [&] {
      if (!fits(setup) || !fits(setup->host))
        throw Error(Code::unsupported, "the host speaks an ABI that this kit cannot read");
      Setup own;
      own.instance_id = std::string(text_of(setup->instance_id));
      try {
        own.config = Json::parse(text_of(setup->config));
      } catch (const JsonError &error) {
        throw Error(Code::invalid_argument, std::string("the configuration is not JSON: ") + error.what());
      }
      if (!own.config.is_object()) throw Error(Code::invalid_argument, "the configuration is not a JSON object");
      auto core = std::make_shared<Core>(*setup, *::jackfield_plugin_v1());
      auto instance = std::make_shared<Instance>(std::move(core), own);
      *side = jackfield_side{};
      side->size = sizeof *side;
      side->instance = new std::shared_ptr<Instance>(std::move(instance));
      side->start = start;
      side->emit = emit;
      side->finish = finish;
      side->cancel = cancel;
      side->resume = resume;
    });
  }

  static int32_t open(void *pointer, jackfield_failure *failure) noexcept {
    return guarded(failure, [&] { of(pointer).plugin_.open(Services(of(pointer).core_)); });
  }

  static void drain(void *pointer, int64_t deadline) noexcept { of(pointer).plugin_.drain(deadline); }

  static void close(void *pointer) noexcept {
    Instance &self = of(pointer);
    if (self.core_->closed()) return;
    self.core_->close();
    self.plugin_.close();
  }

  /* A handler that is still inside keeps the instance until it leaves; nothing of it reaches the host any more. */
  static void destroy(void *pointer) noexcept {
    close(pointer);
    delete static_cast<std::shared_ptr<Instance> *>(pointer);
  }

  Instance(std::shared_ptr<Core> core, const Setup &setup) : core_(std::move(core)), plugin_(setup) {}

 private:
  static Instance &of(void *pointer) noexcept { return **static_cast<std::shared_ptr<Instance> *>(pointer); }

  template <class Work>
  static int32_t guarded(jackfield_failure *failure, Work work) noexcept {
    try {
      work();
      return JACKFIELD_OK;
    } catch (...) {
      try {
        return explain(failure, current_error());
      } catch (...) {
        return JACKFIELD_EXHAUSTED;
      }
    }
  }

  static int32_t start(void *pointer, const jackfield_start *start) noexcept {
    try {
      std::shared_ptr<Instance> self = *static_cast<std::shared_ptr<Instance> *>(pointer);
      if (!fits(start)) return JACKFIELD_INVALID_ARGUMENT;
      if (self->core_->closed()) return JACKFIELD_UNAVAILABLE;
      if (start->interface != 0) return JACKFIELD_UNSUPPORTED;
      const jackfield_method_contract *method = method_of(contract_of(Plugin::role), start->method);
      if (method == nullptr) return JACKFIELD_UNSUPPORTED;
      if (start->call == 0 || !is_well_formed(method->request, start->request)) return JACKFIELD_INVALID_ARGUMENT;
      if (start->context.size != 0 && !is_well_formed(&jackfield_context_layout, start->context))
        return JACKFIELD_INVALID_ARGUMENT;
      auto call = std::make_shared<Incoming>();
      call->handle = start->call;
      call->deadline = start->deadline;
      self->core_->add(call);
      self->run(*start, call);
      return JACKFIELD_OK;
    } catch (...) {
      return JACKFIELD_EXHAUSTED; /* no memory to begin with */
    }
  }

  /* Run the handler and finish the call, whatever comes of it. */
  void run(const jackfield_start &start, const std::shared_ptr<Incoming> &call) {
    try {
      core_->check(*call);
      ContextView context;
      if (start.context.size != 0) context = decode<ContextView>(start.context);
      Payload result = plugin_.dispatch(start.method, start.request, Call(core_, call, context));
      core_->remove(*call);
      core_->finish(*call, result);
    } catch (...) {
      /* Nothing leaves from here: the call may have emitted, so that `start` cannot refuse it any more. */
      try {
        Error error = current_error();
        core_->remove(*call);
        core_->finish(*call, error);
      } catch (...) {
        core_->give_up(*call);
      }
    }
  }

  static int32_t emit(void *pointer, jackfield_call call, uint32_t event, jackfield_view payload) noexcept {
    try {
      return of(pointer).core_->receive(call, event, payload);
    } catch (...) {
      return JACKFIELD_CANCELLED; /* no memory to keep it in */
    }
  }

  static int32_t finish(void *pointer, jackfield_call call, const jackfield_end *end) noexcept {
    try {
      return of(pointer).core_->ended(call, *end);
    } catch (...) {
      return JACKFIELD_OK;
    }
  }

  static int32_t cancel(void *pointer, jackfield_call call) noexcept { return of(pointer).core_->cancel(call); }
  static int32_t resume(void *pointer, jackfield_call call) noexcept { return of(pointer).core_->resume(call); }

  std::shared_ptr<Core> core_;
  Plugin plugin_;
};

/* The descriptor, made by the compiler: nothing runs before the host asks for an instance. */
template <class Plugin>
class Entry {
  static_assert(std::is_base_of_v<Role, Plugin>, "a plugin derives from a role: jackfield::Agent and so on");

 public:
  template <class... Options>
  constexpr Entry(const char *id, const char *version, Options... options) noexcept
      : role_{sizeof(jackfield_interface), 1, Plugin::role, 0, 0}, roles_{&role_} {
    static_assert(sizeof...(Options) <= most, "too many options");
    uint32_t threads = Plugin::workers;
    (take(options, threads), ...);
    plugin_.size = sizeof plugin_;
    plugin_.abi_revision = 1; /* the lowest that this kit can live with */
    plugin_.id = id;
    plugin_.version = version;
    plugin_.flags = threads > 0 ? JACKFIELD_MAY_BLOCK : 0;
    plugin_.concurrency = threads;
    plugin_.role_count = 1;
    plugin_.roles = roles_;
    plugin_.services = plugin_.service_count > 0 ? services_ : nullptr;
    plugin_.create = Instance<Plugin>::create;
    plugin_.open = Instance<Plugin>::open;
    plugin_.drain = Instance<Plugin>::drain;
    plugin_.close = Instance<Plugin>::close;
    plugin_.destroy = Instance<Plugin>::destroy;
    plugin_.header_revision = JACKFIELD_ABI_REVISION;
  }
  Entry(const Entry &) = delete;

  constexpr const jackfield_plugin *descriptor() const noexcept { return &plugin_; }

 private:
  static constexpr uint32_t most = 16;

  constexpr void take(Use use, uint32_t &) noexcept {
    uint32_t at = plugin_.service_count++;
    uses_[at] = jackfield_interface{sizeof(jackfield_interface), 1, use.id, use.flags, 0};
    services_[at] = &uses_[at];
  }
  constexpr void take(Threads threads, uint32_t &workers) noexcept { workers = threads.workers; }

  jackfield_interface role_;
  const jackfield_interface *roles_[1];
  jackfield_interface uses_[most] = {};
  const jackfield_interface *services_[most] = {};
  jackfield_plugin plugin_ = {};
};

}  // namespace detail
}  // namespace jackfield

#define JACKFIELD_PLUGIN(TYPE, ...)                                              \
  JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) {           \
    static constexpr ::jackfield::detail::Entry<TYPE> entry{__VA_ARGS__};        \
    return entry.descriptor();                                                   \
  }

#endif
