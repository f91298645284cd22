/*
 * A disk whose forced writes take MILLIS longer, for what is started with it:
 *
 *   cc -shared -fPIC -DMILLIS=1 -o /tmp/slow-disk.so benchmarks/src/main/c/slow-disk.c -ldl
 *   LD_PRELOAD=/tmp/slow-disk.so mvn -Pbenchmark -Dcompare=participant
 *
 * The report names what a forced write took in that session.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

#ifndef MILLIS
#define MILLIS 1
#endif

static int late(const char *name, int fd)
{
    int (*force)(int) = (int (*)(int)) dlsym(RTLD_NEXT, name);
    struct timespec rest = {MILLIS / 1000, MILLIS % 1000 * 1000000L};
    nanosleep(&rest, NULL);
    return force(fd);
}

int fsync(int fd) { return late("fsync", fd); }

int fdatasync(int fd) { return late("fdatasync", fd); }
