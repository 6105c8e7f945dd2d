#define _GNU_SOURCE
#include "CSystem.h"

#include <grp.h>
#include <stdio_ext.h>
#include <sys/prctl.h>
#include <unistd.h>

int csystem_drop_privileges(uid_t user, gid_t group) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  if (setgroups(0, NULL) != 0) return -1;
  if (setresgid(group, group, group) != 0) return -1;
  if (setresuid(user, user, user) != 0) return -1;
  return 0;
}

static ssize_t reader_read(void *cookie, char *buffer, size_t size) {
  struct csystem_reader *reader = cookie;
  return reader->read(reader->context, buffer, size);
}

FILE *csystem_open_reader(struct csystem_reader *reader) {
  cookie_io_functions_t functions = {.read = reader_read};
  FILE *stream = fopencookie(reader, "rb", functions);
  /* One thread reads; without its locks each call takes half the time. */
  if (stream != NULL) __fsetlocking(stream, FSETLOCKING_BYCALLER);
  return stream;
}
