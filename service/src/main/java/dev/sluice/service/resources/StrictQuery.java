package dev.sluice.service.resources;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A call of a producer or an operator that shares its resource or its package with calls of
 * workers. It refuses unknown query parameters as all other calls of producers do.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface StrictQuery {}
