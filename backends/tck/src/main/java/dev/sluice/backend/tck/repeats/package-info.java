/** The cases of docs/rules.md, "Calls carried out twice". */
@NullMarked
package dev.sluice.backend.tck.repeats;

import org.jspecify.annotations.NullMarked;
