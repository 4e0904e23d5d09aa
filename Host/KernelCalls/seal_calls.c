#define _GNU_SOURCE
#include "seal_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

static const int seals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

int kernel_memory_file(const char *name) {
  /*
   * It is mapped and never executed; a system may be set to insist on that (vm.memfd_noexec). Kernels before 6.3 do not
   * know the flag.
   */
  int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
  if (descriptor < 0 && errno == EINVAL) descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  return descriptor < 0 ? -errno : descriptor;
}

int kernel_seal(int descriptor) { return fcntl(descriptor, F_ADD_SEALS, seals) == 0 ? 0 : -errno; }

int kernel_is_sealed(int descriptor) {
  int present = fcntl(descriptor, F_GET_SEALS);
  return present >= 0 && (present & seals) == seals;
}
