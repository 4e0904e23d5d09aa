/* Faulty: made for major version 2 of the ABI, so that only that entry point is there. */
#include <jackfield/jackfield.h>

JACKFIELD_EXPORT const void *jackfield_plugin_v2(void);
JACKFIELD_EXPORT const void *jackfield_plugin_v2(void) { return NULL; }
