/**
 * Workers: registration, availability, silence, drains, retirement, and the credentials that they
 * act by.
 */
@NullMarked
package dev.sluice.backend.tck.workers;

import org.jspecify.annotations.NullMarked;
