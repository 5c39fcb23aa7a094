/** What the admin connector says of the store. */
@NullMarked
package dev.sluice.service.health;

import org.jspecify.annotations.NullMarked;
