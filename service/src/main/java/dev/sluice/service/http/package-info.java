/** All between a socket and a resource: what applies to every path. */
@NullMarked
package dev.sluice.service.http;

import org.jspecify.annotations.NullMarked;
