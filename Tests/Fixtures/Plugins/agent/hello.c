/*
 * A whole agent in one file that needs nothing but the ABI's headers:
 *
 *   cc -shared -fPIC -I PluginAPI/C/include -o libagent-hello.so hello.c
 *
 * It greets the one who asks, repeats the question, and reports one finding. Everything happens inside `start`.
 */
#include <stdlib.h>

#include <jackfield/jackfield.h>

static void finish(const jackfield_side *host, jackfield_call call, jackfield_view result) {
  jackfield_end end = {0};
  end.size = sizeof end;
  end.result = result;
  host->finish(host->instance, call, &end);
}

static void describe(const jackfield_side *host, jackfield_call call) {
  jackfield_builder b;
  jackfield_agent_description description = {0};
  jackfield_agent_capability capability = {0};
  jackfield_item keyword = {{0, 0}};
  jackfield_build(&b, sizeof description);
  description.summary = jackfield_build_string(&b, "Says hello.");
  description.capabilities = jackfield_build_list(&b, 1, sizeof capability);
  capability.id = jackfield_build_string(&b, "greeting");
  capability.description = jackfield_build_string(&b, "Greets the one who asks.");
  capability.keywords = jackfield_build_list(&b, 1, sizeof keyword);
  keyword.text = jackfield_build_string(&b, "hello");
  jackfield_build_set(&b, capability.keywords, 0, &keyword);
  jackfield_build_set(&b, description.capabilities, 0, &capability);
  finish(host, call, jackfield_built(&b, &description));
  jackfield_build_free(&b);
}

static void invoke(const jackfield_side *host, const jackfield_start *start) {
  jackfield_agent_invoke request;
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view input = jackfield_read_text(start->request, request.input);

  jackfield_builder b;
  jackfield_agent_text greeting = {0};
  jackfield_build(&b, sizeof greeting);
  greeting.text = jackfield_build_string(&b, "Hello! You asked: ");
  host->emit(host->instance, start->call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &greeting));
  jackfield_build_free(&b);

  jackfield_agent_text echo = {0};
  jackfield_build(&b, sizeof echo);
  echo.text = jackfield_build_text(&b, input.data, input.size);
  host->emit(host->instance, start->call, JACKFIELD_AGENT_EVENT_TEXT, jackfield_built(&b, &echo));
  jackfield_build_free(&b);

  jackfield_agent_finding finding = {0};
  jackfield_build(&b, sizeof finding);
  finding.severity = JACKFIELD_SEVERITY_INFO;
  finding.present = JACKFIELD_FINDING_HAS_VALUE;
  finding.value = (double)input.size;
  finding.id = jackfield_build_string(&b, "question.size");
  finding.title = jackfield_build_string(&b, "The question was read.");
  finding.unit = jackfield_build_string(&b, "By");
  finding.source = jackfield_build_string(&b, "the question");
  host->emit(host->instance, start->call, JACKFIELD_AGENT_EVENT_FINDING, jackfield_built(&b, &finding));
  jackfield_build_free(&b);

  jackfield_agent_result result = {0};
  jackfield_build(&b, sizeof result);
  finish(host, start->call, jackfield_built(&b, &result));
  jackfield_build_free(&b);
}

static int32_t start(void *instance, const jackfield_start *start) {
  const jackfield_side *host = *(const jackfield_side **)instance;
  if (start->method == JACKFIELD_AGENT_DESCRIBE)
    describe(host, start->call);
  else if (start->method == JACKFIELD_AGENT_INVOKE)
    invoke(host, start);
  else
    return JACKFIELD_UNSUPPORTED;
  return JACKFIELD_OK;
}

/* This agent uses no service, so the host has no events or results for it; and it is done before anybody can cancel. */
static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_STALE;
}
static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call, (void)end;
  return JACKFIELD_STALE;
}
static int32_t cancel(void *instance, jackfield_call call) {
  (void)instance, (void)call;
  return JACKFIELD_STALE;
}

static int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  const jackfield_side **self = malloc(sizeof *self);
  (void)failure;
  if (self == NULL) return JACKFIELD_EXHAUSTED;
  *self = setup->host;
  plugin->size = sizeof *plugin;
  plugin->instance = self;
  plugin->start = start;
  plugin->emit = emit;
  plugin->finish = finished;
  plugin->cancel = cancel;
  plugin->resume = cancel;
  return JACKFIELD_OK;
}

static int32_t open_(void *instance, jackfield_failure *failure) {
  (void)instance, (void)failure;
  return JACKFIELD_OK;
}
static void drain(void *instance, int64_t deadline) { (void)instance, (void)deadline; }
static void close_(void *instance) { (void)instance; }
static void destroy(void *instance) { free(instance); }

static const jackfield_interface agent = {.size = sizeof agent, .revision = 1, .id = JACKFIELD_AGENT};
static const jackfield_interface *const roles[] = {&agent};

static const jackfield_plugin plugin = {
    .size = sizeof plugin,
    .abi_revision = JACKFIELD_ABI_REVISION,
    .id = "agent/hello",
    .version = "1.0.0",
    .role_count = 1,
    .roles = roles,
    .create = create,
    .open = open_,
    .drain = drain,
    .close = close_,
    .destroy = destroy,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin; }
