/*
 * Gives back what it gets, for every type that a number can have: alone, as the last of many, and through a pointer.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define WIDTH(name, type)                                                                                              \
  type echo_##name(type value) { return value; }                                                                      \
  type last_##name(double a, int8_t b, type c, float d, int64_t e, uint8_t f, double g, int16_t h, void *i, type value) \
  {                                                                                                                    \
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h, (void)i;                                   \
    return value;                                                                                                      \
  }                                                                                                                    \
  void swap_##name(type *one, type *other)                                                                            \
  {                                                                                                                    \
    type kept = *one;                                                                                                  \
    *one = *other;                                                                                                     \
    *other = kept;                                                                                                     \
  }

WIDTH(bool, _Bool)
WIDTH(char, char)
WIDTH(signed_char, signed char)
WIDTH(unsigned_char, unsigned char)
WIDTH(short, short)
WIDTH(unsigned_short, unsigned short)
WIDTH(int, int)
WIDTH(unsigned, unsigned)
WIDTH(long, long)
WIDTH(unsigned_long, unsigned long)
WIDTH(long_long, long long)
WIDTH(unsigned_long_long, unsigned long long)
WIDTH(i8, int8_t)
WIDTH(u8, uint8_t)
WIDTH(i16, int16_t)
WIDTH(u16, uint16_t)
WIDTH(i32, int32_t)
WIDTH(u32, uint32_t)
WIDTH(i64, int64_t)
WIDTH(u64, uint64_t)
WIDTH(size, size_t)
WIDTH(ssize, ssize_t)
WIDTH(float, float)
WIDTH(double, double)
