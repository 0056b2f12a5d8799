/* Shifts the wall clock of the process that it is loaded into (LD_PRELOAD) by the seconds that stand in the file named by
 * SHIFTED_CLOCK. Clocks that never go back are left alone, as where somebody sets the time. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int (*real_gettime)(clockid_t, struct timespec *);
static int (*real_timeofday)(struct timeval *, void *);
static volatile time_t shift;
static volatile time_t looked;

/* Looks into the file once a second at most. */
static time_t seconds(time_t now) {
    if (now != looked) {
        looked = now;
        char text[32] = {0};
        const char *name = getenv("SHIFTED_CLOCK");
        int file = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
        if (file >= 0) {
            if (read(file, text, sizeof text - 1) > 0) {
                shift = atol(text);
            }
            close(file);
        }
    }
    return shift;
}

__attribute__((constructor)) static void find(void) {
    real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    real_timeofday = dlsym(RTLD_NEXT, "gettimeofday");
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    if (real_gettime == NULL) {
        find();
    }
    int result = real_gettime(clock, time);
    if (result == 0 && clock == CLOCK_REALTIME) {
        time->tv_sec += seconds(time->tv_sec);
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    if (real_timeofday == NULL) {
        find();
    }
    int result = real_timeofday(time, zone);
    if (result == 0) {
        time->tv_sec += seconds(time->tv_sec);
    }
    return result;
}
