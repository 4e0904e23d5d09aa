/*
 * The handler of SIGSYS. Runs on any thread at any place of the program, so it takes no lock, allocates nothing and
 * calls nothing but the kernel. It needs some 200 bytes of stack, and takes the alternate stack where there is one.
 */
#define _GNU_SOURCE
#include "kernel_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef SYS_SECCOMP
#define SYS_SECCOMP 1
#endif

#define NUMBERS 1024 /* more than there are system calls; the rest share the last counter */

static int report_descriptor = -1;
static _Atomic uint32_t counts[NUMBERS];

static char *put_text(char *at, const char *text)
{
    while (*text)
        *at++ = *text++;
    return at;
}

static char *put_number(char *at, unsigned long long value, unsigned base)
{
    char digits[24];
    int count = 0;
    do
        digits[count++] = "0123456789abcdef"[value % base];
    while (value /= base);
    while (count)
        *at++ = digits[--count];
    return at;
}

/*
 * libdispatch counts its busy threads by opening /proc/<thread>/stat, and crashes where it cannot (workqueue.c). A
 * sandbox does not open /proc, since no rule could open the one file of each thread. So the filter traps an open with
 * just the flags that libdispatch has, and any thread that is asked about is said to be running. Any other
 * path is opened as asked, but for the flag of execve, which nothing in a sandbox can call.
 */
static int is_thread_status(const char *path)
{
    const char *prefix = "/proc/";
    while (*prefix)
        if (*path++ != *prefix++)
            return 0;
    if (*path < '0' || *path > '9')
        return 0;
    while (*path >= '0' && *path <= '9')
        path++;
    return strcmp(path, "/stat") == 0;
}

static long open_for_libdispatch(int folder, const char *path)
{
    long file = syscall(SYS_openat, folder, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
    if (file >= 0)
        return file;
    if (errno != EACCES || !is_thread_status(path))
        return -errno;
    int ends[2];
    if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0)
        return -errno;
    static const char running[] = "0 (thread) R 0\n";
    ssize_t written = write(ends[1], running, sizeof running - 1);
    (void)written; /* an empty pipe takes it */
    close(ends[1]);
    return ends[0];
}

static void trapped(int signal, siginfo_t *info, void *opaque)
{
    (void)signal;
    if (info->si_code != SYS_SECCOMP)
        return;
    int saved = errno;
    ucontext_t *context = opaque;
    unsigned long long argument = 0;
    unsigned number = (unsigned)info->si_syscall;
#if defined(__x86_64__)
    greg_t *registers = context->uc_mcontext.gregs;
    if (number == SYS_openat) {
        registers[REG_RAX] = open_for_libdispatch((int)registers[REG_RDI], (const char *)registers[REG_RSI]);
        errno = saved;
        return;
    }
    argument = (unsigned long long)registers[REG_RDI];
    registers[REG_RAX] = -EPERM;
#elif defined(__aarch64__)
    /* The kernel has put the first argument back; it is also where the answer goes. */
    if (number == SYS_openat) {
        context->uc_mcontext.regs[0] = (unsigned long long)open_for_libdispatch(
            (int)context->uc_mcontext.regs[0], (const char *)context->uc_mcontext.regs[1]);
        errno = saved;
        return;
    }
    argument = context->uc_mcontext.regs[0];
    context->uc_mcontext.regs[0] = (unsigned long long)-EPERM;
#else
#error "which register holds the answer of a system call on this architecture?"
#endif
    _Atomic uint32_t *counter = &counts[number < NUMBERS ? number : NUMBERS - 1];
    uint32_t count = 1 + atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
    /* 1, 2, 4, 8 ...: a plugin that never stops trying costs its host some thirty lines. */
    if ((count & (count - 1)) == 0) {
        char line[128];
        char *end = put_text(line, "\001jackfield-sandbox syscall=");
        end = put_number(end, number, 10);
        end = put_text(end, " arg0=");
        end = put_number(end, argument, 16);
        end = put_text(end, " count=");
        end = put_number(end, count, 10);
        *end++ = '\n';
        ssize_t written = write(report_descriptor, line, (size_t)(end - line));
        (void)written; /* without a reader the line is lost; the call is refused all the same */
    }
    errno = saved;
}

int kernel_report_trapped_calls(int report)
{
    report_descriptor = report;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = trapped;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGSYS, &action, NULL) != 0)
        return -errno;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGSYS);
    return -pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}
