/** The calls for the public, the login and the documentation. */
@NullMarked
package dev.sluice.service.resources.open;

import org.jspecify.annotations.NullMarked;
