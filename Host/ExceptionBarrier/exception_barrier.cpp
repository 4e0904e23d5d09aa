#include "exception_barrier.h"

namespace {

template <typename Call>
int32_t guarded(Call call) noexcept {
  try {
    return call();
  } catch (...) {
    return BARRIER_THREW;
  }
}

}  // namespace

int32_t barrier_create(const jackfield_plugin *plugin, const jackfield_setup *setup, jackfield_side *side,
                       jackfield_failure *failure) {
  return guarded([&] { return plugin->create(setup, side, failure); });
}

int32_t barrier_open(const jackfield_plugin *plugin, void *instance, jackfield_failure *failure) {
  return guarded([&] { return plugin->open(instance, failure); });
}

int32_t barrier_drain(const jackfield_plugin *plugin, void *instance, int64_t deadline) {
  return guarded([&] { return plugin->drain(instance, deadline), 0; });
}

int32_t barrier_close(const jackfield_plugin *plugin, void *instance) {
  return guarded([&] { return plugin->close(instance), 0; });
}

int32_t barrier_destroy(const jackfield_plugin *plugin, void *instance) {
  return guarded([&] { return plugin->destroy(instance), 0; });
}

int32_t barrier_start(const jackfield_side *side, const jackfield_start *start) {
  return guarded([&] { return side->start(side->instance, start); });
}

int32_t barrier_emit(const jackfield_side *side, jackfield_call call, uint32_t event, jackfield_view payload) {
  return guarded([&] { return side->emit(side->instance, call, event, payload); });
}

int32_t barrier_finish(const jackfield_side *side, jackfield_call call, const jackfield_end *end) {
  return guarded([&] { return side->finish(side->instance, call, end); });
}

int32_t barrier_cancel(const jackfield_side *side, jackfield_call call) {
  return guarded([&] { return side->cancel(side->instance, call); });
}

int32_t barrier_resume(const jackfield_side *side, jackfield_call call) {
  return guarded([&] { return side->resume(side->instance, call); });
}
