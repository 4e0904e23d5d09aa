/*
 * What the plugins of this folder have in common: they are correct, apart from the one fault that a build may have.
 *
 * A call of the host becomes a `work`. The role plans what is said to it (role_answer), the rest emits that piece by
 * piece, waits on the timer in between, and finishes (calls.c). Without -DBLOCKING all of that happens on whatever
 * thread the host calls, and nothing waits; with it `start` stays inside until the call is finished.
 */
#ifndef PLUGIN_H
#define PLUGIN_H

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <jackfield/jackfield.h>

#include "fault.h"

#ifdef BLOCKING
#define IS_BLOCKING 1
#else
#define IS_BLOCKING 0
#endif

/* Services, in the order of the descriptor. All are optional. */
enum { TIMER, LOG, HTTP, SERVICES };

enum { EVENTS = 24, MESSAGE = 200, TOLD = 64, REMEMBERED = 8 };

typedef struct plugin plugin;

typedef struct event {
  uint32_t number;
  jackfield_builder payload;
} event;

/* One call of the host. */
typedef struct work {
  struct work *next;
  struct work *next_of_all; /* FAULT(shares_calls) */
  plugin *self;
  jackfield_call call;
  uint32_t method;
  int64_t deadline;

  /* What the role reads, and what it planned. Whoever runs owns them. */
  jackfield_view request; /* well-formed; valid in role_answer */
  event events[EVENTS];
  int count, taken;
  jackfield_builder result;
  int32_t code;
  uint32_t retry;
  int64_t retry_after;
  char message[MESSAGE];
  const volatile char *lent; /* FAULT(keeps_request) */
  int is_doubled;            /* FAULT(speaks_twice_at_once) */

  /* What the role asks over http, if `url` is set, and what came. */
  const char *url;
  int32_t http_code;
  uint32_t status;
  int64_t rest; /* seconds, of retry-after */
  jackfield_builder body;

  /* Guarded by the lock of the instance. */
  jackfield_call timer, http; /* names of calls under way, or 0 */
  int asked, planned;
  int held, resumed; /* an event was not taken; `resume` came since the last `emit` began */
  int cancelled;
  int running, again; /* somebody works on it; and there is something new for that one */
  int repeated; /* FAULT(repeats_when_resumed) */
} work;

/* A call to the log that was not finished yet. */
typedef struct note {
  struct note *next;
  jackfield_call name;
} note;

struct plugin {
  const jackfield_side *host;
  pthread_mutex_t lock; /* never held while a function of the host runs */
  pthread_cond_t changed;
  work *works;
  note *notes;
  jackfield_call last; /* name of a call of this plugin */
  uint32_t given[SERVICES];
  int opened, closed;

  /* For faults. */
  const volatile char *config;
  const volatile jackfield_side *side;
  const volatile jackfield_end *end;
  volatile jackfield_call scratch;
  const char *volatile visitor;
  jackfield_call finished[REMEMBERED], cancelled[REMEMBERED];
  unsigned finished_count, cancelled_count;
  int lost, failures, answered;
  volatile int watches; /* a call had a deadline */
  uint64_t told[TOLD];
  unsigned told_count;
  struct event *kept;
  unsigned kept_count;
  pthread_t threads[4];
  int thread_count;
  pthread_mutex_t held_while_speaking;
};

/* ---- Of the role ---- */

extern const jackfield_interface plugin_role;
extern const char plugin_id[];
extern const uint32_t plugin_service_count;

/* The layout of a method's request, or null for one that there is not. */
const jackfield_layout *role_layout(uint32_t method);
/* Plan the answer: events, then a result or an error. Or set `url`, and role_heard is called when that has ended. */
void role_answer(work *w);
void role_heard(work *w);

/* ---- For the role ---- */

/* Take over what was built. */
void plan_event(work *w, uint32_t number, jackfield_builder *b, const void *head, uint32_t size);
void plan_result(work *w, jackfield_builder *b, const void *head, uint32_t size);
#define PLAN_EVENT(w, number, b, head) plan_event((w), (number), (b), (head), (uint32_t)sizeof *(head))
#define PLAN_RESULT(w, b, head) plan_result((w), (b), (head), (uint32_t)sizeof *(head))
void plan_error(work *w, int32_t code, const char *message);
/* Has this instance been told this before? From now on it has. */
int is_known(plugin *self, uint64_t what);
/* FNV-1a, to go on from `seed`. */
uint64_t digest(uint64_t seed, jackfield_view text);

/* ---- Of the parts ---- */

/* request.c */
int is_frame(const jackfield_start *start);
/* JACKFIELD_OK, or why it is refused. What is not readable, and overlooked, is taken for empty. */
int32_t judge(const jackfield_start *start, const jackfield_layout *layout, int *is_readable);

/* calls.c */
int32_t call_start(void *instance, const jackfield_start *start);
/* Go on with a call that nobody works on, as far as it goes without waiting. Called with the lock, returns without. */
void go_on(work *w);
void forget(work *w);

/* cancel.c */
int32_t call_cancel(void *instance, jackfield_call call);
int32_t call_resume(void *instance, jackfield_call call);
void share(work *w, int is_new); /* FAULT(shares_calls) */

/* answers.c: the one place where the host hears of its calls. */
int32_t say(work *w, const event *e);
void answer(work *w, int is_cancelled);

/* services.c */
int32_t service_emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload);
int32_t service_finish(void *instance, jackfield_call call, const jackfield_end *end);
void write_note(plugin *self, jackfield_call parent);
/* With the lock. */
void wait_a_while(work *w);
void ask_upstream(work *w);

/* threads.c: for faults. */
void begin_spinning(plugin *self);
void speak_later(plugin *self);
void begin_waiting(void);
void join_threads(plugin *self);
void speak_twice(work *w);
void pause_for(long microseconds);
void burn(double seconds);
int64_t monotonic_time(void); /* nanoseconds */

#endif
