/** Parts that the HTTP calls share: each call parses, calls once, answers. */
@NullMarked
package dev.sluice.service.resources;

import org.jspecify.annotations.NullMarked;
