/* Hostile: takes back that it dies with the host, may be debugged, and has been told to gain no privileges. */
#define HOSTILE_TO_OTHERS
#include "hostile.h"

static void attack(void) {
  tried("PR_SET_PDEATHSIG", prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0));
  tried("PR_SET_DUMPABLE", prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
  tried("PR_SET_PTRACER", prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0));
  tried("PR_SET_CHILD_SUBREAPER", prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0));
  tried("PR_SET_NO_NEW_PRIVS", prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0));
  tried("PR_SET_MM", prctl(PR_SET_MM, PR_SET_MM_START_CODE, 0, 0, 0));
  tried("PR_SET_NAME", prctl(PR_SET_NAME, "innocent", 0, 0, 0));
}
