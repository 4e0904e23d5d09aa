/*
 * jackfield.secrets/1 as a service: the secrets that the manifest's `grants.secrets` lists, from environment or file.
 * One that is not listed is JACKFIELD_FORBIDDEN, one that is listed and not set JACKFIELD_NOT_FOUND.
 */
#ifndef JACKFIELD_SECRETS_H
#define JACKFIELD_SECRETS_H

#include "payload.h"

#define JACKFIELD_SECRETS "jackfield.secrets"

#define JACKFIELD_SECRETS_GET 1 /* jackfield_secrets_get -> jackfield_secrets_value */

typedef struct jackfield_secrets_get {
  uint32_t size;
  uint32_t reserved;
  jackfield_text name;
} jackfield_secrets_get;

typedef struct jackfield_secrets_value {
  uint32_t size;
  uint32_t reserved;
  jackfield_text value; /* never write it to a log */
} jackfield_secrets_value;

#endif
