/*
 * System calls that the C library does not wrap, or wraps as variadic functions that Swift cannot call, and the one
 * signal handler of a sandboxed process. Every function that can fail answers a negative errno.
 *
 * Kernel documents: userspace-api/landlock, userspace-api/seccomp_filter, userspace-api/no_new_privs;
 * man pages prctl(2), capabilities(7), seccomp(2), user_namespaces(7).
 */
#ifndef KERNEL_CALLS_H
#define KERNEL_CALLS_H

#include <stdint.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One instruction of a classic BPF program, laid out as struct sock_filter. */
typedef struct {
    uint16_t code;
    uint8_t jump_true;
    uint8_t jump_false;
    uint32_t constant;
} kernel_filter_instruction;

/* prctl(2) without its variable arguments. Answers what the call answered. */
long kernel_prctl(int option, unsigned long a, unsigned long b, unsigned long c);

/* Any system call, by number. Answers a negative errno. */
long kernel_call(long number, unsigned long a, unsigned long b, unsigned long c, unsigned long d, unsigned long e,
                 unsigned long f);

/* Landlock. The ABI version is 1 or more where the kernel has Landlock and it is switched on. */
int kernel_landlock_abi(void);
/* A descriptor of a rule set that handles these rights. `abi` decides which fields the kernel is given. */
int kernel_landlock_create(int abi, uint64_t files, uint64_t network, uint64_t scopes);
int kernel_landlock_allow(int rules, int path, uint64_t files);
int kernel_landlock_enforce(int rules);

/* Seccomp. Filters are installed for all threads of the process, or for none. `count` is at most 4096. */
int kernel_seccomp_install(const kernel_filter_instruction *filter, size_t count);
/* 1 if the kernel can trap from a filter, and install filters on all threads. */
int kernel_seccomp_available(void);

/* Namespaces: flags of unshare(2). */
int kernel_unshare(int flags);

/* The effective capabilities of this thread, as a bit set. */
int kernel_effective_capabilities(uint64_t *capabilities);
/* Clears the bounding, ambient, effective, permitted and inheritable sets of this thread. What it may not clear in
   the bounding set stays there without effect, since no_new_privs and the empty sets keep it from coming back. */
int kernel_drop_capabilities(void);
/* One resource limit, numbered as in asm-generic/resource.h. Never above the present hard limit. */
int kernel_limit(int resource, uint64_t soft, uint64_t hard);
/* The present soft limit; all bits set where there is none. */
uint64_t kernel_soft_limit(int resource);

/* Real user id alone; effective and saved stay. For a process with one thread. */
int kernel_set_real_user(uint32_t user);

/* Paths of the shared libraries mapped now, each ended by a zero byte. Answers the bytes used, at most `size`;
   libraries that do not fit are left out. */
size_t kernel_loaded_libraries(char *paths, size_t size);

/* Malloc may have at most this many arenas; each one reserves 64 MiB of address space. */
void kernel_limit_arenas(int count);

/* Opens a library for good, answers 0 or -ENOENT. */
int kernel_preload(const char *library);

/* Handles SIGSYS from seccomp: writes a line about the call to `report` (1st, 2nd, 4th, 8th ... time of each call's
   number) and lets the call fail with EPERM. The line is `\x01jackfield-sandbox syscall=N arg0=HEX count=N\n`. */
int kernel_report_trapped_calls(int report);

/* Processes by descriptor. */
int kernel_pidfd_open(int process);
int kernel_pidfd_signal(int descriptor, int signal);

#ifdef __cplusplus
}
#endif

#endif
