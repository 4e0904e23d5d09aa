/* http.h as data: every size and offset, the layout of each struct, and the contract. */
#ifndef JACKFIELD_LAYOUTS_HTTP_H
#define JACKFIELD_LAYOUTS_HTTP_H

#include "../http.h"
#include "base.h"

JACKFIELD_SIZE(jackfield_http_request, 48);
JACKFIELD_AT(jackfield_http_request, size, 0);
JACKFIELD_AT(jackfield_http_request, reserved, 4);
JACKFIELD_AT(jackfield_http_request, method, 8);
JACKFIELD_AT(jackfield_http_request, url, 16);
JACKFIELD_AT(jackfield_http_request, headers, 24);
JACKFIELD_AT(jackfield_http_request, body, 40);
JACKFIELD_TABLE jackfield_field jackfield_http_request_fields[] = {
    JACKFIELD_FIELD(jackfield_http_request, U32, size),
    JACKFIELD_FIELD(jackfield_http_request, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_http_request, TEXT, method),
    JACKFIELD_FIELD(jackfield_http_request, TEXT, url),
    JACKFIELD_LIST_OF(jackfield_http_request, headers, jackfield_pair),
    JACKFIELD_FIELD(jackfield_http_request, DATA, body),
};
JACKFIELD_HEADED(jackfield_http_request, 48);

JACKFIELD_SIZE(jackfield_http_head, 24);
JACKFIELD_AT(jackfield_http_head, size, 0);
JACKFIELD_AT(jackfield_http_head, status, 4);
JACKFIELD_AT(jackfield_http_head, headers, 8);
JACKFIELD_TABLE jackfield_field jackfield_http_head_fields[] = {
    JACKFIELD_FIELD(jackfield_http_head, U32, size),
    JACKFIELD_FIELD(jackfield_http_head, U32, status),
    JACKFIELD_LIST_OF(jackfield_http_head, headers, jackfield_pair),
};
JACKFIELD_HEADED(jackfield_http_head, 24);

JACKFIELD_SIZE(jackfield_http_body, 16);
JACKFIELD_AT(jackfield_http_body, size, 0);
JACKFIELD_AT(jackfield_http_body, reserved, 4);
JACKFIELD_AT(jackfield_http_body, data, 8);
JACKFIELD_TABLE jackfield_field jackfield_http_body_fields[] = {
    JACKFIELD_FIELD(jackfield_http_body, U32, size),
    JACKFIELD_FIELD(jackfield_http_body, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_http_body, DATA, data),
};
JACKFIELD_HEADED(jackfield_http_body, 16);

JACKFIELD_TABLE jackfield_event_contract jackfield_http_events[] = {
    {JACKFIELD_HTTP_EVENT_HEAD, 0, "head", &jackfield_http_head_layout},
    {JACKFIELD_HTTP_EVENT_BODY, 0, "body", &jackfield_http_body_layout},
};

JACKFIELD_TABLE jackfield_method_contract jackfield_http_methods[] = {
    {JACKFIELD_HTTP_REQUEST, JACKFIELD_COUNT(jackfield_http_events), "request", &jackfield_http_request_layout,
     &jackfield_empty_layout, jackfield_http_events},
};

#endif
