/* Calls of the plugin on services: the log takes notes, the timer lets words come one by one, http is asked. */
#include "plugin.h"

/* The name was entered already, since the end may come before this returns. */
static int32_t ask(plugin *self, uint32_t service, uint32_t method, jackfield_call name, jackfield_call parent,
                   jackfield_builder *b, const void *head, uint32_t size) {
  jackfield_start start;
  memset(&start, 0, sizeof start);
  start.size = sizeof start;
  start.interface = service;
  start.method = method;
  start.call = name;
  start.parent = parent;
  start.request = jackfield_built_sized(b, head, size);
  if (FAULT(asks_rubbish) && service == LOG) start.request = (jackfield_view){NULL, 0};
  int32_t status = self->host->start(self->host->instance, &start);
  if (FAULT(asks_unheard_methods) && service == LOG) {
    start.method = 9;
    start.call = name | 1ull << 32;
    self->host->start(self->host->instance, &start);
  }
  jackfield_build_free(b);
  return status;
}

/* With the lock. Is it there? Then it is not any more. */
static int take_note(plugin *self, jackfield_call name) {
  for (note **at = &self->notes; *at; at = &(*at)->next)
    if ((*at)->name == name) {
      note *n = *at;
      *at = n->next;
      free(n);
      return 1;
    }
  return 0;
}

void write_note(plugin *self, jackfield_call parent) {
  if (self->given[LOG] == 0) return;
  jackfield_builder b;
  jackfield_log_write line;
  memset(&line, 0, sizeof line);
  jackfield_build(&b, sizeof line);
  line.level = JACKFIELD_LOG_INFO;
  line.message = jackfield_build_string(&b, "somebody asked");
  note *n = malloc(sizeof *n);
  if (n == NULL) {
    jackfield_build_free(&b);
    return;
  }
  pthread_mutex_lock(&self->lock);
  jackfield_call name = n->name = FAULT(names_all_the_same) && self->watches ? 7000 : ++self->last;
  n->next = self->notes;
  self->notes = n;
  pthread_mutex_unlock(&self->lock);
  int32_t status = ask(self, LOG, JACKFIELD_LOG_WRITE, name, parent, &b, &line, sizeof line);
  if (status == JACKFIELD_OK) return;
  pthread_mutex_lock(&self->lock);
  take_note(self, name);
  if (status != JACKFIELD_CANCELLED) self->failures++;
  pthread_mutex_unlock(&self->lock);
}

void wait_a_while(work *w) {
  plugin *self = w->self;
  /* A fault of what comes after a cancel is seen only where the host does not end the timer with the call. */
  int is_orphan = FAULT(cancels_after_timer) || FAULT(deaf_when_late);
  if (self->given[TIMER] == 0) return;
  jackfield_builder b;
  jackfield_timer_after delay;
  memset(&delay, 0, sizeof delay);
  delay.delay = 1000000;
  jackfield_build(&b, sizeof delay);
  jackfield_call name = ++self->last;
  if (!FAULT(enters_timers_late)) w->timer = name;
  pthread_mutex_unlock(&self->lock);
  jackfield_call parent = is_orphan ? 0 : w->call;
  int32_t status = ask(self, TIMER, JACKFIELD_TIMER_AFTER, name, parent, &b, &delay, sizeof delay);
  pthread_mutex_lock(&self->lock);
  if (FAULT(enters_timers_late) && status == JACKFIELD_OK) w->timer = name;
  if (status != JACKFIELD_OK && w->timer == name && !FAULT(waits_for_what_was_refused)) w->timer = 0;
}

void ask_upstream(work *w) {
  plugin *self = w->self;
  if (self->given[HTTP] == 0) {
    w->http_code = JACKFIELD_UNAVAILABLE;
    return;
  }
  jackfield_builder b;
  jackfield_http_request request;
  memset(&request, 0, sizeof request);
  jackfield_build(&b, sizeof request);
  request.method = jackfield_build_string(&b, "GET");
  request.url = jackfield_build_string(&b, w->url);
  jackfield_call name = w->http = ++self->last;
  pthread_mutex_unlock(&self->lock);
  int32_t status = ask(self, HTTP, JACKFIELD_HTTP_REQUEST, name, w->call, &b, &request, sizeof request);
  pthread_mutex_lock(&self->lock);
  if (status == JACKFIELD_OK || w->http != name) return;
  w->http = 0;
  w->http_code = status;
}

/* With the lock: what came over http. */
static int32_t hear(work *w, uint32_t number, jackfield_view payload) {
  if (number == JACKFIELD_HTTP_EVENT_HEAD) {
    jackfield_http_head head;
    if (jackfield_check(&jackfield_http_head_layout, payload).kind) return JACKFIELD_INVALID_ARGUMENT;
    jackfield_read(payload, &head, sizeof head);
    w->status = head.status;
    for (uint32_t i = 0; i < head.headers.count; i++) {
      jackfield_pair header;
      char digits[8] = "";
      jackfield_read_element(payload, head.headers, i, &header, sizeof header);
      jackfield_view value = jackfield_read_text(payload, header.value);
      if (!jackfield_equals(jackfield_read_text(payload, header.name), "retry-after") || value.size > 7) continue;
      if (value.size) memcpy(digits, value.data, value.size);
      w->rest = strtol(digits, NULL, 10);
    }
  } else if (number == JACKFIELD_HTTP_EVENT_BODY) {
    jackfield_http_body body;
    if (jackfield_check(&jackfield_http_body_layout, payload).kind) return JACKFIELD_INVALID_ARGUMENT;
    jackfield_read(payload, &body, sizeof body);
    jackfield_view data = jackfield_read_data(payload, body.data);
    if (data.size && w->body.size < 1 << 20) jackfield_build_text(&w->body, data.data, data.size);
  }
  return JACKFIELD_OK;
}

int32_t service_emit(void *instance, jackfield_call call, uint32_t number, jackfield_view payload) {
  plugin *self = instance;
  int32_t status = JACKFIELD_STALE;
  pthread_mutex_lock(&self->lock);
  for (work *w = self->works; w && call != 0; w = w->next) {
    if (w->timer == call) status = JACKFIELD_OK;
    if (w->http == call) {
      status = hear(w, number, payload);
      if (status != JACKFIELD_OK) w->http_code = JACKFIELD_INTERNAL;
    }
  }
  for (note *n = self->notes; n; n = n->next)
    if (n->name == call) {
      status = JACKFIELD_OK;
      if (FAULT(knows_all_events)) abort();
    }
  pthread_mutex_unlock(&self->lock);
  return FAULT(takes_any_event) ? JACKFIELD_OK : status;
}

int32_t service_finish(void *instance, jackfield_call call, const jackfield_end *end) {
  plugin *self = instance;
  pthread_mutex_lock(&self->lock);
  if (take_note(self, call)) {
    if (FAULT(trusts_answers) && end->code == JACKFIELD_OK && end->result.size < sizeof(jackfield_empty)) abort();
    if (FAULT(keeps_ends)) {
      if (self->end != NULL) (void)self->end->code;
      self->end = end;
    }
    if (end->code != JACKFIELD_OK && end->code != JACKFIELD_CANCELLED) self->failures++;
    if (FAULT(gives_the_log_up) && end->code == JACKFIELD_OK && self->failures > 0) abort();
    pthread_mutex_unlock(&self->lock);
    return JACKFIELD_OK;
  }
  work *w = self->works;
  while (w && (call == 0 || (w->timer != call && w->http != call))) w = w->next;
  if (w == NULL) {
    pthread_mutex_unlock(&self->lock);
    return JACKFIELD_STALE;
  }
  if (w->http == call) {
    w->http = 0;
    if (w->http_code == JACKFIELD_OK) w->http_code = end->code;
  } else if (FAULT(knows_no_conflict) && end->code == JACKFIELD_CONFLICT) {
    pthread_mutex_unlock(&self->lock); /* and goes on waiting */
    return JACKFIELD_OK;
  } else {
    /* Whether the time has passed or the timer failed: the next word is said. */
    w->timer = 0;
    if (FAULT(polls)) w->resumed = 1;
  }
  if (w->running) {
    w->again = 1;
    pthread_cond_broadcast(&self->changed);
    pthread_mutex_unlock(&self->lock);
  } else if (w->held && !w->resumed) {
    pthread_mutex_unlock(&self->lock);
  } else {
    go_on(w);
  }
  return JACKFIELD_OK;
}
