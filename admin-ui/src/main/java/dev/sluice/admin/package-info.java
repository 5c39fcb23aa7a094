/**
 * What the service gives to the dashboard under {@code /admin}: its dependencies, facts about the
 * server, and who visits and signs in. The service makes these records and implements {@link
 * dev.sluice.admin.Visitors} and {@link dev.sluice.admin.SignIn}. They are a contract with the
 * service and change together with it. All packages of the dashboard may need this one, which needs
 * none of them.
 */
@NullMarked
package dev.sluice.admin;

import org.jspecify.annotations.NullMarked;
