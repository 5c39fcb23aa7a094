/** The settings of config.yml: their blocks, defaults, checks and former names. */
@NullMarked
package dev.sluice.service.config;

import org.jspecify.annotations.NullMarked;
