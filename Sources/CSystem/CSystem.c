#define _GNU_SOURCE
#include "CSystem.h"

#include <fcntl.h>
#include <grp.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio_ext.h>
#include <stdlib.h>
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

int csystem_open_temporary(char *path) { return mkostemp(path, O_CLOEXEC); }

void csystem_keep_heap_small(void) {
#ifdef __GLIBC__
  /* By itself glibc puts ever larger arrays, once one was freed, where their holes stay: a tenth of the peak of an audit.
     Arrays of a mebibyte are few, 200 in an audit of two million packets, so mapping each costs nothing. */
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  /* What is freed at the end of the heap stays for the next who needs it, up to as much as a batch. */
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
  /* A heap for each thread took 25 to 37 MiB more on two. Threads that decode do not allocate. */
  mallopt(M_ARENA_MAX, 1);
#endif
}
