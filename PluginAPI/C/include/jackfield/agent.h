/*
 * jackfield.agent/1 as a role: something that finds out or does things and reports what it found.
 */
#ifndef JACKFIELD_AGENT_H
#define JACKFIELD_AGENT_H

#include "payload.h"

#define JACKFIELD_AGENT "jackfield.agent"

#define JACKFIELD_AGENT_DESCRIBE 1 /* jackfield_agent_describe -> jackfield_agent_description */
#define JACKFIELD_AGENT_INVOKE 2   /* jackfield_agent_invoke -> events, jackfield_agent_result */

typedef struct jackfield_agent_describe {
  uint32_t size;
  uint32_t reserved;
} jackfield_agent_describe;

/* One thing that the agent can do. The host chooses agents by how well a question fits these. */
typedef struct jackfield_agent_capability {
  jackfield_text id;          /* "cpu", unique within the agent */
  jackfield_text description; /* one sentence */
  jackfield_list keywords;    /* of jackfield_item: words and phrases that a question about this would use */
  jackfield_list examples;    /* of jackfield_item: questions that it answers */
} jackfield_agent_capability;

typedef struct jackfield_agent_description {
  uint32_t size;
  uint32_t reserved;
  jackfield_text summary;
  jackfield_list capabilities; /* of jackfield_agent_capability */
} jackfield_agent_description;

typedef struct jackfield_agent_invoke {
  uint32_t size;
  uint32_t reserved;
  jackfield_text input;   /* what the user asked */
  jackfield_text model;   /* the name to use with the llm service, or absent: choose none */
  jackfield_text context; /* JSON object that the caller sent along, or absent */
  jackfield_list history; /* of jackfield_agent_turn, oldest first: the session so far */
} jackfield_agent_invoke;

typedef struct jackfield_agent_turn {
  jackfield_text role; /* "user", "assistant" */
  jackfield_text text;
} jackfield_agent_turn;

#define JACKFIELD_AGENT_EVENT_TEXT 1u     /* jackfield_agent_text: the answer, in pieces */
#define JACKFIELD_AGENT_EVENT_FINDING 2u  /* jackfield_agent_finding */
#define JACKFIELD_AGENT_EVENT_ARTIFACT 3u /* jackfield_agent_artifact */
#define JACKFIELD_AGENT_EVENT_QUESTION 4u /* jackfield_agent_question: what the user would have to say; the answer comes
                                             as another invoke, with this one in its history */
#define JACKFIELD_AGENT_EVENT_PROGRESS 5u /* jackfield_agent_progress */

typedef struct jackfield_agent_text {
  uint32_t size;
  uint32_t reserved;
  jackfield_text text;
} jackfield_agent_text;

#define JACKFIELD_SEVERITY_OK 0u
#define JACKFIELD_SEVERITY_INFO 1u
#define JACKFIELD_SEVERITY_WARNING 2u
#define JACKFIELD_SEVERITY_CRITICAL 3u

#define JACKFIELD_FINDING_HAS_VALUE 1u
#define JACKFIELD_FINDING_HAS_THRESHOLD 2u

typedef struct jackfield_agent_finding {
  uint32_t size;
  uint32_t severity;
  uint32_t present; /* JACKFIELD_FINDING_HAS_* */
  uint32_t reserved;
  double value;     /* in `unit` */
  double threshold; /* the one that decided the severity, in `unit` */
  jackfield_text id;     /* "cpu.busy", stable: the same measurement has the same id each time */
  jackfield_text title;  /* one sentence */
  jackfield_text unit;   /* UCUM where there is one: "%", "By", "By/s", "s" */
  jackfield_text source; /* where the value was read: "/proc/stat" */
  jackfield_text detail; /* JSON object with what stands behind it, or absent */
} jackfield_agent_finding;

typedef struct jackfield_agent_artifact {
  uint32_t size;
  uint32_t reserved;
  jackfield_text name;
  jackfield_text media_type;
  jackfield_data data;
} jackfield_agent_artifact;

typedef struct jackfield_agent_question {
  uint32_t size;
  uint32_t reserved;
  jackfield_text id;
  jackfield_text text;
  jackfield_list options; /* of jackfield_item: possible answers, or none */
} jackfield_agent_question;

typedef struct jackfield_agent_progress {
  uint32_t size;
  uint32_t reserved;
  double fraction; /* 0 to 1, below 0 if unknown */
  jackfield_text message;
} jackfield_agent_progress;

#define JACKFIELD_AGENT_CONSULTED 1u /* a language model worded the answer */

typedef struct jackfield_agent_result {
  uint32_t size;
  uint32_t flags;
  uint64_t prompt_tokens;
  uint64_t completion_tokens;
  jackfield_text upstream; /* the INSTANCE/MODEL that worded the answer, or absent */
  jackfield_text note;     /* what the user should know about how the answer came to be, or absent */
} jackfield_agent_result;

#endif
