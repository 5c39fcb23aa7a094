/** What orgs did in the last week, in steps of five minutes. Components are only appended. */
@NullMarked
package dev.sluice.backend.figures;

import org.jspecify.annotations.NullMarked;
