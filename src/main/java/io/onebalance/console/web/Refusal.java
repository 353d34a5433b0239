package io.onebalance.console.web;

import java.util.List;

/// A visit that is turned down: thrown where the trouble is seen, told in one place, as JSON or as
/// a page. The message is shown to the visitor, so it never repeats a secret.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<String> methods;

  private Refusal(int status, String code, String message, List<String> methods) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.methods = List.copyOf(methods);
  }

  public Refusal(int status, String code, String message) {
    this(status, code, message, List.of());
  }

  public static Refusal invalid(String message) {
    return new Refusal(400, "invalid_request", message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(404, "not_found", message);
  }

  public static Refusal tooLarge(String message) {
    return new Refusal(413, "request_too_large", message);
  }

  public static Refusal wrongType(String message) {
    return new Refusal(415, "invalid_request", message);
  }

  public static Refusal forbidden(String message) {
    return new Refusal(403, "permission_denied", message);
  }

  public static Refusal unauthorized(String message) {
    return new Refusal(401, "invalid_api_key", message);
  }

  /// The path is there, but not for this method.
  public static Refusal wrongMethod(List<String> allowed) {
    var message = "This address takes only " + String.join(", ", allowed) + ".";
    return new Refusal(405, "invalid_request", message, allowed);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /// The methods that the path has; empty where that is not the trouble.
  public List<String> methods() {
    return methods;
  }

  /// The sentence for the visitor.
  public String why() {
    return String.valueOf(getMessage());
  }
}
