#include "upstream.h"

#include <stdio.h>
#include <stdlib.h>

static void set_header(jackfield_builder *b, jackfield_list list, uint32_t index, const char *name, const char *value) {
  jackfield_pair pair;
  pair.name = jackfield_build_string(b, name);
  pair.value = jackfield_build_string(b, value);
  jackfield_build_set(b, list, index, &pair);
}

static service_call *start(call *c, const char *method, const char *url, const char *secret, const text *body,
                           int32_t *code) {
  jackfield_builder b;
  jackfield_http_request request = {0};
  uint32_t count = (body != NULL ? 1u : 0u) + (secret[0] ? 1u : 0u), at = 0;
  jackfield_build(&b, sizeof request);
  request.method = jackfield_build_string(&b, method);
  request.url = jackfield_build_string(&b, url);
  request.headers = jackfield_build_list(&b, count, sizeof(jackfield_pair));
  if (body != NULL) {
    set_header(&b, request.headers, at++, "content-type", "application/json");
    request.body = jackfield_build_data(&b, body->data, body->size);
  }
  if (secret[0]) {
    /* The host puts the secret in: the plugin never has it. */
    char token[256];
    snprintf(token, sizeof token, "Bearer ${secret:%.200s}", secret);
    set_header(&b, request.headers, at, "authorization", token);
  }
  return service_start(c, HTTP, JACKFIELD_HTTP_REQUEST, &b, &request, code);
}

/* Seconds of a retry-after header; the other form, a date, is not read. A day at most. */
static int64_t retry_after(jackfield_view payload, jackfield_list headers) {
  for (uint32_t i = 0; i < headers.count; i++) {
    jackfield_pair pair;
    char digits[16];
    jackfield_read_element(payload, headers, i, &pair, sizeof pair);
    if (!jackfield_equals(jackfield_read_text(payload, pair.name), "retry-after")) continue;
    jackfield_view value = jackfield_read_text(payload, pair.value);
    snprintf(digits, sizeof digits, "%.*s", value.size < 15 ? (int)value.size : 15, (const char *)value.data);
    double seconds = digits[0] >= '0' && digits[0] <= '9' ? strtod(digits, NULL) : 0;
    return (int64_t)((seconds < 86400 ? seconds : 86400) * 1e9);
  }
  return 0;
}

int upstream_send(call *c, upstream *u, const char *method, const char *url, const char *secret, const text *body) {
  int32_t code;
  uint32_t number = 0;
  jackfield_view payload;
  jackfield_http_head head;
  memset(u, 0, sizeof *u);
  if (body != NULL && body->failed) {
    call_fail(c, JACKFIELD_EXHAUSTED, "there is no memory for the request");
    return 0;
  }
  u->call = start(c, method, url, secret, body, &code);
  if (u->call == NULL) {
    call_fail(c, code, "the host refused a call of its http service");
    return 0;
  }
  if (!service_next(u->call, &number, &payload) || number != JACKFIELD_HTTP_EVENT_HEAD) {
    if (service_code(u->call) != JACKFIELD_OK)
      service_fail(c, u->call);
    else
      call_fail(c, JACKFIELD_INTERNAL, "the host sent an answer without its head");
    service_free(u->call);
    return 0;
  }
  jackfield_read(payload, &head, sizeof head);
  u->status = head.status;
  u->retry_after = retry_after(payload, head.headers);
  return 1;
}

int upstream_next(upstream *u, jackfield_view *piece) {
  uint32_t number;
  jackfield_view payload;
  jackfield_http_body body;
  while (service_next(u->call, &number, &payload)) {
    if (number != JACKFIELD_HTTP_EVENT_BODY) continue;
    jackfield_read(payload, &body, sizeof body);
    *piece = jackfield_read_data(payload, body.data);
    return 1;
  }
  return 0;
}

void upstream_beginning(upstream *u, text *body, size_t limit) {
  jackfield_view piece;
  while (body->size < limit && !body->failed && upstream_next(u, &piece))
    text_add_bytes(body, piece.data, piece.size < limit - body->size ? piece.size : limit - body->size);
}

static int32_t code_of(uint32_t status) {
  switch (status) {
    case 400:
    case 413:
    case 422: return JACKFIELD_INVALID_ARGUMENT;
    case 401: return JACKFIELD_UNAUTHENTICATED;
    case 402: return JACKFIELD_EXHAUSTED;
    case 403: return JACKFIELD_FORBIDDEN;
    case 404: return JACKFIELD_NOT_FOUND;
    case 409: return JACKFIELD_CONFLICT;
    case 429: return JACKFIELD_RATE_LIMITED;
    default: return JACKFIELD_UNAVAILABLE;
  }
}

void upstream_refused(call *c, upstream *u) {
  text body = {0};
  char said[504] = "";
  upstream_beginning(u, &body, 64 * 1024);
  json *answer = body.data == NULL ? NULL : json_parse(body.data, body.size, NULL);
  const json *error = json_get(answer, "error");
  const char *message = error != NULL && error->kind == JSON_TEXT ? error->text : json_text(error, "message", "");
  if (message[0]) snprintf(said, sizeof said, ": %.500s", message);
  size_t length = strlen(said); /* a character that was cut off is left out whole */
  while (length > 0 && !jackfield_is_utf8((const uint8_t *)said, length)) said[--length] = 0;
  for (char *p = said; *p; p++)
    if ((unsigned char)*p < 0x20 || *p == 0x7f) *p = ' ';
  if (u->status == 408 || u->status == 429 || u->status >= 500)
    call_fail_retry(c, code_of(u->status), u->retry_after, "the server answered %u%s", (unsigned)u->status, said);
  else
    call_fail(c, code_of(u->status), "the server answered %u%s", (unsigned)u->status, said);
  json_free(answer);
  text_free(&body);
}
