/* What the files of this folder know of each other. */
#ifndef INSTANCE_H
#define INSTANCE_H

#include <pthread.h>

#include "base.h"

#define BASE_SERVICES 16

typedef struct instance {
  const jackfield_side *host;
  void *state; /* of plugin.c */
  uint32_t given[BASE_SERVICES];
  pthread_mutex_t mutex; /* guards what follows; never held while a function of the host runs */
  pthread_cond_t changed;
  struct call *calls;
  struct service_call *services;
  jackfield_call last; /* name of a call of this plugin */
  int closed;
} instance;

struct call {
  instance *self;
  struct call *next;
  jackfield_call name;
  int64_t deadline; /* nanoseconds of CLOCK_MONOTONIC, or 0 */
  int cancelled;
  int resumed;
  int finished;
};

typedef struct event {
  struct event *next;
  uint32_t number;
  uint64_t size;
  uint8_t bytes[] __attribute__((aligned(8)));
} event;

struct service_call {
  instance *self;
  struct call *parent; /* null when nobody reads it any more */
  struct service_call *next;
  jackfield_call name;
  const jackfield_method_contract *contract;
  event *first, *last, *current;
  uint64_t waiting; /* bytes in the list */
  int held_back;
  int unread; /* nobody reads it any more: it goes away when the host has finished it */
  int32_t given_up; /* why the reader waits no longer, or JACKFIELD_OK; the reader's own */
  int ended;
  int32_t code;
  int retry;
  int64_t retry_after;
  char *message;
  uint8_t *result;
  uint64_t result_size;
};

const jackfield_method_contract *method_of(const char *id, uint32_t method);
int is_well_formed(const jackfield_layout *layout, jackfield_view payload);
/* Not smaller than it ever was, and zero where it is larger than known here: the rule of growth in abi.h. */
int fits(const void *given, uint32_t known);

/* Wait for a change, with the mutex held. Answers JACKFIELD_OK, or why to wait no longer. */
int32_t wait_for(call *c);

/* calls.c */
int32_t call_start(void *pointer, const jackfield_start *start);
int32_t call_cancel(void *pointer, jackfield_call name);
int32_t call_resume(void *pointer, jackfield_call name);
/* services.c */
int32_t service_emit(void *pointer, jackfield_call name, uint32_t number, jackfield_view payload);
int32_t service_finish(void *pointer, jackfield_call name, const jackfield_end *end);
void service_release(service_call *s);

#endif
