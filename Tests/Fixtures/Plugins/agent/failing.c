/*
 * Faulty: finishes every call with a failure. The question says how: a number is the code; "no size" sends a good end that
 * says it is 0 bytes long, "message" one whose sentence is not UTF-8, "null message" one whose sentence has a length and no place,
 * "endless message" one whose sentence is longer than any memory.
 */
#include "fixture.h"

static int32_t invoke(fixture *self, const jackfield_start *start) {
  char input[64];
  jackfield_end end = {0};
  read_input(start, input, sizeof input);
  end.size = sizeof end;
  end.code = JACKFIELD_INTERNAL;
  end.message.data = "the fixture failed on purpose";
  end.message.size = strlen(end.message.data);
  if (strcmp(input, "no size") == 0) {
    static jackfield_agent_result result = {.size = sizeof result};
    end.size = 0;
    end.code = JACKFIELD_OK;
    end.message.size = 0;
    end.result.data = &result;
    end.result.size = sizeof result;
  } else if (strcmp(input, "message") == 0) {
    end.message.data = "\xff\xfe\xfd";
    end.message.size = 3;
  } else if (strcmp(input, "null message") == 0) {
    end.message.data = NULL;
    end.message.size = 1000;
  } else if (strcmp(input, "endless message") == 0) {
    end.message.size = UINT64_MAX;
  } else {
    end.code = (int32_t)strtol(input, NULL, 10);
  }
  self->host->finish(self->host->instance, start->call, &end);
  return JACKFIELD_OK;
}
