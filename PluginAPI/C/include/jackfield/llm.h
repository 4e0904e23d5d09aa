/*
 * jackfield.llm/1 as a role: a provider of language models. It translates between this vocabulary and an upstream's
 * dialect, and nothing else: retries, fallback, budgets and caches are the host's.
 * jackfield.llm/1 as a service: the same methods, where `model` is a name from the manifest that the plugin was granted.
 */
#ifndef JACKFIELD_LLM_H
#define JACKFIELD_LLM_H

#include "payload.h"

#define JACKFIELD_LLM "jackfield.llm"

#define JACKFIELD_LLM_MODELS 1   /* jackfield_llm_models -> jackfield_llm_models_result */
#define JACKFIELD_LLM_COMPLETE 2 /* jackfield_llm_complete -> events, jackfield_llm_complete_result */
#define JACKFIELD_LLM_EMBED 3    /* jackfield_llm_embed -> jackfield_llm_embed_result */

/* ---- What a message consists of --------------------------------------------------------------------------------- */

#define JACKFIELD_LLM_PART_TEXT 1u      /* `text` */
#define JACKFIELD_LLM_PART_IMAGE_URL 2u /* `url` (http, https), `detail` */
#define JACKFIELD_LLM_PART_IMAGE 3u     /* `data`, `media_type`, `detail` */
#define JACKFIELD_LLM_PART_DATA 4u      /* `text` holds JSON, `media_type` says what it is. A provider whose upstream
                                           knows no structured input passes the JSON on as text. */
#define JACKFIELD_LLM_PART_OTHER 5u     /* `text` holds the part as JSON in OpenAI's dialect: audio, files */

typedef struct jackfield_llm_part {
  uint32_t kind;
  uint32_t reserved;
  jackfield_text text;
  jackfield_text media_type;
  jackfield_text url;
  jackfield_text detail; /* "low", "high", "auto" */
  jackfield_data data;
  jackfield_text extra;  /* JSON object: fields of the part that this vocabulary does not know */
} jackfield_llm_part;

typedef struct jackfield_llm_call {
  jackfield_text id;
  jackfield_text name;
  jackfield_text arguments; /* JSON as the model wrote it: not always valid */
  jackfield_text extra;     /* JSON object: fields that this vocabulary does not know */
} jackfield_llm_call;

typedef struct jackfield_llm_message {
  jackfield_text role;         /* "system", "developer", "user", "assistant", "tool" */
  jackfield_text name;         /* of the participant, or absent */
  jackfield_text tool_call_id; /* with role "tool": which call this answers */
  jackfield_text reasoning;    /* with role "assistant": what the model thought, where the upstream wants it back */
  jackfield_text extra;        /* JSON object: fields that this vocabulary does not know */
  jackfield_list parts;        /* of jackfield_llm_part */
  jackfield_list calls;        /* of jackfield_llm_call, with role "assistant" */
} jackfield_llm_message;

typedef struct jackfield_llm_tool {
  jackfield_text name;
  jackfield_text description;
  jackfield_text parameters; /* JSON Schema of the arguments */
  uint32_t strict;           /* 0 not said, 1 yes, 2 no */
  uint32_t reserved;
  jackfield_text extra;      /* JSON object: fields that this vocabulary does not know */
} jackfield_llm_tool;

/* ---- complete --------------------------------------------------------------------------------------------------- */

/* Bits of `present`: which of the scalars below the client gave. */
#define JACKFIELD_LLM_HAS_TEMPERATURE 0x001u
#define JACKFIELD_LLM_HAS_TOP_P 0x002u
#define JACKFIELD_LLM_HAS_FREQUENCY_PENALTY 0x004u
#define JACKFIELD_LLM_HAS_PRESENCE_PENALTY 0x008u
#define JACKFIELD_LLM_HAS_SEED 0x010u
#define JACKFIELD_LLM_HAS_MAX_TOKENS 0x020u
#define JACKFIELD_LLM_HAS_CHOICES 0x040u
#define JACKFIELD_LLM_HAS_TOP_LOGPROBS 0x080u
#define JACKFIELD_LLM_HAS_PARALLEL_CALLS 0x100u

/* Bits of `flags`. */
#define JACKFIELD_LLM_STREAM 1u         /* the one who asks wants the answer in pieces, as they come */
#define JACKFIELD_LLM_LOGPROBS 2u
#define JACKFIELD_LLM_PARALLEL_CALLS 4u /* counts if JACKFIELD_LLM_HAS_PARALLEL_CALLS */
#define JACKFIELD_LLM_RUN_TOOLS 8u      /* to the service: offer the model also the tools that the plugin was granted, call
                                           those that it asks for, and ask it again with what they answered. A provider
                                           never sees this. */

typedef struct jackfield_llm_complete {
  uint32_t size;
  uint32_t present;
  uint32_t flags;
  uint32_t choices;               /* how many answers, 1 if not present */
  uint32_t max_tokens;            /* of the answer */
  uint32_t top_logprobs;
  int64_t seed;
  double temperature;
  double top_p;
  double frequency_penalty;
  double presence_penalty;
  jackfield_text model;
  jackfield_text tool_choice;     /* JSON: "auto", "none", "required" or an object, in OpenAI's dialect */
  jackfield_text response_format; /* JSON object in OpenAI's dialect */
  jackfield_text user;
  jackfield_text extra;           /* JSON object: fields that this vocabulary does not know, for the upstream */
  jackfield_list messages;        /* of jackfield_llm_message */
  jackfield_list tools;           /* of jackfield_llm_tool */
  jackfield_list stop;            /* of jackfield_item */
  uint32_t tool_rounds;           /* with JACKFIELD_LLM_RUN_TOOLS: how often at most the model is asked again; 0: as often
                                     as the manifest allows */
  uint32_t reserved;
} jackfield_llm_complete;

/* For each choice, below `choices`: texts, tool calls and extras as they come, then one stop, and nothing after it. */
#define JACKFIELD_LLM_EVENT_TEXT 1u      /* jackfield_llm_text; may carry many tokens at once */
#define JACKFIELD_LLM_EVENT_TOOL_CALL 2u /* jackfield_llm_tool_call */
#define JACKFIELD_LLM_EVENT_STOP 3u      /* jackfield_llm_stop: one for each choice */
#define JACKFIELD_LLM_EVENT_USAGE 4u     /* jackfield_llm_usage: a later one replaces an earlier one */
#define JACKFIELD_LLM_EVENT_LOGPROBS 5u  /* jackfield_llm_logprobs */
#define JACKFIELD_LLM_EVENT_EXTRA 6u     /* jackfield_llm_extra */
#define JACKFIELD_LLM_EVENT_TOOL_RUN 7u  /* jackfield_llm_tool_run: from the service, with JACKFIELD_LLM_RUN_TOOLS */

#define JACKFIELD_LLM_CONTENT 0u
#define JACKFIELD_LLM_REASONING 1u
#define JACKFIELD_LLM_REFUSAL 2u

typedef struct jackfield_llm_text {
  uint32_t size;
  uint32_t choice;
  uint32_t kind; /* JACKFIELD_LLM_CONTENT, _REASONING, _REFUSAL */
  uint32_t reserved;
  jackfield_text text;
} jackfield_llm_text;

/* A tool call, or the next piece of one: pieces of one `index` are joined. Indexes of a choice count from 0. */
typedef struct jackfield_llm_tool_call {
  uint32_t size;
  uint32_t choice;
  uint32_t index;
  uint32_t reserved;
  jackfield_text id;        /* in the first piece */
  jackfield_text name;      /* in the first piece */
  jackfield_text arguments; /* JSON text, in pieces */
} jackfield_llm_tool_call;

typedef struct jackfield_llm_stop {
  uint32_t size;
  uint32_t choice;
  jackfield_text reason; /* "stop", "length", "tool_calls", "content_filter" */
} jackfield_llm_stop;

#define JACKFIELD_LLM_ESTIMATED 1u /* the upstream did not say; counted here */

typedef struct jackfield_llm_usage {
  uint32_t size;
  uint32_t flags;
  uint64_t prompt_tokens;      /* cached and written ones included */
  uint64_t completion_tokens;
  uint64_t total_tokens;
  uint64_t cached_tokens;      /* of the prompt: read from the upstream's prompt cache */
  uint64_t cache_write_tokens; /* of the prompt: written to it, where that has a price of its own */
  uint64_t reasoning_tokens;   /* of the completion */
} jackfield_llm_usage;

typedef struct jackfield_llm_logprobs {
  uint32_t size;
  uint32_t choice;
  jackfield_text json; /* in OpenAI's dialect */
} jackfield_llm_logprobs;

/*
 * Members of a choice's message that this vocabulary does not know, such as `thinking_blocks` with their signatures. They
 * come before the choice's stop; a member that comes again replaces the earlier one. `tool_calls` in it is a list of
 * objects with `index`: their other members go into the call of that index.
 */
typedef struct jackfield_llm_extra {
  uint32_t size;
  uint32_t choice;
  jackfield_text json; /* a JSON object */
} jackfield_llm_extra;

/*
 * A tool that the host has called for the model. The call itself is not told as a tool call: nobody else has to answer
 * it. A model that also calls a tool of the request's own ends the rounds: then all its calls are told, and none is run.
 */
typedef struct jackfield_llm_tool_run {
  uint32_t size;
  int32_t code;             /* JACKFIELD_OK, or why it could not be called; the model was told */
  uint32_t flags;           /* JACKFIELD_TOOL_FAILED, tool.h */
  uint32_t round;           /* 1 and up */
  int64_t duration;         /* nanoseconds */
  jackfield_text id;        /* of the model's call */
  jackfield_text name;      /* INSTANCE/TOOL */
  jackfield_text arguments; /* JSON as the model wrote it */
  jackfield_text content;   /* what the model was told */
} jackfield_llm_tool_run;

#define JACKFIELD_LLM_NOT_A_MODEL 1u /* no language model was asked: the text was made by other means */

typedef struct jackfield_llm_complete_result {
  uint32_t size;
  uint32_t flags;
  jackfield_text id;       /* the upstream's own, or absent */
  jackfield_text model;    /* what the upstream says it used, or absent */
  jackfield_text upstream; /* from the service: the INSTANCE/MODEL that answered; a provider leaves it absent */
  jackfield_text extra;    /* JSON object: fields that this vocabulary does not know */
} jackfield_llm_complete_result;

/* ---- models ----------------------------------------------------------------------------------------------------- */

typedef struct jackfield_llm_models {
  uint32_t size;
  uint32_t reserved;
} jackfield_llm_models;

typedef struct jackfield_llm_model {
  jackfield_text id;
  jackfield_text owner;
  int64_t created; /* seconds since 1970, or 0 */
  uint32_t flags;  /* JACKFIELD_LLM_NOT_A_MODEL */
  uint32_t reserved;
} jackfield_llm_model;

typedef struct jackfield_llm_models_result {
  uint32_t size;
  uint32_t reserved;
  jackfield_list models; /* of jackfield_llm_model */
} jackfield_llm_models_result;

/* ---- embed ------------------------------------------------------------------------------------------------------ */

typedef struct jackfield_llm_embed {
  uint32_t size;
  uint32_t dimensions;  /* 0: as the model likes */
  jackfield_text model;
  jackfield_text user;
  jackfield_text extra;
  jackfield_list input; /* of jackfield_item */
} jackfield_llm_embed;

typedef struct jackfield_llm_vector {
  jackfield_data values; /* IEEE 754 binary32, little-endian */
} jackfield_llm_vector;

typedef struct jackfield_llm_embed_result {
  uint32_t size;
  uint32_t reserved;
  uint64_t prompt_tokens;
  jackfield_text model;
  jackfield_text upstream;
  jackfield_list vectors; /* of jackfield_llm_vector: one for each input, in its order, all of one length */
} jackfield_llm_embed_result;

#endif
