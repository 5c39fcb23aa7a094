/** Polls that wait, are woken and answered; followed work; the sweep timer. */
@NullMarked
package dev.sluice.service.dispatch;

import org.jspecify.annotations.NullMarked;
