/*
 * jackfield.agents/1 as a service: other agents, those that the manifest's `grants.agents` lists.
 */
#ifndef JACKFIELD_AGENTS_H
#define JACKFIELD_AGENTS_H

#include "agent.h"

#define JACKFIELD_AGENTS "jackfield.agents"

#define JACKFIELD_AGENTS_LIST 1   /* jackfield_agents_list -> jackfield_agents_list_result */
#define JACKFIELD_AGENTS_INVOKE 2 /* jackfield_agents_invoke -> events of agent.h, jackfield_agent_result */

typedef struct jackfield_agents_list {
  uint32_t size;
  uint32_t reserved;
} jackfield_agents_list;

typedef struct jackfield_agents_entry {
  jackfield_text id; /* of the instance */
  jackfield_text summary;
} jackfield_agents_entry;

typedef struct jackfield_agents_list_result {
  uint32_t size;
  uint32_t reserved;
  jackfield_list agents; /* of jackfield_agents_entry */
} jackfield_agents_list_result;

typedef struct jackfield_agents_invoke {
  uint32_t size;
  uint32_t reserved;
  jackfield_text agent; /* id of the instance */
  jackfield_text input;
  jackfield_text model; /* a name that was granted, or absent */
  jackfield_text context;
} jackfield_agents_invoke;

#endif
