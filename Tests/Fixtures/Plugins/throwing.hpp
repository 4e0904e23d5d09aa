// A plugin in C++ with one agent that answers "well", for fixtures that throw where they must not. What a fixture does
// differently it says in `on_create` and `on_invoke`.
#ifndef THROWING_HPP
#define THROWING_HPP

#include <jackfield/jackfield.h>

#include <stdexcept>
#include <string>

namespace {

void on_create();
void on_invoke(const std::string &input);

struct Agent {
  const jackfield_side *host;

  template <typename Head>
  void finish(jackfield_call call, jackfield_builder &b, const Head &result) {
    jackfield_end end{};
    end.size = sizeof end;
    end.result = jackfield_built_sized(&b, &result, sizeof result);
    host->finish(host->instance, call, &end);
    jackfield_build_free(&b);
  }
};

int32_t start(void *instance, const jackfield_start *start) {
  Agent &agent = *static_cast<Agent *>(instance);
  jackfield_builder b;
  if (start->method == JACKFIELD_AGENT_DESCRIBE) {
    jackfield_agent_description description{};
    jackfield_build(&b, sizeof description);
    description.summary = jackfield_build_string(&b, "A fixture of the tests.");
    agent.finish(start->call, b, description);
    return JACKFIELD_OK;
  }
  jackfield_agent_invoke request{};
  jackfield_read(start->request, &request, sizeof request);
  jackfield_view input = jackfield_read_text(start->request, request.input);
  on_invoke(std::string(static_cast<const char *>(input.data), input.size));

  jackfield_agent_text text{};
  jackfield_build(&b, sizeof text);
  text.text = jackfield_build_string(&b, "well");
  agent.host->emit(agent.host->instance, start->call, JACKFIELD_AGENT_EVENT_TEXT,
                   jackfield_built_sized(&b, &text, sizeof text));
  jackfield_build_free(&b);
  jackfield_agent_result result{};
  jackfield_build(&b, sizeof result);
  agent.finish(start->call, b, result);
  return JACKFIELD_OK;
}

int32_t emit(void *, jackfield_call, uint32_t, jackfield_view) { return JACKFIELD_STALE; }
int32_t finish(void *, jackfield_call, const jackfield_end *) { return JACKFIELD_STALE; }
int32_t ignore(void *, jackfield_call) { return JACKFIELD_STALE; }

int32_t create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *) {
  on_create();
  plugin->size = sizeof *plugin;
  plugin->instance = new Agent{setup->host};
  plugin->start = start;
  plugin->emit = emit;
  plugin->finish = finish;
  plugin->cancel = ignore;
  plugin->resume = ignore;
  return JACKFIELD_OK;
}

int32_t open(void *, jackfield_failure *) { return JACKFIELD_OK; }
void drain(void *, int64_t) {}
void close(void *) {}
void destroy(void *instance) { delete static_cast<Agent *>(instance); }

const jackfield_interface role{sizeof role, 1, JACKFIELD_AGENT, 0, 0};
const jackfield_interface *const roles[] = {&role, nullptr};
const jackfield_plugin descriptor{
    sizeof descriptor, JACKFIELD_ABI_REVISION, FIXTURE_ID, "1.0.0", 0, 0, 1, 0, roles, nullptr,
    create, open, drain, close, destroy, JACKFIELD_ABI_REVISION, 0};

}  // namespace

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &descriptor; }

#endif
