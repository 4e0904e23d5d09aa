/*
 * Hostile: a thread holds the plugin's lock for ever, and `cancel` wants that lock too: so the one who says that the
 * call is no longer wanted is held as well.
 */
#define HOSTILE_OWN_INVOKE
#define FIXTURE_CANCEL cancel
#include "hostile.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void attack(void) {
  pthread_mutex_lock(&lock);
  for (;;) pause();
}

static int32_t cancel(void *instance, jackfield_call call) {
  (void)instance, (void)call;
  pthread_mutex_lock(&lock);
  return JACKFIELD_OK;
}

static int32_t invoke(fixture *self, const jackfield_start *start) { return hostile_in_thread(self, start->call); }
