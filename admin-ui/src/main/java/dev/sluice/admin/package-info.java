/**
 * The dashboard under {@code /admin}. The service installs it and implements {@link
 * dev.sluice.admin.Visitors} and {@link dev.sluice.admin.SignIn}. The records given by the service
 * are its contract; the wiring may change freely.
 */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
