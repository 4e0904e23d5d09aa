/* A C function that does nothing with what it is given: what a call costs before anything is done. */
#include <stdint.h>

int32_t nothing(const void *data, uint64_t size) {
  (void)data;
  return (int32_t)(size & 1);
}
