package dev.sluice.service.config;

import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDataSize;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDataSize;
import io.dropwizard.validation.MinDuration;
import io.dropwizard.validation.PortRange;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.Constraint;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells quickly that settings keep the constraints of their classes. Knows the usual constraints;
 * anything else it leaves to the validator, which takes longer to start than all of this class.
 */
final class SoundSettings {

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private SoundSettings() {}

  /** False if a constraint is violated, or unknown. */
  static boolean sound(Object settings) {
    try {
      return new SoundSettings().keeps(settings);
    } catch (ReflectiveOperationException | RuntimeException unknown) {
      return false; // the validator tells what is wrong
    }
  }

  private boolean keeps(Object bean) throws ReflectiveOperationException {
    if (!seen.add(bean)) {
      return true;
    }
    for (Class<?> type = bean.getClass(); type != null; type = type.getSuperclass()) {
      if (!keeps(type, bean)) {
        return false;
      }
      for (Class<?> contract : type.getInterfaces()) {
        if (!keeps(contract, bean)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean keeps(Class<?> type, Object bean) throws ReflectiveOperationException {
    if (type.getName().startsWith("java.")) {
      return true;
    }
    if (isConstrained(type)) {
      return false;
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && isChecked(field, field.getAnnotatedType())) {
        field.setAccessible(true);
        if (!keeps(field, field.getAnnotatedType(), field.get(bean))) {
          return false;
        }
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (method.getParameterCount() == 0
          && !method.isSynthetic()
          && isChecked(method, method.getAnnotatedReturnType())) {
        method.setAccessible(true);
        if (!keeps(method, method.getAnnotatedReturnType(), method.invoke(bean))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isConstrained(AnnotatedElement element) {
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation.annotationType().isAnnotationPresent(Constraint.class)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isChecked(AnnotatedElement element, AnnotatedType type) {
    if (element.isAnnotationPresent(Valid.class) || isConstrained(element)) {
      return true;
    }
    if (type instanceof AnnotatedParameterizedType generic) {
      for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
        if (isChecked(argument, argument)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean keeps(AnnotatedElement element, AnnotatedType type, @Nullable Object value)
      throws ReflectiveOperationException {
    boolean cascades = false;
    for (Annotation annotation : element.getAnnotations()) {
      if (annotation instanceof Valid) {
        cascades = true;
      } else if (annotation.annotationType().isAnnotationPresent(Constraint.class)
          && !keeps(annotation, value)) {
        return false;
      }
    }
    if (type instanceof AnnotatedParameterizedType generic) {
      for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
        if (isConstrained(argument)) {
          return isEmpty(value);
        }
        cascades |= argument.isAnnotationPresent(Valid.class);
      }
    }
    return !cascades || keepsAll(value);
  }

  private boolean keepsAll(@Nullable Object value) throws ReflectiveOperationException {
    if (value instanceof Map<?, ?> map) {
      return keepsAll(map.keySet()) && keepsAll(map.values());
    }
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() || keepsAll(optional.get());
    }
    if (value instanceof Collection<?> several) {
      for (Object each : several) {
        if (!keepsAll(each)) {
          return false;
        }
      }
      return true;
    }
    return value == null || keeps(value);
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null
        || value instanceof Collection<?> several && several.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty()
        || value instanceof Optional<?> optional && optional.isEmpty();
  }

  private static boolean keeps(Annotation constraint, @Nullable Object value) {
    if (constraint instanceof NotNull) {
      return value != null;
    }
    if (constraint instanceof ValidationMethod) {
      return Boolean.TRUE.equals(value);
    }
    if (constraint instanceof NotBlank) {
      return value instanceof String text && !text.isBlank();
    }
    if (constraint instanceof NotEmpty) {
      return value instanceof String text ? !text.isEmpty() : !isEmpty(value);
    }
    if (value == null) {
      return true; // as every other constraint
    }
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() || keeps(constraint, optional.get());
    }
    if (constraint instanceof Min min) {
      return isWhole(value) && ((Number) value).longValue() >= min.value();
    }
    if (constraint instanceof Max max) {
      return isWhole(value) && ((Number) value).longValue() <= max.value();
    }
    if (constraint instanceof PortRange range) {
      return value instanceof Integer port
          && (port == 0 || port >= range.min() && port <= range.max());
    }
    if (constraint instanceof MinDuration min) {
      return value instanceof Duration duration
          && duration.toNanoseconds()
              >= min.unit().toNanos(min.value()) + (min.inclusive() ? 0 : 1);
    }
    if (constraint instanceof MaxDuration max) {
      return value instanceof Duration duration
          && duration.toNanoseconds()
              <= max.unit().toNanos(max.value()) - (max.inclusive() ? 0 : 1);
    }
    if (constraint instanceof MinDataSize min) {
      return value instanceof DataSize size && size.toBytes() >= min.unit().toBytes(min.value());
    }
    if (constraint instanceof MaxDataSize max) {
      return value instanceof DataSize size && size.toBytes() <= max.unit().toBytes(max.value());
    }
    return false;
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }
}
