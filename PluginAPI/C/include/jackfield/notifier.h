/*
 * jackfield.notifier/1 as a role: a channel that tells people. An alert is told when it begins, again if it grows worse,
 * and when it is over; all carry the same id, so that a channel that can (a chat, an incident) puts them together. A call
 * that failed may be repeated: who has told it already says so with the same receipt. A resolve may come for an alert that
 * this instance has not seen.
 */
#ifndef JACKFIELD_NOTIFIER_H
#define JACKFIELD_NOTIFIER_H

#include "payload.h"

#define JACKFIELD_NOTIFIER "jackfield.notifier"

#define JACKFIELD_NOTIFIER_NOTIFY 1  /* jackfield_notifier_alert -> jackfield_notifier_receipt: it began, or grew worse */
#define JACKFIELD_NOTIFIER_RESOLVE 2 /* jackfield_notifier_alert -> jackfield_notifier_receipt: it is over */

typedef struct jackfield_notifier_alert {
  uint32_t size;
  uint32_t severity;        /* JACKFIELD_SEVERITY_*, agent.h */
  int64_t started;          /* nanoseconds since 1970 */
  int64_t ended;            /* the same, or 0 while it goes on */
  jackfield_text id;        /* of this occurrence; the same when it is resolved */
  jackfield_text rule;      /* "plugin.circuit-open": what kind of alert it is */
  jackfield_text title;     /* one sentence */
  jackfield_text detail;    /* more of them, or absent */
  jackfield_text source;    /* which host it comes from */
  jackfield_text reference; /* resolve: what the receipt of notify said, or absent */
  jackfield_list labels;    /* of jackfield_pair, sorted by name */
} jackfield_notifier_alert;

typedef struct jackfield_notifier_receipt {
  uint32_t size;
  uint32_t reserved;
  jackfield_text reference; /* the channel's own name for the message, or absent */
} jackfield_notifier_receipt;

#endif
