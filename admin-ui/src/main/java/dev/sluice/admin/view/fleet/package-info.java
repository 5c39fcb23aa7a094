/** Views of queues, workers, keys, messages, stops and the audit log. */
@NullMarked
package dev.sluice.admin.view.fleet;

import org.jspecify.annotations.NullMarked;
