/*
 * What every plugin in C needs and no plugin wants to write: the life of an instance, the calls of the host, and calls
 * of the host's services. `plugin.c` writes what this plugin does. Handlers run inside `start` on the thread of the
 * host; in a plugin with JACKFIELD_MAY_BLOCK they may wait.
 */
#ifndef BASE_H
#define BASE_H

#include <jackfield/jackfield.h>

#include "json.h"

typedef struct call call;                 /* a call of the host that a handler answers */
typedef struct service_call service_call; /* a call of this plugin that the host answers */

/* ---- What plugin.c writes ---- */

extern const jackfield_plugin plugin_descriptor;

/* Make `*state` from the configuration, an object. An answer other than JACKFIELD_OK is why the plugin does not load;
   say so with `explain`. The configuration is gone afterwards. */
int32_t plugin_make(const json *config, void **state, jackfield_failure *failure);
void plugin_release(void *state);

/* Answer a call: end it once with call_finish or call_fail. The request was checked, and is gone afterwards. Several of
   these may run at the same time. */
void plugin_handle(call *c, uint32_t method, jackfield_view request);

/* ---- For plugin_make ---- */

/* Write why, as printf does. Answers `code`. */
int32_t explain(jackfield_failure *failure, int32_t code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- For plugin_handle ---- */

void *call_state(const call *c);

/* Emit the payload that was built, and free the builder. Waits while the reader is slower. Answers JACKFIELD_OK, or why
   the handler should end the call with call_end: JACKFIELD_CANCELLED, JACKFIELD_DEADLINE, ... */
int32_t call_emit_sized(call *c, uint32_t event, jackfield_builder *b, const void *head, uint32_t size);
#define call_emit(c, event, builder, head) call_emit_sized((c), (event), (builder), (head), (uint32_t)sizeof *(head))

/* Finish with a result, and free the builder. */
void call_finish_sized(call *c, jackfield_builder *b, const void *head, uint32_t size);
#define call_finish(c, builder, head) call_finish_sized((c), (builder), (head), (uint32_t)sizeof *(head))

/* Finish with an error and a sentence for an operator. */
void call_fail(call *c, int32_t code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same, and the same request may succeed later: after so many nanoseconds, or 0 if nobody knows. */
void call_fail_retry(call *c, int32_t code, int64_t after, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Finish with an answer of call_emit or of a service, which is not JACKFIELD_OK. */
void call_end(call *c, int32_t code);

/* ---- Services. `service` is the index in the descriptor. ---- */

/* Is the service there? One that is only optional may not be. */
int service_given(const call *c, uint32_t service);

/* Start a call of a service, and free the builder. Null if the host refuses: the code is in `*code`. */
service_call *service_start_sized(call *c, uint32_t service, uint32_t method, jackfield_builder *b, const void *head,
                                  uint32_t size, int32_t *code);
#define service_start(c, service, method, builder, head, code) \
  service_start_sized((c), (service), (method), (builder), (head), (uint32_t)sizeof *(head), (code))

/* The next event, valid until the next call of this. Waits. Answers 0 when the call has ended. */
int service_next(service_call *s, uint32_t *event, jackfield_view *payload);

/* How it ended, after service_next answered 0. The message ends with NUL. */
int32_t service_code(const service_call *s);
const char *service_message(const service_call *s);
jackfield_view service_result(const service_call *s);

/* Finish a call of the host as this one ended: the same code, sentence, and whether trying again may help. */
void service_fail(call *c, const service_call *s);

/* Read no more of it. It is cancelled if it has not ended. */
void service_free(service_call *s);

/* One line in the host's log with at most one field; lost where there is no such service. Does not wait. */
void service_log(call *c, uint32_t service, uint32_t level, const char *message, const char *field, const char *value);

/* ---- The functions of the descriptor ---- */

int32_t base_create(const jackfield_setup *setup, jackfield_side *side, jackfield_failure *failure);
int32_t base_open(void *instance, jackfield_failure *failure);
void base_drain(void *instance, int64_t deadline);
void base_close(void *instance);
void base_destroy(void *instance);

#endif
