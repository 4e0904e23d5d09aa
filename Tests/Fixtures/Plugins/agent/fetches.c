/*
 * Asks the http service for whatever it is told: the question is a small request.
 *
 *   METHOD URL              "FOLLOW URL" is GET that asks again where a 3xx points, at most five times
 *   Name: value             any number of headers
 *   +N                      a body of N bytes
 *
 * The answer is "finish CODE: sentence" where it failed, else "status S, N bytes", with " of one kind" where all bytes of
 * the body are equal, and the beginning of the body behind a line break. "start CODE" where the call was refused at once.
 */
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_HTTP, 1, 0)
#define FIXTURE_EMIT emitted
#define FIXTURE_FINISH finished
#include <pthread.h>

#include "fixture.h"

#include "asking.h"

#define ROOM 4096

/* One request under way. */
typedef struct fetch {
  jackfield_call parent;
  uint32_t status;
  int hops, follows, is_mixed;
  uint64_t bytes;
  char begin[512], location[1024];
} fetch;

static fetch fetches[ROOM];

static int32_t request(fixture *self, jackfield_call parent, const char *method, const char *url,
                       char *headers, int hops, int follows) {
  jackfield_builder b;
  jackfield_http_request request = {0};
  jackfield_start start = {0};
  jackfield_pair pairs[16];
  uint32_t count = 0;
  size_t body = 0;
  jackfield_build(&b, sizeof request);
  request.method = jackfield_build_string(&b, method);
  request.url = jackfield_build_string(&b, url);
  char *rest = NULL;
  for (char *line = strtok_r(headers, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    char *colon = strstr(line, ": ");
    if (line[0] == '+') {
      body = strtoul(line + 1, NULL, 10);
    } else if (colon && count < 16) {
      pairs[count].name = jackfield_build_text(&b, line, (uint64_t)(colon - line));
      pairs[count].value = jackfield_build_string(&b, colon + 2);
      count++;
    }
  }
  request.headers = jackfield_build_list(&b, count, sizeof *pairs);
  for (uint32_t i = 0; i < count; i++) jackfield_build_set(&b, request.headers, i, &pairs[i]);
  if (body) {
    char *bytes = calloc(1, body);
    request.body = jackfield_build_data(&b, bytes, body);
    free(bytes);
  }
  start.size = sizeof start;
  start.method = JACKFIELD_HTTP_REQUEST;
  start.call = atomic_fetch_add(&asking_names, 1) + 1;
  start.parent = parent;
  start.request = jackfield_built(&b, &request);
  fetch *one = &fetches[start.call % ROOM];
  memset(one, 0, sizeof *one);
  one->parent = parent;
  one->hops = hops;
  one->follows = follows;
  int32_t status = self->host->start(self->host->instance, &start);
  jackfield_build_free(&b);
  return status;
}

static int32_t emitted(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  fetch *one = &fetches[call % ROOM];
  (void)instance;
  if (event == JACKFIELD_HTTP_EVENT_HEAD) {
    jackfield_http_head head;
    jackfield_read(payload, &head, sizeof head);
    one->status = head.status;
    for (uint32_t i = 0; i < head.headers.count; i++) {
      jackfield_pair pair;
      jackfield_read_element(payload, head.headers, i, &pair, sizeof pair);
      jackfield_view value = jackfield_read_text(payload, pair.value);
      if (jackfield_equals(jackfield_read_text(payload, pair.name), "location") && value.size < sizeof one->location)
        memcpy(one->location, value.data, value.size);
    }
  } else if (event == JACKFIELD_HTTP_EVENT_BODY) {
    jackfield_http_body body;
    jackfield_read(payload, &body, sizeof body);
    jackfield_view data = jackfield_read_data(payload, body.data);
    const char *bytes = data.data;
    for (uint64_t i = 0; i < data.size; i++) {
      if (one->bytes + i < sizeof one->begin - 1) one->begin[one->bytes + i] = bytes[i];
      one->is_mixed |= bytes[i] != (one->bytes + i ? one->begin[0] : bytes[0]);
    }
    one->bytes += data.size;
  }
  return JACKFIELD_OK;
}

static int32_t finished(void *instance, jackfield_call call, const jackfield_end *end) {
  fetch one = fetches[call % ROOM];
  char text[2048];
  if (one.parent == 0) return JACKFIELD_STALE;
  fetches[call % ROOM].parent = 0;
  if (end->code != JACKFIELD_OK) {
    snprintf(text, sizeof text, "finish %d: %.*s", end->code, (int)(end->message.size < 1500 ? end->message.size : 1500),
             end->message.data ? (const char *)end->message.data : "");
  } else if (one.follows && one.status / 100 == 3 && one.location[0] && one.hops < 5) {
    char none[1] = "";
    int32_t status = request(instance, one.parent, "GET", one.location, none, one.hops + 1, 1);
    if (status == JACKFIELD_OK) return JACKFIELD_OK;
    snprintf(text, sizeof text, "start %d", status);
  } else {
    /* Zeros are no text: the beginning of such a body stays empty. */
    snprintf(text, sizeof text, "status %u, %llu bytes%s\n%s", one.status, (unsigned long long)one.bytes,
             one.bytes && !one.is_mixed ? " of one kind" : "", one.begin);
  }
  answer(instance, one.parent, text);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[4096], text[64];
  read_input(start, input, sizeof input);
  char *headers = strchr(input, '\n');
  if (headers) *headers++ = 0;
  char *url = strchr(input, ' ');
  if (!url) return fail(self, start->call, JACKFIELD_INVALID_ARGUMENT, "METHOD URL");
  *url++ = 0;
  int follows = strcmp(input, "FOLLOW") == 0;
  char none[1] = "";
  int32_t status = request(self, start->call, follows ? "GET" : input, url, headers ? headers : none, 0, follows);
  if (status != JACKFIELD_OK) {
    snprintf(text, sizeof text, "start %d", status);
    answer(self, start->call, text);
  }
  return JACKFIELD_OK;
}
