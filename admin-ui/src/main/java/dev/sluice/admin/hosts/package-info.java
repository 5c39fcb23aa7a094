/** The pages of hosts and their acts. A host is a label of workers; all may change freely. */
@NullMarked
package dev.sluice.admin.hosts;

import org.jspecify.annotations.NullMarked;
