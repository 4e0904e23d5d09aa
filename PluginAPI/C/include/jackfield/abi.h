/*
 * Jackfield plugin ABI, major version 1.
 *
 * COMPATIBILITY
 *   A plugin is a shared library that exports one function, jackfield_plugin_v1. The major version is part of that
 *   name, so a host and a plugin of different major versions never reach each other's structs.
 *
 *   Within a major version nothing that was released changes: no name, no layout, no number, and no meaning (who
 *   owns a pointer, on which thread a function may be called, what may be null). What is new is added at the end of a
 *   struct, as a new event or method, or as a new revision of a role or service.
 *
 *   Every struct that either side fills begins with its `size`. A reader takes the smaller of that size and its own,
 *   and treats what is missing as zero. A struct larger than the reader knows is accepted if the unknown tail is
 *   zero; otherwise the reader refuses it and says why.
 *
 *   This header is UNRELEASED: until 1.0.0-abi stands in the change log, it may still change.
 *
 * THREADS
 *   [any-thread]  May be called from any thread, also from inside a call of the other side.
 *   [call]        Never called twice at once for one call, and in the order in which things happened. Different
 *                 calls may run at the same time.
 *   [control]     Lifecycle. Never called at the same time as another [control] function of the same instance.
 *
 * MEMORY
 *   Every pointer that is passed to a function is borrowed for the length of that function, unless its comment says
 *   otherwise. Whoever wants to keep something copies it. Neither side ever frees memory of the other.
 *
 * FAILURE
 *   No exception, panic or longjmp may leave a function of this ABI, in either direction.
 */
#ifndef JACKFIELD_ABI_H
#define JACKFIELD_ABI_H

#include <stddef.h>
#include <stdint.h>

/* Which pointers may be null is said to compilers that listen. The pragma is for the whole of what follows, since the
   macros are used in every header. */
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wnullability-extension"
#define JACKFIELD_NONNULL _Nonnull
#define JACKFIELD_NULLABLE _Nullable
#else
#define JACKFIELD_NONNULL
#define JACKFIELD_NULLABLE
#endif

#if defined(__cplusplus)
#define JACKFIELD_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define JACKFIELD_EXPORT __attribute__((visibility("default")))
#endif

/* This revision of major version 1. A plugin names the lowest one that it can live with. */
#define JACKFIELD_ABI_REVISION 1u

/* ---- Outcomes: a closed list ----------------------------------------------------------------------------------- */

#define JACKFIELD_OK 0
#define JACKFIELD_CANCELLED 1         /* the one who asked no longer wants the answer */
#define JACKFIELD_DEADLINE 2          /* the call's deadline passed */
#define JACKFIELD_INVALID_ARGUMENT 3  /* the request is wrong, and will be wrong again */
#define JACKFIELD_UNAUTHENTICATED 4   /* no identity, or one that was not believed */
#define JACKFIELD_FORBIDDEN 5         /* known, and not allowed; also: a service that was not granted */
#define JACKFIELD_NOT_FOUND 6
#define JACKFIELD_CONFLICT 7          /* the thing changed in between, or is already there */
#define JACKFIELD_RATE_LIMITED 8      /* too often; `retry_after` says when again */
#define JACKFIELD_EXHAUSTED 9         /* a quota, a budget, memory or a size bound is used up */
#define JACKFIELD_UNAVAILABLE 10      /* what is needed cannot be reached now */
#define JACKFIELD_REFUSED 11          /* a policy said no: a validator, a content filter */
#define JACKFIELD_INTERNAL 12         /* a fault of the one who answers */
#define JACKFIELD_UNSUPPORTED 13      /* not offered in this version, method or combination */

/* Answers of `emit` alone, beside JACKFIELD_OK and JACKFIELD_CANCELLED. */
#define JACKFIELD_WOULD_BLOCK 100     /* not taken: wait for `resume` on this call, then emit it again */
#define JACKFIELD_STALE 101           /* no such call, or not any more; nothing happened */

/* ---- Calls ------------------------------------------------------------------------------------------------------ */

/*
 * The name of one call, chosen by the side that starts it. It carries a generation, so that a name is never used
 * twice within the life of an instance: a late `emit`, `finish` or `cancel` is answered JACKFIELD_STALE. 0 is no call.
 */
typedef uint64_t jackfield_call;

/* Bytes that belong to somebody else. `data` may be null only if `size` is 0. */
typedef struct jackfield_view {
  const void *JACKFIELD_NULLABLE data;
  uint64_t size;
} jackfield_view;

typedef struct jackfield_start {
  uint32_t size;
  uint32_t interface;     /* index into the plugin's `roles` (host starts) or `services` (plugin starts) */
  uint32_t method;        /* number from the header of that role or service */
  uint32_t reserved;      /* zero */
  jackfield_call call;    /* how both sides name the call from here on */
  jackfield_call parent;  /* the other side's call on whose behalf this one is made, or 0. The new call inherits its
                             context, is cancelled with it, and never outlives its deadline. */
  int64_t deadline;       /* nanoseconds of CLOCK_MONOTONIC, or 0 for none besides the parent's */
  jackfield_view context; /* a flat jackfield_context (payload.h); empty when a plugin starts: the host knows it */
  jackfield_view request; /* the method's flat request (payload.h) */
} jackfield_start;

typedef struct jackfield_end {
  uint32_t size;
  int32_t code;           /* JACKFIELD_OK or the reason */
  uint32_t retry;         /* 1 if the same request may succeed later */
  uint32_t reserved;      /* zero */
  int64_t retry_after;    /* nanoseconds to wait before that, or 0 if unknown */
  jackfield_view message; /* UTF-8: one sentence for an operator; empty when OK */
  jackfield_view result;  /* the method's flat result when OK */
} jackfield_end;

/*
 * What one side offers the other. Both sides have the same shape: the host hands its own to `create`, the plugin fills
 * in its own there. `instance` is its owner's and is handed back as the first argument of every function.
 */
typedef struct jackfield_side {
  uint32_t size;
  uint32_t reserved; /* zero */
  void *JACKFIELD_NULLABLE instance;

  /*
   * Begin a call on this side. Returns at once with JACKFIELD_OK, or with a reason, and then the call never was. The
   * call may be finished before `start` returns. A plugin that declares JACKFIELD_MAY_BLOCK may stay inside until it
   * has finished.
   * [call] host to plugin, [any-thread] plugin to host
   */
  int32_t (*JACKFIELD_NONNULL start)(void *JACKFIELD_NULLABLE instance, const jackfield_start *JACKFIELD_NONNULL start);

  /*
   * Deliver an event of a call that this side started. Answers JACKFIELD_OK, JACKFIELD_WOULD_BLOCK (not taken),
   * JACKFIELD_CANCELLED (stop working; still finish) or JACKFIELD_STALE.
   * [call]
   */
  int32_t (*JACKFIELD_NONNULL emit)(void *JACKFIELD_NULLABLE instance, jackfield_call call, uint32_t event,
                                    jackfield_view payload);

  /*
   * Finish a call that this side started: exactly once; after it the call is dead. Answers JACKFIELD_OK or
   * JACKFIELD_STALE.
   * [call]
   */
  int32_t (*JACKFIELD_NONNULL finish)(void *JACKFIELD_NULLABLE instance, jackfield_call call,
                                      const jackfield_end *JACKFIELD_NONNULL end);

  /*
   * The starter of a call on this side wants no more of it. The call must still be finished, soon. A cancel may cross
   * a finish: it is then answered JACKFIELD_STALE.
   * [any-thread]
   */
  int32_t (*JACKFIELD_NONNULL cancel)(void *JACKFIELD_NULLABLE instance, jackfield_call call);

  /*
   * An `emit` for this call, on which this side was told JACKFIELD_WOULD_BLOCK, may be tried again.
   * [any-thread]
   */
  int32_t (*JACKFIELD_NONNULL resume)(void *JACKFIELD_NULLABLE instance, jackfield_call call);
} jackfield_side;

/* ---- The plugin ------------------------------------------------------------------------------------------------- */

/* A role that a plugin plays or a service that it uses. Static data. */
typedef struct jackfield_interface {
  uint32_t size;
  uint32_t revision;                    /* 1 and up */
  const char *JACKFIELD_NONNULL id;     /* "jackfield.llm", UTF-8, ends with NUL */
  uint32_t flags;                       /* JACKFIELD_REQUIRED, for services */
  uint32_t reserved;                    /* zero */
} jackfield_interface;

#define JACKFIELD_REQUIRED 1u           /* without this service the plugin must not be created */

/* A reason, written into memory of the caller. */
typedef struct jackfield_failure {
  uint32_t size;
  int32_t code;                         /* from the list above */
  char message[504];                    /* UTF-8, one sentence, ends with NUL */
} jackfield_failure;

typedef struct jackfield_setup {
  uint32_t size;
  uint32_t service_count;               /* as in the descriptor */
  const jackfield_side *JACKFIELD_NONNULL host;            /* lives until `destroy` returned */
  const uint32_t *JACKFIELD_NULLABLE services;             /* for each service of the descriptor the revision that the
                                                              host gives, or 0 if it has none */
  jackfield_view instance_id;           /* the id that the manifest gave this instance, UTF-8 */
  jackfield_view config;                /* JSON object, checked against the plugin's schema, defaults filled in */
} jackfield_setup;

#define JACKFIELD_MAY_BLOCK 1u          /* handlers may wait: call them on worker threads, never on an event loop */

/*
 * The descriptor. Static data: it lives as long as the library, and a loaded library is never closed.
 *
 * Lifecycle: create, open, calls, drain, close, destroy. `destroy` is legal in every state after a successful
 * `create`; `close` twice is legal, and so is `close` without `open`. All five are [control].
 */
typedef struct jackfield_plugin {
  uint32_t size;
  uint32_t abi_revision;                /* the lowest revision of this header that the plugin needs */
  const char *JACKFIELD_NONNULL id;     /* KIND/NAME, as in plugin.json: "agent/system-monitoring" */
  const char *JACKFIELD_NONNULL version; /* the plugin's own, semantic versioning */
  uint32_t flags;                       /* JACKFIELD_MAY_BLOCK */
  uint32_t concurrency;                 /* with JACKFIELD_MAY_BLOCK: handlers at a time, 1 and up */
  uint32_t role_count;
  uint32_t service_count;
  const jackfield_interface *JACKFIELD_NONNULL const *JACKFIELD_NULLABLE roles;
  const jackfield_interface *JACKFIELD_NONNULL const *JACKFIELD_NULLABLE services;

  /* Make an instance and fill in `plugin`. On failure write why and leave nothing behind. No calls to the host. */
  int32_t (*JACKFIELD_NONNULL create)(const jackfield_setup *JACKFIELD_NONNULL setup,
                                      jackfield_side *JACKFIELD_NONNULL plugin,
                                      jackfield_failure *JACKFIELD_NONNULL failure);
  /* Calls may come from now on, and the plugin may call the host. Must return within five seconds. */
  int32_t (*JACKFIELD_NONNULL open)(void *JACKFIELD_NULLABLE instance, jackfield_failure *JACKFIELD_NONNULL failure);
  /* No new calls will come. Finish those in flight before `deadline`, nanoseconds of CLOCK_MONOTONIC. May return
     before they are finished. */
  void (*JACKFIELD_NONNULL drain)(void *JACKFIELD_NULLABLE instance, int64_t deadline);
  /* No calls in either direction after this returns. Every call still in flight is dead. */
  void (*JACKFIELD_NONNULL close)(void *JACKFIELD_NULLABLE instance);
  /* Give back everything. `instance` is invalid afterwards. */
  void (*JACKFIELD_NONNULL destroy)(void *JACKFIELD_NULLABLE instance);
} jackfield_plugin;

/*
 * The one export. Returns the same descriptor each time; must not do anything else, since the host calls it before it
 * knows whether it wants the plugin.
 * [any-thread]
 */
#if defined(__cplusplus)
extern "C"
#endif
const jackfield_plugin *JACKFIELD_NULLABLE jackfield_plugin_v1(void);

#endif
