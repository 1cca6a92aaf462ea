/* The VFS: opens, deletes, and keeps the list of watches. What an open file does is in fault_file.c, the model of the
 * disk in fault_disk.c. */
#include "fault_vfs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault_file.h"

sqlite3_vfs *tk_real_vfs;
static sqlite3_vfs fault_vfs;
static pthread_mutex_t watches_lock = PTHREAD_MUTEX_INITIALIZER;
static tk_fault *watches;

/* --- Seeing when SQLite syncs a folder: unix opens it through this system call first --- */

typedef int (*open_directory_call)(const char *, int *);
/* Atomic: a database that another thread opened earlier meets the new call without any lock of ours. */
static _Atomic(open_directory_call) real_open_directory;
__thread unsigned tk_folders_opened;

static int seen_open_directory(const char *path, int *descriptor) {
    tk_folders_opened++;
    return real_open_directory(path, descriptor);
}

/* --- Methods of the VFS --- */

/* The watch over the folder in which the path lies directly, locked; or NULL. */
static tk_fault *watch_over(const char *path) {
    const char *name = path ? strrchr(path, '/') : NULL;
    if (!name) return NULL;
    size_t length = (size_t)(name - path);
    pthread_mutex_lock(&watches_lock);
    tk_fault *fault = watches;
    while (fault && !(strlen(fault->folder) == length && memcmp(fault->folder, path, length) == 0)) fault = fault->next;
    if (fault) pthread_mutex_lock(&fault->lock);
    pthread_mutex_unlock(&watches_lock);
    return fault;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *out, int flags, int *out_flags) {
    (void)vfs;
    tk_fault *fault = flags & SQLITE_OPEN_DELETEONCLOSE ? NULL : watch_over(path);
    if (!fault) return tk_real_vfs->xOpen(tk_real_vfs, path, out, flags, out_flags);
    out->pMethods = NULL;
    int existed = access(path, F_OK) == 0;
    int rc = SQLITE_CANTOPEN;
    if (!tk_fails(fault, TK_CALL_OPEN, !existed && (flags & SQLITE_OPEN_CREATE))) {
        rc = tk_real_vfs->xOpen(tk_real_vfs, path, REAL(out), flags, out_flags);
        tk_file *file = rc == SQLITE_OK ? tk_disk_opened(fault, path, existed) : NULL;
        if (file) {
            file->handles++;
            fault->open_files++;
            FAULT(out) = fault;
            ((tk_handle *)out)->file = file;
            out->pMethods = &tk_file_methods;
        } else if (rc == SQLITE_OK) {
            REAL(out)->pMethods->xClose(REAL(out));
            rc = SQLITE_NOMEM;
        }
    }
    pthread_mutex_unlock(&fault->lock);
    return rc;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder) {
    (void)vfs;
    tk_fault *fault = watch_over(path);
    if (!fault) return tk_real_vfs->xDelete(tk_real_vfs, path, sync_folder);
    int rc = SQLITE_IOERR_DELETE;
    if (!tk_fails(fault, TK_CALL_DELETE, 0)) {
        tk_ghost *ghost = NULL;
        rc = tk_disk_ghost(fault, path, &ghost);
        tk_folders_opened = 0;
        if (rc == SQLITE_OK) rc = tk_real_vfs->xDelete(tk_real_vfs, path, sync_folder);
        if (rc == SQLITE_OK) {
            tk_disk_deleted(fault, path, ghost);
            if (tk_folders_opened) tk_disk_folder_synced(fault);
        } else {
            tk_disk_free_ghost(ghost);
        }
    }
    pthread_mutex_unlock(&fault->lock);
    return rc;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *out) {
    (void)vfs;
    tk_fault *fault = watch_over(path);
    int refused = fault && tk_is_dark(fault);
    if (fault) pthread_mutex_unlock(&fault->lock);
    return refused ? SQLITE_IOERR_ACCESS : tk_real_vfs->xAccess(tk_real_vfs, path, flags, out);
}

static int register_locked(void) {
    if (tk_real_vfs) return SQLITE_OK;
    int rc = sqlite3_initialize();
    if (rc != SQLITE_OK) return rc;
    sqlite3_vfs *unix_vfs = sqlite3_vfs_find("unix");
    if (!unix_vfs || unix_vfs->iVersion < 3 || !unix_vfs->xGetSystemCall) return SQLITE_ERROR;
    real_open_directory = (open_directory_call)unix_vfs->xGetSystemCall(unix_vfs, "openDirectory");
    if (!real_open_directory) return SQLITE_ERROR;
    rc = unix_vfs->xSetSystemCall(unix_vfs, "openDirectory", (sqlite3_syscall_ptr)seen_open_directory);
    if (rc != SQLITE_OK) return rc;
    fault_vfs = *unix_vfs;
    fault_vfs.pNext = NULL;
    fault_vfs.zName = TK_VFS_NAME;
    fault_vfs.szOsFile = (int)sizeof(tk_handle) + unix_vfs->szOsFile;
    fault_vfs.xOpen = vfs_open;
    fault_vfs.xDelete = vfs_delete;
    fault_vfs.xAccess = vfs_access;
    tk_real_vfs = unix_vfs;
    return sqlite3_vfs_register(&fault_vfs, 1);
}

int tk_fault_register(void) {
    pthread_mutex_lock(&watches_lock);
    int rc = register_locked();
    pthread_mutex_unlock(&watches_lock);
    return rc;
}

/* --- Watches --- */

tk_fault *tk_fault_watch(const char *folder) {
    tk_fault *fault = calloc(1, sizeof *fault);
    char *resolved = realpath(folder, NULL);
    if (!fault || !resolved) {
        free(fault);
        free(resolved);
        return NULL;
    }
    fault->folder = resolved;
    fault->counted_kinds = TK_CALLS_THAT_CHANGE;
    pthread_mutex_init(&fault->lock, NULL);
    pthread_mutex_lock(&watches_lock);
    tk_fault *other = watches;
    while (other && strcmp(other->folder, resolved) != 0) other = other->next;
    if (!other) {
        fault->next = watches;
        watches = fault;
    }
    pthread_mutex_unlock(&watches_lock);
    if (!other) return fault;
    pthread_mutex_destroy(&fault->lock);
    free(resolved);
    free(fault);
    return NULL;
}

void tk_fault_unwatch(tk_fault *fault) {
    pthread_mutex_lock(&watches_lock);
    tk_fault **link = &watches;
    while (*link && *link != fault) link = &(*link)->next;
    if (*link) *link = fault->next;
    pthread_mutex_unlock(&watches_lock);
    pthread_mutex_lock(&fault->lock);
    fault->retired = 1;
    fault->armed = 0;
    int last = fault->open_files == 0;
    if (last) tk_disk_forget(fault);
    pthread_mutex_unlock(&fault->lock);
    if (!last) return;
    pthread_mutex_destroy(&fault->lock);
    free(fault->folder);
    free(fault);
}
