/* Calls of the host: how they begin, go on, wait and end. */
#include <fcntl.h>

#include "plugin.h"

void forget(work *w) {
  if (FAULT(shares_calls)) share(w, 0);
  for (int i = 0; i < w->count; i++) jackfield_build_free(&w->events[i].payload);
  jackfield_build_free(&w->result);
  jackfield_build_free(&w->body);
  free(w);
}

int32_t call_start(void *instance, const jackfield_start *start) {
  plugin *self = instance;
  if (!is_frame(start)) return JACKFIELD_INVALID_ARGUMENT;
  if (start->interface != 0 && !FAULT(plays_any_role)) return JACKFIELD_UNSUPPORTED;
  const jackfield_layout *layout = role_layout(start->method);
  if (layout == NULL) {
    if (FAULT(finishes_what_it_refuses)) {
      jackfield_end end = {.size = sizeof end, .code = JACKFIELD_UNSUPPORTED, .message = {"no such method", 14}};
      self->host->finish(self->host->instance, start->call, &end);
    }
    return FAULT(finds_no_method) ? JACKFIELD_NOT_FOUND : JACKFIELD_UNSUPPORTED;
  }
  int is_readable;
  int32_t refusal = judge(start, layout, &is_readable);
  if (refusal != JACKFIELD_OK) return refusal;
  if (FAULT(adds_to_deadline) && start->deadline > INT64_MAX - 1000000000) return JACKFIELD_DEADLINE;
  if (FAULT(loses_places) && self->lost > 60) return JACKFIELD_EXHAUSTED;
  if (start->deadline != 0) self->watches = 1;
  if (FAULT(leaves_descriptors)) (void)!fcntl(2, F_DUPFD_CLOEXEC, 0);

  work *w = calloc(1, sizeof *w);
  if (w == NULL) return JACKFIELD_EXHAUSTED;
  w->self = self;
  w->call = start->call;
  w->method = start->method;
  w->deadline = start->deadline;
  if (is_readable) w->request = start->request;
  if (FAULT(keeps_request)) w->lent = w->request.data;
  role_answer(w);
  if (FAULT(writes_into_requests) && w->request.size) ((volatile char *)w->request.data)[w->request.size - 1] ^= 1;
  w->request = (jackfield_view){NULL, 0};
  if (FAULT(shares_scratch)) {
    self->scratch = start->call;
    pause_for(1000);
    if (self->scratch != start->call) plan_error(w, JACKFIELD_INTERNAL, "two calls were mixed up");
  }
  if (FAULT(answers_nothing)) plan_error(w, JACKFIELD_UNAVAILABLE, "not today");
  write_note(self, start->call);
  if (FAULT(shares_calls)) share(w, 1);
  pthread_mutex_lock(&self->lock);
  w->next = self->works;
  self->works = w;
  if (FAULT(parks_late_calls) && w->deadline != 0 && w->deadline <= monotonic_time()) w->timer = UINT64_MAX;
  if (FAULT(never_finishes) && w->is_doubled) w->timer = UINT64_MAX;
  go_on(w);
  return JACKFIELD_OK;
}

static void release(work *w) {
  plugin *self = w->self;
  for (work **at = &self->works; *at; at = &(*at)->next)
    if (*at == w) {
      *at = w->next;
      break;
    }
  if (FAULT(remembers_finished)) self->finished[self->finished_count++ % REMEMBERED] = w->call;
  if (FAULT(cancels_once) && w->cancelled) self->cancelled[self->cancelled_count++ % REMEMBERED] = w->call;
  if (FAULT(loses_places) && w->cancelled) self->lost++;
}

void go_on(work *w) {
  plugin *self = w->self;
  w->running = 1;
  for (;;) {
    w->again = 0;
    if (self->closed) break;
    if (w->cancelled || (w->planned && (w->taken == w->count || w->code != JACKFIELD_OK))) {
      release(w);
      pthread_mutex_unlock(&self->lock);
      answer(w, w->cancelled);
      return;
    }
    if (w->timer != 0 || w->http != 0 || (w->held && !w->resumed)) {
      if (!IS_BLOCKING) break;
      while (!w->again && !self->closed) pthread_cond_wait(&self->changed, &self->lock);
      continue;
    }
    if (!w->planned) {
      if (w->url != NULL && !w->asked) {
        w->asked = 1;
        ask_upstream(w);
        continue;
      }
      if (w->url != NULL) {
        pthread_mutex_unlock(&self->lock);
        role_heard(w);
        pthread_mutex_lock(&self->lock);
      }
      w->planned = 1;
      continue;
    }
    w->held = 0;
    w->resumed = 0;
    pthread_mutex_unlock(&self->lock);
    int32_t status = say(w, &w->events[w->taken]);
    pthread_mutex_lock(&self->lock);
    if (status == JACKFIELD_WOULD_BLOCK) {
      w->held = 1;
      if (FAULT(forgets_early_resume)) w->resumed = 0;
      if (FAULT(skips_what_is_not_taken)) w->taken++;
      if (FAULT(polls)) wait_a_while(w);
    } else if (status == JACKFIELD_OK || (FAULT(goes_on_when_cancelled) && status == JACKFIELD_CANCELLED)) {
      w->taken++;
      if (w->taken <= 2 && w->taken < w->count) wait_a_while(w);
    } else {
      w->cancelled = 1;
    }
  }
  w->running = 0;
  pthread_mutex_unlock(&self->lock);
}
