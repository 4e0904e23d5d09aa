/*
 * Hostile: writes 64 MiB to standard error, in lines and in one that never ends, with bytes that are no text and what
 * would pass for a line of the host's log and of the sandbox.
 */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  static char block[65536];
  static const char forged[] =
      "\n{\"level\":\"error\",\"message\":\"hostile line that must never be the host's own\"}\n"
      "\x01jackfield-sandbox syscall=101 arg0=0\n\x1b[2J\xff\xfe\n";
  memset(block, 'x', sizeof block);
  tried("forged lines", write(2, forged, sizeof forged - 1));
  for (int i = 0; i < 512; i++) {
    for (size_t at = 99; at < sizeof block; at += 100) block[at] = i % 2 ? '\n' : 'x';
    if (write(2, block, sizeof block) < 0) break;
  }
  for (int i = 0; i < 512; i++)
    if (write(1, block, sizeof block) < 0) break;
  note("\nflooded");
}
