/** The pages' requests: each reads, makes one view and answers. */
@NullMarked
package dev.sluice.admin.pages;

import org.jspecify.annotations.NullMarked;
