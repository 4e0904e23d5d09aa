/* What the layouts of all roles and services stand on: the macros, the sizes of abi.h, and the layouts of payload.h. */
#ifndef JACKFIELD_LAYOUTS_BASE_H
#define JACKFIELD_LAYOUTS_BASE_H

#include "../layout.h"
#include "../payload.h"

#if defined(__cplusplus)
#define JACKFIELD_ASSERT(condition, message) static_assert(condition, message)
#else
#define JACKFIELD_ASSERT(condition, message) _Static_assert(condition, message)
#endif

#define JACKFIELD_AT(type, field, at) JACKFIELD_ASSERT(offsetof(type, field) == (at), #type "." #field " moved")
#define JACKFIELD_SIZE(type, bytes) JACKFIELD_ASSERT(sizeof(type) == (bytes), #type " changed its size")

#if defined(__GNUC__)
#define JACKFIELD_TABLE static const __attribute__((unused))
#else
#define JACKFIELD_TABLE static const
#endif

#define JACKFIELD_FIELD(type, kind, field) {#field, (uint32_t)offsetof(type, field), JACKFIELD_KIND_##kind, NULL}
#define JACKFIELD_LIST_OF(type, field, element) \
  {#field, (uint32_t)offsetof(type, field), JACKFIELD_KIND_LIST, &element##_layout}
#define JACKFIELD_COUNT(table) ((uint32_t)(sizeof(table) / sizeof(table)[0]))

/* A struct that begins with `size`, and one that is sized by its list's stride; `least` is its first released size. */
#define JACKFIELD_HEADED(type, least) \
  JACKFIELD_TABLE jackfield_layout type##_layout = {#type, (uint32_t)sizeof(type), least, 1, \
                                                    JACKFIELD_COUNT(type##_fields), type##_fields}
#define JACKFIELD_ELEMENT(type, least) \
  JACKFIELD_TABLE jackfield_layout type##_layout = {#type, (uint32_t)sizeof(type), least, 0, \
                                                    JACKFIELD_COUNT(type##_fields), type##_fields}

/* abi.h */
JACKFIELD_SIZE(jackfield_view, 16);
JACKFIELD_SIZE(jackfield_text, 8);
JACKFIELD_SIZE(jackfield_data, 8);
JACKFIELD_SIZE(jackfield_list, 16);
JACKFIELD_SIZE(jackfield_start, 72);
JACKFIELD_AT(jackfield_start, call, 16);
JACKFIELD_AT(jackfield_start, parent, 24);
JACKFIELD_AT(jackfield_start, deadline, 32);
JACKFIELD_AT(jackfield_start, context, 40);
JACKFIELD_AT(jackfield_start, request, 56);
JACKFIELD_SIZE(jackfield_end, 56);
JACKFIELD_AT(jackfield_end, retry_after, 16);
JACKFIELD_AT(jackfield_end, message, 24);
JACKFIELD_AT(jackfield_end, result, 40);
JACKFIELD_SIZE(jackfield_side, 56);
JACKFIELD_AT(jackfield_side, instance, 8);
JACKFIELD_AT(jackfield_side, start, 16);
JACKFIELD_AT(jackfield_side, emit, 24);
JACKFIELD_AT(jackfield_side, finish, 32);
JACKFIELD_AT(jackfield_side, cancel, 40);
JACKFIELD_AT(jackfield_side, resume, 48);
JACKFIELD_SIZE(jackfield_interface, 24);
JACKFIELD_AT(jackfield_interface, id, 8);
JACKFIELD_AT(jackfield_interface, flags, 16);
JACKFIELD_SIZE(jackfield_failure, 512);
JACKFIELD_AT(jackfield_failure, message, 8);
JACKFIELD_SIZE(jackfield_setup, 64);
JACKFIELD_AT(jackfield_setup, host, 8);
JACKFIELD_AT(jackfield_setup, services, 16);
JACKFIELD_AT(jackfield_setup, instance_id, 24);
JACKFIELD_AT(jackfield_setup, config, 40);
JACKFIELD_AT(jackfield_setup, abi_revision, 56);
JACKFIELD_SIZE(jackfield_plugin, 104);
JACKFIELD_AT(jackfield_plugin, id, 8);
JACKFIELD_AT(jackfield_plugin, version, 16);
JACKFIELD_AT(jackfield_plugin, flags, 24);
JACKFIELD_AT(jackfield_plugin, concurrency, 28);
JACKFIELD_AT(jackfield_plugin, role_count, 32);
JACKFIELD_AT(jackfield_plugin, service_count, 36);
JACKFIELD_AT(jackfield_plugin, roles, 40);
JACKFIELD_AT(jackfield_plugin, services, 48);
JACKFIELD_AT(jackfield_plugin, create, 56);
JACKFIELD_AT(jackfield_plugin, destroy, 88);
JACKFIELD_AT(jackfield_plugin, header_revision, 96);

/* payload.h */

JACKFIELD_SIZE(jackfield_item, 8);
JACKFIELD_AT(jackfield_item, text, 0);
JACKFIELD_TABLE jackfield_field jackfield_item_fields[] = {
    JACKFIELD_FIELD(jackfield_item, TEXT, text),
};
JACKFIELD_ELEMENT(jackfield_item, 8);

JACKFIELD_SIZE(jackfield_pair, 16);
JACKFIELD_AT(jackfield_pair, name, 0);
JACKFIELD_AT(jackfield_pair, value, 8);
JACKFIELD_TABLE jackfield_field jackfield_pair_fields[] = {
    JACKFIELD_FIELD(jackfield_pair, TEXT, name),
    JACKFIELD_FIELD(jackfield_pair, TEXT, value),
};
JACKFIELD_ELEMENT(jackfield_pair, 16);

JACKFIELD_SIZE(jackfield_empty, 8);
JACKFIELD_AT(jackfield_empty, size, 0);
JACKFIELD_AT(jackfield_empty, reserved, 4);
JACKFIELD_TABLE jackfield_field jackfield_empty_fields[] = {
    JACKFIELD_FIELD(jackfield_empty, U32, size),
    JACKFIELD_FIELD(jackfield_empty, ZERO, reserved),
};
JACKFIELD_HEADED(jackfield_empty, 8);

JACKFIELD_SIZE(jackfield_context, 48);
JACKFIELD_AT(jackfield_context, size, 0);
JACKFIELD_AT(jackfield_context, reserved, 4);
JACKFIELD_AT(jackfield_context, request_id, 8);
JACKFIELD_AT(jackfield_context, trace_parent, 16);
JACKFIELD_AT(jackfield_context, tenant, 24);
JACKFIELD_AT(jackfield_context, user, 32);
JACKFIELD_AT(jackfield_context, session, 40);
JACKFIELD_TABLE jackfield_field jackfield_context_fields[] = {
    JACKFIELD_FIELD(jackfield_context, U32, size),
    JACKFIELD_FIELD(jackfield_context, ZERO, reserved),
    JACKFIELD_FIELD(jackfield_context, TEXT, request_id),
    JACKFIELD_FIELD(jackfield_context, TEXT, trace_parent),
    JACKFIELD_FIELD(jackfield_context, TEXT, tenant),
    JACKFIELD_FIELD(jackfield_context, TEXT, user),
    JACKFIELD_FIELD(jackfield_context, TEXT, session),
};
JACKFIELD_HEADED(jackfield_context, 48);

#endif
