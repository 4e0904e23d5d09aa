/* Exports the entry point of major version 2 alone. */
#include <jackfield/jackfield.h>

JACKFIELD_EXPORT const void *jackfield_plugin_v2(void);
JACKFIELD_EXPORT const void *jackfield_plugin_v2(void) { return NULL; }
