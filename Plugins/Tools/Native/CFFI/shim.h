/* The system's libffi: calls a C function whose signature is known at run time alone. */
#ifndef JACKFIELD_CFFI_H
#define JACKFIELD_CFFI_H

#include <errno.h>
#include <ffi.h>

/* libffi describes types by variables; Swift gets them from a function, since it takes no variable of C for constant. */
static inline ffi_type *cffi_void(void) { return &ffi_type_void; }
static inline ffi_type *cffi_pointer(void) { return &ffi_type_pointer; }
static inline ffi_type *cffi_float(void) { return &ffi_type_float; }
static inline ffi_type *cffi_double(void) { return &ffi_type_double; }

/* An integer of 1, 2, 4 or 8 bytes. */
static inline ffi_type *cffi_integer(int bytes, int is_signed)
{
    switch (bytes) {
    case 1: return is_signed ? &ffi_type_sint8 : &ffi_type_uint8;
    case 2: return is_signed ? &ffi_type_sint16 : &ffi_type_uint16;
    case 4: return is_signed ? &ffi_type_sint32 : &ffi_type_uint32;
    default: return is_signed ? &ffi_type_sint64 : &ffi_type_uint64;
    }
}

/* Calls, and answers what the function left in errno, which is 0 before. */
static inline int cffi_call(ffi_cif *interface, void *function, void *result, void **values)
{
    errno = 0;
    ffi_call(interface, FFI_FN(function), result, values);
    return errno;
}

#endif
