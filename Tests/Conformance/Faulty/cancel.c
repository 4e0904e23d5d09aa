/* What the host says of a call that is under way: it wants no more of it, or has room for more. */
#include "plugin.h"

/* FAULT(shares_calls): the calls of all instances, the newest first. */
static pthread_mutex_t all_lock = PTHREAD_MUTEX_INITIALIZER;
static work *all;

void share(work *w, int is_new) {
  pthread_mutex_lock(&all_lock);
  work **at = &all;
  while (!is_new && *at && *at != w) at = &(*at)->next_of_all;
  if (is_new) {
    w->next_of_all = all;
    all = w;
  } else if (*at) {
    *at = w->next_of_all;
  }
  pthread_mutex_unlock(&all_lock);
}

/* With the lock. */
static work *find(plugin *self, jackfield_call call) {
  work *w = self->works;
  while (w && w->call != call) w = w->next;
  if (FAULT(shares_calls)) {
    pthread_mutex_lock(&all_lock);
    for (w = all; w && w->call != call;) w = w->next_of_all;
    pthread_mutex_unlock(&all_lock);
  }
  return w;
}

/* Somebody has left a note on this call: let the one who works on it look, or work on it. Called with the lock. */
static void wake(work *w, int is_ready) {
  plugin *self = w->self;
  if (w->running) {
    w->again = 1;
    pthread_cond_broadcast(&self->changed);
  } else if (is_ready) {
    go_on(w);
    return;
  }
  pthread_mutex_unlock(&self->lock);
}

/* FAULT(races): who is inside is written down without a lock. */
static void visit(plugin *self) {
  static _Thread_local char me;
  if (!FAULT(races)) return;
  self->visitor = &me;
  pause_for(100);
  if (self->visitor != &me) abort();
}

int32_t call_cancel(void *instance, jackfield_call call) {
  plugin *self = instance;
  visit(self);
  if (FAULT(holds_a_lock)) {
    pthread_mutex_lock(&self->held_while_speaking);
    pthread_mutex_unlock(&self->held_while_speaking);
  }
  pthread_mutex_lock(&self->lock);
  work *w = find(self, call);
  int32_t status = w == NULL ? JACKFIELD_STALE : JACKFIELD_OK;
  for (unsigned i = 0; i < REMEMBERED && w == NULL && call != 0; i++) {
    if (FAULT(remembers_finished) && self->finished[i] == call) status = JACKFIELD_OK;
    if (FAULT(cancels_once) && self->cancelled[i] == call) status = JACKFIELD_CONFLICT;
  }
  if (FAULT(takes_zero_for_all) && call == 0) status = JACKFIELD_OK;
  if (w == NULL || (FAULT(deaf_while_held) && w->held && !w->resumed) ||
      (FAULT(deaf_when_late) && w->deadline < monotonic_time())) {
    pthread_mutex_unlock(&self->lock);
    return status;
  }
  if (w->self != self) {
    pthread_mutex_unlock(&self->lock);
    pthread_mutex_lock(&w->self->lock);
  }
  if (FAULT(cancels_after_timer) && w->timer != 0) {
    pthread_mutex_unlock(&w->self->lock);
    return status;
  }
  w->cancelled = 1;
  wake(w, 1);
  return status;
}

int32_t call_resume(void *instance, jackfield_call call) {
  plugin *self = instance;
  visit(self);
  pthread_mutex_lock(&self->lock);
  work *w = self->works;
  while (w && w->call != call) w = w->next;
  if (w == NULL) {
    pthread_mutex_unlock(&self->lock);
    return FAULT(resumes_anything) ? JACKFIELD_OK : JACKFIELD_STALE;
  }
  if (FAULT(repeats_when_resumed) && !w->held && !w->running && w->taken > 0 && !w->repeated) {
    w->repeated = 1;
    w->taken--;
  }
  w->resumed = 1;
  wake(w, w->held && w->timer == 0 && w->http == 0);
  return JACKFIELD_OK;
}
