/* Hostile: opens files by their number on the disk instead of by path, past every check of paths. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  struct { struct file_handle handle; char room[128]; } named;
  int mount = -1;
  named.handle.handle_bytes = sizeof named.room;
  tried("name_to_handle_at", name_to_handle_at(AT_FDCWD, "/usr/lib", &named.handle, &mount, 0));
  opened("open_by_handle_at", open_by_handle_at(AT_FDCWD, &named.handle, O_RDONLY));
}
