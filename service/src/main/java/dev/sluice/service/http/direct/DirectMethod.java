package dev.sluice.service.http.direct;

import dev.sluice.service.auth.http.CredentialFilter;
import dev.sluice.service.resources.ClientConnection;
import io.dropwizard.auth.Auth;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.Suspended;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A method of a resource, read from its annotations. Its path has one parameter, or none. */
final class DirectMethod {

  private interface Argument {
    @Nullable Object of(DirectCall call);
  }

  private final Object resource;
  private final Method method;
  private final String verb;
  private final boolean hasId;
  private final String prefix;
  private final String suffix;
  private final List<Argument> arguments;
  private final CredentialFilter credentials;
  private final boolean suspends;
  private final boolean takesBody;
  private final boolean takesQuery;

  /** {@code credentials} finds the check for a kind of caller. */
  DirectMethod(Object resource, Method method, Function<Class<?>, CredentialFilter> credentials) {
    this.resource = resource;
    this.method = method;
    this.verb = verb(method);
    String path = path(resource, method);
    this.hasId = path.indexOf('{') >= 0;
    this.prefix = hasId ? path.substring(0, path.indexOf('{')) : path;
    this.suffix = hasId ? path.substring(path.indexOf('}') + 1) : "";
    List<Parameter> parameters = List.of(method.getParameters());
    this.arguments = parameters.stream().map(DirectMethod::argument).toList();
    this.credentials = credentials.apply(callerKind(parameters));
    this.suspends = any(parameters, Suspended.class);
    this.takesQuery = any(parameters, QueryParam.class);
    this.takesBody = parameters.stream().anyMatch(each -> each.getType() == byte[].class);
  }

  boolean serves(String called, String path) {
    if (!hasId) {
      return verb.equals(called) && path.equals(prefix);
    }
    return verb.equals(called)
        && path.startsWith(prefix)
        && path.endsWith(suffix)
        && path.length() > prefix.length() + suffix.length()
        && path.indexOf('/', prefix.length()) == idEnd(path);
  }

  /** The parameter of the path. */
  String id(String path) {
    return path.substring(prefix.length(), path.length() - suffix.length());
  }

  CredentialFilter credentials() {
    return credentials;
  }

  /** True if the method answers later. */
  boolean suspends() {
    return suspends;
  }

  boolean takesBody() {
    return takesBody;
  }

  boolean takesQuery() {
    return takesQuery;
  }

  @Nullable Object invoke(DirectCall call) throws Throwable {
    Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).of(call);
    }
    try {
      return method.invoke(resource, values);
    } catch (InvocationTargetException e) {
      throw Objects.requireNonNullElse(e.getCause(), e);
    }
  }

  private int idEnd(String path) {
    return suffix.isEmpty() ? -1 : path.length() - suffix.length();
  }

  private static String verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(each -> each.annotationType().getAnnotation(HttpMethod.class))
        .filter(Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(method + " has no HTTP method"));
  }

  private static String path(Object resource, Method method) {
    Path of = resource.getClass().getAnnotation(Path.class);
    Path own = method.getAnnotation(Path.class);
    String path = (of == null ? "" : '/' + of.value()) + (own == null ? "" : '/' + own.value());
    if (!path.matches("/[^{}]+(\\{[^{}]+}[^{}]*)?")) {
      throw new IllegalStateException(method + " may have one parameter in its path, not " + path);
    }
    return path;
  }

  private static Class<?> callerKind(List<Parameter> parameters) {
    return parameters.stream()
        .filter(parameter -> parameter.isAnnotationPresent(Auth.class))
        .findFirst()
        .<Class<?>>map(Parameter::getType)
        .orElseThrow(() -> new IllegalStateException("a direct call needs a caller"));
  }

  private static boolean any(List<Parameter> parameters, Class<? extends Annotation> annotation) {
    return parameters.stream().anyMatch(parameter -> parameter.isAnnotationPresent(annotation));
  }

  private static Argument argument(Parameter parameter) {
    if (parameter.isAnnotationPresent(Auth.class)) {
      return DirectCall::principal;
    }
    if (parameter.isAnnotationPresent(PathParam.class)) {
      return DirectCall::id;
    }
    QueryParam query = parameter.getAnnotation(QueryParam.class);
    if (query != null) {
      return call -> call.query(query.value());
    }
    HeaderParam header = parameter.getAnnotation(HeaderParam.class);
    if (header != null) {
      return parameter.getType() == List.class
          ? call -> call.headers(header.value())
          : call -> call.header(header.value());
    }
    if (parameter.isAnnotationPresent(Suspended.class)) {
      return call -> call;
    }
    if (parameter.getType() == byte[].class) {
      return DirectCall::body;
    }
    if (parameter.getType() == ClientConnection.class) {
      return DirectCall::connection;
    }
    throw new IllegalStateException("a direct call can't have the parameter " + parameter);
  }
}
