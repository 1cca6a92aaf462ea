#ifndef CARCHIVEPAGES_H
#define CARCHIVEPAGES_H

#include <stddef.h>

/// One file that goes into every archive, as it lay in the source tree when this was built.
struct tk_archive_page {
    /// Below the archive's folder, `/` between folders.
    const char *path;
    const unsigned char *bytes;
    size_t count;
};

size_t tk_archive_page_count(void);

/// Ascending by path; the index is below the count.
const struct tk_archive_page *tk_archive_page(size_t index);

#endif
