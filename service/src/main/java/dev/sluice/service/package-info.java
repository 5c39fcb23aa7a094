/**
 * The application and its configuration. Started by the JVM and by tests, which replace the clocks.
 * Wiring may change freely; keys of config.yml are read by users.
 */
@NullMarked
package dev.sluice.service;

import org.jspecify.annotations.NullMarked;
