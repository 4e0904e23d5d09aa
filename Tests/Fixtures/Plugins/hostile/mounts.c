/*
 * Hostile: rearranges the file system. Each attempt names a place that does not exist, so that one that is let through
 * fails with another reason than the sandbox's.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

#include <sys/mount.h>

static void attack(void) {
  static const char nowhere[] = "/hostile-there-is-no-such-place";
  tried("mount", mount("none", nowhere, "tmpfs", 0, NULL));
  tried("umount2", umount2(nowhere, MNT_DETACH));
  tried("pivot_root", syscall(SYS_pivot_root, nowhere, nowhere));
  tried("chroot", chroot(nowhere));
  opened("open_tree", syscall(SYS_open_tree, AT_FDCWD, nowhere, 0));
  tried("move_mount", syscall(SYS_move_mount, -1, "", -1, nowhere, 0));
  opened("fsopen", syscall(SYS_fsopen, nowhere, 0));
  tried("fsconfig", syscall(SYS_fsconfig, -1, 0, NULL, NULL, 0));
  opened("fsmount", syscall(SYS_fsmount, -1, 0, 0));
  opened("fspick", syscall(SYS_fspick, AT_FDCWD, nowhere, 0));
  tried("mount_setattr", syscall(SYS_mount_setattr, -1, nowhere, 0, NULL, 0));
}
