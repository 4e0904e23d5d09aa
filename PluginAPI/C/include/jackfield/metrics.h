/*
 * jackfield.metrics/1 as a service: adds to a metric, which is exported as "plugin.NAME" with the label `plugin`.
 * The first use of a name fixes its kind. Labels must be bounded; the host refuses more than 1,000 sets for a name.
 */
#ifndef JACKFIELD_METRICS_H
#define JACKFIELD_METRICS_H

#include "payload.h"

#define JACKFIELD_METRICS "jackfield.metrics"

#define JACKFIELD_METRICS_RECORD 1 /* jackfield_metrics_record -> jackfield_empty */

typedef struct jackfield_metrics_record {
  uint32_t size;
  uint32_t kind;  /* JACKFIELD_METRIC_*, exporter.h: counter adds, gauge sets, histogram observes */
  double value;   /* of a counter: not below 0 */
  jackfield_text name;
  jackfield_text unit;
  jackfield_list labels; /* of jackfield_pair */
} jackfield_metrics_record;

#endif
