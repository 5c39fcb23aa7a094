/** The application, its configuration, and how its parts are put together. */
@NullMarked
package dev.sluice.service;

import org.jspecify.annotations.NullMarked;
