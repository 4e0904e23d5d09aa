#define _GNU_SOURCE
#include "kernel_calls.h"

#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than some header files that this is built with; the same numbers on every architecture. */
#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_add_rule 445
#define __NR_landlock_restrict_self 446
#endif
#ifndef __NR_pidfd_open
#define __NR_pidfd_open 434
#endif
#ifndef __NR_pidfd_send_signal
#define __NR_pidfd_send_signal 424
#endif
#define RULESET_VERSION 1U
#define RULE_PATH_BENEATH 1

_Static_assert(sizeof(kernel_filter_instruction) == sizeof(struct sock_filter), "one instruction of BPF");
_Static_assert(offsetof(kernel_filter_instruction, constant) == offsetof(struct sock_filter, k), "its last field");

static int result(long answer)
{
    return answer < 0 ? -errno : (int)answer;
}

long kernel_prctl(int option, unsigned long a, unsigned long b, unsigned long c)
{
    long answer = prctl(option, a, b, c, 0UL);
    return answer < 0 ? -errno : answer;
}

long kernel_call(long number, unsigned long a, unsigned long b, unsigned long c, unsigned long d, unsigned long e,
                 unsigned long f)
{
    long answer = syscall(number, a, b, c, d, e, f);
    return answer == -1 ? -errno : answer;
}

int kernel_landlock_abi(void)
{
    return result(syscall(__NR_landlock_create_ruleset, NULL, 0, RULESET_VERSION));
}

int kernel_landlock_create(int abi, uint64_t files, uint64_t network, uint64_t scopes)
{
    struct {
        uint64_t files, network, scopes;
    } attributes = {files, network, scopes};
    /* An older kernel refuses a structure with more fields than it knows, unless they are zero. */
    size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
    return result(syscall(__NR_landlock_create_ruleset, &attributes, size, 0));
}

int kernel_landlock_allow(int rules, int path, uint64_t files)
{
    struct {
        uint64_t files;
        int32_t path;
    } __attribute__((packed)) rule = {files, path};
    return result(syscall(__NR_landlock_add_rule, rules, RULE_PATH_BENEATH, &rule, 0));
}

int kernel_landlock_enforce(int rules)
{
    return result(syscall(__NR_landlock_restrict_self, rules, 0));
}

int kernel_seccomp_install(const kernel_filter_instruction *filter, size_t count)
{
    if (count > BPF_MAXINSNS)
        return -E2BIG;
    struct sock_fprog program = {(unsigned short)count, (struct sock_filter *)(uintptr_t)filter};
    long answer = syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    /* More than zero is the id of a thread that could not follow. */
    return answer > 0 ? -EBUSY : result(answer);
}

int kernel_seccomp_available(void)
{
    uint32_t trap = SECCOMP_RET_TRAP;
    if (syscall(__NR_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &trap) != 0)
        return 0;
    /* With a flag that it knows, the kernel goes on to read the program, which is not there. */
    return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, NULL) < 0 && errno == EFAULT;
}

int kernel_unshare(int flags)
{
    return result(unshare(flags));
}

int kernel_effective_capabilities(uint64_t *capabilities)
{
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{0}};
    long answer = syscall(__NR_capget, &header, data);
    *capabilities = data[0].effective | (uint64_t)data[1].effective << 32;
    return result(answer);
}

int kernel_drop_capabilities(void)
{
    for (unsigned long capability = 0; capability < 64; capability++)
        if (prctl(PR_CAPBSET_DROP, capability, 0UL, 0UL, 0UL) < 0)
            break; /* the last one was the one before, or the right to do this is not here */
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0UL, 0UL, 0UL);
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{0}};
    return result(syscall(__NR_capset, &header, data));
}

int kernel_limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit64 now;
    if (prlimit64(0, resource, NULL, &now) != 0)
        return -errno;
    struct rlimit64 wanted = {soft, hard < now.rlim_max ? hard : now.rlim_max};
    if (wanted.rlim_cur > wanted.rlim_max)
        wanted.rlim_cur = wanted.rlim_max;
    return result(prlimit64(0, resource, &wanted, NULL));
}

uint64_t kernel_soft_limit(int resource)
{
    struct rlimit64 now;
    return prlimit64(0, resource, NULL, &now) == 0 ? now.rlim_cur : UINT64_MAX;
}

int kernel_set_real_user(uint32_t user)
{
    return result(syscall(__NR_setresuid, user, -1, -1));
}

struct paths {
    char *next;
    size_t room;
};

static int add_path(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    struct paths *paths = context;
    size_t length = strlen(info->dlpi_name) + 1;
    if (info->dlpi_name[0] == '/' && length <= paths->room) {
        memcpy(paths->next, info->dlpi_name, length);
        paths->next += length;
        paths->room -= length;
    }
    return 0;
}

size_t kernel_loaded_libraries(char *paths, size_t size)
{
    struct paths found = {paths, size};
    dl_iterate_phdr(add_path, &found);
    return size - found.room;
}

void kernel_limit_arenas(int count)
{
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, count);
#else
    (void)count;
#endif
}

int kernel_preload(const char *library)
{
    return dlopen(library, RTLD_NOW | RTLD_GLOBAL) == NULL ? -ENOENT : 0;
}

int kernel_pidfd_open(int process)
{
    return result(syscall(__NR_pidfd_open, process, 0));
}

int kernel_pidfd_signal(int descriptor, int signal)
{
    return result(syscall(__NR_pidfd_send_signal, descriptor, signal, NULL, 0));
}
