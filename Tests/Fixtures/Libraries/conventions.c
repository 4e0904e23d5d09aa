/*
 * Functions with the habits that libraries of C have: lengths beside buffers, results behind pointers, structures by
 * value and by pointer, sentences about errors.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct point { double x, y; };
struct label { char name[8]; uint8_t bytes[3]; struct point at[2]; const char *note; };

struct point middle(struct point a, struct point b) { return (struct point){(a.x + b.x) / 2, (a.y + b.y) / 2}; }
void move_by(struct point *p, const struct point *by) { p->x += by->x, p->y += by->y; }
void make_point(struct point *p, double x, double y) { *p = (struct point){x, y}; }
double norm(const struct point *p) { return p ? p->x * p->x + p->y * p->y : -1; }
struct label turn(struct label l)
{
  for (int i = 0, j = (int)strlen(l.name) - 1; i < j; i++, j--) { char c = l.name[i]; l.name[i] = l.name[j]; l.name[j] = c; }
  struct point kept = l.at[0];
  l.at[0] = l.at[1], l.at[1] = kept;
  return l;
}
static struct point kept_point;
const struct point *keep(double x, double y) { kept_point = (struct point){x, y}; return x < 0 ? NULL : &kept_point; }

/* Sum of elements. */
int64_t sum(const int32_t *values, size_t count) { int64_t s = 0; while (count--) s += *values++; return s; }
double dot3(const double a[3], const double b[3]) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
void sort(int16_t *values, size_t count)
{
  for (size_t i = 0; i < count; i++)
    for (size_t j = i + 1; j < count; j++)
      if (values[j] < values[i]) { int16_t v = values[i]; values[i] = values[j]; values[j] = v; }
}
double total(const struct point *points, int count) { double s = 0; for (int i = 0; i < count; i++) s += points[i].x + points[i].y; return s; }

/* Writes up to `room` bytes and says by three ways how many there are. */
int counts_by_result(char *out, size_t room, int have) { for (int i = 0; i < have && (size_t)i < room; i++) out[i] = 'a' + i % 26; return have; }
int counts_by_pointer(uint8_t *out, uint32_t *length, uint32_t have)
{
  if (have > *length) { *length = have; return -2; }
  for (uint32_t i = 0; i < have; i++) out[i] = i;
  *length = have;
  return 0;
}
void counts_by_nul(char *out, int room, const char *text) { strncpy(out, text, room); }
void separate(uint8_t *out, size_t room, size_t *used, int fill) { memset(out, fill, room); *used = room / 2; }
void upper(char *text, size_t length) { for (size_t i = 0; i < length; i++) if (text[i] >= 'a' && text[i] <= 'z') text[i] -= 32; }

/* A pointer to bytes that are the library's. */
static uint8_t blob[4] = {1, 2, 250, 255};
const void *borrowed(size_t *length) { *length = 4; return blob; }
const uint16_t *table(void) { static const uint16_t values[3] = {1, 2, 65535}; return values; }
char *greeting(const char *name)
{
  char *text = malloc(strlen(name) + 8);
  return text ? strcat(strcpy(text, "hello, "), name) : NULL;
}
void give_text(char **out, int make) { *out = make ? strdup("made") : NULL; }

/* More than a caller may be told, and lengths that nothing can be made of. */
static uint8_t zeros[300000];
const void *long_blob(int64_t have) { (void)have; return zeros; }
int blob_length(int64_t have) { return (int)have; }
size_t blob_size(int64_t have) { return (size_t)have; }
double blob_weight(int64_t have) { return (double)have; }
const void *measured(int64_t *length, int64_t have) { *length = have; return zeros; }
void writes(uint8_t *out, size_t room, int64_t *used, int64_t have) { memset(out, 1, room); *used = have; }
const char *long_text(int bytes)
{
  static char *text;
  free(text);
  text = malloc((size_t)bytes + 1);
  return text ? memset(text, 'x', (size_t)bytes), text[bytes] = 0, text : NULL;
}
int hands_out(char **out, int bytes) { *out = malloc((size_t)bytes + 1); memset(*out, 'x', (size_t)bytes); (*out)[bytes] = 0; return bytes; }

/* Counters, of which callers hold a handle. */
typedef struct counter { int value; } counter;
static int open_counters;
counter *counter_new(int start)
{
  if (start < 0) { errno = EINVAL; return NULL; }
  counter *c = malloc(sizeof *c);
  if (c) c->value = start, open_counters++;
  return c;
}
int counter_make(counter **out, int start) { *out = counter_new(start < 0 ? 0 : start); return start < 0 ? 7 : 0; }
int counter_add(counter *c, int by) { return c ? c->value += by : -1; }
void counter_free(counter *c) { if (c) free(c), open_counters--; }
int opens_and_writes(counter **out, uint8_t *to, int64_t *used) { *out = counter_new(1); *to = 1; *used = -1; return 0; }
int counters_open(void) { return open_counters; }
typedef counter *counter_ref;
int ref_value(counter_ref c) { return c->value; }
int ref_make(counter_ref *out) { return counter_make(out, 40); }

/* Names of numbers. */
enum color { RED, GREEN = 5, BLUE };
enum color next_color(enum color c) { return c == RED ? GREEN : c == GREEN ? BLUE : (enum color)77; }
uint32_t toggle(uint32_t flags) { return flags ^ 3; }

/* Failure by every convention. */
int fail_nonzero(int code) { return code; }
void *fail_null(int good) { return good ? (void *)blob : NULL; }
double fail_real(double value) { return value; }
int fail_errno(int number) { errno = number; return 0; }
const char *describe(int code) { return code == 3 ? "three is too many" : "something else"; }
