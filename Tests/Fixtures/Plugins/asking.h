/*
 * For fixtures that call the host: who asked, and short ways to ask. To be included behind fixture.h.
 */
#ifndef ASKING_H
#define ASKING_H

#include <stdatomic.h>

#define ASKING_ROOM 65536
static _Atomic uint64_t asking_names;
static _Atomic jackfield_call asking_parents[ASKING_ROOM]; /* the call of the host's that waits for each of ours */

/* Whose call this was made for; from then on nobody's. */
FIXTURE_UNUSED static jackfield_call asked_by(jackfield_call call) {
  return atomic_exchange(&asking_parents[call % ASKING_ROOM], 0);
}

/* Call the first service of the descriptor on behalf of `parent`. */
FIXTURE_UNUSED static int32_t ask(fixture *self, jackfield_call parent, uint32_t method, jackfield_view request) {
  jackfield_start start = {0};
  start.size = sizeof start;
  start.method = method;
  jackfield_call nobody;
  do {
    start.call = atomic_fetch_add(&asking_names, 1) + 1;
    nobody = 0; /* a call that is still waited for keeps its place */
  } while (!atomic_compare_exchange_strong(&asking_parents[start.call % ASKING_ROOM], &nobody, parent));
  start.parent = parent;
  start.request = request;
  int32_t status = self->host->start(self->host->instance, &start);
  if (status != JACKFIELD_OK) asked_by(start.call);
  return status;
}

/* Ask the model "default", as a stream. */
FIXTURE_UNUSED static int32_t ask_model(fixture *self, jackfield_call parent, const char *text) {
  jackfield_builder b;
  jackfield_llm_complete request = {0};
  jackfield_llm_message message = {0};
  jackfield_llm_part part = {0};
  jackfield_build(&b, sizeof request);
  request.model = jackfield_build_string(&b, "default");
  request.flags = JACKFIELD_LLM_STREAM;
  request.messages = jackfield_build_list(&b, 1, sizeof message);
  message.role = jackfield_build_string(&b, "user");
  message.parts = jackfield_build_list(&b, 1, sizeof part);
  part.kind = JACKFIELD_LLM_PART_TEXT;
  part.text = jackfield_build_string(&b, text);
  jackfield_build_set(&b, message.parts, 0, &part);
  jackfield_build_set(&b, request.messages, 0, &message);
  int32_t status = ask(self, parent, JACKFIELD_LLM_COMPLETE, jackfield_built(&b, &request));
  jackfield_build_free(&b);
  return status;
}

#endif
