/** Pages and acts of workers. */
@NullMarked
package dev.sluice.admin.workers;

import org.jspecify.annotations.NullMarked;
