/* An open file of a watched folder. */
#ifndef TK_FAULT_FILE_H
#define TK_FAULT_FILE_H

#include "fault_disk.h"

#define TK_VFS_NAME "tk_fault"

/* The unix VFS's own file lies behind it. */
typedef struct {
    sqlite3_file base;
    tk_fault *fault;
    tk_file *file;
} tk_handle;

#define REAL(handle) ((sqlite3_file *)((tk_handle *)(handle) + 1))
#define FAULT(handle) (((tk_handle *)(handle))->fault)

extern const sqlite3_io_methods tk_file_methods;
extern sqlite3_vfs *tk_real_vfs;
/* How often this thread saw SQLite open a folder to sync it. */
extern __thread unsigned tk_folders_opened;

#endif
