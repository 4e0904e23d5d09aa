/* A completion request in OpenAI's dialect. */
#ifndef REQUEST_H
#define REQUEST_H

#include "base/base.h"

/* Write the body for POST /chat/completions. Answers null, or which part of the request is no JSON; `*prompt` becomes
   the number of bytes of the question. */
const char *write_request(text *out, jackfield_view request, uint64_t *prompt);

#endif
