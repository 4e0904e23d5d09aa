/*
 * jackfield.tool/1 as a role: functions that agents and language models call by name, with arguments as JSON.
 */
#ifndef JACKFIELD_TOOL_H
#define JACKFIELD_TOOL_H

#include "payload.h"

#define JACKFIELD_TOOL "jackfield.tool"

#define JACKFIELD_TOOL_LIST 1 /* jackfield_tool_list -> jackfield_tool_list_result: the same for the life of an instance */
#define JACKFIELD_TOOL_CALL 2 /* jackfield_tool_call -> events, jackfield_tool_result */

typedef struct jackfield_tool_list {
  uint32_t size;
  uint32_t reserved;
} jackfield_tool_list;

/* Bits of `flags`: what the one who decides about a call should know. None of them: it may do anything. */
#define JACKFIELD_TOOL_READ_ONLY 1u   /* changes nothing */
#define JACKFIELD_TOOL_IDEMPOTENT 2u  /* the same call again changes nothing more */
#define JACKFIELD_TOOL_DESTRUCTIVE 4u /* may undo or delete what somebody made */
#define JACKFIELD_TOOL_OPEN_WORLD 8u  /* reaches beyond this machine */

typedef struct jackfield_tool_entry {
  jackfield_text name;        /* unique within the plugin: 1 to 64 of A-Z a-z 0-9 _ and - */
  jackfield_text description; /* for the model: what it does, when to use it */
  jackfield_text parameters;  /* JSON Schema of the arguments, of type "object" */
  jackfield_text result;      /* JSON Schema of the content, or absent */
  uint32_t flags;             /* JACKFIELD_TOOL_READ_ONLY and so on */
  uint32_t reserved;
} jackfield_tool_entry;

typedef struct jackfield_tool_list_result {
  uint32_t size;
  uint32_t reserved;
  jackfield_list tools; /* of jackfield_tool_entry */
} jackfield_tool_list_result;

/* Arguments that are not JSON or not as the schema says end the call with JACKFIELD_INVALID_ARGUMENT and a sentence from
   which a model can see what would be right; a name that is not listed ends it with JACKFIELD_NOT_FOUND. */
typedef struct jackfield_tool_call {
  uint32_t size;
  uint32_t reserved;
  jackfield_text name;
  jackfield_text arguments; /* JSON object */
  jackfield_text id;        /* of the call, or absent; the same when it is repeated */
} jackfield_tool_call;

#define JACKFIELD_TOOL_EVENT_PROGRESS 1u /* jackfield_tool_progress */

typedef struct jackfield_tool_progress {
  uint32_t size;
  uint32_t reserved;
  double fraction; /* 0 to 1, below 0 if unknown */
  jackfield_text message;
} jackfield_tool_progress;

/* The function was called and reports a failure of its own, which `content` describes: the model should read it. A call
   that could not be made ends with an error instead. */
#define JACKFIELD_TOOL_FAILED 1u

typedef struct jackfield_tool_result {
  uint32_t size;
  uint32_t flags;            /* JACKFIELD_TOOL_FAILED */
  jackfield_text content;    /* what the caller reads */
  jackfield_text media_type; /* of the content; absent: application/json */
} jackfield_tool_result;

#endif
