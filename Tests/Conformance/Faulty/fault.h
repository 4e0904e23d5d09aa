/*
 * FAULT(name) is 1 in the build that has this fault, with -DFAULT_name, and 0 in every other. Faults are ordinary code
 * that is always compiled, so that none rots while nobody builds it.
 */
#ifndef FAULT_H
#define FAULT_H

/* A macro that is defined as 1 makes FAULT_IF_1 a comma more, which moves the 1 to the second place. */
#define FAULT(name) FAULT_VALUE(FAULT_##name)
#define FAULT_VALUE(value) FAULT_JOIN(value)
#define FAULT_JOIN(value) FAULT_CHOOSE(FAULT_IF_##value)
#define FAULT_CHOOSE(comma) FAULT_SECOND(comma 1, 0, 0)
#define FAULT_SECOND(first, second, ...) second
#define FAULT_IF_1 0,

#endif
