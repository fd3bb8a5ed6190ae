#ifndef NM_CURL_H
#define NM_CURL_H

#include <stdint.h>

// One request, and how long it may take; strings end with 0 and are read during the call only.
struct nm_http_request {
    const char *_Nonnull url;
    // HOST:PORT:ADDRESS, so that a name is not looked up again; or none.
    const char *_Nullable resolved;
    // A file with the certificates that are trusted, instead of the system's; or none.
    const char *_Nullable trusted;
    long timeout_milliseconds;
};

// What came of it. Times are microseconds from its beginning; 0 where a step was not reached, or not needed.
struct nm_http_answer {
    // 0 is an answer, of whatever status; otherwise libcurl's own number.
    int code;
    // The errno value of the system call that failed, 0 where none did.
    long system_error;
    long status;
    int64_t looked_up, connected, secured, first_byte, total;
    char words[256];
};

// Loads the library at its first call, which no other thread may make at the same time; nil, or why it is not there.
const char *_Nullable nm_curl_load(void);

// Makes a request and waits for it; the library has to be loaded.
void nm_curl_perform(const struct nm_http_request *_Nonnull request, struct nm_http_answer *_Nonnull answer);

#endif
