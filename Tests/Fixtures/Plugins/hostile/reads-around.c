/* Hostile: looks around the machine: whose files are there, what the host's folder holds, which devices. */
#include "hostile.h"

static void look(const char *path, int flags) { opened(path, open(path, flags)); }

static void attack(void) {
  look("/", O_RDONLY | O_DIRECTORY);
  look("/root", O_RDONLY | O_DIRECTORY);
  look("/home", O_RDONLY | O_DIRECTORY);
  look("/tmp", O_RDONLY | O_DIRECTORY);
  look("/var/log", O_RDONLY | O_DIRECTORY);
  look("/proc", O_RDONLY | O_DIRECTORY);
  look("/sys/kernel", O_RDONLY | O_DIRECTORY);
  look("/proc/1/environ", O_RDONLY);
  look("/dev/tty", O_RDWR);
  look("/etc/hostname", O_RDONLY);
}
