/* Calls that the plugin starts on services of the host. */
#include <stdlib.h>

#include "instance.h"

/* Bytes that may wait to be read in one call, before its sender is told to wait. */
#define BOUND (256 * 1024)
/* What an event costs beside its payload. */
#define EVENT_COST 64

void service_release(service_call *s) {
  while (s->first != NULL) {
    event *e = s->first;
    s->first = e->next;
    free(e);
  }
  free(s->current);
  free(s->message);
  free(s->result);
  free(s);
}

/* Take it out of the list, with the mutex held. */
static void forget(service_call *s) {
  for (service_call **at = &s->self->services; *at != NULL; at = &(*at)->next)
    if (*at == s) {
      *at = s->next;
      return;
    }
}

int service_given(const call *c, uint32_t service) { return service < BASE_SERVICES && c->self->given[service] > 0; }

static service_call *begin(call *c, uint32_t service, uint32_t method, jackfield_view request, int unread,
                           int32_t *code) {
  instance *self = c->self;
  *code = JACKFIELD_UNSUPPORTED;
  if (service >= plugin_descriptor.service_count || !service_given(c, service)) return NULL;
  *code = JACKFIELD_EXHAUSTED;
  service_call *s = calloc(1, sizeof *s);
  if (s == NULL || request.data == NULL) {
    free(s);
    return NULL;
  }
  s->self = self;
  s->parent = c;
  s->unread = unread;
  s->contract = method_of(plugin_descriptor.services[service]->id, method);
  jackfield_start start = {0};
  pthread_mutex_lock(&self->mutex);
  start.call = s->name = ++self->last;
  s->next = self->services;
  self->services = s;
  pthread_mutex_unlock(&self->mutex);
  start.size = sizeof start;
  start.interface = service;
  start.method = method;
  start.parent = c->name;
  start.request = request;
  *code = s->contract == NULL ? JACKFIELD_UNSUPPORTED : self->host->start(self->host->instance, &start);
  if (*code == JACKFIELD_OK) return s; /* if nobody reads it, it may be gone already */
  pthread_mutex_lock(&self->mutex);
  forget(s);
  pthread_mutex_unlock(&self->mutex);
  service_release(s);
  return NULL;
}

service_call *service_start_sized(call *c, uint32_t service, uint32_t method, jackfield_builder *b, const void *head,
                                  uint32_t size, int32_t *code) {
  service_call *s = begin(c, service, method, jackfield_built_sized(b, head, size), 0, code);
  jackfield_build_free(b);
  return s;
}

int service_next(service_call *s, uint32_t *number, jackfield_view *payload) {
  instance *self = s->self;
  int resume = 0;
  free(s->current);
  pthread_mutex_lock(&self->mutex);
  while (s->first == NULL && !s->ended) {
    int32_t waited = wait_for(s->parent);
    if (waited == JACKFIELD_OK) continue;
    s->given_up = waited;
    break;
  }
  s->current = s->first;
  if (s->current != NULL) {
    s->first = s->current->next;
    s->waiting -= s->current->size + EVENT_COST;
    resume = s->held_back && s->waiting <= BOUND / 2;
    if (resume) s->held_back = 0;
  }
  pthread_mutex_unlock(&self->mutex);
  if (resume) self->host->resume(self->host->instance, s->name);
  if (s->current == NULL) return 0;
  *number = s->current->number;
  payload->data = s->current->bytes;
  payload->size = s->current->size;
  return 1;
}

int32_t service_code(const service_call *s) { return s->given_up ? s->given_up : s->code; }

const char *service_message(const service_call *s) { return s->given_up || s->message == NULL ? "" : s->message; }

jackfield_view service_result(const service_call *s) {
  jackfield_view view = {s->result, s->result_size};
  return view;
}

void service_fail(call *c, const service_call *s) {
  if (s->given_up)
    call_end(c, s->given_up);
  else if (s->retry)
    call_fail_retry(c, s->code, s->retry_after, "%s", service_message(s));
  else
    call_fail(c, s->code, "%s", service_message(s));
}

void service_free(service_call *s) {
  if (s == NULL) return;
  instance *self = s->self;
  jackfield_call name = s->name;
  pthread_mutex_lock(&self->mutex);
  int ended = s->ended;
  s->unread = 1;
  pthread_mutex_unlock(&self->mutex);
  if (ended)
    service_release(s);
  else
    self->host->cancel(self->host->instance, name); /* it goes away when the host has finished it */
}

void service_log(call *c, uint32_t service, uint32_t level, const char *message, const char *field, const char *value) {
  jackfield_builder b;
  jackfield_log_write line = {0};
  jackfield_pair pair = {{0, 0}, {0, 0}};
  int32_t code;
  if (!service_given(c, service)) return;
  jackfield_build(&b, sizeof line);
  line.level = level;
  line.message = jackfield_build_string(&b, message);
  if (field != NULL) {
    line.fields = jackfield_build_list(&b, 1, sizeof pair);
    pair.name = jackfield_build_string(&b, field);
    pair.value = jackfield_build_string(&b, value);
    jackfield_build_set(&b, line.fields, 0, &pair);
  }
  begin(c, service, JACKFIELD_LOG_WRITE, jackfield_built(&b, &line), 1, &code);
  jackfield_build_free(&b);
}

/* ---- From the host ---- */

static service_call *find(instance *self, jackfield_call name) {
  service_call *s = self->services;
  while (s != NULL && s->name != name) s = s->next;
  return s;
}

static int32_t take(service_call *s, uint32_t number, jackfield_view payload) {
  const jackfield_layout *layout = NULL;
  for (uint32_t i = 0; i < s->contract->event_count; i++)
    if (s->contract->events[i].event == number) layout = s->contract->events[i].payload;
  if (layout == NULL) return JACKFIELD_OK; /* newer than this plugin: left out */
  if (!is_well_formed(layout, payload)) return JACKFIELD_INVALID_ARGUMENT;
  if (s->unread) return JACKFIELD_CANCELLED;
  if (s->waiting > BOUND) {
    s->held_back = 1;
    return JACKFIELD_WOULD_BLOCK;
  }
  event *e = malloc(sizeof *e + payload.size);
  if (e == NULL) return JACKFIELD_CANCELLED;
  e->next = NULL;
  e->number = number;
  e->size = payload.size;
  memcpy(e->bytes, payload.data, payload.size);
  if (s->first == NULL)
    s->first = e;
  else
    s->last->next = e;
  s->last = e;
  s->waiting += payload.size + EVENT_COST;
  return JACKFIELD_OK;
}

int32_t service_emit(void *pointer, jackfield_call name, uint32_t number, jackfield_view payload) {
  instance *self = pointer;
  pthread_mutex_lock(&self->mutex);
  service_call *s = find(self, name);
  int32_t answer = s == NULL ? JACKFIELD_STALE : take(s, number, payload);
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->mutex);
  return answer;
}

/* Keep how it ended. */
static void keep(service_call *s, const jackfield_end *end) {
  s->code = JACKFIELD_INTERNAL;
  if (!fits(end, sizeof *end) || end->reserved) return;
  if (end->code != JACKFIELD_OK) {
    s->code = end->code > JACKFIELD_OK && end->code <= JACKFIELD_UNSUPPORTED ? end->code : JACKFIELD_INTERNAL;
    s->retry = end->retry == 1;
    s->retry_after = end->retry_after;
    s->message = malloc(end->message.size + 1);
    if (s->message == NULL) return;
    if (end->message.size) memcpy(s->message, end->message.data, end->message.size);
    s->message[end->message.size] = 0;
  } else if (is_well_formed(s->contract->result, end->result)) {
    s->result = malloc(end->result.size);
    if (s->result == NULL) return;
    memcpy(s->result, end->result.data, end->result.size);
    s->result_size = end->result.size;
    s->code = JACKFIELD_OK;
  }
}

int32_t service_finish(void *pointer, jackfield_call name, const jackfield_end *end) {
  instance *self = pointer;
  pthread_mutex_lock(&self->mutex);
  service_call *s = find(self, name);
  if (s != NULL) {
    forget(s);
    if (s->unread) {
      service_release(s);
    } else {
      keep(s, end);
      s->ended = 1;
    }
    pthread_cond_broadcast(&self->changed);
  }
  pthread_mutex_unlock(&self->mutex);
  return s == NULL ? JACKFIELD_STALE : JACKFIELD_OK;
}
