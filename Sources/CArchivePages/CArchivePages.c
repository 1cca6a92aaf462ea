// The format pages, the golden files and the verifier, so that an installed program has them without the source tree.
// pages.h is made by Tests/Tools/archive_pages.py; a test compares what is in here with the folders.
#pragma clang diagnostic ignored "-Wc23-extensions"
#include "CArchivePages.h"
#include "pages.h"

size_t tk_archive_page_count(void) { return sizeof tk_archive_pages / sizeof tk_archive_pages[0]; }

const struct tk_archive_page *tk_archive_page(size_t index) { return &tk_archive_pages[index]; }
