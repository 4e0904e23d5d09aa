/* Good: answers with 10,000 texts as short as tokens are, otherwise as `burst` does. For the benchmarks. */
#define BURST_TEXTS 10000
#define BURST_BYTES 16
#include "burst.c"
