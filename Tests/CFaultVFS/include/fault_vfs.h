/* A SQLite VFS for tests: it knows which bytes of a folder's databases were synced, so that a power cut can be played,
 * and it fails, fills up or goes dark at the n-th call.
 *
 * It wraps the "unix" VFS and becomes the default one, so that every connection of the process goes through it. Only
 * files in a watched folder are recorded; all others are opened by the unix VFS alone. Several folders can be watched at
 * once, from several threads.
 *
 * The model of a disk:
 *   - A write reaches the file at once (every reader sees it) and is durable at that file's next successful xSync.
 *     Until then each sector of 512 bytes survives a cut, or not, by itself; with tearing also only its first bytes.
 *   - After a failed xSync the sectors that were waiting stay unsafe until they are written again: a later successful
 *     xSync does not save them (what Linux does).
 *   - Creating or deleting a file is durable when SQLite next opens the folder itself to sync it (which is observed, not
 *     assumed). Without that a created file may be gone after a cut, and a deleted one back with its synced bytes.
 *   - A -shm file is memory: gone after a cut.
 * Memory mapping of database files is refused, so that no byte goes round the model. */
#ifndef TK_FAULT_VFS_H
#define TK_FAULT_VFS_H

#include <stdint.h>

/* A watched folder. */
typedef struct tk_fault tk_fault;

/* Kinds of calls that can be counted and failed. All but reads are counted unless told otherwise. */
enum {
    TK_CALL_OPEN = 1,
    TK_CALL_WRITE = 2,
    TK_CALL_TRUNCATE = 4,
    TK_CALL_SYNC = 8,
    TK_CALL_DELETE = 16,
    TK_CALL_SHARED_MEMORY = 32, /* xShmMap that may make the -shm file longer */
    TK_CALL_READ = 64,
    TK_CALLS_THAT_CHANGE = 63,
    TK_CALLS_ALL = 127,
};

/* How a call fails. */
enum {
    /* SQLITE_IOERR_…; a failed write has left its first half behind. */
    TK_FAIL_IO = 1,
    /* SQLITE_FULL from writes (first half left behind), and no new file can be made; syncs, truncations, deletions work. */
    TK_FAIL_FULL = 2,
    /* From that call on everything fails and nothing changes: the power is gone. Only unlocking and closing work. */
    TK_FAIL_POWER = 3,
};

/* What a power cut leaves of the unsynced. */
enum {
    /* Nothing. */
    TK_CUT_DROP = 1,
    /* A random part of it: by sector, by file size, by folder entry. */
    TK_CUT_SOME = 2,
    /* As TK_CUT_SOME, and surviving sectors may be torn. */
    TK_CUT_TEAR = 3,
    /* All of it, the -shm file too: the process was killed, the machine went on. */
    TK_CUT_KILL = 4,
};

/* Registers the VFS as the default. Safe to repeat. 0, or a SQLite error code. */
int tk_fault_register(void);

/* Watches an existing folder, not its subfolders; its files as they are count as durable. NULL when there is no such
 * folder, when it is already watched, or for lack of memory. Databases must be opened after this. */
tk_fault *tk_fault_watch(const char *folder);
/* Ends the watch. Its open files go on unrecorded by anyone else; memory is freed with the last of them. */
void tk_fault_unwatch(tk_fault *fault);

/* Says which kinds of calls are counted from now on; starts counting at 0. */
void tk_fault_count_only(tk_fault *fault, unsigned calls);
/* Counted calls since the last tk_fault_count_only, _fail_at or the start. */
uint64_t tk_fault_counted(tk_fault *fault);
/* Calls of one kind since the watch began, counted or not. */
uint64_t tk_fault_calls_of(tk_fault *fault, unsigned call);

/* Counts from 0 and lets the n-th counted call fail (0 or 1: the next), once or with all counted calls that follow. A
 * call that this failure can't happen to (a deletion on a full disk) is passed over. Losing power with n = 0 is at once,
 * and always for good. */
void tk_fault_fail_at(tk_fault *fault, uint64_t n, int failure, int once);
/* Lets every call work again. */
void tk_fault_disarm(tk_fault *fault);
/* Calls that were failed since tk_fault_fail_at. */
uint64_t tk_fault_failures(tk_fault *fault);

/* Files of the folder that are open now. */
unsigned tk_fault_open_files(tk_fault *fault);
/* Rewrites the folder's files to what a power cut leaves, then counts that as durable and disarms. Deterministic for a
 * seed and a history. 0; SQLITE_BUSY when files are open (close them first, with the power gone, or closing would write);
 * SQLITE_IOERR when a file can't be rewritten. */
int tk_fault_power_cut(tk_fault *fault, int cut, uint64_t seed);
/* Sectors written and not yet durable. */
uint64_t tk_fault_unsynced_sectors(tk_fault *fault);

#endif
