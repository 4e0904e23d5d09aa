/* An answer that comes as server-sent events, turned into the events of the ABI. */
#ifndef ANSWER_H
#define ANSWER_H

#include "base/base.h"

typedef struct answer {
  call *c;
  text line; /* what has come of it */
  int is_done, has_stopped, has_usage;
  uint64_t bytes; /* of text that was passed on */
  text id, model;
  int32_t code; /* why nothing can be passed on any more: end the call with it. JACKFIELD_OK otherwise. */
  int has_failed; /* the call is ended already */
} answer;

/* Begin with {0} and the call. Bytes come as they do from the network, cut anywhere. */
void answer_take(answer *a, jackfield_view bytes);

/* Finish the call. `prompt`: bytes of the question, from which tokens are estimated where the server counts none. */
void answer_finish(answer *a, uint64_t prompt);

void answer_free(answer *a);

#endif
