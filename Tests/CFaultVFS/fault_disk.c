/* What is durable: sectors by file, entries by folder. See fault_vfs.h for the model. */
#include "fault_disk.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- Files and their sectors --- */

tk_file *tk_disk_file(tk_fault *fault, const char *path) {
    for (tk_file *file = fault->files; file; file = file->next) {
        if (file->linked && strcmp(file->path, path) == 0) return file;
    }
    return NULL;
}

int64_t tk_disk_size(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? (int64_t)status.st_size : -1;
}

tk_file *tk_disk_opened(tk_fault *fault, const char *path, int existed) {
    tk_file *file = tk_disk_file(fault, path);
    if (file) return file;
    file = calloc(1, sizeof *file);
    if (!file || !(file->path = strdup(path))) {
        free(file);
        return NULL;
    }
    file->linked = 1;
    file->entry_durable = existed;
    file->synced_size = existed ? tk_disk_size(path) : 0;
    file->next = fault->files;
    fault->files = file;
    return file;
}

static int has_sectors(tk_file *file, int64_t count) {
    if (count <= file->sector_count) return 1;
    int64_t wanted = file->sector_count ? file->sector_count : 64;
    while (wanted < count) wanted *= 2;
    tk_sector *sectors = realloc(file->sectors, (size_t)wanted * sizeof *sectors);
    if (!sectors) return 0;
    memset(sectors + file->sector_count, 0, (size_t)(wanted - file->sector_count) * sizeof *sectors);
    file->sectors = sectors;
    file->sector_count = wanted;
    return 1;
}

int tk_disk_will_change(tk_file *file, sqlite3_file *real, int64_t offset, int64_t count) {
    if (count <= 0) return SQLITE_OK;
    int64_t first = offset / TK_SECTOR, last = (offset + count - 1) / TK_SECTOR;
    if (!has_sectors(file, last + 1)) return SQLITE_NOMEM;
    for (int64_t index = first; index <= last; index++) {
        tk_sector *sector = &file->sectors[index];
        if (sector->state == SECTOR_CLEAN && index * TK_SECTOR < file->synced_size) {
            unsigned char *bytes = calloc(1, TK_SECTOR);
            if (!bytes) return SQLITE_NOMEM;
            int rc = real->pMethods->xRead(real, bytes, TK_SECTOR, index * TK_SECTOR);
            if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) {
                free(bytes);
                return rc;
            }
            sector->synced = bytes;
        }
        sector->state = SECTOR_WAITING;
    }
    return SQLITE_OK;
}

int tk_disk_synced(tk_file *file, sqlite3_file *real) {
    sqlite3_int64 size = 0;
    int rc = real->pMethods->xFileSize(real, &size);
    if (rc != SQLITE_OK) return rc;
    for (int64_t index = 0; index < file->sector_count; index++) {
        tk_sector *sector = &file->sectors[index];
        if (sector->state != SECTOR_WAITING) continue;
        free(sector->synced);
        *sector = (tk_sector){0};
    }
    file->synced_size = size;
    return SQLITE_OK;
}

void tk_disk_sync_failed(tk_file *file) {
    for (int64_t index = 0; index < file->sector_count; index++) {
        if (file->sectors[index].state == SECTOR_WAITING) file->sectors[index].state = SECTOR_UNSAFE;
    }
}

/* --- Folder entries --- */

void tk_disk_folder_synced(tk_fault *fault) {
    for (tk_file *file = fault->files; file; file = file->next) {
        if (file->linked) file->entry_durable = 1;
    }
    while (fault->ghosts) {
        tk_ghost *ghost = fault->ghosts;
        fault->ghosts = ghost->next;
        tk_disk_free_ghost(ghost);
    }
}

void tk_disk_free_ghost(tk_ghost *ghost) {
    if (!ghost) return;
    free(ghost->path);
    free(ghost->bytes);
    free(ghost);
}

int tk_disk_ghost(tk_fault *fault, const char *path, tk_ghost **out) {
    *out = NULL;
    tk_file *file = tk_disk_file(fault, path);
    int64_t now = tk_disk_size(path);
    if (now < 0 || (file && !file->entry_durable)) return SQLITE_OK;
    int64_t size = file ? file->synced_size : now;
    tk_ghost *ghost = calloc(1, sizeof *ghost);
    if (!ghost || !(ghost->path = strdup(path)) || !(ghost->bytes = calloc(1, (size_t)(size > now ? size : now) + 1))) {
        tk_disk_free_ghost(ghost);
        return SQLITE_NOMEM;
    }
    ghost->size = size;
    int descriptor = open(path, O_RDONLY);
    int64_t have = 0;
    while (descriptor >= 0 && have < now) {
        ssize_t done = pread(descriptor, ghost->bytes + have, (size_t)(now - have), have);
        if (done <= 0) break;
        have += done;
    }
    if (descriptor >= 0) close(descriptor);
    if (have < now) {
        tk_disk_free_ghost(ghost);
        return SQLITE_IOERR_READ;
    }
    for (int64_t index = 0; file && index < file->sector_count && index * TK_SECTOR < size; index++) {
        const tk_sector *sector = &file->sectors[index];
        if (sector->state == SECTOR_CLEAN) continue;
        int64_t start = index * TK_SECTOR, count = size - start < TK_SECTOR ? size - start : TK_SECTOR;
        if (sector->synced) memcpy(ghost->bytes + start, sector->synced, (size_t)count);
        else memset(ghost->bytes + start, 0, (size_t)count);
    }
    *out = ghost;
    return SQLITE_OK;
}

void tk_disk_deleted(tk_fault *fault, const char *path, tk_ghost *ghost) {
    tk_file *file = tk_disk_file(fault, path);
    if (file) file->linked = 0;
    if (!ghost) return;
    ghost->next = fault->ghosts;
    fault->ghosts = ghost;
}

static void free_sectors(tk_file *file) {
    for (int64_t index = 0; index < file->sector_count; index++) free(file->sectors[index].synced);
    free(file->sectors);
    file->sectors = NULL;
    file->sector_count = 0;
}

void tk_disk_forget(tk_fault *fault) {
    tk_disk_folder_synced(fault);
    while (fault->files) {
        tk_file *file = fault->files;
        fault->files = file->next;
        free_sectors(file);
        free(file->path);
        free(file);
    }
}
