/* Faulty: the entry point returns null. */
#include <jackfield/jackfield.h>

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return NULL; }
