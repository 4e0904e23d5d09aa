/*
 * A source as an author of plugins has it: it includes jackfield.h and nothing else of ours, exports the entry, and leans
 * on what the helpers do. Compiled with -fvisibility=hidden it must go on compiling, and its `main` must find the entry
 * exported and every helper as it was released. author.py puts every released name in the place of the mark in `names`.
 */
#include <jackfield/jackfield.h>

#include <dlfcn.h>
#include <stdio.h>

static int wrong;

#define HOLDS(condition, sentence) ((condition) ? (void)0 : (void)(wrong++, puts(sentence)))

static const jackfield_plugin plugin = {0};

JACKFIELD_EXPORT const jackfield_plugin *jackfield_plugin_v1(void) { return &plugin; }

static uintptr_t names(void) {
  uintptr_t sum = 0;
  /* NAMES */
  return sum;
}

static jackfield_view view_of(const void *data, uint64_t size) {
  jackfield_view view;
  view.data = data;
  view.size = size;
  return view;
}

static int all_zero(const void *data, size_t size) {
  const uint8_t *bytes = (const uint8_t *)data;
  while (size--)
    if (*bytes++) return 0;
  return 1;
}

/* ---- read.h ---- */

static void reading(void) {
  uint32_t shorter[8] = {12, 0, 7, 0x01010101}, longer[16] = {64, 0, 7, 8};
  jackfield_context context;
  memset(&context, 0xff, sizeof context);
  jackfield_read(view_of(shorter, sizeof shorter), &context, sizeof context);
  HOLDS(context.size == 12 && context.request_id.offset == 7,
        "jackfield_read does not copy what an older, shorter struct has");
  HOLDS(all_zero((uint8_t *)&context + 12, sizeof context - 12),
        "jackfield_read does not fill with zeros what an older, shorter struct lacks");
  memset(&context, 0xff, sizeof context);
  jackfield_read(view_of(NULL, 0), &context, sizeof context);
  HOLDS(all_zero(&context, sizeof context), "jackfield_read of an empty view leaves something else than zeros");
  struct {
    jackfield_empty head;
    uint32_t guard;
  } small = {{0, 0}, 0x55555555};
  jackfield_read(view_of(longer, sizeof longer), &small.head, sizeof small.head);
  HOLDS(small.head.size == 64 && small.guard == 0x55555555, "jackfield_read of a longer struct writes beyond its place");

  uint64_t elements[4] = {0, 0, 0x1111111111111111u, 0x2222222222222222u};
  jackfield_list list = {8, 3, 8, 0};
  jackfield_pair pair;
  memset(&pair, 0xff, sizeof pair);
  jackfield_read_element(view_of(elements, sizeof elements), list, 1, &pair, sizeof pair);
  HOLDS(pair.name.offset == 0x11111111 && all_zero(&pair.value, sizeof pair.value),
        "jackfield_read_element does not fill with zeros what a shorter element lacks");

  static const char bytes[] = "01234567text";
  jackfield_text text = {8, 4}, absent = {0, 0};
  jackfield_data data = {8, 4};
  jackfield_view payload = view_of(bytes, sizeof bytes - 1), view = jackfield_read_text(payload, text);
  HOLDS(view.data == bytes + 8 && view.size == 4, "jackfield_read_text does not say where a text lies");
  view = jackfield_read_data(payload, data);
  HOLDS(view.data == bytes + 8 && view.size == 4, "jackfield_read_data does not say where the bytes lie");
  view = jackfield_read_text(payload, absent);
  HOLDS(view.data == NULL && view.size == 0, "jackfield_read_text of an absent text is not empty");
  HOLDS(jackfield_equals(view, "") && jackfield_equals(view_of("text", 4), "text") &&
            !jackfield_equals(view_of("text", 4), "test") && !jackfield_equals(view_of("text", 3), "text"),
        "jackfield_equals takes other texts for the same");
}

/* ---- build.h ---- */

static void building(void) {
  jackfield_builder b;
  jackfield_agents_list_result head;
  jackfield_agents_entry entry;
  memset(&b, 0xff, sizeof b);
  memset(&head, 0, sizeof head);
  memset(&entry, 0, sizeof entry);
  jackfield_build(&b, sizeof head);
  HOLDS(!b.failed && b.size == sizeof head, "jackfield_build does not begin with the struct's size");
  jackfield_text odd = jackfield_build_string(&b, "odd");
  HOLDS(odd.offset == sizeof head && odd.length == 3 && memcmp(b.bytes + odd.offset, "odd", 3) == 0,
        "jackfield_build_string does not append the text");
  /* As memory is that was used before. */
  memset(b.bytes + b.size, 0xff, b.capacity - b.size);
  jackfield_list list = jackfield_build_list(&b, 2, sizeof entry);
  HOLDS(list.count == 2 && list.stride == sizeof entry && list.offset == 32 && list.reserved == 0,
        "jackfield_build_list does not begin at the next multiple of 8");
  HOLDS(all_zero(b.bytes + odd.offset + 3, list.offset - odd.offset - 3),
        "jackfield_build_reserve does not fill with zeros what lies before an aligned part");
  HOLDS(all_zero(b.bytes + list.offset, 2 * sizeof entry), "jackfield_build_list does not zero its elements");
  entry.id = odd;
  jackfield_build_set(&b, list, 1, &entry);
  jackfield_build_set(&b, list, 2, &entry);
  HOLDS(memcmp(b.bytes + list.offset + sizeof entry, &entry, sizeof entry) == 0 && b.size == 32 + 2 * sizeof entry,
        "jackfield_build_set does not set the element");
  head.agents = list;
  jackfield_view view = jackfield_built(&b, &head);
  HOLDS(view.size == b.size && view.data == b.bytes && memcmp(view.data, "\x18\0\0\0", 4) == 0,
        "jackfield_built does not write the struct with its size to the start");
  HOLDS(jackfield_check(&jackfield_agents_list_result_layout, view).kind == JACKFIELD_FAULT_NONE,
        "what the builder built is refused by jackfield_check");
  jackfield_list none = jackfield_build_list(&b, 0, 8);
  HOLDS(none.offset == 0 && none.count == 0, "jackfield_build_list of nothing is not absent");
  jackfield_data data = jackfield_build_data(&b, "\x01\x02", 2);
  HOLDS(data.length == 2 && memcmp(b.bytes + data.offset, "\x01\x02", 2) == 0, "jackfield_build_data does not append");
  HOLDS(jackfield_build_reserve(&b, JACKFIELD_PAYLOAD_MAX, 8) == 0 && b.failed,
        "jackfield_build_reserve takes more than a payload may have");
  view = jackfield_built(&b, &head);
  HOLDS(view.data == NULL && view.size == 0, "jackfield_built does not answer an empty view after a failure");
  jackfield_build_free(&b);
  HOLDS(all_zero(&b, sizeof b), "jackfield_build_free does not leave zeros");
}

/* ---- check.h ---- */

static void text(const char *bytes, uint64_t size, int is_text) {
  if (jackfield_is_utf8((const uint8_t *)bytes, size) == is_text) return;
  wrong++;
  printf("jackfield_is_utf8 takes bytes that are %s text for the opposite:", is_text ? "" : "no");
  for (uint64_t i = 0; i < size; i++) printf(" %02x", (uint8_t)bytes[i]);
  puts("");
}

/* A list of two entries with an id each, whose words `at` is changed to `value`. */
static void payload(uint32_t at, uint32_t value, uint64_t size, uint32_t fault, const char *what) {
  uint32_t words[18] = {24, 0, 24, 2, 16, 0, /* the entries */ 56, 4, 0, 0, 60, 4, 0, 0, /* texts */ 0, 0, 0, 0};
  memcpy(words + 14, "one two ", 8);
  words[at] = value;
  uint32_t found = jackfield_check(&jackfield_agents_list_result_layout, view_of(words, size)).kind;
  if (found == fault) return;
  wrong++;
  printf("jackfield_check finds %u and not %u in a payload %s\n", (unsigned)found, (unsigned)fault, what);
}

static void checking(void) {
  text("", 0, 1), text("plain text of ASCII", 19, 1), text("gr\xc3\xbc\xc3\x9f", 6, 1);
  text("\xe2\x82\xac \xf0\x9f\x98\x80", 8, 1), text("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf", 10, 1);
  text("\x80", 1, 0), text("\xc0\xaf", 2, 0), text("\xc1\x81", 2, 0), text("\xe0\x9f\x80", 3, 0);
  text("\xed\xa0\x80", 3, 0), text("\xf0\x8f\x80\x80", 4, 0), text("\xf4\x90\x80\x80", 4, 0), text("\xf5\x80\x80\x80", 4, 0);
  text("\xc3", 1, 0), text("\xe2\x82", 2, 0), text("\xf0\x9f\x98", 3, 0), text("\xc3(", 2, 0), text("\xe2\x82(", 3, 0);
  text("\xf0\x9f\x98(", 4, 0), text("12345678\xff", 9, 0);

  payload(17, 0, 72, JACKFIELD_FAULT_NONE, "in which nothing is wrong");
  payload(0, 16, 72, JACKFIELD_FAULT_SIZE, "that is shorter than its struct ever was");
  payload(0, 80, 72, JACKFIELD_FAULT_SIZE, "that is shorter than it says");
  payload(17, 0, 4, JACKFIELD_FAULT_SIZE, "of four bytes");
  payload(1, 1, 72, JACKFIELD_FAULT_RESERVED, "with a reserved field");
  payload(2, 28, 72, JACKFIELD_FAULT_ALIGNMENT, "whose list is not aligned");
  payload(3, 9, 72, JACKFIELD_FAULT_RANGE, "whose list leaves it");
  payload(4, 8, 72, JACKFIELD_FAULT_STRIDE, "whose elements are too small");
  payload(5, 1, 72, JACKFIELD_FAULT_RESERVED, "with a reserved field in a list");
  payload(6, 80, 72, JACKFIELD_FAULT_RANGE, "one of whose texts leaves it");
  payload(6, 8, 72, JACKFIELD_FAULT_RANGE, "one of whose texts points into the struct");
  payload(7, 17, 72, JACKFIELD_FAULT_RANGE, "one of whose texts is too long");
  payload(7, 14, 72, JACKFIELD_FAULT_OVERLAP, "whose references cover more than there is");
  payload(14, 0xff, 72, JACKFIELD_FAULT_TEXT, "one of whose texts is no UTF-8");
  uint64_t newer[8] = {48};
  jackfield_view view = view_of(newer, 48);
  HOLDS(jackfield_check(&jackfield_empty_layout, view).kind == JACKFIELD_FAULT_NONE,
        "jackfield_check refuses a longer struct whose unknown part is zero");
  newer[5] = 1;
  HOLDS(jackfield_check(&jackfield_empty_layout, view).kind == JACKFIELD_FAULT_UNKNOWN,
        "jackfield_check takes a longer struct with something in the part that is not known");
  view.data = (const uint8_t *)newer + 4;
  HOLDS(jackfield_check(&jackfield_empty_layout, view).kind == JACKFIELD_FAULT_ALIGNMENT,
        "jackfield_check takes a buffer that is not aligned");
}

int main(void) {
  void *self = dlopen(NULL, RTLD_NOW);
  HOLDS(self != NULL && dlsym(self, "jackfield_plugin_v1") != NULL,
        "JACKFIELD_EXPORT does not export the entry: with -fvisibility=hidden a host would not find it");
  HOLDS(names() != 0, "no released name was used");
  reading();
  building();
  checking();
  return wrong != 0;
}
