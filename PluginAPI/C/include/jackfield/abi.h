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
 *   Neither side sends the other what it cannot know. The host reads `header_revision` of the descriptor, the plugin
 *   `abi_revision` of the setup; fields, events and functions that are newer are left out. So something in an unknown
 *   tail is a mistake, not news.
 *
 *   A field called `reserved` is zero, and a reader refuses anything else. Bits of `flags` that are not listed are zero;
 *   in a descriptor a reader refuses others, in a payload it ignores them.
 *
 *   Frozen is what crosses the boundary: this header, payload.h, and those of the roles and services. What build.h,
 *   read.h, check.h, contracts.h and layout.h declare is frozen as source: what compiled goes on compiling.
 *
 * THREADS
 *   [any-thread]  May be called from any thread, also from inside a call of the other side.
 *   [call]        Never called twice at once for one call, and in the order in which things happened. Different
 *                 calls may run at the same time. That is about `emit` and `finish` of the call: the `start` that
 *                 began it may not have returned yet.
 *   [control]     Lifecycle. Never called at the same time as another [control] function of the same instance. Calls
 *                 may be running meanwhile, and other instances may be made at the same time.
 *
 *   Either side may be called back on the same thread before its own call into the other has returned: `finish` may
 *   come inside `start`, `resume` inside `emit`. So nobody calls the other side while holding a lock that its own
 *   functions take. Nothing is bound to a thread: any function may come on another thread than the one before.
 *
 *   A plugin without JACKFIELD_MAY_BLOCK is called on event loops, and returns within a millisecond. With it, `start`,
 *   `emit`, `finish`, `cancel` and `resume` come on threads that serve this plugin alone; `start` may wait until its
 *   call is finished, the others return soon.
 *
 * MEMORY
 *   Every pointer that is passed to a function is borrowed for the length of that function, unless its comment says
 *   otherwise. Whoever wants to keep something copies it. Neither side ever frees memory of the other.
 *
 * THE PROCESS
 *   A plugin is a guest. It leaves signal handlers, the locale, the working directory, the environment and the umask as
 *   they are; does not fork, exec or exit; writes nothing to standard output; opens files with O_CLOEXEC; and blocks
 *   signals on threads of its own. In a sandbox the kernel refuses most of that.
 *
 * FAILURE
 *   No exception, panic or longjmp may leave a function of this ABI, in either direction.
 */
#ifndef JACKFIELD_ABI_H
#define JACKFIELD_ABI_H

#include <stddef.h>
#include <stdint.h>

#if defined(__BYTE_ORDER__) && (__BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || __SIZEOF_POINTER__ != 8)
#error "the plugin ABI is for 64-bit little-endian machines"
#endif

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

/* This revision of major version 1. */
#define JACKFIELD_ABI_REVISION 1u

/* ---- Outcomes: a closed list. 14 to 99 are kept for later ones; one that a reader does not know is taken as INTERNAL. */

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

/* Answers of `emit` alone, beside JACKFIELD_OK, JACKFIELD_CANCELLED and JACKFIELD_INVALID_ARGUMENT. */
#define JACKFIELD_WOULD_BLOCK 100     /* not taken: wait for `resume` on this call, then emit it again */
#define JACKFIELD_STALE 101           /* no such call, or not any more; nothing happened */

/* ---- Calls ------------------------------------------------------------------------------------------------------ */

/*
 * The name of one call, chosen by the side that starts it. It carries a generation, so that a name is never used
 * twice within the life of an instance: a late `emit`, `finish` or `cancel` is answered JACKFIELD_STALE. 0 is no call.
 * The two sides count apart: the same number may name a call of each. `emit` and `finish` of a side name calls that this
 * side has started; `start`, `cancel` and `resume` name calls that the other one has.
 */
typedef uint64_t jackfield_call;

/* Bytes that belong to somebody else. `data` may be null only if `size` is 0. Never grows. */
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
                             context, is cancelled with it, never outlives its deadline, and is finished with
                             JACKFIELD_CANCELLED when it finishes. A parent that is over: JACKFIELD_CANCELLED. */
  int64_t deadline;       /* nanoseconds of CLOCK_MONOTONIC, or 0 for none besides the parent's. When it has passed, the
                             starter cancels; who works on it may end it before that with JACKFIELD_DEADLINE. */
  jackfield_view context; /* a flat jackfield_context (payload.h); empty when a plugin starts: the host knows it */
  jackfield_view request; /* the method's flat request (payload.h) */
} jackfield_start;

typedef struct jackfield_end {
  uint32_t size;
  int32_t code;           /* JACKFIELD_OK or the reason */
  uint32_t retry;         /* 1 if the same request may succeed later, else 0 */
  uint32_t reserved;      /* zero */
  int64_t retry_after;    /* with `retry`: nanoseconds to wait before that, or 0 if unknown */
  jackfield_view message; /* UTF-8: one sentence for an operator, without secrets; may be cut after 4,096 bytes; not read
                             when OK */
  jackfield_view result;  /* the method's flat result when OK, never empty then; otherwise not read */
} jackfield_end;

/*
 * What one side offers the other. Both sides have the same shape: the host hands its own to `create`, the plugin fills
 * in its own there. `instance` is its owner's and is handed back as the first argument of every function.
 *
 * A host takes at least events of 16 MiB, results of 64 MiB, and 4,096 calls of one instance at once; what goes beyond
 * its bounds ends the call with JACKFIELD_EXHAUSTED. Calls on behalf of calls may be nested 16 deep.
 */
typedef struct jackfield_side {
  uint32_t size;
  uint32_t reserved; /* zero */
  void *JACKFIELD_NULLABLE instance;

  /*
   * Begin a call on this side. Returns at once with JACKFIELD_OK, or with a reason (any outcome from CANCELLED to
   * UNSUPPORTED), and then the call never was: nothing may have been emitted or finished for it. The call may be finished
   * before `start` returns. A plugin that declares JACKFIELD_MAY_BLOCK may stay inside until it has finished.
   * A method that is not known is JACKFIELD_UNSUPPORTED, a malformed request JACKFIELD_INVALID_ARGUMENT.
   * [call] host to plugin, [any-thread] plugin to host
   */
  int32_t (*JACKFIELD_NONNULL start)(void *JACKFIELD_NULLABLE instance, const jackfield_start *JACKFIELD_NONNULL start);

  /*
   * Deliver an event of a call that this side started. Answers JACKFIELD_OK, JACKFIELD_WOULD_BLOCK (not taken),
   * JACKFIELD_CANCELLED (stop working; still finish), JACKFIELD_INVALID_ARGUMENT (malformed: the same, and it is the
   * sender's fault) or JACKFIELD_STALE. An event whose number is not known is answered JACKFIELD_OK and left out.
   * [call]
   */
  int32_t (*JACKFIELD_NONNULL emit)(void *JACKFIELD_NULLABLE instance, jackfield_call call, uint32_t event,
                                    jackfield_view payload);

  /*
   * Finish a call that this side started: exactly once; after it the call is dead. Never blocks and waits for no
   * `resume`: an event that was not taken is then lost. Answers JACKFIELD_OK or JACKFIELD_STALE.
   * [call]
   */
  int32_t (*JACKFIELD_NONNULL finish)(void *JACKFIELD_NULLABLE instance, jackfield_call call,
                                      const jackfield_end *JACKFIELD_NONNULL end);

  /*
   * The starter of a call on this side wants no more of it. The call must still be finished, soon, with any outcome. A
   * cancel may cross a finish: it is then answered JACKFIELD_STALE. One that comes before `start` has returned may be
   * answered so too, and is then lost: the starter cancels again afterwards.
   * [any-thread]
   */
  int32_t (*JACKFIELD_NONNULL cancel)(void *JACKFIELD_NULLABLE instance, jackfield_call call);

  /*
   * An `emit` for this call, on which this side was told JACKFIELD_WOULD_BLOCK, may be tried again. It may come before
   * that `emit` has returned, and may come without need.
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

/* A reason, written into memory of the caller. Never grows. What the function returns is the outcome; this explains it. */
typedef struct jackfield_failure {
  uint32_t size;
  int32_t code;                         /* the outcome that the function returns */
  char message[504];                    /* UTF-8, one sentence, ends with NUL */
} jackfield_failure;

/* What an instance is made with. Borrowed for `create`, all but `host`. */
typedef struct jackfield_setup {
  uint32_t size;
  uint32_t service_count;               /* as in the descriptor */
  const jackfield_side *JACKFIELD_NONNULL host;            /* lives until `destroy` returned */
  const uint32_t *JACKFIELD_NULLABLE services;             /* for each service of the descriptor the revision that the
                                                              host gives, or 0 if it has none; null if there are none */
  jackfield_view instance_id;           /* the id that the manifest gave this instance, UTF-8 */
  jackfield_view config;                /* JSON object, checked against the plugin's schema, defaults filled in */
  uint32_t abi_revision;                /* the host's JACKFIELD_ABI_REVISION: a plugin uses nothing that is newer */
  uint32_t reserved;                    /* zero */
} jackfield_setup;

#define JACKFIELD_MAY_BLOCK 1u          /* handlers may wait: call them on worker threads, never on an event loop */

/* The room for a plugin's side that `create` is given, in bytes. */
#define JACKFIELD_SIDE_ROOM 1024u

/*
 * The descriptor. Static data: it lives as long as the library, and a loaded library is never closed.
 *
 * Lifecycle: create, open, calls, drain, close, destroy. All of these are [control].
 *   - After a `create` that failed nothing more is called. After an `open` that failed, `destroy` is.
 *   - `open` comes at most once, and so does `drain`, if it comes at all. `close` twice is legal, and `close` without
 *     `open`; `destroy` is legal in every state.
 *   - A function that does not return in its time is left behind, and its instance is never called again.
 */
typedef struct jackfield_plugin {
  uint32_t size;
  uint32_t abi_revision;                /* the lowest revision of this header that the plugin needs, 1 and up */
  const char *JACKFIELD_NONNULL id;     /* KIND/NAME, as in plugin.json: "agent/system-monitoring"; 1 to 256 bytes */
  const char *JACKFIELD_NONNULL version; /* the plugin's own, semantic versioning; 1 to 256 bytes */
  uint32_t flags;                       /* JACKFIELD_MAY_BLOCK */
  uint32_t concurrency;                 /* with JACKFIELD_MAY_BLOCK: handlers at a time, 1 to 256; otherwise 0 */
  uint32_t role_count;                  /* 1 to 64; a host of this revision plays the first, which plugin.json names */
  uint32_t service_count;               /* up to 64 */
  const jackfield_interface *JACKFIELD_NONNULL const *JACKFIELD_NULLABLE roles;
  const jackfield_interface *JACKFIELD_NONNULL const *JACKFIELD_NULLABLE services;

  /* Make an instance and fill in `plugin`: it points to JACKFIELD_SIDE_ROOM zeroed bytes and its `size` says so; set
     `size` to what was written. On failure write why and leave nothing behind. No calls to the host. Must return within
     five seconds. */
  int32_t (*JACKFIELD_NONNULL create)(const jackfield_setup *JACKFIELD_NONNULL setup,
                                      jackfield_side *JACKFIELD_NONNULL plugin,
                                      jackfield_failure *JACKFIELD_NONNULL failure);
  /* Calls may come from now on, and the plugin may call the host. Must return within five seconds. */
  int32_t (*JACKFIELD_NONNULL open)(void *JACKFIELD_NULLABLE instance, jackfield_failure *JACKFIELD_NONNULL failure);
  /* No new calls will come. Finish those in flight before `deadline`, nanoseconds of CLOCK_MONOTONIC. May return
     before they are finished, and does so within that time. */
  void (*JACKFIELD_NONNULL drain)(void *JACKFIELD_NULLABLE instance, int64_t deadline);
  /* No thread of the host is inside the plugin when this is called, and none of the plugin's is inside the host when it
     returns: no calls in either direction from then on. Every call still in flight is dead. */
  void (*JACKFIELD_NONNULL close)(void *JACKFIELD_NULLABLE instance);
  /* Give back everything. `instance` and the host's side are invalid afterwards. */
  void (*JACKFIELD_NONNULL destroy)(void *JACKFIELD_NULLABLE instance);

  uint32_t header_revision;             /* JACKFIELD_ABI_REVISION: what the plugin knows. The host sends it nothing newer.
                                           0: the same as `abi_revision`. */
  uint32_t reserved;                    /* zero */
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
