/*
 * A host for unit tests: it makes an instance of the plugin that is linked into the test, answers its services from
 * what the test has set, and keeps what the plugin said. One thread: every answer comes inside the function that asks.
 *
 *   test_open("{}");
 *   test_call(JACKFIELD_AGENT_INVOKE, jackfield_built(&b, &request));
 *   EXPECT(test.code == JACKFIELD_OK && test.event_count == 2);
 *   test_close();
 */
#ifndef HOST_H
#define HOST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jackfield/jackfield.h>

#define TEST_EVENTS 64

typedef struct test_payload {
  uint32_t number;
  jackfield_view view; /* a copy */
} test_payload;

static struct {
  /* Set by the test. */
  int is_slow;           /* take no event at once: each is asked for again */
  uint32_t status;       /* of what the http service answers */
  const char *header[2]; /* one of its headers, or null */
  const char *chunks[8]; /* its body, in pieces; null after the last */
  /* How the last call went. */
  int32_t code;
  uint32_t retry;
  char message[1024];
  jackfield_view result;
  test_payload events[TEST_EVENTS];
  uint32_t event_count;
  /* What the plugin last asked of the http service. */
  char *request; /* "METHOD URL\nNAME: VALUE\n...\n\nBODY" */
  int failures;
  /* Inside. */
  jackfield_side plugin;
  jackfield_call current, last;
  const jackfield_method_contract *contract;
  int was_refused;
} test;

#define EXPECT(condition)                                                        \
  do {                                                                           \
    if (!(condition)) {                                                          \
      fprintf(stderr, "%s:%d: expected %s\n", __FILE__, __LINE__, #condition);   \
      test.failures++;                                                           \
    }                                                                            \
  } while (0)

static jackfield_view test_copy(jackfield_view view) {
  void *bytes = malloc(view.size + 1);
  if (bytes == NULL) abort();
  if (view.size) memcpy(bytes, view.data, view.size);
  ((char *)bytes)[view.size] = 0;
  jackfield_view copy = {bytes, view.size};
  return copy;
}

static const jackfield_method_contract *test_method(const char *id, uint32_t method) {
  for (uint32_t i = 0; i < JACKFIELD_COUNT(jackfield_contracts); i++)
    for (uint32_t k = 0; k < jackfield_contracts[i].method_count; k++)
      if (strcmp(jackfield_contracts[i].id, id) == 0 && jackfield_contracts[i].methods[k].method == method)
        return &jackfield_contracts[i].methods[k];
  return NULL;
}

static int test_is_good(const jackfield_layout *layout, jackfield_view view) {
  return jackfield_check(layout, view).kind == JACKFIELD_FAULT_NONE;
}

/* ---- What the plugin says about the call ---- */

static int32_t test_emit(void *instance, jackfield_call call, uint32_t number, jackfield_view payload) {
  const jackfield_layout *layout = NULL;
  (void)instance;
  if (call == 0 || call != test.current) return JACKFIELD_STALE;
  for (uint32_t i = 0; i < test.contract->event_count; i++)
    if (test.contract->events[i].event == number) layout = test.contract->events[i].payload;
  if (layout == NULL || !test_is_good(layout, payload)) return JACKFIELD_INVALID_ARGUMENT;
  if (test.is_slow && !test.was_refused) {
    test.was_refused = 1;
    test.plugin.resume(test.plugin.instance, call); /* may come before this function has returned */
    return JACKFIELD_WOULD_BLOCK;
  }
  test.was_refused = 0;
  if (test.event_count == TEST_EVENTS) return JACKFIELD_CANCELLED;
  test.events[test.event_count].number = number;
  test.events[test.event_count++].view = test_copy(payload);
  return JACKFIELD_OK;
}

static int32_t test_finish(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance;
  if (call == 0 || call != test.current) return JACKFIELD_STALE;
  test.current = 0;
  test.code = end->code;
  test.retry = end->retry;
  snprintf(test.message, sizeof test.message, "%.*s", (int)end->message.size,
           end->message.data == NULL ? "" : (const char *)end->message.data);
  if (end->code != JACKFIELD_OK) return JACKFIELD_OK;
  if (!test_is_good(test.contract->result, end->result)) {
    test.code = JACKFIELD_INTERNAL;
    snprintf(test.message, sizeof test.message, "the result is malformed");
  } else {
    test.result = test_copy(end->result);
  }
  return JACKFIELD_OK;
}

/* ---- The services ---- */

static void test_end(jackfield_call call, int32_t code, const char *message, jackfield_view result) {
  jackfield_end end = {0};
  end.size = sizeof end;
  end.code = code;
  end.message.data = message;
  end.message.size = strlen(message);
  end.result = result;
  test.plugin.finish(test.plugin.instance, call, &end);
}

static void test_keep_request(jackfield_view payload) {
  jackfield_http_request request;
  jackfield_pair pair;
  jackfield_read(payload, &request, sizeof request);
  free(test.request);
  size_t room = payload.size + 64 + 4 * (size_t)request.headers.count, at = 0;
  test.request = malloc(room);
  if (test.request == NULL) abort();
#define TEST_ADD(reference, behind)                                                              \
  do {                                                                                           \
    jackfield_view part = jackfield_read_text(payload, (reference));                             \
    at += (size_t)snprintf(test.request + at, room - at, "%.*s%s", (int)part.size,               \
                           part.data == NULL ? "" : (const char *)part.data, (behind));          \
  } while (0)
  TEST_ADD(request.method, " ");
  TEST_ADD(request.url, "\n");
  for (uint32_t i = 0; i < request.headers.count; i++) {
    jackfield_read_element(payload, request.headers, i, &pair, sizeof pair);
    TEST_ADD(pair.name, ": ");
    TEST_ADD(pair.value, "\n");
  }
  jackfield_text body = {request.body.offset, request.body.length};
  TEST_ADD(body, "");
#undef TEST_ADD
}

static void test_answer_http(jackfield_call call) {
  jackfield_builder b;
  jackfield_http_head head = {0};
  jackfield_pair pair = {{0, 0}, {0, 0}};
  jackfield_empty nothing = {0, 0};
  jackfield_build(&b, sizeof head);
  head.status = test.status;
  if (test.header[0] != NULL) {
    head.headers = jackfield_build_list(&b, 1, sizeof pair);
    pair.name = jackfield_build_string(&b, test.header[0]);
    pair.value = jackfield_build_string(&b, test.header[1]);
    jackfield_build_set(&b, head.headers, 0, &pair);
  }
  test.plugin.emit(test.plugin.instance, call, JACKFIELD_HTTP_EVENT_HEAD, jackfield_built(&b, &head));
  jackfield_build_free(&b);
  for (uint32_t i = 0; i < 8 && test.chunks[i] != NULL; i++) {
    jackfield_http_body body = {0};
    jackfield_build(&b, sizeof body);
    body.data = jackfield_build_data(&b, test.chunks[i], strlen(test.chunks[i]));
    test.plugin.emit(test.plugin.instance, call, JACKFIELD_HTTP_EVENT_BODY, jackfield_built(&b, &body));
    jackfield_build_free(&b);
  }
  jackfield_build(&b, sizeof nothing);
  test_end(call, JACKFIELD_OK, "", jackfield_built(&b, &nothing));
  jackfield_build_free(&b);
}

static int32_t test_start(void *instance, const jackfield_start *start) {
  const jackfield_plugin *plugin = jackfield_plugin_v1();
  jackfield_view none = {NULL, 0};
  (void)instance;
  if (start->interface >= plugin->service_count) return JACKFIELD_UNSUPPORTED;
  const char *id = plugin->services[start->interface]->id;
  const jackfield_method_contract *method = test_method(id, start->method);
  if (method == NULL) return JACKFIELD_UNSUPPORTED;
  if (!test_is_good(method->request, start->request)) return JACKFIELD_INVALID_ARGUMENT;
  if (strcmp(id, JACKFIELD_HTTP) == 0 && test.status != 0) {
    test_keep_request(start->request);
    test_answer_http(start->call);
  } else {
    test_end(start->call, JACKFIELD_UNAVAILABLE, "the test has set no answer", none);
  }
  return JACKFIELD_OK;
}

static int32_t test_ignore(void *instance, jackfield_call call) {
  (void)instance, (void)call;
  return JACKFIELD_STALE;
}

/* ---- For the test ---- */

/* Make and open an instance. Answers what `create` answered; its sentence is in test.message. */
static int32_t test_open(const char *config) {
  static const jackfield_side host = {
      sizeof host, 0, NULL, test_start, test_emit, test_finish, test_ignore, test_ignore,
  };
  const jackfield_plugin *plugin = jackfield_plugin_v1();
  union {
    jackfield_side side;
    uint8_t room[JACKFIELD_SIDE_ROOM];
  } given;
  uint32_t services[16];
  jackfield_setup setup = {0};
  jackfield_failure failure = {0};
  memset(&given, 0, sizeof given);
  given.side.size = JACKFIELD_SIDE_ROOM;
  for (uint32_t i = 0; i < 16; i++) services[i] = 1;
  setup.size = sizeof setup;
  setup.service_count = plugin->service_count;
  setup.host = &host;
  setup.services = plugin->service_count ? services : NULL;
  setup.instance_id.data = "test";
  setup.instance_id.size = 4;
  setup.config.data = config;
  setup.config.size = strlen(config);
  setup.abi_revision = JACKFIELD_ABI_REVISION;
  failure.size = sizeof failure;
  int32_t code = plugin->create(&setup, &given.side, &failure);
  snprintf(test.message, sizeof test.message, "%s", failure.message);
  test.plugin = given.side;
  return code == JACKFIELD_OK ? plugin->open(test.plugin.instance, &failure) : code;
}

static void test_forget(void) {
  for (uint32_t i = 0; i < test.event_count; i++) free((void *)test.events[i].view.data);
  free((void *)test.result.data);
  test.result.data = NULL;
  test.event_count = 0;
}

/* Make a call; how it went is in `test`. */
static void test_call(uint32_t method, jackfield_view request) {
  jackfield_start start = {0};
  test_forget();
  test.code = -1;
  test.message[0] = 0;
  start.size = sizeof start;
  start.method = method;
  start.call = test.current = ++test.last;
  start.request = request;
  test.contract = test_method(jackfield_plugin_v1()->roles[0]->id, method);
  int32_t code = test.plugin.start(test.plugin.instance, &start);
  if (code != JACKFIELD_OK) test.code = code;
}

static void test_close(void) {
  const jackfield_plugin *plugin = jackfield_plugin_v1();
  plugin->drain(test.plugin.instance, 0);
  plugin->close(test.plugin.instance);
  plugin->destroy(test.plugin.instance);
  test_forget();
  free(test.request);
  test.request = NULL;
}

/* Does a text of a payload equal this? */
static inline int test_equals(jackfield_view payload, jackfield_text text, const char *expected) {
  return jackfield_equals(jackfield_read_text(payload, text), expected);
}

/* Do the bytes of a payload's text contain this? Copies of payloads end with NUL. */
static inline int test_contains(jackfield_view payload, jackfield_text text, const char *expected) {
  jackfield_view view = jackfield_read_text(payload, text);
  size_t n = strlen(expected);
  for (size_t i = 0; i + n <= view.size; i++)
    if (memcmp((const char *)view.data + i, expected, n) == 0) return 1;
  return 0;
}

#endif
