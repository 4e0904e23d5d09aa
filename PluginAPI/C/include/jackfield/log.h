/* jackfield.log/1 as a service: one line in the host's log, with the request's correlation id and the plugin's id. */
#ifndef JACKFIELD_LOG_H
#define JACKFIELD_LOG_H

#include "payload.h"

#define JACKFIELD_LOG "jackfield.log"

#define JACKFIELD_LOG_WRITE 1 /* jackfield_log_write -> jackfield_empty */

#define JACKFIELD_LOG_TRACE 0u
#define JACKFIELD_LOG_DEBUG 1u
#define JACKFIELD_LOG_INFO 2u
#define JACKFIELD_LOG_NOTICE 3u
#define JACKFIELD_LOG_WARNING 4u
#define JACKFIELD_LOG_ERROR 5u

typedef struct jackfield_log_write {
  uint32_t size;
  uint32_t level;
  jackfield_text message; /* static: what varies belongs into `fields` */
  jackfield_list fields;  /* of jackfield_pair */
} jackfield_log_write;

#endif
