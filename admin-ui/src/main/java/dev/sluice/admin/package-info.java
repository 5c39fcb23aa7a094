/**
 * The dashboard under {@code /admin}: its bundle, its dependencies, and the addresses of acts. The
 * service installs it and implements {@link dev.sluice.admin.Visitors} and {@link
 * dev.sluice.admin.SignIn}. Change the wiring freely; the records given by the service are its
 * contract.
 */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
