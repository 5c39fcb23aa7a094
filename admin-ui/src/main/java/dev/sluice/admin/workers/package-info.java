/** Pages and acts of workers. All may change freely. */
@NullMarked
package dev.sluice.admin.workers;

import org.jspecify.annotations.NullMarked;
