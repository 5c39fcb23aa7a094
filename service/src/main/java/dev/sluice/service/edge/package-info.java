/**
 * The HTTP front before any call is served: connections, bodies, threads, and its self-check;
 * proxies in front, host names, and the headers of all answers.
 */
@NullMarked
package dev.sluice.service.edge;

import org.jspecify.annotations.NullMarked;
