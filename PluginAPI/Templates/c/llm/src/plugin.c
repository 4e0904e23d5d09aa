/* @ID@: models of a server that speaks OpenAI's chat completions. */
#include <stdlib.h>

#include "answer.h"
#include "request.h"
#include "upstream.h"

typedef struct state {
  text models;      /* URL */
  text completions; /* URL */
  text secret;      /* the name of one, or empty */
} state;

int32_t plugin_make(const json *config, void **made, jackfield_failure *failure) {
  const char *base = json_text(config, "base_url", "http://127.0.0.1:8000/v1");
  size_t length = strlen(base);
  state *s = calloc(1, sizeof *s);
  if (s == NULL) return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
  while (length > 0 && base[length - 1] == '/') length--;
  text_add_bytes(&s->models, base, length);
  text_add(&s->models, "/models");
  text_add_bytes(&s->completions, base, length);
  text_add(&s->completions, "/chat/completions");
  text_add(&s->secret, json_text(config, "api_key_secret", ""));
  *made = s;
  if (!s->models.failed && !s->completions.failed && !s->secret.failed) return JACKFIELD_OK;
  plugin_release(s);
  return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
}

void plugin_release(void *made) {
  state *s = made;
  text_free(&s->models);
  text_free(&s->completions);
  text_free(&s->secret);
  free(s);
}

/* ---- models ---- */

static void finish_models(call *c, const json *data) {
  jackfield_builder b;
  jackfield_llm_models_result result = {0};
  jackfield_llm_model model;
  uint32_t count = 0, at = 0;
  for (const json *each = data == NULL ? NULL : data->first; each != NULL; each = each->next)
    if (json_text(each, "id", "")[0]) count++;
  jackfield_build(&b, sizeof result);
  result.models = jackfield_build_list(&b, count, sizeof model);
  for (const json *each = data == NULL ? NULL : data->first; each != NULL; each = each->next) {
    const char *id = json_text(each, "id", ""), *owner = json_text(each, "owned_by", "");
    if (!id[0]) continue;
    memset(&model, 0, sizeof model);
    model.id = jackfield_build_string(&b, id);
    if (owner[0]) model.owner = jackfield_build_string(&b, owner);
    model.created = json_integer(each, "created", 0);
    jackfield_build_set(&b, result.models, at++, &model);
  }
  call_finish(c, &b, &result);
}

static void models(call *c, const state *s) {
  upstream u;
  text body = {0};
  if (!upstream_send(c, &u, "GET", s->models.data, s->secret.data, NULL)) return;
  if (u.status < 200 || u.status > 299) {
    upstream_refused(c, &u);
  } else {
    const char *reason = "it is too long";
    upstream_beginning(&u, &body, 4 << 20);
    json *list = json_parse(body.data, body.size, &reason);
    if (service_code(u.call) != JACKFIELD_OK)
      service_fail(c, u.call);
    else if (list == NULL)
      call_fail(c, JACKFIELD_UNAVAILABLE, "the server's list of models is not JSON: %s", reason);
    else
      finish_models(c, json_get(list, "data"));
    json_free(list);
  }
  service_free(u.call);
  text_free(&body);
}

/* ---- complete ---- */

static void relay(call *c, upstream *u, uint64_t prompt) {
  answer a = {0};
  jackfield_view piece;
  a.c = c;
  while (!a.is_done && !a.has_failed && !a.code && upstream_next(u, &piece)) answer_take(&a, piece);
  if (!a.is_done && !a.has_failed && !a.code && service_code(u->call) != JACKFIELD_OK)
    service_fail(c, u->call);
  else
    answer_finish(&a, prompt);
  answer_free(&a);
}

static void complete(call *c, const state *s, jackfield_view request) {
  upstream u;
  text body = {0};
  uint64_t prompt;
  const char *wrong = write_request(&body, request, &prompt);
  if (wrong != NULL) {
    call_fail(c, JACKFIELD_INVALID_ARGUMENT, "%s holds what should be JSON and is not", wrong);
  } else if (upstream_send(c, &u, "POST", s->completions.data, s->secret.data, &body)) {
    if (u.status < 200 || u.status > 299)
      upstream_refused(c, &u);
    else
      relay(c, &u, prompt);
    service_free(u.call);
  }
  text_free(&body);
}

void plugin_handle(call *c, uint32_t method, jackfield_view request) {
  switch (method) {
    case JACKFIELD_LLM_MODELS: models(c, call_state(c)); break;
    case JACKFIELD_LLM_COMPLETE: complete(c, call_state(c), request); break;
    default: call_fail(c, JACKFIELD_UNSUPPORTED, "this provider makes no embeddings"); break;
  }
}

/* ---- What the plugin is ---- */

static const jackfield_interface role = {.size = sizeof role, .revision = 1, .id = JACKFIELD_LLM};
static const jackfield_interface *const roles[] = {&role};
static const jackfield_interface http = {
    .size = sizeof http, .revision = 1, .id = JACKFIELD_HTTP, .flags = JACKFIELD_REQUIRED};
static const jackfield_interface journal = {.size = sizeof journal, .revision = 1, .id = JACKFIELD_LOG};
static const jackfield_interface *const services[] = {[HTTP] = &http, [JOURNAL] = &journal};

const jackfield_plugin plugin_descriptor = {
    .size = sizeof plugin_descriptor,
    .abi_revision = @ABI@,
    .id = "@ID@",
    .version = "0.1.0",
    .flags = JACKFIELD_MAY_BLOCK,
    .concurrency = 16,
    .role_count = 1,
    .service_count = JACKFIELD_COUNT(services),
    .roles = roles,
    .services = services,
    .create = base_create,
    .open = base_open,
    .drain = base_drain,
    .close = base_close,
    .destroy = base_destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin_descriptor; }
