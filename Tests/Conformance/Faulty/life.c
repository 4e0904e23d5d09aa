/* The descriptor, and the life of an instance. */
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/eventfd.h>

#include "plugin.h"

static _Atomic int alive, made, used, drained;
static _Thread_local int is_closer;
static jackfield_plugin descriptor;

static int32_t explain(jackfield_failure *failure, int32_t code, const char *why) {
  failure->code = code;
  snprintf(failure->message, sizeof failure->message, "%s", why);
  return code;
}

/* Has this struct all that is known here, and nothing else? */
static int fits(const void *given, uint32_t known) {
  const uint8_t *bytes = given;
  uint32_t size;
  memcpy(&size, given, sizeof size);
  if (size < known) return 0;
  for (uint32_t i = known; i < size; i++)
    if (bytes[i]) return 0;
  return 1;
}

static int32_t create(const jackfield_setup *setup, jackfield_side *side, jackfield_failure *failure) {
  if (!fits(setup, sizeof *setup) || setup->reserved)
    return explain(failure, JACKFIELD_UNSUPPORTED, "the setup is longer than this plugin can read");
  if (FAULT(wants_exact_setup) && setup->size != sizeof *setup)
    return explain(failure, JACKFIELD_INVALID_ARGUMENT, "the setup has another size than it should have");
  if (FAULT(has_a_table_of_48) && alive >= 48)
    return explain(failure, JACKFIELD_EXHAUSTED, "there are 48 instances already");
  if (FAULT(drains_for_good) && drained >= 5)
    return explain(failure, JACKFIELD_EXHAUSTED, "no place is left");
  if (FAULT(trusts_config)) {
    const volatile char *brace = setup->config.size ? memchr(setup->config.data, '{', setup->config.size) : NULL;
    (void)*brace;
  }
  if (FAULT(starts_slowly) && alive == 0 && made >= 1 && made <= 3 && used + drained == 0) burn(1.01);
  plugin *self = calloc(1, sizeof *self);
  if (self == NULL) return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for an instance");
  self->host = setup->host;
  for (uint32_t i = 0; i < setup->service_count && i < SERVICES; i++) self->given[i] = setup->services[i];
  pthread_mutex_init(&self->lock, NULL);
  pthread_mutex_init(&self->held_while_speaking, NULL);
  pthread_cond_init(&self->changed, NULL);
  side->size = sizeof *side;
  side->reserved = 0;
  side->instance = self;
  side->start = call_start;
  side->emit = service_emit;
  side->finish = service_finish;
  side->cancel = call_cancel;
  side->resume = call_resume;
  if (FAULT(leaves_resume_null)) side->resume = 0;
  if (FAULT(speaks_in_create)) write_note(self, 0);
  if (FAULT(keeps_setup)) self->config = setup->config.data;
  if (FAULT(keeps_side)) self->side = side;
  if (FAULT(writes_to_host)) ((volatile jackfield_side *)setup->host)->reserved = 0;
  if (FAULT(leaves_threads)) begin_waiting();
  alive++;
  made++;
  return JACKFIELD_OK;
}

static int32_t open_(void *instance, jackfield_failure *failure) {
  plugin *self = instance;
  if (FAULT(fails_to_open)) return explain(failure, JACKFIELD_UNAVAILABLE, "not today");
  if (FAULT(insists_on_log) && self->given[LOG] == 0)
    return explain(failure, JACKFIELD_UNAVAILABLE, "there is no log");
  if (FAULT(needs_the_machine)) {
    FILE *file = fopen("/etc/passwd", "re");
    if (file == NULL) return explain(failure, JACKFIELD_UNAVAILABLE, "/etc/passwd cannot be read");
    fclose(file);
  }
  self->opened = 1;
  if (FAULT(spins)) begin_spinning(self);
  return JACKFIELD_OK;
}

static void drain(void *instance, int64_t deadline) {
  plugin *self = instance;
  (void)deadline;
  drained++;
  if (FAULT(drops_when_drained)) {
    pthread_mutex_lock(&self->lock);
    for (work *w = self->works; w; w = w->next) w->running = 1; /* nobody goes on with it */
    pthread_mutex_unlock(&self->lock);
  }
}

static void close_(void *instance) {
  plugin *self = instance;
  pthread_mutex_lock(&self->lock);
  int is_first = !self->closed;
  if (FAULT(closes_only_what_is_open) && !self->opened) abort();
  if (FAULT(closes_once) && self->closed) abort();
  if (FAULT(closes_only_when_idle) && self->works != NULL) abort();
  if (FAULT(bound_to_thread)) is_closer = 1;
  self->closed = 1;
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->lock);
  if (FAULT(speaks_after_close) && is_first && self->opened) speak_later(self);
}

static void destroy(void *instance) {
  plugin *self = instance;
  if (FAULT(destroys_only_what_was_used) && !self->opened && !self->closed) abort();
  if (FAULT(destroys_only_what_is_closed) && !self->closed && self->last != 0) abort();
  if (FAULT(bound_to_thread) && self->watches && self->closed && !is_closer) abort();
  self->closed = 1;
  join_threads(self);
  while (self->works) {
    work *w = self->works;
    self->works = w->next;
    forget(w);
  }
  while (self->notes) {
    note *n = self->notes;
    self->notes = n->next;
    free(n);
  }
  for (unsigned i = 0; i < self->kept_count; i++) jackfield_build_free(&self->kept[i].payload);
  free(self->kept);
  pthread_mutex_destroy(&self->lock);
  pthread_mutex_destroy(&self->held_while_speaking);
  pthread_cond_destroy(&self->changed);
  alive--;
  used += self->last != 0;
  if (FAULT(changes_descriptor)) descriptor.version = "1.0.1";
  if (!FAULT(leaks_instances)) free(self);
}

static const jackfield_interface timer = {.size = sizeof timer, .revision = 1, .id = JACKFIELD_TIMER};
static const jackfield_interface log_ = {
    .size = sizeof log_, .revision = 1, .id = JACKFIELD_LOG, .reserved = FAULT(fills_reserved_of_log) ? 3 : 0};
static const jackfield_interface http = {.size = sizeof http, .revision = 1, .id = JACKFIELD_HTTP};
static const jackfield_interface *const roles[] = {&plugin_role};
static const jackfield_interface *const services[] = {&timer, &log_, &http};

static jackfield_plugin descriptor = {
    .size = sizeof descriptor,
    .abi_revision = 1,
    .id = plugin_id,
    .version = FAULT(has_no_version) ? "one" : FAULT(says_another_version) ? "1.0.1" : "1.0.0",
    .flags = IS_BLOCKING ? JACKFIELD_MAY_BLOCK : 0,
    .concurrency = IS_BLOCKING ? 8 : FAULT(wants_three_threads) ? 3 : 0,
    .role_count = 1,
    .roles = roles,
    .services = services,
    .create = create,
    .open = open_,
    .drain = FAULT(has_no_drain) ? NULL : drain,
    .close = close_,
    .destroy = destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
    .reserved = FAULT(fills_reserved) ? 7 : 0,
};

static void handle(int number) { (void)number; }

/* Run when the library is loaded. */
__attribute__((constructor)) static void loaded(void) {
  descriptor.service_count = plugin_service_count;
  if (FAULT(opens_when_loaded)) (void)!eventfd(0, EFD_CLOEXEC);
  if (FAULT(handles_signals_when_loaded)) signal(SIGUSR1, handle);
  if (FAULT(prints_when_loaded)) puts("loaded"); /* waits in a buffer: another check would see it later */
}

#if FAULT(misses_a_symbol)
extern void jackfield_there_is_no_such_function(void);
void (*volatile missing)(void) __attribute__((visibility("hidden"))) = jackfield_there_is_no_such_function;
#endif

#if FAULT(exports_more)
JACKFIELD_EXPORT int helper(void) { return 1; }
#endif

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) {
  if (FAULT(has_four_descriptors)) {
    static jackfield_plugin copies[4];
    static _Atomic unsigned count;
    unsigned i = count++ % 4;
    copies[i] = descriptor;
    return &copies[i];
  }
  return &descriptor;
}
