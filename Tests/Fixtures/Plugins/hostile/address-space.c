/* Hostile: reserves address space that it never uses, 16 TiB at once and then in pieces of 1 GiB up to 1 TiB. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  const size_t gibibyte = (size_t)1 << 30;
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *pieces[1024];
  int count = 0;
  void *huge = mmap(NULL, gibibyte << 14, PROT_NONE, flags, -1, 0);
  tried("16 TiB", huge == MAP_FAILED ? -1 : 0);
  if (huge != MAP_FAILED) munmap(huge, gibibyte << 14);
  while (count < 1024 && (pieces[count] = mmap(NULL, gibibyte, PROT_NONE, flags, -1, 0)) != MAP_FAILED) count++;
  int why = errno;
  /* Given back, so that the report can be sent. */
  for (int i = 0; i < count; i++) munmap(pieces[i], gibibyte);
  note("\n%s after %d GiB", count < 1024 ? strerrorname_np(why) : "nobody minded", count);
}
