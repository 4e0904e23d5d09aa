/* A validator that flags the word "confidential" and redacts "hunter2". */
#include "plugin.h"

const jackfield_interface plugin_role = {.size = sizeof plugin_role, .revision = 1, .id = JACKFIELD_VALIDATOR};
const char plugin_id[] = "validator/faulty";
const uint32_t plugin_service_count = 2;

enum { FINDINGS = 32 };

/* A word, and what is asked for where it stands. */
typedef struct rule {
  const char *word, *name, *message;
  uint32_t action;
} rule;

static const rule rules[] = {
    {"confidential", "word.confidential",
     FAULT(validator_repeats_secrets) ? "The text says confidential." : "The text says that it is not for everybody.",
     JACKFIELD_ACTION_FLAG},
    {"hunter2", "secret.password", "The text holds a password.", JACKFIELD_ACTION_REDACT},
};

const jackfield_layout *role_layout(uint32_t method) {
  return method == JACKFIELD_VALIDATOR_CHECK ? &jackfield_validator_check_layout : NULL;
}

/* Where the next word of a rule stands, from `at` on, or null. */
static const char *search(jackfield_view text, uint64_t at, const char *word) {
  return text.size > at ? memmem((const char *)text.data + at, text.size - at, word, strlen(word)) : NULL;
}

/* The findings of one segment. */
static uint32_t inspect(plugin *self, jackfield_view text, uint32_t segment, jackfield_validator_finding *into,
                        const rule **which, uint32_t room) {
  uint32_t count = 0;
  for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
    for (const char *at = search(text, 0, rules[r].word); at != NULL && count < room;) {
      uint64_t start = (uint64_t)(at - (const char *)text.data);
      jackfield_validator_finding *finding = &into[count];
      memset(finding, 0, sizeof *finding);
      finding->action = rules[r].action;
      finding->severity = JACKFIELD_SEVERITY_WARNING;
      finding->segment = segment;
      finding->start = (uint32_t)start;
      finding->length = (uint32_t)strlen(rules[r].word);
      if (FAULT(validator_points_beyond)) finding->length += 1000;
      int is_flag = finding->action == JACKFIELD_ACTION_FLAG;
      if (FAULT(validator_grows_stricter) && is_flag && is_known(self, digest(0, text)))
        finding->action = JACKFIELD_ACTION_BLOCK;
      which[count++] = &rules[r];
      at = search(text, start + strlen(rules[r].word), rules[r].word);
    }
  return count;
}

/* The text without its secrets. */
static jackfield_text redacted(jackfield_builder *b, jackfield_view text) {
  char *copy = malloc(text.size + 1);
  if (copy == NULL) return jackfield_build_string(b, "");
  memcpy(copy, text.data, text.size);
  for (const char *at = search(text, 0, "hunter2"); at != NULL;) {
    uint64_t start = (uint64_t)(at - (const char *)text.data);
    memset(copy + start, '*', 7);
    at = search(text, start + 7, "hunter2");
  }
  jackfield_text made = jackfield_build_text(b, copy, text.size);
  free(copy);
  return made;
}

void role_answer(work *w) {
  jackfield_validator_check request;
  jackfield_validator_finding findings[FINDINGS];
  const rule *which[FINDINGS];
  uint32_t count = 0, action = JACKFIELD_ACTION_ALLOW, secret = 0;
  jackfield_read(w->request, &request, sizeof request);
  jackfield_builder b;
  jackfield_validator_verdict verdict = {0};
  jackfield_build(&b, sizeof verdict);
  uint32_t segments = request.segments.count;
  uint32_t settled = FAULT(validator_settles_one) && segments > 1 ? 1 : segments;
  jackfield_view texts[FINDINGS];
  verdict.settled = jackfield_build_list(&b, settled, sizeof(jackfield_validator_settled));
  for (uint32_t i = 0; i < segments; i++) {
    jackfield_validator_segment segment;
    jackfield_read_element(w->request, request.segments, i, &segment, sizeof segment);
    jackfield_view text = jackfield_read_text(w->request, segment.text);
    if (i < FINDINGS) texts[i] = text;
    count += inspect(w->self, text, i, findings + count, which + count, FINDINGS - count);
    int all = (request.last && !FAULT(validator_settles_nothing)) || FAULT(validator_settles_at_once);
    jackfield_validator_settled bytes = {all ? text.size : 0};
    jackfield_build_set(&b, verdict.settled, i, &bytes);
  }
  verdict.findings = jackfield_build_list(&b, count, sizeof *findings);
  for (uint32_t i = 0; i < count; i++) {
    if (findings[i].action > action) action = findings[i].action;
    findings[i].rule = jackfield_build_string(&b, which[i]->name);
    findings[i].message = jackfield_build_string(&b, which[i]->message);
    jackfield_build_set(&b, verdict.findings, i, &findings[i]);
  }
  /* One rewrite for each segment with a secret, of which nothing else is settled than at the end. */
  uint32_t hidden[FINDINGS];
  for (uint32_t i = 0; i < count; i++)
    if (findings[i].action == JACKFIELD_ACTION_REDACT && findings[i].segment < FINDINGS &&
        (secret == 0 || hidden[secret - 1] != findings[i].segment))
      hidden[secret++] = findings[i].segment;
  if (action == JACKFIELD_ACTION_REDACT && secret > 0 && !FAULT(validator_redacts_nothing)) {
    uint32_t times = FAULT(validator_rewrites_twice) ? 2 : 1;
    verdict.rewrites = jackfield_build_list(&b, secret * times, sizeof(jackfield_validator_rewrite));
    for (uint32_t i = 0; i < secret * times; i++) {
      jackfield_validator_rewrite rewrite = {0};
      rewrite.segment = hidden[i / times];
      rewrite.text = redacted(&b, texts[rewrite.segment]);
      jackfield_build_set(&b, verdict.rewrites, i, &rewrite);
    }
  }
  verdict.action = FAULT(validator_forgets_flags) && action == JACKFIELD_ACTION_FLAG ? JACKFIELD_ACTION_ALLOW : action;
  PLAN_RESULT(w, &b, &verdict);
}

void role_heard(work *w) { (void)w; }
