/*
 * jackfield.validator/1 as a role: looks at text that comes in or goes out and says what may happen to it.
 *
 * A stream is checked in steps: each request holds the text that was not yet let through, with what came since. The
 * validator answers how much of it is settled. What is not settled is held back and comes again, so that nothing that
 * stretches over two pieces slips through. A validator that never settles anything before `last` is correct; the
 * user then waits for the whole text.
 */
#ifndef JACKFIELD_VALIDATOR_H
#define JACKFIELD_VALIDATOR_H

#include "payload.h"

#define JACKFIELD_VALIDATOR "jackfield.validator"

#define JACKFIELD_VALIDATOR_CHECK 1 /* jackfield_validator_check -> jackfield_validator_verdict */

#define JACKFIELD_DIRECTION_INPUT 1u  /* from a client, or from a tool towards a model */
#define JACKFIELD_DIRECTION_OUTPUT 2u /* towards a client */

typedef struct jackfield_validator_segment {
  jackfield_text role; /* who wrote it: "system", "user", "assistant", "tool" */
  jackfield_text text;
} jackfield_validator_segment;

typedef struct jackfield_validator_check {
  uint32_t size;
  uint32_t direction;
  uint32_t last;  /* 1: no more of these texts will come */
  uint32_t reserved;
  jackfield_list segments; /* of jackfield_validator_segment */
} jackfield_validator_check;

#define JACKFIELD_ACTION_ALLOW 0u
#define JACKFIELD_ACTION_FLAG 1u   /* let through, and say so in logs, metrics and findings */
#define JACKFIELD_ACTION_REDACT 2u /* let through as rewritten in `rewrites` */
#define JACKFIELD_ACTION_BLOCK 3u  /* do not let through */

typedef struct jackfield_validator_finding {
  uint32_t action;   /* what this finding alone would ask for */
  uint32_t severity; /* JACKFIELD_SEVERITY_*, agent.h */
  uint32_t segment;  /* index into `segments` */
  uint32_t reserved;
  uint32_t start;    /* in bytes of the segment's text as it was sent, on a character boundary */
  uint32_t length;   /* in bytes, likewise */
  jackfield_text rule;    /* "secret.aws-access-key": stable */
  jackfield_text message; /* one sentence that does not repeat what was found */
} jackfield_validator_finding;

typedef struct jackfield_validator_rewrite {
  uint32_t segment;
  uint32_t reserved;
  jackfield_text text; /* the whole new text of the segment's settled part */
} jackfield_validator_rewrite;

/* How many bytes of a segment may go, as sent; on a character boundary. */
typedef struct jackfield_validator_settled {
  uint64_t bytes;
} jackfield_validator_settled;

typedef struct jackfield_validator_verdict {
  uint32_t size;
  uint32_t action;         /* the strictest of the findings' */
  jackfield_list findings; /* of jackfield_validator_finding, in any order; one in what is not settled may come again */
  jackfield_list rewrites; /* of jackfield_validator_rewrite, with JACKFIELD_ACTION_REDACT: at most one for a segment */
  jackfield_list settled;  /* of jackfield_validator_settled, one for each segment; empty: all if `last`, else nothing */
} jackfield_validator_verdict;

#endif
