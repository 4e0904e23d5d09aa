#define _GNU_SOURCE
#include "process_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

int kernel_spawn(const char *program, char *const arguments[], char *const environment[], int errors, int wire,
                 int library) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t signals;
  pid_t process = -1;

  /*
   * Out of the way of 0 to 4, wherever they are: a descriptor that is duplicated onto itself would keep its
   * close-on-exec flag, and one that lies where another goes would be lost.
   */
  int errors_copy = fcntl(errors, F_DUPFD_CLOEXEC, 5);
  int wire_copy = fcntl(wire, F_DUPFD_CLOEXEC, 5);
  int library_copy = library < 0 ? -1 : fcntl(library, F_DUPFD_CLOEXEC, 5);
  if (errors_copy < 0 || wire_copy < 0 || (library >= 0 && library_copy < 0)) {
    int status = errno;
    if (errors_copy >= 0) close(errors_copy);
    if (wire_copy >= 0) close(wire_copy);
    if (library_copy >= 0) close(library_copy);
    return -status;
  }

  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, errors_copy, 1);
  posix_spawn_file_actions_adddup2(&actions, errors_copy, 2);
  posix_spawn_file_actions_adddup2(&actions, wire_copy, 3);
  if (library >= 0) posix_spawn_file_actions_adddup2(&actions, library_copy, 4);
  posix_spawn_file_actions_addclosefrom_np(&actions, library < 0 ? 4 : 5);
  posix_spawn_file_actions_addchdir_np(&actions, "/");

  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  int status = posix_spawn(&process, program, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  close(errors_copy);
  close(wire_copy);
  if (library_copy >= 0) close(library_copy);
  return status == 0 ? process : -status;
}

long long kernel_processor_time(int process) {
  clockid_t clock;
  struct timespec time;
  int status = clock_getcpuclockid(process, &clock);
  if (status != 0) return -status;
  if (clock_gettime(clock, &time) != 0) return -errno;
  return time.tv_sec * 1000000000ll + time.tv_nsec;
}

void kernel_die_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

int kernel_name_process(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }
