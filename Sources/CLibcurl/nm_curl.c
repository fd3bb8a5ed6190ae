#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "nm_curl.h"

// The library brings thirty others, which take 7 ms of every start: only who makes a request pays for them.
static struct {
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_easy_init) *init;
    __typeof__(curl_easy_cleanup) *cleanup;
    __typeof__(curl_easy_perform) *perform;
    __typeof__(curl_easy_strerror) *strerror;
    __typeof__(curl_slist_append) *append;
    __typeof__(curl_slist_free_all) *free_all;
    CURLcode (*setopt)(CURL *, CURLoption, ...);
    CURLcode (*getinfo)(CURL *, CURLINFO, ...);
} library;

// More than this is not read: what was asked about is there by then.
static const size_t most_bytes = 1 << 20;

const char *nm_curl_load(void) {
    if (library.perform) return NULL;
    void *handle = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (!handle) return dlerror();
    struct {
        void **place;
        const char *name;
    } symbols[] = {
        {(void **)&library.global_init, "curl_global_init"}, {(void **)&library.init, "curl_easy_init"},
        {(void **)&library.cleanup, "curl_easy_cleanup"},    {(void **)&library.strerror, "curl_easy_strerror"},
        {(void **)&library.append, "curl_slist_append"},     {(void **)&library.free_all, "curl_slist_free_all"},
        {(void **)&library.setopt, "curl_easy_setopt"},      {(void **)&library.getinfo, "curl_easy_getinfo"},
        {(void **)&library.perform, "curl_easy_perform"},
    };
    for (size_t index = 0; index < sizeof(symbols) / sizeof(*symbols); index++) {
        *symbols[index].place = dlsym(handle, symbols[index].name);
        if (!*symbols[index].place) {
            library.perform = NULL;
            return symbols[index].name;
        }
    }
    if (library.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        library.perform = NULL;
        return "curl_global_init failed";
    }
    return NULL;
}

static size_t take(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes;
    size_t *taken = context;
    *taken += size * count;
    return *taken > most_bytes ? 0 : size * count;
}

void nm_curl_perform(const struct nm_http_request *request, struct nm_http_answer *answer) {
    memset(answer, 0, sizeof(*answer));
    char words[CURL_ERROR_SIZE] = "";
    size_t taken = 0;
    struct curl_slist *resolved = NULL;
    CURL *handle = library.init();
    if (!handle) {
        answer->code = CURLE_FAILED_INIT;
        return;
    }
    library.setopt(handle, CURLOPT_ERRORBUFFER, words);
    library.setopt(handle, CURLOPT_URL, request->url);
    library.setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    // Neither a proxy of the environment, nor signals, nor another host than the one that was asked.
    library.setopt(handle, CURLOPT_PROXY, "");
    library.setopt(handle, CURLOPT_NOSIGNAL, 1L);
    library.setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    library.setopt(handle, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    library.setopt(handle, CURLOPT_USERAGENT, "netmachinery");
    library.setopt(handle, CURLOPT_TIMEOUT_MS, request->timeout_milliseconds);
    library.setopt(handle, CURLOPT_WRITEFUNCTION, take);
    library.setopt(handle, CURLOPT_WRITEDATA, &taken);
    if (request->trusted) library.setopt(handle, CURLOPT_CAINFO, request->trusted);
    if (request->resolved) {
        resolved = library.append(NULL, request->resolved);
        library.setopt(handle, CURLOPT_RESOLVE, resolved);
    }
    CURLcode code = library.perform(handle);
    library.getinfo(handle, CURLINFO_RESPONSE_CODE, &answer->status);
    // An answer that is longer than what is read is one.
    if (code == CURLE_WRITE_ERROR && taken > most_bytes) code = CURLE_OK;
    answer->code = (int)code;
    library.getinfo(handle, CURLINFO_OS_ERRNO, &answer->system_error);
    curl_off_t time = 0;
    if (library.getinfo(handle, CURLINFO_NAMELOOKUP_TIME_T, &time) == CURLE_OK) answer->looked_up = time;
    if (library.getinfo(handle, CURLINFO_CONNECT_TIME_T, &time) == CURLE_OK) answer->connected = time;
    if (library.getinfo(handle, CURLINFO_APPCONNECT_TIME_T, &time) == CURLE_OK) answer->secured = time;
    if (library.getinfo(handle, CURLINFO_STARTTRANSFER_TIME_T, &time) == CURLE_OK) answer->first_byte = time;
    if (library.getinfo(handle, CURLINFO_TOTAL_TIME_T, &time) == CURLE_OK) answer->total = time;
    snprintf(answer->words, sizeof(answer->words), "%s", *words ? words : library.strerror(code));
    library.cleanup(handle);
    library.free_all(resolved);
}
