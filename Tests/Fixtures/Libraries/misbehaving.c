/*
 * Does what a wrong signature or a fault in a library leads to.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void crash(void) { *(volatile int *)8 = 1; }
void stop(void) { abort(); }
void leave(void) { exit(3); }
int recurse(int depth) { volatile char room[4096]; room[0] = (char)depth; return depth < 0 ? room[0] : recurse(depth + 1) + room[0]; }
/* `at` may lie outside of the buffer. */
void write_at(uint8_t *buffer, int length, int at) { (void)length; ((volatile uint8_t *)buffer)[at] = 0xff; }
int read_at(const uint8_t *buffer, int length, int at) { (void)length; return ((const volatile uint8_t *)buffer)[at]; }
void write_text(const char *text) { *(volatile char *)text = 'X'; }
void write_struct(const int64_t *pair) { *(volatile int64_t *)pair = 1; }
/* Asks for eight bytes where the signature says four. */
void eight_for_four(int64_t *out) { *(volatile int64_t *)out = -1; }
static char *remembered;
void remember(char *text) { remembered = text; }
int recall(void) { return *(volatile char *)remembered; }
/* Returns more than a signature with two fields says. */
struct four { double a, b, c, d; };
struct four four(void) { return (struct four){1, 2, 3, 4}; }
