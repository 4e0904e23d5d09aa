/* One input: checked, and if it is taken, followed, copied, checked and followed once more. */
#include "payload.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint32_t hash;
  if (size < FUZZ_PREFIX) return -1;
  memcpy(&hash, data, FUZZ_PREFIX);
  const jackfield_layout *layout = fuzz_layout_of(hash);
  if (layout == NULL) return -1;
  size -= FUZZ_PREFIX;

  /* Not one byte more than there is, so that the sanitizer sees the first that is read beyond. */
  uint8_t *bytes = malloc(size ? size : 1);
  if (bytes == NULL) return -1;
  memcpy(bytes, data + FUZZ_PREFIX, size);
  jackfield_view payload = {bytes, size};
  jackfield_fault fault = jackfield_check(layout, payload);
  if (fault.kind == JACKFIELD_FAULT_NONE) {
    uint64_t digest = fuzz_follow(layout, payload);
    jackfield_builder b;
    jackfield_view copy = fuzz_copy(&b, layout, payload);
    if (copy.data == NULL || jackfield_check(layout, copy).kind != JACKFIELD_FAULT_NONE)
      fuzz_fail(layout, "what build.h made of it was not taken");
    if (fuzz_follow(layout, copy) != digest) fuzz_fail(layout, "what build.h made of it says something else");
    jackfield_build_free(&b);
  } else if (fault.layout == NULL || fault.offset > size) {
    fuzz_fail(layout, "a fault is somewhere outside it");
  }
  if (size > 8) {
    jackfield_view askew = {bytes + 1, size - 1};
    if (jackfield_check(layout, askew).kind != JACKFIELD_FAULT_ALIGNMENT)
      fuzz_fail(layout, "one that lies askew was taken");
  }
  free(bytes);
  return 0;
}
