/** Answers to the Go CLI and its dashboard. Names and types are what these clients decode. */
@NullMarked
package dev.sluice.service.api.answers.open;

import org.jspecify.annotations.NullMarked;
