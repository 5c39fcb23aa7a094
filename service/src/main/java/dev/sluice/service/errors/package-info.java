/** The only place where a refusal meets a status. */
@NullMarked
package dev.sluice.service.errors;

import org.jspecify.annotations.NullMarked;
