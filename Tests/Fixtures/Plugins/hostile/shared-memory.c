/* Hostile: leaves things in the kernel that outlive it: shared memory, semaphores, queues. What is made it removes. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

static void attack(void) {
  int memory = shmget(IPC_PRIVATE, 4096, 0600);
  tried("shmget", memory);
  if (memory >= 0) shmctl(memory, IPC_RMID, NULL);
  int semaphores = semget(IPC_PRIVATE, 1, 0600);
  tried("semget", semaphores);
  if (semaphores >= 0) semctl(semaphores, 0, IPC_RMID);
  int queue = msgget(IPC_PRIVATE, 0600);
  tried("msgget", queue);
  if (queue >= 0) msgctl(queue, IPC_RMID, NULL);
  opened("mq_open", syscall(SYS_mq_open, "hostile", O_RDONLY, 0, NULL));
}
