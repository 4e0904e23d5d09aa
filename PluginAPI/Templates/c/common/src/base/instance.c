/* The life of an instance. */
#include "instance.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

const jackfield_method_contract *method_of(const char *id, uint32_t method) {
  for (uint32_t i = 0; i < JACKFIELD_COUNT(jackfield_contracts); i++) {
    const jackfield_contract *contract = &jackfield_contracts[i];
    if (contract->revision != 1 || strcmp(contract->id, id) != 0) continue;
    for (uint32_t k = 0; k < contract->method_count; k++)
      if (contract->methods[k].method == method) return &contract->methods[k];
  }
  return NULL;
}

int is_well_formed(const jackfield_layout *layout, jackfield_view payload) {
  return jackfield_check(layout, payload).kind == JACKFIELD_FAULT_NONE;
}

int fits(const void *given, uint32_t known) {
  const uint8_t *bytes = given;
  uint32_t size;
  memcpy(&size, given, sizeof size);
  if (size < known) return 0;
  for (uint32_t i = known; i < size; i++)
    if (bytes[i]) return 0;
  return 1;
}

int32_t wait_for(call *c) {
  instance *self = c->self;
  if (c->cancelled || self->closed) return JACKFIELD_CANCELLED;
  if (!(plugin_descriptor.flags & JACKFIELD_MAY_BLOCK)) return JACKFIELD_EXHAUSTED;
  if (c->deadline == 0) {
    pthread_cond_wait(&self->changed, &self->mutex);
    return JACKFIELD_OK;
  }
  struct timespec now, until = {(time_t)(c->deadline / 1000000000), (long)(c->deadline % 1000000000)};
  clock_gettime(CLOCK_MONOTONIC, &now);
  if ((int64_t)now.tv_sec * 1000000000 + now.tv_nsec >= c->deadline) return JACKFIELD_DEADLINE;
  pthread_cond_timedwait(&self->changed, &self->mutex, &until);
  return JACKFIELD_OK;
}

int32_t explain(jackfield_failure *failure, int32_t code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure->message, sizeof failure->message, format, arguments);
  va_end(arguments);
  /* A character that was cut off is left out whole. */
  size_t length = strlen(failure->message);
  while (length > 0 && !jackfield_is_utf8((const uint8_t *)failure->message, length)) failure->message[--length] = 0;
  failure->code = code;
  return code;
}

/* The configuration, and of it the plugin's own state. */
static int32_t configure(instance *self, const jackfield_setup *setup, jackfield_failure *failure) {
  const char *reason = NULL;
  json *config = json_parse(setup->config.data, setup->config.size, &reason);
  if (config == NULL) return explain(failure, JACKFIELD_INVALID_ARGUMENT, "the configuration is not JSON: %s", reason);
  int32_t code = config->kind == JSON_OBJECT
                     ? plugin_make(config, &self->state, failure)
                     : explain(failure, JACKFIELD_INVALID_ARGUMENT, "the configuration is not a JSON object");
  json_free(config);
  return code;
}

int32_t base_create(const jackfield_setup *setup, jackfield_side *side, jackfield_failure *failure) {
  if (!fits(setup, sizeof *setup) || setup->reserved || !fits(setup->host, sizeof *setup->host) ||
      setup->host->reserved)
    return explain(failure, JACKFIELD_UNSUPPORTED, "the host speaks an ABI that this plugin cannot read");
  instance *self = calloc(1, sizeof *self);
  if (self == NULL) return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for an instance");
  self->host = setup->host;
  for (uint32_t i = 0; i < setup->service_count && i < BASE_SERVICES && setup->services != NULL; i++)
    self->given[i] = setup->services[i];
  int32_t code = configure(self, setup, failure);
  if (code != JACKFIELD_OK) {
    free(self);
    return code;
  }
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init(&self->mutex, NULL);
  pthread_cond_init(&self->changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
  side->size = sizeof *side;
  side->reserved = 0;
  side->instance = self;
  side->start = call_start;
  side->emit = service_emit;
  side->finish = service_finish;
  side->cancel = call_cancel;
  side->resume = call_resume;
  return JACKFIELD_OK;
}

int32_t base_open(void *pointer, jackfield_failure *failure) {
  (void)pointer, (void)failure;
  return JACKFIELD_OK;
}

void base_drain(void *pointer, int64_t deadline) { (void)pointer, (void)deadline; }

void base_close(void *pointer) {
  instance *self = pointer;
  pthread_mutex_lock(&self->mutex);
  self->closed = 1;
  pthread_cond_broadcast(&self->changed);
  pthread_mutex_unlock(&self->mutex);
}

void base_destroy(void *pointer) {
  instance *self = pointer;
  base_close(self);
  while (self->services != NULL) {
    service_call *s = self->services;
    self->services = s->next;
    service_release(s);
  }
  plugin_release(self->state);
  pthread_cond_destroy(&self->changed);
  pthread_mutex_destroy(&self->mutex);
  free(self);
}
