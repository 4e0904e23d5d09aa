/* What the host hears of its calls, and in which way that may be wrong. */
#include <stdio.h>

#include "plugin.h"

static int32_t emit(plugin *self, jackfield_call call, uint32_t number, jackfield_view payload) {
  return self->host->emit(self->host->instance, call, number, payload);
}

int32_t say(work *w, const event *e) {
  plugin *self = w->self;
  jackfield_view payload = {e->payload.bytes, e->payload.size};
  if (FAULT(emits_rubbish) && w->taken == 1) emit(self, w->call, e->number, (jackfield_view){NULL, 0});
  if (FAULT(emits_unknown_events) && w->taken == 1) emit(self, w->call, 77, payload);
  if (FAULT(names_other_calls) && w->taken == 1) emit(self, w->call ^ 1ull << 63, e->number, payload);
  if (FAULT(speaks_twice_at_once) && w->is_doubled && w->taken == 0) speak_twice(w);
  if (FAULT(holds_a_lock)) pthread_mutex_lock(&self->held_while_speaking);
  int32_t status = emit(self, w->call, e->number, payload);
  if (FAULT(holds_a_lock)) pthread_mutex_unlock(&self->held_while_speaking);
  return status;
}

/* Before the host hears of it the call is forgotten, so that a cancel that crosses this is answered "stale". */
void answer(work *w, int is_cancelled) {
  plugin *self = w->self;
  jackfield_end end;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  if (is_cancelled) {
    end.code = JACKFIELD_CANCELLED;
    plan_error(w, end.code, FAULT(gives_no_reason) ? "" : "the call was cancelled");
  }
  end.code = w->code;
  end.retry = w->retry;
  end.retry_after = w->retry_after;
  end.message.data = w->message;
  end.message.size = strlen(w->message);
  if (w->code == JACKFIELD_OK && !(FAULT(returns_rubbish) && w->count > 0)) {
    end.result.data = w->result.bytes;
    end.result.size = w->result.size;
  }
  if (FAULT(keeps_request) && w->lent != NULL) (void)*w->lent;
  if (FAULT(keeps_setup) && self->config != NULL) (void)*self->config;
  if (FAULT(keeps_side)) (void)self->side->size;
  if (FAULT(prints)) {
    puts("answered");
    fflush(stdout);
  }
  self->host->finish(self->host->instance, w->call, &end);
  if (FAULT(finishes_twice) && !is_cancelled && w->count > 0 && w->deadline != 0)
    self->host->finish(self->host->instance, w->call, &end);
  if (FAULT(speaks_after_finish) && !is_cancelled && w->count > 0)
    emit(self, w->call, w->events[0].number, (jackfield_view){w->events[0].payload.bytes, w->events[0].payload.size});
  if (FAULT(keeps_answers) && !is_cancelled) {
    pthread_mutex_lock(&self->lock);
    event *kept = realloc(self->kept, (self->kept_count + 1) * sizeof *kept);
    if (kept != NULL) {
      self->kept = kept;
      kept[self->kept_count].payload = w->result;
      self->kept_count++;
      memset(&w->result, 0, sizeof w->result);
    }
    pthread_mutex_unlock(&self->lock);
  }
  forget(w);
}

void plan_event(work *w, uint32_t number, jackfield_builder *b, const void *head, uint32_t size) {
  jackfield_view payload = jackfield_built_sized(b, head, size);
  if (payload.data == NULL || w->count == EVENTS) {
    jackfield_build_free(b);
    plan_error(w, JACKFIELD_EXHAUSTED, "there is no room for an event");
    return;
  }
  w->events[w->count].number = number;
  w->events[w->count].payload = *b;
  w->count++;
}

void plan_result(work *w, jackfield_builder *b, const void *head, uint32_t size) {
  jackfield_view payload = jackfield_built_sized(b, head, size);
  if (payload.data == NULL) {
    jackfield_build_free(b);
    plan_error(w, JACKFIELD_EXHAUSTED, "there is no memory for the result");
    return;
  }
  w->result = *b;
}

void plan_error(work *w, int32_t code, const char *message) {
  w->code = code;
  snprintf(w->message, sizeof w->message, "%s", message);
}

uint64_t digest(uint64_t seed, jackfield_view text) {
  uint64_t value = seed ^ 0xcbf29ce484222325ull;
  for (uint64_t i = 0; i < text.size; i++) value = (value ^ ((const uint8_t *)text.data)[i]) * 0x100000001b3ull;
  return (value ^ 0xff) * 0x100000001b3ull;
}

int is_known(plugin *self, uint64_t what) {
  int known = 0;
  pthread_mutex_lock(&self->lock);
  for (unsigned i = 0; i < self->told_count && i < TOLD; i++) known |= self->told[i] == what;
  if (!known) self->told[self->told_count++ % TOLD] = what;
  pthread_mutex_unlock(&self->lock);
  return known;
}
