/*
 * Hostile: emits for, finishes, cancels and resumes calls that are not its own: 512 names around that of its call,
 * which is where those of other plugins would be. The answer is how many the host took, its own left out.
 */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char text[64];
  int taken = 0;
  jackfield_end end = {.size = sizeof end, .code = JACKFIELD_INTERNAL};
  for (int64_t distance = -256; distance <= 256; distance++) {
    jackfield_call call = start->call + (uint64_t)distance;
    if (distance == 0) continue;
    taken += say(self, call, "from somebody else") == JACKFIELD_OK;
    taken += self->host->cancel(self->host->instance, call) == JACKFIELD_OK;
    taken += self->host->resume(self->host->instance, call) == JACKFIELD_OK;
    taken += self->host->finish(self->host->instance, call, &end) == JACKFIELD_OK;
  }
  snprintf(text, sizeof text, "%d taken", taken);
  return answer(self, start->call, text);
}
