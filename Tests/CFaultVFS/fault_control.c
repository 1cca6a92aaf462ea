/* What a test asks of a watch. */
#include "fault_disk.h"

/* --- Whether a call fails --- */

int tk_is_dark(const tk_fault *fault) {
    return fault->armed && fault->failure == TK_FAIL_POWER && (fault->fail_at == 0 || fault->counted >= fault->fail_at);
}

static unsigned slot(unsigned call) {
    unsigned index = 0;
    while (call >>= 1) index++;
    return index & 7;
}

int tk_fails(tk_fault *fault, unsigned call, int needs_room) {
    if (fault->retired) return 0;
    fault->calls_of[slot(call)]++;
    int counts = (fault->counted_kinds & call) != 0;
    if (counts) fault->counted++;
    if (!fault->armed || fault->counted < fault->fail_at) return 0;
    if (fault->failure != TK_FAIL_POWER && !counts) return 0;
    if (fault->failure == TK_FAIL_FULL && !needs_room) return 0;
    if (fault->once && fault->failure != TK_FAIL_POWER) fault->armed = 0;
    fault->failures++;
    return 1;
}

/* --- Asked by tests --- */

void tk_fault_count_only(tk_fault *fault, unsigned calls) {
    pthread_mutex_lock(&fault->lock);
    fault->counted_kinds = calls;
    fault->counted = 0;
    pthread_mutex_unlock(&fault->lock);
}

uint64_t tk_fault_counted(tk_fault *fault) {
    pthread_mutex_lock(&fault->lock);
    uint64_t counted = fault->counted;
    pthread_mutex_unlock(&fault->lock);
    return counted;
}

uint64_t tk_fault_calls_of(tk_fault *fault, unsigned call) {
    pthread_mutex_lock(&fault->lock);
    uint64_t calls = fault->calls_of[slot(call)];
    pthread_mutex_unlock(&fault->lock);
    return calls;
}

void tk_fault_fail_at(tk_fault *fault, uint64_t n, int failure, int once) {
    pthread_mutex_lock(&fault->lock);
    fault->counted = 0;
    fault->failures = 0;
    fault->fail_at = n;
    fault->failure = failure;
    fault->once = once;
    fault->armed = 1;
    pthread_mutex_unlock(&fault->lock);
}

void tk_fault_disarm(tk_fault *fault) {
    pthread_mutex_lock(&fault->lock);
    fault->armed = 0;
    pthread_mutex_unlock(&fault->lock);
}

uint64_t tk_fault_failures(tk_fault *fault) {
    pthread_mutex_lock(&fault->lock);
    uint64_t failures = fault->failures;
    pthread_mutex_unlock(&fault->lock);
    return failures;
}

unsigned tk_fault_open_files(tk_fault *fault) {
    pthread_mutex_lock(&fault->lock);
    unsigned files = fault->open_files;
    pthread_mutex_unlock(&fault->lock);
    return files;
}

uint64_t tk_fault_unsynced_sectors(tk_fault *fault) {
    uint64_t count = 0;
    pthread_mutex_lock(&fault->lock);
    for (const tk_file *file = fault->files; file; file = file->next) {
        for (int64_t index = 0; file->linked && index < file->sector_count; index++) {
            count += file->sectors[index].state != SECTOR_CLEAN;
        }
    }
    pthread_mutex_unlock(&fault->lock);
    return count;
}

int tk_fault_power_cut(tk_fault *fault, int cut, uint64_t seed) {
    pthread_mutex_lock(&fault->lock);
    int rc = SQLITE_BUSY;
    if (fault->open_files == 0) {
        rc = tk_disk_cut(fault, cut, seed);
        fault->armed = 0;
    }
    pthread_mutex_unlock(&fault->lock);
    return rc;
}
