package dev.sluice.service.http.direct;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a resource that clients call all the time, or first of all. {@link DirectCalls}
 * serves it; calls in an unusual form still come through Jersey, with the same result.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Direct {}
