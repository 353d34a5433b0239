package io.onebalance.console.web;

/// Who may use a route. A route cannot be written without one, so nothing is open by accident.
public enum Access {
  /// Anybody: the way in, the style sheet, the description of the API.
  OPEN,
  /// People who signed in.
  SESSION,
  /// An unrestricted gateway key, or somebody who signed in with one.
  UNRESTRICTED
}
