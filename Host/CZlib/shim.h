/* The system's zlib, for content that upstreams send compressed (RFC 1950, 1951, 1952). */

/* Leaves out zlib's functions on files, and with them the system headers that another module has already. */
#define Z_SOLO 1
#include <zlib.h>
