/**
 * Values that templates show, shared by several pages, and the formats of numbers and times. Page
 * packages build them. Templates lie beside this package in the resources and name these members.
 */
@NullMarked
package dev.sluice.admin.view;

import org.jspecify.annotations.NullMarked;
