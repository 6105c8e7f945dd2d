#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stdio.h>
#include <sys/types.h>

/// Gives up root for good: no new privileges, no supplementary groups, then group and user.
/// Returns 0, or -1 with errno set when any step failed.
int csystem_drop_privileges(uid_t user, gid_t group);

/// Fills up to `size` bytes at `buffer`; returns how many, 0 at the end, -1 after an error.
typedef ssize_t (*csystem_read_function)(void *_Nonnull context, char *_Nonnull buffer, size_t size);

/// What a stream made by `csystem_open_reader` calls. The struct and the context have to outlive the stream.
struct csystem_reader {
  void *_Nonnull context;
  csystem_read_function _Nonnull read;
};

/// A stream for one thread whose bytes come from the reader.
/// Returns NULL with errno set when there is no memory for it.
FILE *_Nullable csystem_open_reader(struct csystem_reader *_Nonnull reader);

/// Makes a new file that only this user can open, and that no program started from here gets. `path` ends in XXXXXX,
/// which becomes its name. Returns its descriptor, or -1 with errno set.
int csystem_open_temporary(char *_Nonnull path);

/// Has the allocator give large arrays back to the system when they are freed, and all threads share one heap: for a
/// program whose threads seldom allocate. Called before there is a second thread. Does nothing where the C library is
/// not GNU's.
void csystem_keep_heap_small(void);

#endif
