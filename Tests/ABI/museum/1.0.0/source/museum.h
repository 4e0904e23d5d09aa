/*
 * What the exhibits of this release have in common: an instance that knows its host, short ways to finish and to emit,
 * and the descriptor. Each exhibit is an ordinary good plugin, written as an author of its time would have written it.
 *
 * An exhibit defines MUSEUM_ID, MUSEUM_ROLE and, if it uses services, MUSEUM_SERVICES before the include, and then the
 * functions start, emit, finish, cancel and resume.
 */
#ifndef MUSEUM_H
#define MUSEUM_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jackfield/jackfield.h>

#define MUSEUM_UNUSED __attribute__((unused))

/* A call of the host that is not finished, or one of ours: whatever the exhibit wants to remember of it. */
typedef struct museum_note {
  struct museum_note *next;
  jackfield_call call;   /* its name */
  jackfield_call parent; /* of one of ours: the host's call that it is made for */
  int kind, is_running, is_again;
  uint64_t at, count;
  size_t length;
  char text[8192];
} museum_note;

typedef struct museum {
  const jackfield_side *host;
  uint32_t service_count;
  uint32_t services[16]; /* the revision of each that the host gives */
  pthread_mutex_t lock;
  museum_note *notes;
  uint64_t names;
} museum;

static int32_t start(void *instance, const jackfield_start *start);
static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload);
static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end);
static int32_t cancel(void *instance, jackfield_call call);
static int32_t resume(void *instance, jackfield_call call);

/* ---- Notes; none of these calls the host ------------------------------------------------------------------------- */

MUSEUM_UNUSED static museum_note *museum_write(museum *self, jackfield_call call, jackfield_call parent, int kind) {
  museum_note *note = calloc(1, sizeof *note);
  if (note == NULL) return NULL;
  pthread_mutex_lock(&self->lock);
  note->call = call ? call : ++self->names;
  note->parent = parent;
  note->kind = kind;
  note->next = self->notes;
  self->notes = note;
  pthread_mutex_unlock(&self->lock);
  return note;
}

/* Where the note of a call hangs, or the end of all notes. With the lock held. `is_ours`: this plugin started the call. */
MUSEUM_UNUSED static museum_note **museum_place(museum *self, jackfield_call call, int is_ours) {
  museum_note **at = &self->notes;
  while (*at && ((*at)->call != call || ((*at)->parent != 0) != is_ours)) at = &(*at)->next;
  return at;
}

/* Take the note out; whoever gets it, once, has to free it. */
MUSEUM_UNUSED static museum_note *museum_take(museum *self, jackfield_call call, int is_ours) {
  pthread_mutex_lock(&self->lock);
  museum_note **at = museum_place(self, call, is_ours);
  museum_note *note = *at;
  if (note) *at = note->next;
  pthread_mutex_unlock(&self->lock);
  return note;
}

/* ---- Answers ----------------------------------------------------------------------------------------------------- */

MUSEUM_UNUSED static int32_t museum_finish(museum *self, jackfield_call call, jackfield_view result) {
  jackfield_end end = {0};
  end.size = sizeof end;
  end.result = result;
  return self->host->finish(self->host->instance, call, &end);
}

MUSEUM_UNUSED static int32_t museum_fail(museum *self, jackfield_call call, int32_t code, const char *message) {
  jackfield_end end = {0};
  end.size = sizeof end;
  end.code = code;
  end.message.data = message;
  end.message.size = strlen(message);
  return self->host->finish(self->host->instance, call, &end);
}

MUSEUM_UNUSED static int32_t museum_emit(museum *self, jackfield_call call, uint32_t event, jackfield_view payload) {
  return self->host->emit(self->host->instance, call, event, payload);
}

/* ---- The descriptor ---------------------------------------------------------------------------------------------- */

static int32_t museum_create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  museum *self = calloc(1, sizeof *self);
  if (self == NULL) {
    snprintf(failure->message, sizeof failure->message, "there is no memory for an instance");
    return failure->code = JACKFIELD_EXHAUSTED;
  }
  pthread_mutex_init(&self->lock, NULL);
  self->host = setup->host;
  self->service_count = setup->service_count < 16 ? setup->service_count : 16;
  for (uint32_t i = 0; i < self->service_count; i++) self->services[i] = setup->services[i];
  jackfield_side side = {0};
  side.size = sizeof side;
  side.instance = self;
  side.start = start;
  side.emit = emit;
  side.finish = finish;
  side.cancel = cancel;
  side.resume = resume;
  *plugin = side;
  return JACKFIELD_OK;
}

static int32_t museum_open(void *instance, jackfield_failure *failure) {
  (void)instance, (void)failure;
  return JACKFIELD_OK;
}

static void museum_drain(void *instance, int64_t deadline) { (void)instance, (void)deadline; }
static void museum_close(void *instance) { (void)instance; }

static void museum_destroy(void *instance) {
  museum *self = instance;
  while (self->notes) {
    museum_note *note = self->notes;
    self->notes = note->next;
    free(note);
  }
  pthread_mutex_destroy(&self->lock);
  free(self);
}

#define MUSEUM_USES(name, how) \
  &(const jackfield_interface) { .size = sizeof(jackfield_interface), .revision = 1, .id = name, .flags = how }

static const jackfield_interface *const museum_roles[] = {MUSEUM_USES(MUSEUM_ROLE, 0)};
#ifdef MUSEUM_SERVICES
static const jackfield_interface *const museum_services[] = {MUSEUM_SERVICES};
#endif

static const jackfield_plugin museum_descriptor = {
    .size = sizeof(jackfield_plugin),
    .abi_revision = 1,
    .id = MUSEUM_ID,
    .version = "1.0.0",
    .role_count = 1,
    .roles = museum_roles,
#ifdef MUSEUM_SERVICES
    .service_count = sizeof museum_services / sizeof *museum_services,
    .services = museum_services,
#endif
    .create = museum_create,
    .open = museum_open,
    .drain = museum_drain,
    .close = museum_close,
    .destroy = museum_destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &museum_descriptor; }

#endif
