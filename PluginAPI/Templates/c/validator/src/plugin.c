/* @ID@: finds words of a list. */
#include <stdlib.h>

#include "base/base.h"

typedef struct word {
  struct word *next;
  size_t length;
  char letters[]; /* lower case */
} word;

typedef struct state {
  word *words;
  size_t longest;
  uint32_t action;
  char *replacement;
} state;

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static int add_word(state *s, const char *letters, size_t length) {
  if (length == 0) return 1;
  word *w = malloc(sizeof *w + length);
  if (w == NULL) return 0;
  for (size_t i = 0; i < length; i++) w->letters[i] = lower(letters[i]);
  w->length = length;
  w->next = s->words;
  s->words = w;
  if (length > s->longest) s->longest = length;
  return 1;
}

int32_t plugin_make(const json *config, void **made, jackfield_failure *failure) {
  const json *words = json_get(config, "words");
  const char *action = json_text(config, "action", "redact");
  const char *replacement = json_text(config, "replacement", "[redacted]");
  state *s = calloc(1, sizeof *s);
  int is_good = s != NULL;
  if (is_good) {
    s->action = strcmp(action, "block") == 0  ? JACKFIELD_ACTION_BLOCK
                : strcmp(action, "flag") == 0 ? JACKFIELD_ACTION_FLAG
                                              : JACKFIELD_ACTION_REDACT;
    s->replacement = malloc(strlen(replacement) + 1);
    is_good = s->replacement != NULL;
  }
  if (is_good) strcpy(s->replacement, replacement);
  if (is_good && words == NULL) is_good = add_word(s, "confidential", strlen("confidential"));
  for (const json *each = words == NULL ? NULL : words->first; is_good && each != NULL; each = each->next)
    if (each->kind == JSON_TEXT) is_good = add_word(s, each->text, each->length);
  *made = s;
  if (is_good) return JACKFIELD_OK;
  plugin_release(s);
  return explain(failure, JACKFIELD_EXHAUSTED, "there is no memory for the configuration");
}

void plugin_release(void *made) {
  state *s = made;
  while (s != NULL && s->words != NULL) {
    word *w = s->words;
    s->words = w->next;
    free(w);
  }
  if (s != NULL) free(s->replacement);
  free(s);
}

/* Bytes of the longest word that stands at the beginning; 0 for none. Letters of ASCII match whatever their case. */
static size_t match(const state *s, const char *at, size_t left) {
  size_t best = 0;
  for (const word *w = s->words; w != NULL; w = w->next) {
    size_t i = 0;
    if (w->length <= best || w->length > left) continue;
    while (i < w->length && lower(at[i]) == w->letters[i]) i++;
    if (i == w->length) best = i;
  }
  return best;
}

/* What was found in all segments. */
typedef struct found {
  jackfield_validator_finding *findings;
  size_t count;
  size_t room;
  int failed;
} found;

static void add_finding(found *f, uint32_t action, uint32_t segment, size_t start, size_t length) {
  if (f->count == f->room) {
    size_t room = f->room ? f->room * 2 : 16;
    jackfield_validator_finding *grown = realloc(f->findings, room * sizeof *grown);
    if (grown == NULL) {
      f->failed = 1;
      return;
    }
    f->findings = grown;
    f->room = room;
  }
  jackfield_validator_finding *finding = &f->findings[f->count++];
  memset(finding, 0, sizeof *finding);
  finding->action = action;
  finding->severity = JACKFIELD_SEVERITY_WARNING;
  finding->segment = segment;
  finding->start = (uint32_t)start;
  finding->length = (uint32_t)length;
}

/* From the left, as far as no later piece of the text can change what is found: how a stream is cut makes no
   difference. Answers how many bytes are settled; what they become is added to `rewritten`. */
static size_t scan(const state *s, const char *bytes, size_t size, uint32_t segment, int is_last, found *f,
                   text *rewritten) {
  size_t at = s->longest == 0 ? size : 0, copied = 0;
  while (is_last ? at < size : at + s->longest <= size) {
    if (at == size) break;
    size_t length = match(s, bytes + at, size - at);
    if (length == 0) {
      at++;
      continue;
    }
    add_finding(f, s->action, segment, at, length);
    text_add_bytes(rewritten, bytes + copied, at - copied);
    text_add(rewritten, s->replacement);
    at += length;
    copied = at;
  }
  while (at > 0 && at < size && ((unsigned char)bytes[at] & 0xc0) == 0x80) at--; /* no character is cut */
  text_add_bytes(rewritten, bytes + copied, at - copied);
  return at;
}

static void check(const state *s, jackfield_view request, jackfield_builder *b,
                  jackfield_validator_verdict *verdict, found *f) {
  jackfield_validator_check subject;
  jackfield_read(request, &subject, sizeof subject);
  uint32_t count = subject.segments.count, rewrites = 0;
  verdict->settled = jackfield_build_list(b, count, sizeof(jackfield_validator_settled));
  jackfield_validator_rewrite *changed = calloc(count ? count : 1, sizeof *changed);
  for (uint32_t i = 0; changed != NULL && i < count; i++) {
    jackfield_validator_segment segment;
    text rewritten = {0};
    jackfield_read_element(request, subject.segments, i, &segment, sizeof segment);
    jackfield_view bytes = jackfield_read_text(request, segment.text);
    size_t before = f->count;
    jackfield_validator_settled settled = {
        scan(s, bytes.data == NULL ? "" : bytes.data, bytes.size, i, subject.last != 0, f, &rewritten)};
    jackfield_build_set(b, verdict->settled, i, &settled);
    if (s->action == JACKFIELD_ACTION_REDACT && f->count > before) {
      changed[rewrites].segment = i;
      changed[rewrites++].text = jackfield_build_text(b, rewritten.data, rewritten.size);
    }
    f->failed |= rewritten.failed;
    text_free(&rewritten);
  }
  verdict->rewrites = jackfield_build_list(b, rewrites, sizeof *changed);
  for (uint32_t i = 0; i < rewrites; i++) jackfield_build_set(b, verdict->rewrites, i, &changed[i]);
  f->failed |= changed == NULL;
  free(changed);
}

void plugin_handle(call *c, uint32_t method, jackfield_view request) {
  const state *s = call_state(c);
  jackfield_builder b;
  jackfield_validator_verdict verdict = {0};
  found f = {0};
  (void)method; /* there is one */
  jackfield_build(&b, sizeof verdict);
  check(s, request, &b, &verdict, &f);
  verdict.action = f.count ? s->action : JACKFIELD_ACTION_ALLOW;
  verdict.findings = jackfield_build_list(&b, (uint32_t)f.count, sizeof *f.findings);
  for (uint32_t i = 0; i < f.count; i++) {
    f.findings[i].rule = jackfield_build_string(&b, "@SNAKE@.word");
    f.findings[i].message = jackfield_build_string(&b, "A word of the configured list.");
    jackfield_build_set(&b, verdict.findings, i, &f.findings[i]);
  }
  if (f.failed) {
    call_fail(c, JACKFIELD_EXHAUSTED, "there is no memory for the verdict");
    jackfield_build_free(&b);
  } else {
    call_finish(c, &b, &verdict);
  }
  free(f.findings);
}

/* ---- What the plugin is ---- */

static const jackfield_interface role = {.size = sizeof role, .revision = 1, .id = JACKFIELD_VALIDATOR};
static const jackfield_interface *const roles[] = {&role};

const jackfield_plugin plugin_descriptor = {
    .size = sizeof plugin_descriptor,
    .abi_revision = @ABI@,
    .id = "@ID@",
    .version = "0.1.0",
    .role_count = 1,
    .roles = roles,
    .create = base_create,
    .open = base_open,
    .drain = base_drain,
    .close = base_close,
    .destroy = base_destroy,
    .header_revision = JACKFIELD_ABI_REVISION,
};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin_descriptor; }
