/** The calls of workers, and those about one session or worker. */
@NullMarked
package dev.sluice.service.resources.worker;

import org.jspecify.annotations.NullMarked;
