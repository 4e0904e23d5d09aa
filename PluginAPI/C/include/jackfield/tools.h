/*
 * jackfield.tools/1 as a service: the tools that the manifest's `grants.tools` lists, by the name INSTANCE/TOOL.
 */
#ifndef JACKFIELD_TOOLS_H
#define JACKFIELD_TOOLS_H

#include "tool.h"

#define JACKFIELD_TOOLS "jackfield.tools"

#define JACKFIELD_TOOLS_LIST 1 /* jackfield_tools_list -> jackfield_tools_list_result */
#define JACKFIELD_TOOLS_CALL 2 /* jackfield_tools_call -> events of tool.h, jackfield_tool_result */

typedef struct jackfield_tools_list {
  uint32_t size;
  uint32_t reserved;
} jackfield_tools_list;

typedef struct jackfield_tools_entry {
  jackfield_text name;        /* INSTANCE/TOOL */
  jackfield_text alias;       /* the same as language models are told it: 1 to 64 of A-Z a-z 0-9 _ and - */
  jackfield_text description;
  jackfield_text parameters;  /* JSON Schema */
  jackfield_text result;      /* JSON Schema, or absent */
  uint32_t flags;             /* JACKFIELD_TOOL_READ_ONLY and so on */
  uint32_t reserved;
} jackfield_tools_entry;

typedef struct jackfield_tools_list_result {
  uint32_t size;
  uint32_t reserved;
  jackfield_list tools; /* of jackfield_tools_entry */
} jackfield_tools_list_result;

typedef struct jackfield_tools_call {
  uint32_t size;
  uint32_t reserved;
  jackfield_text name;      /* INSTANCE/TOOL, or the alias. One that was not granted, or is none: JACKFIELD_FORBIDDEN. */
  jackfield_text arguments; /* JSON object */
  jackfield_text id;        /* of the call, or absent; the same when it is repeated */
} jackfield_tools_call;

#endif
