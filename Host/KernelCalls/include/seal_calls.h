/*
 * Files in memory that nobody can change once they are sealed: memfd_create(2), and the seals of fcntl(2).
 * Every function that can fail answers a negative errno.
 */
#ifndef SEAL_CALLS_H
#define SEAL_CALLS_H

#ifdef __cplusplus
extern "C" {
#endif

/* A new empty file that can be sealed, never executed, and is closed on exec. `name` shows in /proc/PID/maps. */
int kernel_memory_file(const char *name);

/* No more writing, shrinking, growing, nor other seals: for this process too. 0 or a negative errno. */
int kernel_seal(int descriptor);

/* 1 if all of these seals are set, otherwise 0. */
int kernel_is_sealed(int descriptor);

#ifdef __cplusplus
}
#endif

#endif
