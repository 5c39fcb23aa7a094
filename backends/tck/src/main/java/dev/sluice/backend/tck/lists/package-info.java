/** Lists, page by page. */
@NullMarked
package dev.sluice.backend.tck.lists;

import org.jspecify.annotations.NullMarked;
