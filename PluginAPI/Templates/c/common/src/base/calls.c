/* Calls that the host starts. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "instance.h"

static void finish(call *c, int32_t code, int retry, int64_t after, const char *message, jackfield_view result) {
  instance *self = c->self;
  if (c->finished) return;
  c->finished = 1;
  /* First it is forgotten, so that a cancel that crosses this is answered "stale". */
  pthread_mutex_lock(&self->mutex);
  for (call **at = &self->calls; *at != NULL; at = &(*at)->next)
    if (*at == c) {
      *at = c->next;
      break;
    }
  int closed = self->closed;
  pthread_mutex_unlock(&self->mutex);
  if (closed) return;
  jackfield_end end = {0};
  end.size = sizeof end;
  end.code = code;
  end.retry = retry ? 1 : 0;
  end.retry_after = retry && after > 0 ? after : 0;
  end.message.data = message;
  end.message.size = strlen(message);
  end.result = result;
  self->host->finish(self->host->instance, c->name, &end);
}

int32_t call_start(void *pointer, const jackfield_start *start) {
  instance *self = pointer;
  if (!fits(start, sizeof *start) || start->reserved || start->call == 0) return JACKFIELD_INVALID_ARGUMENT;
  if (start->interface != 0) return JACKFIELD_UNSUPPORTED;
  const jackfield_method_contract *method = method_of(plugin_descriptor.roles[0]->id, start->method);
  if (method == NULL) return JACKFIELD_UNSUPPORTED;
  if (!is_well_formed(method->request, start->request) ||
      (start->context.size != 0 && !is_well_formed(&jackfield_context_layout, start->context)))
    return JACKFIELD_INVALID_ARGUMENT;
  call c = {0};
  c.self = self;
  c.name = start->call;
  c.deadline = start->deadline;
  pthread_mutex_lock(&self->mutex);
  int closed = self->closed;
  if (!closed) {
    c.next = self->calls;
    self->calls = &c;
  }
  pthread_mutex_unlock(&self->mutex);
  if (closed) return JACKFIELD_UNAVAILABLE;
  plugin_handle(&c, start->method, start->request);
  call_fail(&c, JACKFIELD_INTERNAL, "the handler ended without an answer");
  return JACKFIELD_OK;
}

/* Run with the mutex held. */
static call *find(instance *self, jackfield_call name) {
  call *c = self->calls;
  while (c != NULL && c->name != name) c = c->next;
  return c;
}

int32_t call_cancel(void *pointer, jackfield_call name) {
  instance *self = pointer;
  pthread_mutex_lock(&self->mutex);
  call *c = find(self, name);
  if (c != NULL) c->cancelled = 1;
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->mutex);
  return c == NULL ? JACKFIELD_STALE : JACKFIELD_OK;
}

int32_t call_resume(void *pointer, jackfield_call name) {
  instance *self = pointer;
  pthread_mutex_lock(&self->mutex);
  call *c = find(self, name);
  if (c != NULL) c->resumed = 1;
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->mutex);
  return c == NULL ? JACKFIELD_STALE : JACKFIELD_OK;
}

void *call_state(const call *c) { return c->self->state; }

int32_t call_emit_sized(call *c, uint32_t event, jackfield_builder *b, const void *head, uint32_t size) {
  instance *self = c->self;
  jackfield_view payload = jackfield_built_sized(b, head, size);
  int32_t code = payload.data == NULL ? JACKFIELD_EXHAUSTED : JACKFIELD_WOULD_BLOCK;
  while (code == JACKFIELD_WOULD_BLOCK) {
    pthread_mutex_lock(&self->mutex);
    c->resumed = 0;
    code = c->cancelled || self->closed ? JACKFIELD_CANCELLED : JACKFIELD_OK;
    pthread_mutex_unlock(&self->mutex);
    if (code == JACKFIELD_OK) code = self->host->emit(self->host->instance, c->name, event, payload);
    if (code != JACKFIELD_WOULD_BLOCK) break;
    int32_t waited = JACKFIELD_OK;
    pthread_mutex_lock(&self->mutex);
    while (!c->resumed && waited == JACKFIELD_OK) waited = wait_for(c);
    pthread_mutex_unlock(&self->mutex);
    if (waited != JACKFIELD_OK) code = waited;
  }
  jackfield_build_free(b);
  if (code == JACKFIELD_INVALID_ARGUMENT) return JACKFIELD_INTERNAL; /* the payload is this plugin's own mistake */
  return code == JACKFIELD_STALE ? JACKFIELD_CANCELLED : code;
}

void call_finish_sized(call *c, jackfield_builder *b, const void *head, uint32_t size) {
  jackfield_view result = jackfield_built_sized(b, head, size);
  if (result.data == NULL)
    call_fail(c, JACKFIELD_EXHAUSTED, "there is no memory for the result");
  else
    finish(c, JACKFIELD_OK, 0, 0, "", result);
  jackfield_build_free(b);
}

/* Text that came from anywhere, as UTF-8. */
static void fail(call *c, int32_t code, int retry, int64_t after, const char *format, va_list arguments) {
  static const jackfield_view nothing = {NULL, 0};
  char message[1024];
  vsnprintf(message, sizeof message, format, arguments);
  if (!jackfield_is_utf8((const uint8_t *)message, strlen(message)))
    for (char *p = message; *p; p++)
      if ((unsigned char)*p >= 0x80) *p = '?';
  finish(c, code, retry, after, message, nothing);
}

void call_fail(call *c, int32_t code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fail(c, code, 0, 0, format, arguments);
  va_end(arguments);
}

void call_fail_retry(call *c, int32_t code, int64_t after, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fail(c, code, 1, after, format, arguments);
  va_end(arguments);
}

void call_end(call *c, int32_t code) {
  if (code == JACKFIELD_CANCELLED)
    call_fail(c, code, "the answer is no longer wanted");
  else if (code == JACKFIELD_DEADLINE)
    call_fail(c, code, "the deadline of the call passed");
  else if (code == JACKFIELD_EXHAUSTED)
    call_fail(c, code, "there is no memory for an event, or no room where it goes");
  else
    call_fail(c, code, "the host refused an event or a call, with %d", (int)code);
}
