/* An agent that says everything that an agent can say: each event, a whole result, and on "wait" nothing until it is
   cancelled. */
#define MUSEUM_ID "agent/museum-guide"
#define MUSEUM_ROLE JACKFIELD_AGENT
#include "museum.h"

static void describe(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_description description = {0};
  jackfield_agent_capability capability = {0};
  jackfield_item item = {{0, 0}};
  jackfield_build(&b, sizeof description);
  description.summary = jackfield_build_string(&b, "Shows visitors around the museum of the ABI.");
  description.capabilities = jackfield_build_list(&b, 1, sizeof capability);
  capability.id = jackfield_build_string(&b, "tour");
  capability.description = jackfield_build_string(&b, "Gives a tour of the exhibits.");
  capability.keywords = jackfield_build_list(&b, 2, sizeof item);
  item.text = jackfield_build_string(&b, "museum");
  jackfield_build_set(&b, capability.keywords, 0, &item);
  item.text = jackfield_build_string(&b, "exhibit");
  jackfield_build_set(&b, capability.keywords, 1, &item);
  capability.examples = jackfield_build_list(&b, 1, sizeof item);
  item.text = jackfield_build_string(&b, "What is there to see in the museum?");
  jackfield_build_set(&b, capability.examples, 0, &item);
  jackfield_build_set(&b, description.capabilities, 0, &capability);
  museum_finish(self, call, jackfield_built(&b, &description));
  jackfield_build_free(&b);
}

static void progress(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_progress event = {0};
  jackfield_build(&b, sizeof event);
  event.fraction = 0.5;
  event.message = jackfield_build_string(&b, "unlocking the doors");
  museum_emit(self, call, JACKFIELD_AGENT_EVENT_PROGRESS, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static void finding(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_finding event = {0};
  jackfield_build(&b, sizeof event);
  event.severity = JACKFIELD_SEVERITY_WARNING;
  event.present = JACKFIELD_FINDING_HAS_VALUE | JACKFIELD_FINDING_HAS_THRESHOLD;
  event.value = 42.5;
  event.threshold = 40;
  event.id = jackfield_build_string(&b, "museum.humidity");
  event.title = jackfield_build_string(&b, "The air is too humid for old paper.");
  event.unit = jackfield_build_string(&b, "%");
  event.source = jackfield_build_string(&b, "the hygrometer at the door");
  event.detail = jackfield_build_string(&b, "{\"room\":3}");
  museum_emit(self, call, JACKFIELD_AGENT_EVENT_FINDING, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static void artifact(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_artifact event = {0};
  jackfield_build(&b, sizeof event);
  event.name = jackfield_build_string(&b, "ticket.txt");
  event.media_type = jackfield_build_string(&b, "text/plain");
  event.data = jackfield_build_data(&b, "admit one", 9);
  museum_emit(self, call, JACKFIELD_AGENT_EVENT_ARTIFACT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static void question(museum *self, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_question event = {0};
  jackfield_item item = {{0, 0}};
  jackfield_build(&b, sizeof event);
  event.id = jackfield_build_string(&b, "wing");
  event.text = jackfield_build_string(&b, "Which wing first?");
  event.options = jackfield_build_list(&b, 2, sizeof item);
  item.text = jackfield_build_string(&b, "the east wing");
  jackfield_build_set(&b, event.options, 0, &item);
  item.text = jackfield_build_string(&b, "the west wing");
  jackfield_build_set(&b, event.options, 1, &item);
  museum_emit(self, call, JACKFIELD_AGENT_EVENT_QUESTION, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static void say(museum *self, jackfield_call call, const void *text, uint64_t size) {
  jackfield_builder b;
  jackfield_agent_text event = {0};
  jackfield_build(&b, sizeof event);
  event.text = jackfield_build_text(&b, text, size);
  museum_emit(self, call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &event));
  jackfield_build_free(&b);
}

static int32_t start(void *instance, const jackfield_start *start) {
  museum *self = instance;
  jackfield_agent_invoke request;
  jackfield_context context;
  if (start->method == JACKFIELD_AGENT_DESCRIBE) {
    describe(self, start->call);
    return JACKFIELD_OK;
  }
  if (start->method != JACKFIELD_AGENT_INVOKE) return JACKFIELD_UNSUPPORTED;
  if (jackfield_check(&jackfield_agent_invoke_layout, start->request).kind != JACKFIELD_FAULT_NONE ||
      jackfield_check(&jackfield_context_layout, start->context).kind != JACKFIELD_FAULT_NONE)
    return JACKFIELD_INVALID_ARGUMENT;
  jackfield_read(start->request, &request, sizeof request);
  jackfield_read(start->context, &context, sizeof context);
  jackfield_view input = jackfield_read_text(start->request, request.input);
  if (jackfield_equals(input, "wait")) {
    return museum_write(self, start->call, 0, 0) ? JACKFIELD_OK : JACKFIELD_EXHAUSTED;
  }
  progress(self, start->call);
  finding(self, start->call);
  artifact(self, start->call);
  question(self, start->call);
  say(self, start->call, "Welcome. You asked: ", 20);
  say(self, start->call, input.data ? input.data : "", input.size);
  say(self, start->call, context.request_id.offset && start->deadline ? "" : " (nobody said who asks, or until when)",
      context.request_id.offset && start->deadline ? 0 : 39);

  jackfield_builder b;
  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof result);
  result.flags = JACKFIELD_AGENT_CONSULTED;
  result.prompt_tokens = 3;
  result.completion_tokens = 5;
  result.upstream = jackfield_build_string(&b, "museum/curator");
  result.note = jackfield_build_string(&b, "The tour was given from memory.");
  museum_finish(self, start->call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}

static int32_t cancel(void *instance, jackfield_call call) {
  museum_note *note = museum_take(instance, call, 0);
  if (note == NULL) return JACKFIELD_STALE;
  free(note);
  museum_fail(instance, call, JACKFIELD_CANCELLED, "the visitor has left");
  return JACKFIELD_OK;
}

static int32_t resume(void *instance, jackfield_call call) {
  (void)instance, (void)call;
  return JACKFIELD_STALE;
}

static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_STALE;
}

static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call, (void)end;
  return JACKFIELD_STALE;
}
