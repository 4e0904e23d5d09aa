/*
 * Calls into plugins behind a catch: a C++ exception that a plugin lets out, against the ABI, ends here and not in
 * Swift frames, which cannot be unwound. Costs nothing while nothing is thrown.
 */
#ifndef EXCEPTION_BARRIER_H
#define EXCEPTION_BARRIER_H

#include <jackfield/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The answer for a function that threw instead of answering; no plugin may use it. */
#define BARRIER_THREW (-1)

int32_t barrier_create(const jackfield_plugin *JACKFIELD_NONNULL plugin, const jackfield_setup *JACKFIELD_NONNULL setup,
                       jackfield_side *JACKFIELD_NONNULL side, jackfield_failure *JACKFIELD_NONNULL failure);
int32_t barrier_open(const jackfield_plugin *JACKFIELD_NONNULL plugin, void *JACKFIELD_NULLABLE instance,
                     jackfield_failure *JACKFIELD_NONNULL failure);
/* 0, or BARRIER_THREW. */
int32_t barrier_drain(const jackfield_plugin *JACKFIELD_NONNULL plugin, void *JACKFIELD_NULLABLE instance, int64_t deadline);
int32_t barrier_close(const jackfield_plugin *JACKFIELD_NONNULL plugin, void *JACKFIELD_NULLABLE instance);
int32_t barrier_destroy(const jackfield_plugin *JACKFIELD_NONNULL plugin, void *JACKFIELD_NULLABLE instance);

int32_t barrier_start(const jackfield_side *JACKFIELD_NONNULL side, const jackfield_start *JACKFIELD_NONNULL start);
int32_t barrier_emit(const jackfield_side *JACKFIELD_NONNULL side, jackfield_call call, uint32_t event,
                     jackfield_view payload);
int32_t barrier_finish(const jackfield_side *JACKFIELD_NONNULL side, jackfield_call call,
                       const jackfield_end *JACKFIELD_NONNULL end);
int32_t barrier_cancel(const jackfield_side *JACKFIELD_NONNULL side, jackfield_call call);
int32_t barrier_resume(const jackfield_side *JACKFIELD_NONNULL side, jackfield_call call);

#ifdef __cplusplus
}
#endif

#endif
