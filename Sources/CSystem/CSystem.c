#define _GNU_SOURCE
#include "CSystem.h"

#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

int csystem_drop_privileges(uid_t user, gid_t group) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  if (setgroups(0, NULL) != 0) return -1;
  if (setresgid(group, group, group) != 0) return -1;
  if (setresuid(user, user, user) != 0) return -1;
  return 0;
}
