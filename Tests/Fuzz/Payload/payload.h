/*
 * The fuzzer of the payload checker. An input is the hash of a layout's name, four bytes, and then a payload of it: so
 * inputs stay what they are when other layouts come. Little-endian, as all payloads.
 */
#ifndef FUZZ_PAYLOAD_H
#define FUZZ_PAYLOAD_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jackfield/build.h>
#include <jackfield/check.h>
#include <jackfield/contracts.h>
#include <jackfield/read.h>

/* Bytes before the payload, and of the longest struct that any table has. */
#define FUZZ_PREFIX 4u
#define FUZZ_STRUCT_MAX 512u

/* Every layout that a contract names, the context, and each once more as if only its first field had been released at
   first and all others had been added since. */
uint32_t fuzz_layout_count(void);
const jackfield_layout *fuzz_layout_at(uint32_t index);
uint32_t fuzz_hash(const char *name);
const jackfield_layout *fuzz_layout_of(uint32_t hash); /* null: none has it */

/* Bytes that a field takes in its struct. */
uint32_t fuzz_width(uint32_t kind);

/* Read all that a checked payload refers to, and abort if it is not what the checker promises. The digest tells
   payloads of different content apart; how they lie in memory makes no difference to it. */
uint64_t fuzz_follow(const jackfield_layout *layout, jackfield_view payload);

/* The same content once more, as build.h lays it out. To be freed by jackfield_build_free. */
jackfield_view fuzz_copy(jackfield_builder *b, const jackfield_layout *layout, jackfield_view payload);

/* A payload without a fault, of content and form that the seed decides: structs shorter and longer than known, absent
   and empty texts, lists with wide strides. To be freed by jackfield_build_free. */
jackfield_view fuzz_valid(jackfield_builder *b, const jackfield_layout *layout, uint64_t *seed);

/* The next number of the seed (xorshift), and one below a limit. */
uint64_t fuzz_random(uint64_t *seed);
uint32_t fuzz_below(uint64_t *seed, uint32_t limit);

/* A sentence, and the end. */
_Noreturn void fuzz_fail(const jackfield_layout *layout, const char *what);

#endif
