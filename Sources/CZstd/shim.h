#ifndef TIAOKUAI_CZSTD_SHIM_H
#define TIAOKUAI_CZSTD_SHIM_H
#include <zstd.h>
#include <zstd_errors.h>
#endif
