/* Good: repeats the question in everything that an agent can say. */
#include "fixture.h"

static fixture *me;
static jackfield_call now;

static void emit(uint32_t event, jackfield_view payload) { me->host->emit(me->host->instance, now, event, payload); }

static void artifact(const char *name, const char *media_type, const char *text) {
  jackfield_builder b;
  jackfield_agent_artifact event = {0};
  jackfield_build(&b, sizeof event);
  event.name = jackfield_build_string(&b, name);
  event.media_type = jackfield_build_string(&b, media_type);
  event.data = jackfield_build_data(&b, text, strlen(text));
  emit(JACKFIELD_AGENT_EVENT_ARTIFACT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static void finding(const char *text) {
  char detail[600];
  jackfield_builder b;
  jackfield_agent_finding event = {0};
  snprintf(detail, sizeof detail, "{\"seen\": \"%s\"}", text);
  jackfield_build(&b, sizeof event);
  event.id = jackfield_build_string(&b, "repeats.question");
  event.title = jackfield_build_string(&b, text);
  event.unit = jackfield_build_string(&b, text);
  event.source = jackfield_build_string(&b, text);
  event.detail = jackfield_build_string(&b, detail);
  emit(JACKFIELD_AGENT_EVENT_FINDING, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static void question(const char *text) {
  jackfield_builder b;
  jackfield_agent_question event = {0};
  jackfield_item option = {{0, 0}};
  jackfield_build(&b, sizeof event);
  event.id = jackfield_build_string(&b, "repeats.again");
  event.text = jackfield_build_string(&b, text);
  event.options = jackfield_build_list(&b, 1, sizeof option);
  option.text = jackfield_build_string(&b, text);
  jackfield_build_set(&b, event.options, 0, &option);
  emit(JACKFIELD_AGENT_EVENT_QUESTION, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static void progress(const char *text) {
  jackfield_builder b;
  jackfield_agent_progress event = {0};
  jackfield_build(&b, sizeof event);
  event.fraction = 0.5;
  event.message = jackfield_build_string(&b, text);
  emit(JACKFIELD_AGENT_EVENT_PROGRESS, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[500];
  jackfield_builder b;
  jackfield_agent_result result = {0};
  read_input(start, input, sizeof input);
  me = self;
  now = start->call;
  progress(input);
  artifact("question.txt", "text/plain", input);
  artifact("question.bin", "application/octet-stream", input);
  artifact(input, "text/plain", "what is in a name");
  finding(input);
  question(input);
  say(self, start->call, input);
  jackfield_build(&b, sizeof result);
  result.note = jackfield_build_string(&b, input);
  finish(self, start->call, JACKFIELD_OK, "", jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}
