/*
 * What the hostile plugins have in common. Each does one thing that no plugin may do, in `attack`, and says in its
 * answer what came of every attempt, a line each: "open /etc/passwd: EACCES", or "done" where it was let through.
 *
 * The question chooses the moment:
 *   "thread"     on a thread of its own, while the call waits
 *   "answered"   on a thread of its own, after the call was answered with "answered"
 *   "report"     not at all: the answer is what the last attack said
 *   else         in `start`, before it returns
 *
 * A file that needs more includes puts this one first. May be defined before it:
 *   HOSTILE_AT_LOAD, HOSTILE_AT_CREATE, HOSTILE_AT_OPEN, HOSTILE_AT_DRAIN, HOSTILE_AT_CLOSE
 *                            the attack is made there, and a call is only answered with its report
 *   HOSTILE_TO_OTHERS        the attack would harm others than this process: it is made in a sandbox and nowhere else
 *
 * Where a sandbox with a hole in it would let an attack through, the machine that runs the tests must live. So the
 * attempts are harmless by their arguments: a signal 0 for all processes, a mount onto a place that does not exist.
 * Nothing that is read is ever repeated in an answer.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#ifdef HOSTILE_AT_CREATE
#define FIXTURE_CREATE hostile_create
#endif
#ifdef HOSTILE_AT_OPEN
#define FIXTURE_OPEN hostile_open
#endif
#ifdef HOSTILE_AT_DRAIN
#define FIXTURE_DRAIN hostile_drain
#endif
#ifdef HOSTILE_AT_CLOSE
#define FIXTURE_CLOSE hostile_close
#endif

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

/* What the plugin does that it must not. `hostile_input` is the question, empty where there is none. */
FIXTURE_UNUSED static void attack(void);
FIXTURE_UNUSED static char hostile_input[128];

/* ---- The report ------------------------------------------------------------------------------------------------- */

static char hostile_report[8192];
static size_t hostile_reported;

FIXTURE_UNUSED __attribute__((format(printf, 1, 2))) static void note(const char *format, ...) {
  va_list arguments;
  size_t room = sizeof hostile_report - hostile_reported;
  va_start(arguments, format);
  int n = vsnprintf(hostile_report + hostile_reported, room, format, arguments);
  va_end(arguments);
  if (n > 0 && (size_t)n < room) hostile_reported += (size_t)n;
}

/* One attempt: below zero it failed as `errno` says. */
FIXTURE_UNUSED static long tried(const char *what, long result) {
  const char *name = result < 0 ? strerrorname_np(errno) : "done";
  note("%s%s: %s", hostile_reported ? "\n" : "", what, name ? name : "an errno without a name");
  return result;
}

/* An attempt that makes a process if it is let through. The child ends at once. */
FIXTURE_UNUSED static long forked(const char *what, long child) {
  if (child == 0) _exit(0);
  tried(what, child);
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  return child;
}

/* An attempt that opens something if it is let through. */
FIXTURE_UNUSED static void opened(const char *what, long descriptor) {
  if (tried(what, descriptor) >= 0) close((int)descriptor);
}

/* ---- The moment ------------------------------------------------------------------------------------------------- */

/* Whether a filter of system calls is in force that this process cannot shake off. */
FIXTURE_UNUSED static int confined(void) {
  return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != 0;
}

FIXTURE_UNUSED static void hostile_attack(void) {
  hostile_reported = 0;
  hostile_report[0] = 0;
#ifdef HOSTILE_TO_OTHERS
  if (!confined()) {
    note("not in a sandbox: nothing was tried");
    return;
  }
#endif
  attack();
}

typedef struct hostile_turn {
  fixture *self;
  jackfield_call call; /* 0: already answered */
} hostile_turn;

FIXTURE_UNUSED static void *hostile_thread(void *argument) {
  hostile_turn turn = *(hostile_turn *)argument;
  struct timespec moment = {0, 20 * 1000 * 1000};
  free(argument);
  if (turn.call == 0) nanosleep(&moment, NULL); /* so that the answer is out of this process */
  hostile_attack();
  if (turn.call) answer(turn.self, turn.call, hostile_report);
  return NULL;
}

FIXTURE_UNUSED static int32_t hostile_in_thread(fixture *self, jackfield_call call) {
  pthread_t thread;
  hostile_turn *turn = malloc(sizeof *turn);
  if (turn == NULL) return JACKFIELD_EXHAUSTED;
  turn->self = self;
  turn->call = call;
  if (pthread_create(&thread, NULL, hostile_thread, turn) != 0) {
    free(turn);
    return JACKFIELD_EXHAUSTED;
  }
  pthread_detach(thread);
  return JACKFIELD_OK;
}

#ifndef HOSTILE_OWN_INVOKE
static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[sizeof hostile_input];
  read_input(start, input, sizeof input);
#if defined(HOSTILE_AT_LOAD) || defined(HOSTILE_AT_CREATE) || defined(HOSTILE_AT_OPEN) || defined(HOSTILE_AT_DRAIN) || \
    defined(HOSTILE_AT_CLOSE)
  return answer(self, start->call, hostile_report);
#else
  if (strcmp(input, "report") == 0) return answer(self, start->call, hostile_report);
  memcpy(hostile_input, input, sizeof input);
  if (strcmp(input, "thread") == 0) return hostile_in_thread(self, start->call);
  if (strcmp(input, "answered") == 0) {
    answer(self, start->call, "answered");
    return hostile_in_thread(self, 0);
  }
  hostile_attack();
  return answer(self, start->call, hostile_report);
#endif
}
#endif

#ifdef HOSTILE_AT_LOAD
__attribute__((constructor)) static void hostile_load(void) { hostile_attack(); }
#endif
#ifdef HOSTILE_AT_CREATE
static int32_t hostile_create(const jackfield_setup *setup, jackfield_side *plugin, jackfield_failure *failure) {
  hostile_attack();
  return fixture_create(setup, plugin, failure);
}
#endif
#ifdef HOSTILE_AT_OPEN
static int32_t hostile_open(void *instance, jackfield_failure *failure) {
  hostile_attack();
  return fixture_open(instance, failure);
}
#endif
#ifdef HOSTILE_AT_DRAIN
static void hostile_drain(void *instance, int64_t deadline) {
  hostile_attack();
  fixture_drain(instance, deadline);
}
#endif
#ifdef HOSTILE_AT_CLOSE
static void hostile_close(void *instance) {
  hostile_attack();
  fixture_close(instance);
}
#endif

#endif
