/* jackfield.timer/1 as a service: a call that is finished after a while, so that waiting costs no thread. */
#ifndef JACKFIELD_TIMER_H
#define JACKFIELD_TIMER_H

#include "payload.h"

#define JACKFIELD_TIMER "jackfield.timer"

#define JACKFIELD_TIMER_AFTER 1 /* jackfield_timer_after -> jackfield_empty */

typedef struct jackfield_timer_after {
  uint32_t size;
  uint32_t reserved;
  int64_t delay; /* nanoseconds, 0 and up */
} jackfield_timer_after;

#endif
