/* What Lectern calls of microhttpd, which serves pages: see library.h. */
#ifndef LECTERN_LIBRARIES_MICROHTTPD_H
#define LECTERN_LIBRARIES_MICROHTTPD_H

#include "libraries/library.h"

#include <microhttpd.h>

#define MHD_add_response_header         LIBRARY_CALL("microhttpd", MHD_add_response_header)
#define MHD_create_response_from_buffer LIBRARY_CALL("microhttpd", MHD_create_response_from_buffer)
#define MHD_destroy_response            LIBRARY_CALL("microhttpd", MHD_destroy_response)
#define MHD_get_connection_info         LIBRARY_CALL("microhttpd", MHD_get_connection_info)
#define MHD_get_daemon_info             LIBRARY_CALL("microhttpd", MHD_get_daemon_info)
#define MHD_get_timeout                 LIBRARY_CALL("microhttpd", MHD_get_timeout)
#define MHD_lookup_connection_value     LIBRARY_CALL("microhttpd", MHD_lookup_connection_value)
#define MHD_queue_response              LIBRARY_CALL("microhttpd", MHD_queue_response)
#define MHD_resume_connection           LIBRARY_CALL("microhttpd", MHD_resume_connection)
#define MHD_run                         LIBRARY_CALL("microhttpd", MHD_run)
#define MHD_start_daemon                LIBRARY_CALL("microhttpd", MHD_start_daemon)
#define MHD_stop_daemon                 LIBRARY_CALL("microhttpd", MHD_stop_daemon)
#define MHD_suspend_connection          LIBRARY_CALL("microhttpd", MHD_suspend_connection)

#endif
