/* What an open file of a watched folder does: count, fail, record, and hand on to the unix VFS's own file. */
#include "fault_file.h"

#include <stdlib.h>

static int dark(sqlite3_file *handle) {
    tk_fault *fault = FAULT(handle);
    pthread_mutex_lock(&fault->lock);
    int answer = tk_is_dark(fault);
    pthread_mutex_unlock(&fault->lock);
    return answer;
}

static int file_close(sqlite3_file *handle) {
    tk_fault *fault = FAULT(handle);
    pthread_mutex_lock(&fault->lock);
    int rc = REAL(handle)->pMethods->xClose(REAL(handle));
    ((tk_handle *)handle)->file->handles--;
    int last = --fault->open_files == 0 && fault->retired;
    if (last) tk_disk_forget(fault);
    pthread_mutex_unlock(&fault->lock);
    if (last) {
        pthread_mutex_destroy(&fault->lock);
        free(fault->folder);
        free(fault);
    }
    return rc;
}

static int file_read(sqlite3_file *handle, void *bytes, int count, sqlite3_int64 offset) {
    tk_fault *fault = FAULT(handle);
    pthread_mutex_lock(&fault->lock);
    int failed = tk_fails(fault, TK_CALL_READ, 0);
    pthread_mutex_unlock(&fault->lock);
    return failed ? SQLITE_IOERR_READ : REAL(handle)->pMethods->xRead(REAL(handle), bytes, count, offset);
}

static int write_recorded(sqlite3_file *handle, const void *bytes, int count, sqlite3_int64 offset) {
    if (!FAULT(handle)->retired) {
        int rc = tk_disk_will_change(((tk_handle *)handle)->file, REAL(handle), offset, count);
        if (rc != SQLITE_OK) return rc;
    }
    return REAL(handle)->pMethods->xWrite(REAL(handle), bytes, count, offset);
}

static int file_write(sqlite3_file *handle, const void *bytes, int count, sqlite3_int64 offset) {
    tk_fault *fault = FAULT(handle);
    pthread_mutex_lock(&fault->lock);
    int failure = fault->failure, rc;
    if (!tk_fails(fault, TK_CALL_WRITE, 1)) {
        rc = write_recorded(handle, bytes, count, offset);
    } else {
        if (failure != TK_FAIL_POWER && count > 1) write_recorded(handle, bytes, count / 2, offset);
        rc = failure == TK_FAIL_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    pthread_mutex_unlock(&fault->lock);
    return rc;
}

static int truncate_recorded(sqlite3_file *handle, sqlite3_int64 size) {
    if (!FAULT(handle)->retired) {
        sqlite3_int64 now = 0;
        int rc = REAL(handle)->pMethods->xFileSize(REAL(handle), &now);
        if (rc == SQLITE_OK && size < now) {
            rc = tk_disk_will_change(((tk_handle *)handle)->file, REAL(handle), size, now - size);
        }
        if (rc != SQLITE_OK) return rc;
    }
    return REAL(handle)->pMethods->xTruncate(REAL(handle), size);
}

static int file_truncate(sqlite3_file *handle, sqlite3_int64 size) {
    tk_fault *fault = FAULT(handle);
    pthread_mutex_lock(&fault->lock);
    int rc = tk_fails(fault, TK_CALL_TRUNCATE, 0) ? SQLITE_IOERR_TRUNCATE : truncate_recorded(handle, size);
    pthread_mutex_unlock(&fault->lock);
    return rc;
}

static int file_sync(sqlite3_file *handle, int flags) {
    tk_fault *fault = FAULT(handle);
    tk_file *file = ((tk_handle *)handle)->file;
    pthread_mutex_lock(&fault->lock);
    int rc = SQLITE_IOERR_FSYNC;
    if (!tk_fails(fault, TK_CALL_SYNC, 0)) {
        tk_folders_opened = 0;
        rc = REAL(handle)->pMethods->xSync(REAL(handle), flags);
        if (rc == SQLITE_OK) rc = tk_disk_synced(file, REAL(handle));
        if (rc == SQLITE_OK && tk_folders_opened) tk_disk_folder_synced(fault);
    } else if (!tk_is_dark(fault)) {
        tk_disk_sync_failed(file);
    }
    pthread_mutex_unlock(&fault->lock);
    return rc;
}

static int file_size(sqlite3_file *handle, sqlite3_int64 *size) {
    return dark(handle) ? SQLITE_IOERR_FSTAT : REAL(handle)->pMethods->xFileSize(REAL(handle), size);
}

static int file_lock(sqlite3_file *handle, int level) {
    return dark(handle) ? SQLITE_IOERR_LOCK : REAL(handle)->pMethods->xLock(REAL(handle), level);
}

static int file_unlock(sqlite3_file *handle, int level) { return REAL(handle)->pMethods->xUnlock(REAL(handle), level); }

static int file_check_reserved(sqlite3_file *handle, int *out) {
    return dark(handle) ? SQLITE_IOERR_CHECKRESERVEDLOCK : REAL(handle)->pMethods->xCheckReservedLock(REAL(handle), out);
}

static int file_control(sqlite3_file *handle, int operation, void *argument) {
    switch (operation) {
    case SQLITE_FCNTL_MMAP_SIZE:
    case SQLITE_FCNTL_CHUNK_SIZE:
    case SQLITE_FCNTL_SIZE_HINT:
        return SQLITE_NOTFOUND; /* each would change the file behind the model's back */
    case SQLITE_FCNTL_VFSNAME:
        *(char **)argument = sqlite3_mprintf("%s/%s", TK_VFS_NAME, tk_real_vfs->zName);
        return SQLITE_OK;
    default:
        return REAL(handle)->pMethods->xFileControl(REAL(handle), operation, argument);
    }
}

static int file_sector_size(sqlite3_file *handle) { return REAL(handle)->pMethods->xSectorSize(REAL(handle)); }

static int file_characteristics(sqlite3_file *handle) {
    return REAL(handle)->pMethods->xDeviceCharacteristics(REAL(handle));
}

static int file_shm_map(sqlite3_file *handle, int region, int size, int extend, void volatile **out) {
    tk_fault *fault = FAULT(handle);
    pthread_mutex_lock(&fault->lock);
    int failed = extend ? tk_fails(fault, TK_CALL_SHARED_MEMORY, 1) : tk_is_dark(fault);
    pthread_mutex_unlock(&fault->lock);
    return failed ? SQLITE_IOERR_SHMSIZE : REAL(handle)->pMethods->xShmMap(REAL(handle), region, size, extend, out);
}

static int file_shm_lock(sqlite3_file *handle, int offset, int count, int flags) {
    if ((flags & SQLITE_SHM_LOCK) && dark(handle)) return SQLITE_IOERR_SHMLOCK;
    return REAL(handle)->pMethods->xShmLock(REAL(handle), offset, count, flags);
}

static void file_shm_barrier(sqlite3_file *handle) { REAL(handle)->pMethods->xShmBarrier(REAL(handle)); }

static int file_shm_unmap(sqlite3_file *handle, int delete) {
    return REAL(handle)->pMethods->xShmUnmap(REAL(handle), delete && !dark(handle));
}

/* Version 2: shared memory for WAL, no mapping of pages. */
const sqlite3_io_methods tk_file_methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

