#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <sys/types.h>

/// Gives up root for good: no new privileges, no supplementary groups, then group and user.
/// Returns 0, or -1 with errno set when any step failed.
int csystem_drop_privileges(uid_t user, gid_t group);

#endif
