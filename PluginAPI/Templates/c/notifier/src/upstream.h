/* Requests to a server over the http service, and what its answers mean in the terms of the ABI. */
#ifndef UPSTREAM_H
#define UPSTREAM_H

#include "base/base.h"

/* The services of the descriptor, by index. */
enum { HTTP, JOURNAL };

typedef struct upstream {
  service_call *call;
  uint32_t status;
  int64_t retry_after; /* nanoseconds, 0 if the server said nothing */
} upstream;

/* Send a request and wait for the head of the answer. `secret` names a granted one that the host sends as a bearer
   token, or is empty. If this answers 0, the call of the host is ended already. */
int upstream_send(call *c, upstream *u, const char *method, const char *url, const char *secret, const text *body);

/* The next piece of the body, valid until the next call of this. Answers 0 at the end: service_code(u->call) says
   which. */
int upstream_next(upstream *u, jackfield_view *piece);

/* At most `limit` bytes of the body. */
void upstream_beginning(upstream *u, text *body, size_t limit);

/* The status is no success: end the call with what it means. */
void upstream_refused(call *c, upstream *u);

#endif
