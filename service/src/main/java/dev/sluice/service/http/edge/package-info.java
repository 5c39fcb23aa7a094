/** The HTTP front before any call is served. */
@NullMarked
package dev.sluice.service.http.edge;

import org.jspecify.annotations.NullMarked;
