/*
 * jackfield.exporter/1 as a role: takes what the host measured to where somebody looks at it.
 * A scraped exporter implements `render`, a pushing one `push`; the other answers JACKFIELD_UNSUPPORTED.
 */
#ifndef JACKFIELD_EXPORTER_H
#define JACKFIELD_EXPORTER_H

#include "payload.h"

#define JACKFIELD_EXPORTER "jackfield.exporter"

#define JACKFIELD_EXPORTER_PUSH 1   /* jackfield_exporter_snapshot -> jackfield_empty */
#define JACKFIELD_EXPORTER_RENDER 2 /* jackfield_exporter_snapshot -> jackfield_exporter_rendering */

#define JACKFIELD_METRIC_COUNTER 1u
#define JACKFIELD_METRIC_GAUGE 2u
#define JACKFIELD_METRIC_HISTOGRAM 3u

typedef struct jackfield_exporter_bucket {
  double upper;   /* inclusive; the last one is infinite */
  uint64_t count; /* cumulative */
} jackfield_exporter_bucket;

typedef struct jackfield_exporter_sample {
  double value;   /* counter, gauge; for a histogram the sum */
  uint64_t count; /* of a histogram */
  jackfield_list labels;  /* of jackfield_pair, sorted by name */
  jackfield_list buckets; /* of jackfield_exporter_bucket, by rising `upper` */
} jackfield_exporter_sample;

typedef struct jackfield_exporter_family {
  uint32_t kind;
  uint32_t reserved;
  jackfield_text name; /* OpenTelemetry style: "http.server.request.duration" */
  jackfield_text unit; /* UCUM: "s", "By", "{request}" */
  jackfield_text help;
  jackfield_list samples; /* of jackfield_exporter_sample */
} jackfield_exporter_family;

typedef struct jackfield_exporter_span {
  int64_t start; /* nanoseconds since 1970 */
  int64_t end;
  uint32_t kind; /* as OpenTelemetry numbers SpanKind: 1 internal, 2 server, 3 client, 4 producer, 5 consumer */
  int32_t code;  /* JACKFIELD_OK or the reason */
  jackfield_text name;
  jackfield_text trace_id; /* 32 hexadecimal digits */
  jackfield_text span_id;  /* 16 */
  jackfield_text parent_id;
  jackfield_list attributes; /* of jackfield_pair */
} jackfield_exporter_span;

typedef struct jackfield_exporter_snapshot {
  uint32_t size;
  uint32_t reserved;
  int64_t time;          /* nanoseconds since 1970 */
  int64_t start;         /* since when counters and histograms count, the same; 0: not known */
  jackfield_text accept; /* render: what the one who scrapes accepts (RFC 9110 Accept), or absent */
  jackfield_list families; /* of jackfield_exporter_family */
  jackfield_list spans;    /* of jackfield_exporter_span */
} jackfield_exporter_snapshot;

typedef struct jackfield_exporter_rendering {
  uint32_t size;
  uint32_t reserved;
  jackfield_text content_type;
  jackfield_data body;
} jackfield_exporter_rendering;

#endif
