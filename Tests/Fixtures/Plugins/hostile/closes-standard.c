/* Hostile: closes standard input, output and error through the C library, and opens something in their places. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  tried("fclose stdin", fclose(stdin));
  tried("fclose stdout", fclose(stdout));
  tried("fclose stderr", fclose(stderr));
  /* The lowest free descriptor: a small number shows that the place of a standard stream is free. */
  int first = dup(3);
  note("\n%s", first < 0 ? "no descriptor" : first <= 3 ? "a standard place is free" : "the standard places are taken");
  if (first >= 0) close(first);
}
