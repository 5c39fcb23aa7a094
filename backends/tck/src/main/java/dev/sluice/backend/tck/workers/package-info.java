/** Workers: registration, availability, silence, drains, retirement and credentials. */
@NullMarked
package dev.sluice.backend.tck.workers;

import org.jspecify.annotations.NullMarked;
