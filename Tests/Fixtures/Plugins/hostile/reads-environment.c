/* Hostile: looks for secrets in its own environment. The report says how many variables there are, and no name. */
#include "hostile.h"

extern char **environ;

static void attack(void) {
  int count = 0;
  while (environ && environ[count]) count++;
  note("%d variables", count);
}
