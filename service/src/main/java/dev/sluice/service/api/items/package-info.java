/**
 * Work items and jobs as producers send them: their defaults and the types of their members. Called
 * by the resources of producers and the poll. Types may be added as clients decode more members;
 * what was accepted stays accepted where clients can read it.
 */
@NullMarked
package dev.sluice.service.api.items;

import org.jspecify.annotations.NullMarked;
