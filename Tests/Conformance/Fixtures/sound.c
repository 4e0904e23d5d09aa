/*
 * An agent that does everything right, so that a check that fails on it is a false alarm. It says three words, waits on
 * the timer between them where the host has one, and asks the log to note it. Built twice: as it is, it is called on a loop
 * and keeps what it must remember between two calls of the host; with -DBLOCKING it waits inside `start`.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <jackfield/jackfield.h>

enum { TIMER, LOG };

/* One call of the host. */
typedef struct work {
  struct work *next;
  jackfield_call call;
  jackfield_call timer; /* the plugin's call on the timer, or 0 */
  char *input;
  int said;      /* words that were taken */
  int cancelled; /* the host wants no more of it */
  int held;      /* an event was not taken */
  int resumed;   /* `resume` came since the last `emit` began */
  int running;   /* somebody works on it: others only leave notes */
  int again;     /* there is something new for the one who works */
} work;

typedef struct plugin {
  const jackfield_side *host;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  work *works;
  jackfield_call last;
  int has_timer, has_log, closed;
} plugin;

static const char *const words[] = {"Hello. ", "You asked: ", NULL};
#define WORDS 3

static void finish(plugin *self, jackfield_call call, int32_t code, const char *message, jackfield_view result) {
  jackfield_end end;
  memset(&end, 0, sizeof end);
  end.size = sizeof end;
  end.code = code;
  end.message.data = message;
  end.message.size = strlen(message);
  end.result = result;
  self->host->finish(self->host->instance, call, &end);
}

static void fail(plugin *self, jackfield_call call, int32_t code, const char *message) {
  jackfield_view none = {NULL, 0};
  finish(self, call, code, message, none);
}

static int32_t say(plugin *self, jackfield_call call, const char *word) {
  jackfield_builder b;
  jackfield_agent_text event;
  memset(&event, 0, sizeof event);
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_string(&b, word);
  int32_t answer =
      self->host->emit(self->host->instance, call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
  return answer;
}

/* A call to a service; its name, or 0 if the host refused. The caller has entered the name already. */
static int32_t ask(plugin *self, uint32_t service, uint32_t method, jackfield_call name, jackfield_call parent,
                   jackfield_view request) {
  jackfield_start start;
  memset(&start, 0, sizeof start);
  start.size = sizeof start;
  start.interface = service;
  start.method = method;
  start.call = name;
  start.parent = parent;
  start.request = request;
  return self->host->start(self->host->instance, &start);
}

static void note(plugin *self, jackfield_call parent) {
  if (!self->has_log) return;
  jackfield_builder b;
  jackfield_log_write line;
  memset(&line, 0, sizeof line);
  jackfield_build(&b, sizeof line);
  line.level = JACKFIELD_LOG_INFO;
  line.message = jackfield_build_string(&b, "somebody asked");
  pthread_mutex_lock(&self->lock);
  jackfield_call name = ++self->last;
  pthread_mutex_unlock(&self->lock);
  ask(self, LOG, JACKFIELD_LOG_WRITE, name, parent, jackfield_built(&b, &line));
  jackfield_build_free(&b);
}

static void release(plugin *self, work *w) {
  for (work **at = &self->works; *at; at = &(*at)->next)
    if (*at == w) {
      *at = w->next;
      break;
    }
}

static void end(plugin *self, work *w, int32_t code) {
  jackfield_call call = w->call;
  free(w->input);
  free(w);
  if (code != JACKFIELD_OK) {
    fail(self, call, code, "the call was cancelled");
    return;
  }
  jackfield_builder b;
  jackfield_agent_result result;
  memset(&result, 0, sizeof result);
  jackfield_build(&b, sizeof result);
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

/* Go on with a call, on which nobody works, as far as it goes without waiting. Called with the lock, returns without. */
static void go_on(plugin *self, work *w) {
  w->running = 1;
  for (;;) {
    w->again = 0;
    if (self->closed) break;
    if (w->cancelled || w->said == WORDS) {
      int32_t code = w->cancelled ? JACKFIELD_CANCELLED : JACKFIELD_OK;
      release(self, w);
      pthread_mutex_unlock(&self->lock);
      end(self, w, code);
      return;
    }
    int waits = w->timer != 0 || (w->held && !w->resumed);
    if (waits) {
#ifdef BLOCKING
      while (!w->again && !self->closed) pthread_cond_wait(&self->changed, &self->lock);
      continue;
#else
      if (w->again) continue;
      break;
#endif
    }
    w->held = 0;
    w->resumed = 0;
    const char *word = words[w->said] ? words[w->said] : w->input;
    jackfield_call call = w->call;
    pthread_mutex_unlock(&self->lock);
    int32_t answer = say(self, call, word);
    pthread_mutex_lock(&self->lock);
    if (answer == JACKFIELD_WOULD_BLOCK) {
      w->held = 1;
    } else if (answer != JACKFIELD_OK) {
      w->cancelled = 1;
    } else {
      w->said++;
      if (w->said < WORDS && self->has_timer) {
        jackfield_call name = w->timer = ++self->last;
        jackfield_timer_after delay;
        jackfield_builder b;
        memset(&delay, 0, sizeof delay);
        delay.delay = 1000000;
        jackfield_build(&b, sizeof delay);
        pthread_mutex_unlock(&self->lock);
        int32_t status = ask(self, TIMER, JACKFIELD_TIMER_AFTER, name, call, jackfield_built(&b, &delay));
        jackfield_build_free(&b);
        pthread_mutex_lock(&self->lock);
        if (status != JACKFIELD_OK && w->timer == name) w->timer = 0;
      }
    }
  }
  w->running = 0;
  pthread_mutex_unlock(&self->lock);
}

static void describe(plugin *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_description description;
  memset(&description, 0, sizeof description);
  jackfield_build(&b, sizeof description);
  description.summary = jackfield_build_string(&b, "Says what it was asked.");
  finish(self, call, JACKFIELD_OK, "", jackfield_built(&b, &description));
  jackfield_build_free(&b);
}

static int32_t start(void *instance, const jackfield_start *start) {
  plugin *self = instance;
  if (start->interface != 0 || start->reserved != 0) return JACKFIELD_UNSUPPORTED;
  if (start->method == JACKFIELD_AGENT_DESCRIBE) {
    if (jackfield_check(&jackfield_agent_describe_layout, start->request).kind) return JACKFIELD_INVALID_ARGUMENT;
    describe(self, start->call);
    return JACKFIELD_OK;
  }
  if (start->method != JACKFIELD_AGENT_INVOKE) return JACKFIELD_UNSUPPORTED;
  if (jackfield_check(&jackfield_agent_invoke_layout, start->request).kind) return JACKFIELD_INVALID_ARGUMENT;
  jackfield_agent_invoke request;
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view input = jackfield_read_text(start->request, request.input);
  work *w = calloc(1, sizeof *w);
  if (w == NULL) return JACKFIELD_EXHAUSTED;
  w->input = calloc(1, input.size + 1);
  if (w->input == NULL) {
    free(w);
    return JACKFIELD_EXHAUSTED;
  }
  if (input.size) memcpy(w->input, input.data, input.size);
  w->call = start->call;
  w->running = 1;
  pthread_mutex_lock(&self->lock);
  w->next = self->works;
  self->works = w;
  pthread_mutex_unlock(&self->lock);
  note(self, start->call);
  pthread_mutex_lock(&self->lock);
  go_on(self, w);
  return JACKFIELD_OK;
}

/* Neither the timer nor the log has events. */
static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  plugin *self = instance;
  int32_t answer = JACKFIELD_STALE;
  (void)event, (void)payload;
  pthread_mutex_lock(&self->lock);
  for (work *w = self->works; w; w = w->next)
    if (call != 0 && w->timer == call) answer = JACKFIELD_OK;
  pthread_mutex_unlock(&self->lock);
  return answer;
}

/* Find a call by its name or by that of its timer, and leave a note; the lock is let go before anything is done. */
static int32_t tell(plugin *self, jackfield_call call, int is_timer, int cancelled) {
  pthread_mutex_lock(&self->lock);
  work *w = self->works;
  while (w && (is_timer ? call == 0 || w->timer != call : w->call != call)) w = w->next;
  if (w == NULL) {
    pthread_mutex_unlock(&self->lock);
    return JACKFIELD_STALE;
  }
  if (is_timer)
    w->timer = 0;
  else if (cancelled)
    w->cancelled = 1;
  else
    w->resumed = 1;
  int is_running = w->running;
  if (is_running) {
    w->again = 1;
    pthread_cond_broadcast(&self->changed);
  }
  int waits = !is_running && (w->cancelled || (w->timer == 0 && (!w->held || w->resumed)));
  if (waits)
    go_on(self, w);
  else
    pthread_mutex_unlock(&self->lock);
  return JACKFIELD_OK;
}

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)end; /* whether the time has passed or the timer failed: the next word is said */
  return tell(instance, call, 1, 0);
}
static int32_t cancel(void *instance, jackfield_call call) { return tell(instance, call, 0, 1); }
static int32_t resume(void *instance, jackfield_call call) { return tell(instance, call, 0, 0); }

static int32_t create(const jackfield_setup *setup, jackfield_side *side, jackfield_failure *failure) {
  plugin *self = calloc(1, sizeof *self);
  (void)failure;
  if (self == NULL) return JACKFIELD_EXHAUSTED;
  self->host = setup->host;
  self->has_timer = setup->service_count > TIMER && setup->services[TIMER] != 0;
  self->has_log = setup->service_count > LOG && setup->services[LOG] != 0;
  pthread_mutex_init(&self->lock, NULL);
  pthread_cond_init(&self->changed, NULL);
  side->size = sizeof *side;
  side->reserved = 0;
  side->instance = self;
  side->start = start;
  side->emit = emit;
  side->finish = finished;
  side->cancel = cancel;
  side->resume = resume;
  return JACKFIELD_OK;
}

static int32_t open_(void *instance, jackfield_failure *failure) {
  (void)instance, (void)failure;
  return JACKFIELD_OK;
}
static void drain(void *instance, int64_t deadline) { (void)instance, (void)deadline; }

static void close_(void *instance) {
  plugin *self = instance;
  pthread_mutex_lock(&self->lock);
  self->closed = 1;
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->lock);
}

static void destroy(void *instance) {
  plugin *self = instance;
  while (self->works) {
    work *w = self->works;
    self->works = w->next;
    free(w->input);
    free(w);
  }
  pthread_mutex_destroy(&self->lock);
  pthread_cond_destroy(&self->changed);
  free(self);
}

static const jackfield_interface agent = {.size = sizeof agent, .revision = 1, .id = JACKFIELD_AGENT};
static const jackfield_interface *const roles[] = {&agent};
static const jackfield_interface timer = {.size = sizeof timer, .revision = 1, .id = JACKFIELD_TIMER};
static const jackfield_interface log_ = {.size = sizeof log_, .revision = 1, .id = JACKFIELD_LOG};
static const jackfield_interface *const services[] = {&timer, &log_};

static const jackfield_plugin descriptor = {
    .size = sizeof descriptor,
    .abi_revision = 1,
    .id = "agent/sound",
    .version = "1.0.0",
#ifdef BLOCKING
    .flags = JACKFIELD_MAY_BLOCK,
    .concurrency = 8,
#endif
    .role_count = 1,
    .service_count = 2,
    .roles = roles,
    .services = services,
    .create = create,
    .open = open_,
    .drain = drain,
    .close = close_,
    .destroy = destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &descriptor; }
