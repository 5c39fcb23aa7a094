/**
 * The HTTP front before any call is served: connections, bodies, threads, self-check, proxies, host
 * names and common headers.
 */
@NullMarked
package dev.sluice.service.edge;

import org.jspecify.annotations.NullMarked;
