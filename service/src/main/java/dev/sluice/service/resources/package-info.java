/** The HTTP calls: each parses, calls once, answers. */
@NullMarked
package dev.sluice.service.resources;

import org.jspecify.annotations.NullMarked;
