/**
 * Values and formats shared by pages. Templates, beside this package in the resources, name these
 * members: change both together. The rest may change freely.
 */
@NullMarked
package dev.sluice.admin.view;

import org.jspecify.annotations.NullMarked;
