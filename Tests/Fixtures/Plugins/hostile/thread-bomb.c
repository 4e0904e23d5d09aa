/*
 * Hostile: starts threads that never end, with the smallest stacks that there are, until it is refused. It stops by
 * itself at 2,000: the machine that runs the tests must live. Afterwards the threads are let go.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#define LIMIT 2000
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

static void *wait_for_gate(void *argument) {
  (void)argument;
  pthread_mutex_lock(&gate);
  pthread_mutex_unlock(&gate);
  return NULL;
}

static void attack(void) {
  static pthread_t threads[LIMIT];
  pthread_attr_t small;
  int count = 0, why = 0;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 16384);
  pthread_mutex_lock(&gate);
  while (count < LIMIT && (why = pthread_create(&threads[count], &small, wait_for_gate, NULL)) == 0) count++;
  pthread_mutex_unlock(&gate);
  for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
  note("%s after %d threads", count < LIMIT ? strerrorname_np(why) : "nobody minded", count);
}
