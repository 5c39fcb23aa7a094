/** Parts that the HTTP calls share: headers, parameters, order of checks, client connections. */
@NullMarked
package dev.sluice.service.resources;

import org.jspecify.annotations.NullMarked;
