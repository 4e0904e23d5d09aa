/*
 * Faulty: sends payloads that are not well formed. The question says which: "event KIND" or "result KIND", where KIND is
 * one of those below, named for what jackfield_check calls the fault. After a malformed event the call is finished as if
 * all were well. The answer to "status" is what the host said to the last malformed event.
 */
#include "fixture.h"

static int32_t last_status;

/* A text event or result with one thing wrong. `b` holds a good one, with a text at its end. */
static jackfield_view spoil(jackfield_builder *b, const char *kind, uint32_t text_field) {
  jackfield_view view = {b->bytes, b->size};
  uint32_t *words = (uint32_t *)(void *)b->bytes;
  uint32_t *offset = &words[text_field / 4], *length = &words[text_field / 4 + 1];
  if (strcmp(kind, "empty") == 0) {
    view.data = NULL;
    view.size = 0;
  } else if (strcmp(kind, "null") == 0) {
    view.data = NULL; /* null with a size */
  } else if (strcmp(kind, "endless") == 0) {
    view.size = UINT64_MAX;
  } else if (strcmp(kind, "short") == 0) {
    view.size = 4;
  } else if (strcmp(kind, "size") == 0) {
    words[0] = 0x7fffffff;
  } else if (strcmp(kind, "tiny") == 0) {
    words[0] = 8;
  } else if (strcmp(kind, "range") == 0) {
    *length = 0x00ffffff;
  } else if (strcmp(kind, "wrap") == 0) {
    *offset = 0xfffffff0u;
    *length = 0x20;
  } else if (strcmp(kind, "head") == 0) {
    *offset = 4; /* points into the struct */
    *length = 4;
  } else if (strcmp(kind, "text") == 0) {
    memset(b->bytes + *offset, 0xff, *length);
  } else if (strcmp(kind, "surrogate") == 0) {
    memcpy(b->bytes + *offset, "\xed\xa0\x80", 3);
  } else if (strcmp(kind, "alignment") == 0) {
    memmove(b->bytes + 4, b->bytes, b->size - 4);
    view.data = b->bytes + 4;
    view.size = b->size - 4;
  } else if (strcmp(kind, "unknown") == 0) {
    words[0] = (uint32_t)b->size; /* the text now belongs to a struct that nobody knows, and is not zero */
  }
  return view;
}

static int32_t event(fixture *self, jackfield_call call, const char *kind) {
  jackfield_builder b;
  int32_t status;
  if (strcmp(kind, "overlap") == 0 || strcmp(kind, "stride") == 0 || strcmp(kind, "unaligned-list") == 0 ||
      strcmp(kind, "list-reserved") == 0 || strcmp(kind, "list-range") == 0) {
    jackfield_agent_question question = {0};
    jackfield_build(&b, sizeof question);
    question.text = jackfield_build_string(&b, "which way, please, is the exit from here?");
    question.options = jackfield_build_list(&b, 2, sizeof(jackfield_item));
    if (strcmp(kind, "overlap") == 0) {
      question.id.offset = question.text.offset; /* both cover the same bytes, and more than there are */
      question.id.length = question.text.length;
    } else if (strcmp(kind, "stride") == 0) {
      question.options.stride = 0;
    } else if (strcmp(kind, "unaligned-list") == 0) {
      question.options.offset += 4;
    } else if (strcmp(kind, "list-range") == 0) {
      question.options.count = 0x40000000;
    } else {
      question.options.reserved = 1;
    }
    status = self->host->emit(self->host->instance, call, JACKFIELD_AGENT_EVENT_QUESTION, jackfield_built(&b, &question));
  } else if (strcmp(kind, "severity") == 0) { /* well formed, but a number outside its list */
    jackfield_agent_finding finding = {0};
    jackfield_build(&b, sizeof finding);
    finding.severity = 99;
    finding.id = jackfield_build_string(&b, "strange");
    finding.title = jackfield_build_string(&b, "A severity that nobody knows.");
    status = self->host->emit(self->host->instance, call, JACKFIELD_AGENT_EVENT_FINDING, jackfield_built(&b, &finding));
  } else {
    jackfield_agent_text text = {0};
    jackfield_build(&b, sizeof text);
    text.text = jackfield_build_string(&b, "this text must never be seen by a client");
    text.reserved = strcmp(kind, "reserved") == 0 ? 1 : 0;
    jackfield_built(&b, &text);
    status = self->host->emit(self->host->instance, call, JACKFIELD_AGENT_EVENT_TEXT,
                              spoil(&b, kind, offsetof(jackfield_agent_text, text)));
  }
  jackfield_build_free(&b);
  return status;
}

static void result(fixture *self, jackfield_call call, const char *kind) {
  jackfield_builder b;
  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof result);
  result.note = jackfield_build_string(&b, "this note must never be seen by a client");
  jackfield_built(&b, &result);
  finish(self, call, JACKFIELD_OK, "", spoil(&b, kind, offsetof(jackfield_agent_result, note)));
  jackfield_build_free(&b);
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64], text[64];
  read_input(start, input, sizeof input);
  if (strncmp(input, "event ", 6) == 0) {
    last_status = event(self, start->call, input + 6);
    done(self, start->call);
  } else if (strncmp(input, "result ", 7) == 0) {
    result(self, start->call, input + 7);
  } else {
    snprintf(text, sizeof text, "the host said %d", last_status);
    answer(self, start->call, text);
  }
  return JACKFIELD_OK;
}
