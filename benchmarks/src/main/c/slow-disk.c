/*
 * A disk whose forced writes take MICROS longer, for what is started with it:
 *
 *   cc -shared -fPIC -DMICROS=1000 -o /tmp/slow-disk.so benchmarks/src/main/c/slow-disk.c -ldl
 *   LD_PRELOAD=/tmp/slow-disk.so mvn -Pbenchmark -Dcompare=participant
 *
 * The report names what a forced write took in that session.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

#ifndef MICROS
#define MICROS 1000
#endif

static int late(const char *name, int fd)
{
    int (*force)(int) = (int (*)(int)) dlsym(RTLD_NEXT, name);
    struct timespec rest = {MICROS / 1000000, MICROS % 1000000 * 1000L};
    nanosleep(&rest, NULL);
    return force(fd);
}

int fsync(int fd) { return late("fsync", fd); }

int fdatasync(int fd) { return late("fdatasync", fd); }
