/*
 * The start of a child process that shares nothing with its parent but what it is given. posix_spawn(3); the parts that
 * POSIX does not have yet are the C library's own.
 */
#ifndef PROCESS_CALLS_H
#define PROCESS_CALLS_H

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Start a program with these arguments and this environment, both ended by NULL: in a process group of its own, with no
 * signal blocked or handled, in the working directory `/`. Its descriptor 0 is /dev/null, 1 and 2 are `errors`, 3 is
 * `wire`, 4 is `library` unless that is negative; all others are closed. Answers the process, or a negative errno.
 */
int kernel_spawn(const char *program, char *const arguments[], char *const environment[], int errors, int wire,
                 int library);

/* Processor time of a process in nanoseconds, or a negative errno. */
long long kernel_processor_time(int process);

/* What ps(1) shows; the first 15 bytes count. */
int kernel_name_process(const char *name);

/* This process gets SIGKILL when the thread that started it ends. */
void kernel_die_with_parent(void);

#ifdef __cplusplus
}
#endif

#endif
