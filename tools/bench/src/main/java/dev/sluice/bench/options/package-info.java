/** Input of the tool: options, variables of the environment, and the file of credentials. */
@NullMarked
package dev.sluice.bench.options;

import org.jspecify.annotations.NullMarked;
