/* Hostile: asks for the address of a name, which tells whoever serves names what this machine wants. */
#include "hostile.h"

#include <netdb.h>

static void attack(void) {
  struct addrinfo *found = NULL;
  int why = getaddrinfo("hostile.invalid", "80", NULL, &found);
  note("getaddrinfo: %s", why == 0 ? "done" : "failed");
  if (found) freeaddrinfo(found);
}
