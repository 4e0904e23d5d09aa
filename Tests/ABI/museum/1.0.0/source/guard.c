/*
 * A validator. "forbidden" blocks, "odd" is flagged, and the word after "secret:" is taken out. What is settled of a
 * stream ends behind its last space, so that no word is judged before it is whole.
 */
#define MUSEUM_ID "validator/museum-guard"
#define MUSEUM_ROLE JACKFIELD_VALIDATOR
#include "museum.h"

#define FINDINGS 64

typedef struct verdict {
  uint32_t action, count;
  struct { uint32_t action, segment, start, length; const char *rule, *message; } found[FINDINGS];
} verdict;

static void found(verdict *all, uint32_t action, uint32_t segment, uint64_t start, uint64_t length, const char *rule,
                  const char *message) {
  if (all->count == FINDINGS) return;
  all->found[all->count].action = action;
  all->found[all->count].segment = segment;
  all->found[all->count].start = (uint32_t)start;
  all->found[all->count].length = (uint32_t)length;
  all->found[all->count].rule = rule;
  all->found[all->count].message = message;
  all->count++;
  if (action > all->action) all->action = action;
}

/* Look at one segment's settled part; write what is left of it into `into`. Answers whether that is another text. */
static int look(verdict *all, uint32_t segment, const char *text, uint64_t size, char *into, uint64_t *length) {
  int is_other = 0;
  *length = 0;
  for (uint64_t at = 0; at < size;) {
    uint64_t until = at;
    while (until < size && text[until] != ' ') until++;
    uint64_t word = until - at;
    if (word == 9 && memcmp(text + at, "forbidden", 9) == 0)
      found(all, JACKFIELD_ACTION_BLOCK, segment, at, word, "museum.forbidden", "A word that no visitor may say.");
    if (word == 3 && memcmp(text + at, "odd", 3) == 0)
      found(all, JACKFIELD_ACTION_FLAG, segment, at, word, "museum.odd", "An odd word.");
    if (word > 7 && memcmp(text + at, "secret:", 7) == 0) {
      found(all, JACKFIELD_ACTION_REDACT, segment, at + 7, word - 7, "museum.secret", "Something that stays here.");
      memcpy(into + *length, "secret:[kept]", 13);
      *length += 13;
      is_other = 1;
    } else {
      memcpy(into + *length, text + at, word);
      *length += word;
    }
    at = until;
    if (at < size) into[(*length)++] = text[at++];
  }
  return is_other;
}

static int32_t start(void *instance, const jackfield_start *start) {
  museum *self = instance;
  jackfield_validator_check request;
  jackfield_validator_verdict answer = {0};
  jackfield_builder b;
  if (start->method != JACKFIELD_VALIDATOR_CHECK) return JACKFIELD_UNSUPPORTED;
  jackfield_read(start->request, &request, sizeof request);
  verdict all = {0};
  jackfield_build(&b, sizeof answer);
  jackfield_validator_rewrite *rewrites = calloc(request.segments.count + 1, sizeof *rewrites);
  uint32_t rewritten = 0;
  answer.settled = jackfield_build_list(&b, request.segments.count, sizeof(jackfield_validator_settled));
  for (uint32_t i = 0; i < request.segments.count; i++) {
    jackfield_validator_segment segment;
    jackfield_validator_settled settled;
    jackfield_read_element(start->request, request.segments, i, &segment, sizeof segment);
    jackfield_view text = jackfield_read_text(start->request, segment.text);
    const char *words = text.data ? (const char *)text.data : "";
    settled.bytes = text.size;
    if (!request.last)
      while (settled.bytes && words[settled.bytes - 1] != ' ') settled.bytes--;
    jackfield_build_set(&b, answer.settled, i, &settled);
    /* "secret:x" is the shortest word that gets longer, by five bytes. */
    char *into = malloc(settled.bytes * 2 + 16);
    uint64_t length = 0;
    if (rewrites && into && look(&all, i, words, settled.bytes, into, &length)) {
      rewrites[rewritten].segment = i;
      rewrites[rewritten++].text = jackfield_build_text(&b, into, length);
    }
    free(into);
  }
  answer.action = all.action;
  answer.findings = jackfield_build_list(&b, all.count, sizeof(jackfield_validator_finding));
  for (uint32_t i = 0; i < all.count; i++) {
    jackfield_validator_finding finding = {0};
    finding.action = all.found[i].action;
    finding.severity = JACKFIELD_SEVERITY_WARNING;
    finding.segment = all.found[i].segment;
    finding.start = all.found[i].start;
    finding.length = all.found[i].length;
    finding.rule = jackfield_build_string(&b, all.found[i].rule);
    finding.message = jackfield_build_string(&b, all.found[i].message);
    jackfield_build_set(&b, answer.findings, i, &finding);
  }
  if (all.action == JACKFIELD_ACTION_REDACT) {
    answer.rewrites = jackfield_build_list(&b, rewritten, sizeof *rewrites);
    for (uint32_t i = 0; i < rewritten; i++) jackfield_build_set(&b, answer.rewrites, i, &rewrites[i]);
  }
  free(rewrites);
  museum_finish(self, start->call, jackfield_built(&b, &answer));
  jackfield_build_free(&b);
  return JACKFIELD_OK;
}

static int32_t cancel(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }
static int32_t resume(void *instance, jackfield_call call) { return (void)instance, (void)call, JACKFIELD_STALE; }

static int32_t emit(void *instance, jackfield_call call, uint32_t event, jackfield_view payload) {
  (void)instance, (void)call, (void)event, (void)payload;
  return JACKFIELD_STALE;
}

static int32_t finish(void *instance, jackfield_call call, const jackfield_end *end) {
  (void)instance, (void)call, (void)end;
  return JACKFIELD_STALE;
}
