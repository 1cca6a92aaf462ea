/* The model of the disk behind fault_vfs.c. Everything here is called with the watch's lock held. */
#ifndef TK_FAULT_DISK_H
#define TK_FAULT_DISK_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>

#include "fault_vfs.h"

#define TK_SECTOR 512

enum { SECTOR_CLEAN = 0, SECTOR_WAITING, SECTOR_UNSAFE };

/* One sector's state; `synced` holds its durable bytes while it isn't clean, or NULL when it was not in the file. */
typedef struct {
    unsigned char *synced;
    unsigned char state;
} tk_sector;

/* A file that was opened under the watch. It stays listed after closing: the cut needs to know it. */
typedef struct tk_file {
    struct tk_file *next;
    char *path;
    unsigned handles;
    int linked;        /* `path` still leads to it */
    int entry_durable; /* its folder entry was synced */
    int64_t synced_size;
    tk_sector *sectors;
    int64_t sector_count;
} tk_file;

/* A deleted file whose entry was durable and whose deletion is not. */
typedef struct tk_ghost {
    struct tk_ghost *next;
    char *path;
    unsigned char *bytes;
    int64_t size;
} tk_ghost;

struct tk_fault {
    struct tk_fault *next;
    pthread_mutex_t lock;
    char *folder;
    tk_file *files;
    tk_ghost *ghosts;
    unsigned open_files;
    int retired;

    unsigned counted_kinds;
    uint64_t counted;
    uint64_t calls_of[8];
    int armed;
    uint64_t fail_at;
    int failure;
    int once;
    uint64_t failures;
};

/* The power is gone: everything fails. */
int tk_is_dark(const tk_fault *fault);
/* Counts a call and says whether it fails. A full disk is met only by what needs room. */
int tk_fails(tk_fault *fault, unsigned call, int needs_room);

/* -1: no such file. */
int64_t tk_disk_size(const char *path);
tk_file *tk_disk_file(tk_fault *fault, const char *path);
/* The file of a path that was just opened; `existed` before. NULL for lack of memory. */
tk_file *tk_disk_opened(tk_fault *fault, const char *path, int existed);
/* Keeps the durable bytes of the sectors that are about to change. SQLITE_OK or SQLITE_NOMEM / SQLITE_IOERR. */
int tk_disk_will_change(tk_file *file, sqlite3_file *real, int64_t offset, int64_t count);
/* A sync worked, or failed. */
int tk_disk_synced(tk_file *file, sqlite3_file *real);
void tk_disk_sync_failed(tk_file *file);
/* Creations and deletions so far are durable. */
void tk_disk_folder_synced(tk_fault *fault);
/* Before a deletion: the bytes that would be back after a cut (NULL when it has none to come back to). */
int tk_disk_ghost(tk_fault *fault, const char *path, tk_ghost **out);
void tk_disk_deleted(tk_fault *fault, const char *path, tk_ghost *ghost);
void tk_disk_free_ghost(tk_ghost *ghost);
void tk_disk_forget(tk_fault *fault);
int tk_disk_cut(tk_fault *fault, int cut, uint64_t seed);

#endif
