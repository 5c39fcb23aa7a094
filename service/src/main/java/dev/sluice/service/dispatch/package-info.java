/** What runs beside the calls: the sweep timer and the bookkeeping of unanswered polls. */
@NullMarked
package dev.sluice.service.dispatch;

import org.jspecify.annotations.NullMarked;
