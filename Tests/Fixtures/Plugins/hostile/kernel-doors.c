/*
 * Hostile: tries the wide doors of the kernel, behind which most of its faults have been: programs for the kernel,
 * performance counters, page faults handled by the one who faults, keys, and watches of the whole machine.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <linux/bpf.h>
#include <linux/perf_event.h>

static void attack(void) {
  union bpf_attr program = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
  struct perf_event_attr counter = {.type = PERF_TYPE_SOFTWARE, .size = sizeof counter, .config = PERF_COUNT_SW_DUMMY};
  opened("bpf", syscall(SYS_bpf, BPF_MAP_CREATE, &program, sizeof program));
  opened("perf_event_open", syscall(SYS_perf_event_open, &counter, 0, -1, -1, 0));
  opened("userfaultfd", syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK));
  opened("fanotify_init", syscall(SYS_fanotify_init, 0, O_RDONLY));
  opened("inotify_init1", syscall(SYS_inotify_init1, O_CLOEXEC));
  tried("lookup_dcookie", syscall(SYS_lookup_dcookie, 0ul, NULL, 0ul));
  tried("syslog", syscall(SYS_syslog, 10, NULL, 0));
  tried("personality", syscall(SYS_personality, 0x0400000));
  tried("vmsplice", syscall(SYS_vmsplice, -1, NULL, 0, 0));
}
