/*
 * jackfield.http/1 as a service: the only way to the network. The manifest's `grants.http` lists the origins that the
 * plugin may reach; everything else is JACKFIELD_FORBIDDEN. Connections are pooled by the host.
 *
 * In the value of a header, `${secret:NAME}` stands for a secret that `grants.secrets` lists: the host fills it in, over
 * https or to the machine itself, and the plugin never has it. The host undoes the content codings gzip and deflate;
 * other ones are JACKFIELD_UNAVAILABLE, so ask for no other. A limit of the manifest's `outbound` is named in the error.
 */
#ifndef JACKFIELD_HTTP_H
#define JACKFIELD_HTTP_H

#include "payload.h"

#define JACKFIELD_HTTP "jackfield.http"

#define JACKFIELD_HTTP_REQUEST 1 /* jackfield_http_request -> events, jackfield_empty */

typedef struct jackfield_http_request {
  uint32_t size;
  uint32_t reserved;
  jackfield_text method;  /* "GET", "POST", ... */
  jackfield_text url;     /* absolute, http or https */
  jackfield_list headers; /* of jackfield_pair. The host sets Host, Content-Length and Connection itself. */
  jackfield_data body;
} jackfield_http_request;

#define JACKFIELD_HTTP_EVENT_HEAD 1u /* jackfield_http_head: once, first. Redirects are not followed; status 200 to 599. */
#define JACKFIELD_HTTP_EVENT_BODY 2u /* jackfield_http_body: as it comes from the network */

typedef struct jackfield_http_head {
  uint32_t size;
  uint32_t status;
  jackfield_list headers; /* of jackfield_pair, names in lower case */
} jackfield_http_head;

typedef struct jackfield_http_body {
  uint32_t size;
  uint32_t reserved;
  jackfield_data data;
} jackfield_http_body;

#endif
