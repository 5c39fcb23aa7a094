@NullMarked
package dev.sluice.backend.tck.lists;

import org.jspecify.annotations.NullMarked;
