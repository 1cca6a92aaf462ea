/* Rewrites the files of a watched folder to what a power cut leaves. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fault_disk.h"

static int write_all(int descriptor, const unsigned char *bytes, int64_t count, int64_t offset) {
    while (count > 0) {
        ssize_t done = pwrite(descriptor, bytes, (size_t)count, offset);
        if (done <= 0) return 0;
        bytes += done;
        offset += done;
        count -= done;
    }
    return 1;
}

/* SplitMix64. */
static uint64_t roll(uint64_t *state) {
    uint64_t mixed = (*state += 0x9E3779B97F4A7C15u);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

/* The seed of one file: independent of the order in which files were opened. */
static uint64_t file_seed(uint64_t seed, const char *path) {
    const char *name = strrchr(path, '/');
    for (name = name ? name + 1 : path; *name; name++) seed = (seed ^ (unsigned char)*name) * 0x100000001B3u;
    return seed;
}

/* Of 32 sectors, how many survive: seldom half, often nearly all or nearly none, where the hard cases lie. */
static unsigned survivors_of_32(uint64_t *random) {
    static const unsigned choices[] = {1, 4, 16, 28, 31};
    return choices[roll(random) % 5];
}

static int cut_sectors(tk_file *file, int descriptor, int cut, uint64_t *random) {
    unsigned survivors = survivors_of_32(random);
    int64_t end = file->synced_size;
    unsigned char bytes[TK_SECTOR], zero[TK_SECTOR] = {0};
    for (int64_t index = 0; index < file->sector_count; index++) {
        tk_sector *sector = &file->sectors[index];
        if (sector->state == SECTOR_CLEAN) continue;
        int64_t start = index * TK_SECTOR, keep = 0;
        if (cut != TK_CUT_DROP && roll(random) % 32 < survivors) {
            keep = cut == TK_CUT_TEAR && roll(random) % 4 == 0 ? (int64_t)(roll(random) % TK_SECTOR) : TK_SECTOR;
        }
        ssize_t have = pread(descriptor, bytes, TK_SECTOR, start);
        if (have < 0) return 0;
        if (keep > have) keep = have;
        if (keep > 0 && start + keep > end) end = start + keep;
        if (keep == TK_SECTOR) continue;
        const unsigned char *old = sector->synced ? sector->synced : zero;
        if (!write_all(descriptor, old + keep, TK_SECTOR - keep, start + keep)) return 0;
    }
    return ftruncate(descriptor, end) == 0;
}

static int cut_file(tk_file *file, int cut, uint64_t seed) {
    uint64_t random = file_seed(seed, file->path);
    if (tk_disk_size(file->path) < 0) return 1; /* removed by someone else */
    if (!file->entry_durable && (cut == TK_CUT_DROP || roll(&random) % 2 == 0)) return unlink(file->path) == 0;
    int64_t size_now = tk_disk_size(file->path);
    int shorter_survives = cut != TK_CUT_DROP && size_now < file->synced_size && roll(&random) % 2 == 0;
    int descriptor = open(file->path, O_RDWR);
    if (descriptor < 0) return 0;
    int done = cut_sectors(file, descriptor, cut, &random);
    if (done && shorter_survives) done = ftruncate(descriptor, size_now) == 0;
    close(descriptor);
    return done;
}

static int restore_ghost(const tk_ghost *ghost, int cut, uint64_t seed) {
    uint64_t random = file_seed(seed ^ 0x67686F7374u, ghost->path);
    if (tk_disk_size(ghost->path) >= 0 || (cut != TK_CUT_DROP && roll(&random) % 2 == 0)) return 1;
    int descriptor = open(ghost->path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (descriptor < 0) return 0;
    int done = write_all(descriptor, ghost->bytes, ghost->size, 0);
    close(descriptor);
    return done;
}

static void remove_shared_memory(const char *path) {
    size_t length = strlen(path);
    char *name = malloc(length + 5);
    if (!name) return;
    memcpy(name, path, length);
    memcpy(name + length, "-shm", 5);
    unlink(name);
    free(name);
}

int tk_disk_cut(tk_fault *fault, int cut, uint64_t seed) {
    int done = 1;
    if (cut != TK_CUT_KILL) {
        for (tk_file *file = fault->files; file; file = file->next) {
            if (file->linked) done &= cut_file(file, cut, seed);
            remove_shared_memory(file->path);
        }
        for (tk_ghost *ghost = fault->ghosts; ghost; ghost = ghost->next) done &= restore_ghost(ghost, cut, seed);
    }
    tk_disk_forget(fault);
    return done ? SQLITE_OK : SQLITE_IOERR;
}
