/* A notifier that tells nobody, and gives a receipt for that. */
#include <stdio.h>

#include "plugin.h"

const jackfield_interface plugin_role = {.size = sizeof plugin_role, .revision = 1, .id = JACKFIELD_NOTIFIER};
const char plugin_id[] = "notifier/faulty";
const uint32_t plugin_service_count = 2;

const jackfield_layout *role_layout(uint32_t method) {
  return method == JACKFIELD_NOTIFIER_NOTIFY || method == JACKFIELD_NOTIFIER_RESOLVE ? &jackfield_notifier_alert_layout
                                                                                     : NULL;
}

/* Why a faulty notifier does not tell it, or null. */
static const char *refusal(work *w, const jackfield_notifier_alert *alert, jackfield_view id, jackfield_view title) {
  int resolves = w->method == JACKFIELD_NOTIFIER_RESOLVE;
  uint64_t name = digest(1, id);
  if (FAULT(notifier_knows_no_reference) && resolves && alert->reference.offset != 0)
    return "there is no such reference";
  if (FAULT(notifier_wants_to_have_told) && !is_known(w->self, name) && resolves)
    return "there is no such alert";
  if (FAULT(notifier_tells_once) && !resolves && alert->labels.count > 0 &&
      is_known(w->self, digest(name + alert->severity, title)))
    return "this was told before";
  if (FAULT(notifier_wants_a_title) && title.size == 0) return "there is no title";
  if (FAULT(notifier_wants_trouble) && alert->severity == JACKFIELD_SEVERITY_OK) return "nothing is wrong";
  return NULL;
}

void role_answer(work *w) {
  jackfield_notifier_alert alert;
  jackfield_read(w->request, &alert, sizeof alert);
  jackfield_view id = jackfield_read_text(w->request, alert.id);
  const char *why = refusal(w, &alert, id, jackfield_read_text(w->request, alert.title));
  if (why != NULL) {
    plan_error(w, JACKFIELD_CONFLICT, why);
    return;
  }
  char reference[32];
  jackfield_builder b;
  jackfield_notifier_receipt receipt = {0};
  snprintf(reference, sizeof reference, "%016llx", (unsigned long long)digest(0, id));
  jackfield_build(&b, sizeof receipt);
  receipt.reference = jackfield_build_string(&b, reference);
  PLAN_RESULT(w, &b, &receipt);
}

void role_heard(work *w) { (void)w; }
