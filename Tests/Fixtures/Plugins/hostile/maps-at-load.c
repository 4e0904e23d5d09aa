/* Hostile: brings code of its own while it is loaded, when code is still let in: from files, and from nowhere else. */
#define HOSTILE_AT_LOAD
#include "executable-mapping.c"
