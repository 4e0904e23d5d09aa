/* Hostile: waits for a lock that it holds itself. */
#include "hostile.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void attack(void) {
  pthread_mutex_lock(&lock);
  pthread_mutex_lock(&lock);
}
