/*
 * Hostile: writes to the wire between runner and host itself, past the runner, and then answers in the ordinary way.
 * The question says what it writes. What is no frame, or none that may come now:
 *
 *   garbage    random bytes                        text       what a person would type
 *   zero       a frame of length 0                 length     a length that its parts do not make
 *   endless    a length of 4 GiB                   parts      parts that are longer than is allowed
 *   kind       a kind that there is not            backwards  what only the host says: create
 *   created    that it was created, a second time  loaded     that it was loaded, a second time
 *   short      the beginning of a frame, and then what the runner says
 *
 * Frames that are well formed, for things that there are not:
 *
 *   emit       an event for a call that never was  finish     the end of one
 *   cancel     the wish to end one                 credit     bytes that were taken of one
 *   skipped    that one was never heard of         refused    that one was refused
 *   start      a call on a service that it never declared
 *   payload    an event for its own call, whose payload is random
 *   much       bytes below zero that were taken of a timer's call
 *   vanish     that its own call was never heard of
 *   unrefused  that its own call was refused with the status for "all is well"
 *   overdraw   4,096 events of 64 KiB for its own call, whatever credit there is
 *   flood      100,000 calls on the service that it declared, timers of an hour, by as many names
 */
#define HOSTILE_TO_OTHERS
#define HOSTILE_OWN_INVOKE
#define FIXTURE_SERVICES FIXTURE_INTERFACE(JACKFIELD_TIMER, 1, 0)
#include "hostile.h"

/* As in Host/Isolation/Wire/FrameHeader.swift. */
typedef struct frame {
  uint32_t length, kind;
  uint64_t call, parent;
  uint32_t first, second;
  int64_t amount;
  uint32_t head, body;
  uint8_t parts[464];
} frame;

enum {
  CREATE = 2, START = 16, EMIT, FINISH, CANCEL, CREDIT, LOADED = 32, CREATED, REFUSED = 48, SKIPPED,
  HEADER = 48
};

static jackfield_call own;

static void fill(void *bytes, size_t size) {
  uint32_t state = 0x9e3779b9; /* the same bytes each time: xorshift */
  for (size_t i = 0; i < size; i++) {
    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    ((uint8_t *)bytes)[i] = (uint8_t)state;
  }
}

static int is(const char *input) { return strcmp(hostile_input, input) == 0; }

/* All of it, however small the pieces are that go out. */
static int put(const void *bytes, size_t size) {
  for (size_t at = 0; at < size;) {
    ssize_t n = write(3, (const char *)bytes + at, size - at);
    if (n < 0 && errno != EINTR) return -1;
    if (n > 0) at += (size_t)n;
  }
  return 0;
}

static int overdraw(void) {
  static char bytes[HEADER + 65536];
  jackfield_agent_text text = {.size = sizeof text, .text = {sizeof text, sizeof bytes - HEADER - sizeof text}};
  frame f = {.length = sizeof bytes, .kind = EMIT, .call = own, .first = JACKFIELD_AGENT_EVENT_TEXT};
  f.body = sizeof bytes - HEADER;
  memset(bytes, 'x', sizeof bytes);
  memcpy(bytes, &f, HEADER);
  memcpy(bytes + HEADER, &text, sizeof text);
  for (int i = 0; i < 4096; i++)
    if (put(bytes, sizeof bytes) != 0) return -1;
  return 0;
}

/* Start timers of an hour, from 1 to `last`. */
static int timers(uint64_t last) {
  frame one = {.kind = START, .second = JACKFIELD_TIMER_AFTER};
  jackfield_timer_after after = {.size = sizeof after, .delay = (int64_t)3600 * 1000 * 1000 * 1000};
  one.body = sizeof after;
  one.length = HEADER + sizeof after;
  memcpy(one.parts, &after, sizeof after);
  for (one.call = 1; one.call <= last; one.call++)
    if (put(&one, one.length) != 0) return -1;
  return 0;
}

static void attack(void) {
  frame f = {.length = HEADER, .kind = EMIT, .call = 0xfeedfacecafebeefull};
  size_t size = HEADER;
  if (is("garbage")) {
    fill(&f, sizeof f);
    size = sizeof f;
  } else if (is("text")) {
    memcpy(&f, "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", 54);
  } else if (is("zero")) {
    f.length = 0;
  } else if (is("length")) {
    f.length = 4096;
    f.body = 8;
  } else if (is("endless")) {
    f.length = 0xfffffff8;
    f.body = 0xfffffff8 - HEADER;
  } else if (is("parts")) {
    f.kind = FINISH;
    f.head = 0x40000000;
    f.length = HEADER + 0x40000000;
  } else if (is("kind")) {
    f.kind = 4711;
  } else if (is("backwards")) {
    f.kind = CREATE;
  } else if (is("created") || is("loaded")) {
    f.kind = is("created") ? CREATED : LOADED;
    f.call = 0;
  } else if (is("short")) {
    f.body = 4096;
    f.length = HEADER + 4096;
  } else if (is("emit")) {
    f.first = JACKFIELD_AGENT_EVENT_TEXT;
  } else if (is("finish")) {
    f.kind = FINISH;
  } else if (is("cancel")) {
    f.kind = CANCEL;
  } else if (is("credit")) {
    f.kind = CREDIT;
    f.amount = INT64_MAX;
  } else if (is("skipped")) {
    f.kind = SKIPPED;
  } else if (is("refused")) {
    f.kind = REFUSED;
    f.first = 4711;
  } else if (is("start")) {
    f.kind = START;
    f.first = 4711;
    f.second = 4711;
    f.parent = own;
  } else if (is("payload")) {
    f.call = own;
    f.first = JACKFIELD_AGENT_EVENT_TEXT;
    f.body = sizeof f.parts;
    f.length = sizeof f;
    fill(f.parts, sizeof f.parts);
    size = sizeof f;
  } else if (is("much")) {
    timers(1);
    f.kind = CREDIT;
    f.call = 1;
    f.amount = INT64_MIN;
  } else if (is("vanish")) {
    f.kind = SKIPPED;
    f.call = own;
  } else if (is("unrefused")) {
    f.kind = REFUSED;
    f.call = own;
  }
  tried("write to the wire", is("overdraw") ? overdraw() : is("flood") ? timers(100000) : put(&f, size));
}

static int32_t invoke(fixture *self, const jackfield_start *start) {
  own = start->call;
  read_input(start, hostile_input, sizeof hostile_input);
  hostile_attack();
  return answer(self, start->call, hostile_report);
}
