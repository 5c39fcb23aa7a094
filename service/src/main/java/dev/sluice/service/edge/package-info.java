/** The HTTP front before any call is served: connections, bodies, threads, and its self-check. */
@NullMarked
package dev.sluice.service.edge;

import org.jspecify.annotations.NullMarked;
