/**
 * The HTTP front before any call is served: connections, bodies, threads, self-check, proxies, host
 * names and common headers. Installed into Jetty at the start. Limits are configured; the rest may
 * change freely.
 */
@NullMarked
package dev.sluice.service.edge;

import org.jspecify.annotations.NullMarked;
