/** The application and its configuration. Keys of config.yml are read by users. */
@NullMarked
package dev.sluice.service;

import org.jspecify.annotations.NullMarked;
